# VARIANT: release (default) | debug | asan
VARIANT ?= release
CC      ?= cc
B       := build/$(VARIANT)
CSTD    := -std=c17 -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wundef -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wvla -Wswitch-enum -Wwrite-strings -Wcast-qual
OPT_debug   := -O0 -g3 -DHEAP_CHECK=2
OPT_release := -O2 -g -DHEAP_CHECK=1
OPT_asan    := -O1 -g3 -DHEAP_CHECK=2 -fsanitize=address,undefined -fno-sanitize-recover=all
OPT         := $(or $(OPT_$(VARIANT)),$(error unknown VARIANT=$(VARIANT)))
ALL_CFLAGS   = $(CSTD) $(WARN) $(OPT) -I. -MMD -MP $(CFLAGS)
LIBS    := -lcyaml -lyaml

ENGINE := $(sort $(wildcard engine/*.c engine/*/*.c))
TUI    := $(sort $(wildcard tui/*.c))
TESTS  := $(sort $(wildcard tests/*.c))
obj     = $(patsubst %.c,$B/%.o,$1)
# what the tests link: everything but the terminal and main
PURE   := $(ENGINE) $(filter-out tui/term.c tui/dashboard.c tui/main.c,$(TUI))

all: $B/gomemlab
$B/gomemlab: $(call obj,$(ENGINE) $(TUI)); $(CC) $(OPT) $(LDFLAGS) $^ $(LIBS) -lncursesw -o $@
$B/tests/run: $(call obj,$(PURE) $(TESTS)); $(CC) $(OPT) $(LDFLAGS) $^ $(LIBS) -lcmocka -o $@
$B/%.o: %.c $B/.flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c $< -o $@
# changed flags rebuild, not only changed sources
$B/.flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@
FORCE:
test: $B/tests/run ; $< $(T)
.PHONY: all test FORCE
-include $(patsubst %.o,%.d,$(call obj,$(ENGINE) $(TUI) $(TESTS)))
