# bash completion for gomemlab

_gomemlab() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='open run go check list help' command=open i
    local both='--set= --memory= --help --version'
    local run='--for= --every= --csv= --ndjson= --gctrace --keeps-alive='
    local open='--speed= --paused --color= --glyphs= --mouse= --config='
    open+=' --no-config --print-config --reset-terminal'
    COMPREPLY=()

    # bash splits at the equals sign
    if [[ $cur == = ]]; then
        cur=''
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for i in $commands; do
        [[ ${COMP_WORDS[1]} == "$i" ]] && command=$i
    done

    case $prev in
        --memory) mapfile -t COMPREPLY < <(compgen -W 'real accounted' -- "$cur") && return ;;
        --color)
            mapfile -t COMPREPLY < <(compgen -W 'auto always never 8 16 256' -- "$cur") && return ;;
        --glyphs) mapfile -t COMPREPLY < <(compgen -W 'auto ascii block braille' -- "$cur") && return ;;
        --mouse) mapfile -t COMPREPLY < <(compgen -W 'on off' -- "$cur") && return ;;
        --for | --every)
            mapfile -t COMPREPLY < <(compgen -W '1s 10s 1m 5m 15m' -- "$cur") && return ;;
        --set) mapfile -t COMPREPLY < <(compgen -W 'gogc= seed= noise= duration= every=' -- "$cur")
            compopt -o nospace && return ;;
        --speed) mapfile -t COMPREPLY < <(compgen -W '1 10 60 600' -- "$cur") && return ;;
        --csv | --ndjson | --config) mapfile -t COMPREPLY < <(compgen -f -- "$cur") && return ;;
        help) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur") && return ;;
    esac

    if [[ $cur == -* ]]; then
        case $command in
            open) both+=" $open" ;;
            run) both+=" $run" ;;
            *) both='--help --version' ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$both" -- "$cur")
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
        return
    fi
    local words=''
    [[ $COMP_CWORD -eq 1 ]] && words=$commands
    if [[ $command != list && $command != help ]]; then
        words+=" $(gomemlab list 2>/dev/null | cut -d' ' -f1)"
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; compgen -f -X '!*.yaml' -- "$cur"
            compgen -f -X '!*.yml' -- "$cur"
            compgen -d -S / -- "$cur")
    fi
}
complete -F _gomemlab gomemlab
