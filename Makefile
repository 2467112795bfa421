# gomemlab: `make run` opens it, `make check` tests it, `make help` lists the rest.

# VARIANT: release (default) | debug | asan
VARIANT ?= release
PREFIX  ?= /usr/local
VERSION := 0.1.0
B       := build/$(VARIANT)
CSTD    := -std=c17 -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wundef -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wswitch-enum -Wwrite-strings -Wcast-qual
OPT_debug   := -Og -g3 -DHEAP_CHECK=2
OPT_release := -O2 -g -DHEAP_CHECK=1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
OPT_asan    := -O1 -g3 -DHEAP_CHECK=2 -fsanitize=address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer
OPT         := $(or $(OPT_$(VARIANT)),$(error unknown VARIANT=$(VARIANT): debug, release or asan))
# as distributions build; nothing built depends on the folder it is built in
HARDEN  := -fstack-protector-strong -fPIE -Wformat -Wformat-security -ffile-prefix-map=$(CURDIR)=.
# WERROR=-Werror: warnings are errors, without building again what had none
ALL_CFLAGS = $(CSTD) $(WARN) $(OPT) $(HARDEN) -I. -MMD -MP $(CPPFLAGS) $(CFLAGS)
LINK     = $(CC) $(OPT) $(HARDEN) $(CPPFLAGS) $(CFLAGS) -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS    := -lcyaml -lyaml

