# fish completion for gomemlab

set -l commands open run go check list help

function __gomemlab_scenarios
    gomemlab list 2>/dev/null | string replace -r '\s+' '\t'
    __fish_complete_suffix .yaml
    __fish_complete_suffix .yml
end

# Whether the command is $argv[1]; without a command it is open.
function __gomemlab_is
    set -l words (commandline -opc)
    if contains -- "$words[2]" open run go check list help
        test "$words[2]" = $argv[1]
    else
        test $argv[1] = open
    end
end

complete -c gomemlab -f
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a open -d 'show a scenario live'
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a run -d 'run it without a screen'
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a go -d 'print its Go program'
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a check -d 'look for mistakes'
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a list -d 'list the scenarios'
complete -c gomemlab -n "not __fish_seen_subcommand_from $commands" -a help -d 'explain a command'
complete -c gomemlab -n '__fish_seen_subcommand_from help' -a "$commands"
complete -c gomemlab -n 'not __gomemlab_is list; and not __gomemlab_is help' \
    -a '(__gomemlab_scenarios)'

# --OPTION; those of open and run, of run, of open
complete -c gomemlab -l help -s h -d 'explain, and exit'
complete -c gomemlab -l version -s V -d 'print the version, and exit'
set -l both '__gomemlab_is open; or __gomemlab_is run'
complete -c gomemlab -n "$both" -l set -x -a 'gogc= seed= noise= duration= every='
complete -c gomemlab -n "$both" -l memory -x -a 'real accounted'
complete -c gomemlab -n '__gomemlab_is run' -l for -x -a '1s 10s 1m 5m 15m'
complete -c gomemlab -n '__gomemlab_is run' -l every -x -a '1s 10s 1m 5m 15m'
complete -c gomemlab -n '__gomemlab_is run' -l csv -r -F
complete -c gomemlab -n '__gomemlab_is run' -l ndjson -r -F
complete -c gomemlab -n '__gomemlab_is run' -l gctrace -d 'a line per collection'
complete -c gomemlab -n '__gomemlab_is run' -l keeps-alive -x -a largest
complete -c gomemlab -n '__gomemlab_is open' -l speed -x -a '1 10 60 600'
complete -c gomemlab -n '__gomemlab_is open' -l paused -d 'start paused'
complete -c gomemlab -n '__gomemlab_is open' -l color -x -a 'auto always never 8 16 256'
complete -c gomemlab -n '__gomemlab_is open' -l glyphs -x -a 'auto ascii block braille'
complete -c gomemlab -n '__gomemlab_is open' -l mouse -x -a 'on off'
complete -c gomemlab -n '__gomemlab_is open' -l config -r -F
complete -c gomemlab -n '__gomemlab_is open' -l no-config -d 'read no configuration file'
complete -c gomemlab -n '__gomemlab_is open' -l print-config -d 'print the settings, and exit'
complete -c gomemlab -n '__gomemlab_is open' -l reset-terminal \
    -d 'make the terminal usable again, and exit'