# ---- machinery ----------------------------------------------------------------------------------
ENGINE    := $(sort $(wildcard engine/*.c engine/*/*.c engine/*/*/*.c))
TUI       := $(sort $(wildcard tui/*.c tui/*/*.c tui/*/*/*.c))
# a test is in the folder with the name of what it tests; support/ is shared by tests
TESTS     := $(sort tests/main.c $(wildcard tests/*/test_*.c tests/support/*.c))
FIDELITY  := tests/fidelity/main.c tests/support/crowd.c tests/support/run.c tests/support/trace.c
HEADERS   := $(sort $(wildcard $(foreach d,engine tui tests,$d/*.h $d/*/*.h $d/*/*/*.h)))
SOURCES   := $(ENGINE) $(TUI) $(TESTS)
SCENARIOS := $(sort $(wildcard scenarios/*.yaml))
# every tests/*/test_X.c defines `int test_X(void)`
MODULES   := $(patsubst test_%.c,%,$(notdir $(wildcard tests/*/test_*.c)))
# what the unit tests link: everything but the terminal and main. Rendering needs no curses.
PURE      := $(ENGINE) \
             $(filter-out $(addprefix tui/live/,term.c world.c dashboard.c) tui/main.c,$(TUI))
obj        = $(patsubst %.c,$B/%.o,$1)
DATA      := $(PREFIX)/share/gomemlab
# the engine as a library: what stands at its edge
LIBDIR    ?= $(PREFIX)/lib
INCLUDE    = $(PREFIX)/include/gomemlab
EDGE      := $(wildcard engine/*.h)
BUILT_IN   = -DGOMEMLAB_VERSION='"$(VERSION)"' -DGOMEMLAB_SCENARIOS='"$(DATA)/scenarios"'

all: $B/gomemlab ## build build/VARIANT/gomemlab, release by default (V=1 shows commands)
run: ## install what is missing, build, open the dashboard
	@.ci/deps run
	@$(MAKE) --no-print-directory -j"$$(nproc 2>/dev/null || echo 2)" all
	@exec $B/gomemlab open scenarios/garbage.yaml
check: ## install what is missing, run every test; last line: N passed, N failed
	@.ci/deps check
	@exec .ci/check
test: $B/tests/run ## unit tests; T=word runs those with the word in their name
	@$< $(T)
fidelity: $B/tests/fidelity/run ## compare with the recordings of the real Go 1.1.2
	@exec tests/fidelity_test.sh $<
lint: $(call obj,$(ENGINE)) ## layers, headers, format, clang-tidy, sizes
	@exec .ci/lint $B
bench: $B/gomemlab $B/tests/bench/events $B/tests/bench/memory ## compare with peers; T=word: some
	@exec tests/bench/run.sh $B $(T)
instructions: $B/tests/bench/memory $B/tests/bench/events ## of hot paths, against stored counts
	@exec tests/bench/instructions.sh $B
bench-tui: $B/gomemlab ## compare the dashboard with htop and btop, ROUNDS=3 of FOR=10 s
	@exec tests/bench/tui.py $< --rounds=$(or $(ROUNDS),3) --for=$(or $(FOR),10)
bench-memory: $B/tests/bench/memory ## the memory system's cases of bench, as CSV lines
	@exec tests/bench/memory.sh $< $(T)
# sanitizers have an allocator of their own: what fails is linked in, not loaded before
NTH_asan := $B/tests/nth_failure/gomemlab
NTH      := $(or $(NTH_$(VARIANT)),$B/gomemlab $B/tests/nth_failure/fail.so)
nth-failure: $(NTH) ## each call that can fail fails, one at a time; T=word: some cases
	@exec tests/nth_failure_test.py $(NTH) --case=$(T)
soak: $B/gomemlab ## run random seeds twice and compare, then random scenarios, FOR=60 s each
	@$(MAKE) --no-print-directory VARIANT=asan build/asan/tests/random/run
	@tests/bench/soak.sh $< $(FOR)
	@exec tests/random_test.sh build/asan/tests/random/run $(or $(FOR),60)
soak-tui: ## random keys and sizes for the sanitized dashboard, RUNS=20 of 1,000 steps
	@$(MAKE) --no-print-directory VARIANT=asan all
	@exec tests/tui_soak.py build/asan/gomemlab --runs=$(or $(RUNS),20) --seed=$(SEED)
FUZZ = clang $(CSTD) -O1 -g -DHEAP_CHECK=2 -I. -fsanitize=fuzzer,address,undefined
fuzz: ## fuzz the scenario loader and the key decoder, FOR=60 s each (needs clang)
	@mkdir -p build/fuzz/corpus build/fuzz/typed
	$(FUZZ) tests/fuzz/decode.c $(wildcard tui/input/*.c) engine/base.c -o build/fuzz/decode
	cd build/fuzz && ./decode -max_total_time=$(or $(FOR),60) -max_len=512 typed
	$(FUZZ) tests/fuzz/scenario.c $(ENGINE) $(LIBS) -o build/fuzz/scenario
	cd build/fuzz && ./scenario -max_total_time=$(or $(FOR),60) -max_len=4096 corpus \
	    ../../scenarios
mutants: ## change one thing of the engine at a time: do the tests notice? COUNT=60 SEED=1
	@exec tests/mutants.py --count=$(or $(COUNT),60) --seed=$(or $(SEED),1)
coverage: ## lines and branches of engine and tui that the unit tests run, against their bars
	@exec tests/coverage.sh
format: ## clang-format everything in place
	clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/*.c tests/*/*.c)
pages: $B/tests/run $B/tests/fidelity/run ## copy the code's tables into man/gomemlab.1, README
	@UPDATE_PAGES=1 $< pages
	@UPDATE_PAGES=1 tests/fidelity_test.sh $B/tests/fidelity/run | tail -n 1
deps: ## install what building and testing needs
	@.ci/deps check

INSTALL = install -m 644
# in a file for pkg-config, in sed's replacement
blanks  = $(subst $() $(),\\ ,$1)
install: $B/gomemlab $B/libgomemlab.a ## into PREFIX=/usr/local, staged under DESTDIR
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(DATA)/scenarios' \
	    '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(INCLUDE)/engine' \
	    '$(DESTDIR)$(PREFIX)/share/man/man1' '$(DESTDIR)$(PREFIX)/share/man/man5' \
	    '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' \
	    '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' \
	    '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -m 755 $B/gomemlab '$(DESTDIR)$(PREFIX)/bin/gomemlab'
	$(INSTALL) $(SCENARIOS) '$(DESTDIR)$(DATA)/scenarios'
	$(INSTALL) man/*.1 '$(DESTDIR)$(PREFIX)/share/man/man1'
	$(INSTALL) man/*.5 '$(DESTDIR)$(PREFIX)/share/man/man5'
	$(INSTALL) man/completion/gomemlab.bash \
	    '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/gomemlab'
	$(INSTALL) man/completion/_gomemlab '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_gomemlab'
	$(INSTALL) man/completion/gomemlab.fish \
	    '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/gomemlab.fish'
	$(INSTALL) $B/libgomemlab.a '$(DESTDIR)$(LIBDIR)'
	$(INSTALL) $(EDGE) '$(DESTDIR)$(INCLUDE)/engine'
	sed -e 's|@PREFIX@|$(call blanks,$(PREFIX))|' -e 's|@LIBDIR@|$(call blanks,$(LIBDIR))|' \
	    -e 's|@VERSION@|$(VERSION)|' engine/gomemlab.pc.in \
	    > '$(DESTDIR)$(LIBDIR)/pkgconfig/gomemlab.pc'
	chmod 644 '$(DESTDIR)$(LIBDIR)/pkgconfig/gomemlab.pc'
uninstall: ## remove what install put there
	rm -f '$(DESTDIR)$(PREFIX)/bin/gomemlab' \
	    $(foreach p,$(wildcard man/*.1),'$(DESTDIR)$(PREFIX)/share/man/man1/$(notdir $p)') \
	    $(foreach p,$(wildcard man/*.5),'$(DESTDIR)$(PREFIX)/share/man/man5/$(notdir $p)') \
	    '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/gomemlab' \
	    '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_gomemlab' \
	    '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/gomemlab.fish'
	rm -f '$(DESTDIR)$(LIBDIR)/libgomemlab.a' '$(DESTDIR)$(LIBDIR)/pkgconfig/gomemlab.pc'
	rm -rf '$(DESTDIR)$(DATA)' '$(DESTDIR)$(INCLUDE)'
deb: ## build/deb/*.deb: gomemlab, and the engine as a library
	@exec .ci/deb '$(VERSION)'
portable: ## build and try it for aarch64 (qemu) and with musl; fetches what that needs into build/
	@exec tests/portable.sh
clean: ## remove build/ and compile_commands.json
	rm -rf build compile_commands.json
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

Q := $(if $(V),,@)
$B/gomemlab: $(call obj,$(ENGINE) $(TUI))
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lncursesw -lm -o $@
$B/libgomemlab.a: $(call obj,$(ENGINE))
	$(if $(V),,@echo "  AR $@")
	$Qrm -f $@ && $(AR) rcsD $@ $^
$B/tests/run: $(call obj,$(PURE) $(TESTS))
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lcmocka -lm -o $@
$B/tests/fidelity/run: $(call obj,$(ENGINE) $(FIDELITY))
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lm -o $@
$B/tests/random/run: $(call obj,$(ENGINE) tests/random/main.c tests/support/run.c)
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lm -o $@
$B/tests/bench/events: $(call obj,$(ENGINE) tests/bench/events.c)
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lm -o $@
$B/tests/bench/memory: $(call obj,$(ENGINE) tests/bench/memory.c)
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $^ $(LIBS) -lm -o $@
$B/tests/bench/memory.o: ALL_CFLAGS += -DBENCH_GO11
$B/%.o: %.c $B/.flags
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<")
	$Q$(CC) $(ALL_CFLAGS) $(WERROR) -c $< -o $@
# only this file knows the version and the folder of the scenarios
$B/tui/cli/library.o: ALL_CFLAGS += $(BUILT_IN)
$B/tui/cli/library.o: $B/.built-in
# the list of test modules, as X(name) lines
$B/tests/main.o: ALL_CFLAGS += -I$B
$B/tests/main.o: $B/tests/modules.h
$B/tests/modules.h: $B/.modules
	@mkdir -p $(@D); printf 'X(%s)\n' $(sort $(MODULES)) > $@
# a stamp changes with its text, so that changed flags or lists cause a rebuild, too
stamp = @mkdir -p $(@D); echo "$1" | cmp -s - $@ || echo "$1" > $@
$B/.flags: FORCE
	@! echo __SIZEOF_POINTER__ | $(CC) $(CPPFLAGS) $(CFLAGS) -E -P - 2>/dev/null | grep -qx 4 || { \
	    echo 'gomemlab models Go on 64-bit machines: "$(strip $(CC) $(CPPFLAGS) $(CFLAGS))" builds' \
	        'for one with 32 bits' >&2; exit 1; }
	$(call stamp,$(subst ",,$(CC) $(ALL_CFLAGS)))
$B/.built-in: FORCE ; $(call stamp,$(VERSION) $(DATA))
$B/.modules: FORCE ; $(call stamp,$(sort $(MODULES)))
FORCE:

$B/tests/nth_failure/fail.so: tests/nth_failure/fail.c $B/.flags
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LINK $@")
	$Q$(CC) $(CSTD) $(WARN) -O2 -g -fPIC -shared $(CFLAGS) $(LDFLAGS) $< -o $@
COMMA   := ,
WRAPPED := malloc calloc realloc aligned_alloc strdup strndup
$B/tests/nth_failure/gomemlab: $(call obj,$(ENGINE) $(TUI) tests/nth_failure/fail.c)
	$(if $(V),,@echo "  LINK $@")
	$Q$(LINK) $(patsubst %,-Wl$(COMMA)--wrap=%,$(WRAPPED)) $^ $(LIBS) \
	    -lncursesw -lm -o $@
$B/tests/nth_failure/fail.o: ALL_CFLAGS += -DNTH_WRAP

compile_commands.json: FORCE ## for editors and clang-tidy
	@{ echo '['; for f in $(SOURCES); do \
	    printf '%s{"directory":"%s","file":"%s","command":"cc %s -c %s"}' "$$sep" '$(CURDIR)' $$f \
	        '$(CSTD) $(WARN) $(OPT) -I. -I$B' $$f; sep=','; echo; done; echo ']'; } > $@

.DELETE_ON_ERROR:
.PHONY: all run check test fidelity lint bench bench-memory instructions bench-tui soak soak-tui \
        nth-failure fuzz mutants coverage format pages deps install uninstall deb portable clean \
        help FORCE
PROGRAMS := $(SOURCES) $(FIDELITY) \
            $(wildcard tests/bench/*.c tests/random/*.c tests/nth_failure/*.c)
-include $(patsubst %.o,%.d,$(call obj,$(PROGRAMS)))
