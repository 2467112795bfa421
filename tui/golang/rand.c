#include "tui/golang/rand.h"

#include "tui/golang/writer.h"

#include <inttypes.h>

/*
 * Two ways, because each has its price.
 *
 * Seed 1 is what Go 1.1 begins with. Such a program draws with the functions of math/rand, as the
 * talk's programs do, and allocates nothing that those do not: its heap is what the engine says. Go
 * 1.20 needs rand.Seed(1) for that, which allocates nothing up to Go 1.19; later ones need a
 * directive, which is a comment to those before 1.21.
 *
 * No directive makes rand.Seed(42) work in every Go: the one that does in Go 1.24 is an error in
 * Go 1.21 to 1.23. A program with another seed has a generator of its own, two blocks of some 5 KB
 * that the engine does not know of. It is called rand, so that lines that draw are the same. Unlike
 * math/rand's own it has no lock, so goroutines that share it get a source that has one.
 */

enum { SEED_OF_GO = 1 };

bool program_rand_is_variable(const struct go_program *p) {
    return p->w.draws_rand && p->scenario->seed != SEED_OF_GO;
}

const char *program_rand_package(const struct go_program *p) {
    return program_rand_is_variable(p) ? "mathrand" : "rand";
}

bool program_rand_is_shared(const struct go_program *p) {
    const struct scenario *s = p->scenario;
    return program_rand_is_variable(p) && (s->goroutine_count > 1 || s->goroutines[0].count > 1);
}

void program_rand_directive(struct go_program *p) {
    if (p->w.draws_rand && !program_rand_is_variable(p)) {
        go_comment(&p->w, "\nmath/rand begins with seed 1 in Go 1.1 to 1.19. For the same numbers, "
                          "Go 1.20 needs\nrand.Seed in main, and later ones this line:");
        go_blank(&p->w);
        go_line(&p->w, "//go:debug randautoseed=0");
    }
}

static void print_locked_source(struct go_program *p) {
    go_line(&p->w,
            "// lockedSource is for goroutines that draw at the same time, as math/rand's own is.");
    go_line(&p->w, "type lockedSource struct {");
    go_line(&p->w, "\tlock   sync.Mutex");
    go_line(&p->w, "\tsource mathrand.Source");
    go_line(&p->w, "}");
    go_blank(&p->w);
    go_line(&p->w, "func (s *lockedSource) Int63() int64 {");
    go_line(&p->w, "\ts.lock.Lock()");
    go_line(&p->w, "\tdefer s.lock.Unlock()");
    go_line(&p->w, "\treturn s.source.Int63()");
    go_line(&p->w, "}");
    go_blank(&p->w);
    go_line(&p->w, "func (s *lockedSource) Seed(seed int64) {");
    go_line(&p->w, "\ts.lock.Lock()");
    go_line(&p->w, "\tdefer s.lock.Unlock()");
    go_line(&p->w, "\ts.source.Seed(seed)");
    go_line(&p->w, "}");
    go_blank(&p->w);
}

void program_rand_variable(struct go_program *p) {
    if (!program_rand_is_variable(p)) {
        return;
    }
    const int64_t seed = p->scenario->seed;
    if (program_rand_is_shared(p)) {
        print_locked_source(p);
    }
    go_line(&p->w, "// A generator of its own: since Go 1.24 rand.Seed does nothing.");
    go_line(&p->w,
            program_rand_is_shared(p)
                ? "var rand = mathrand.New(&lockedSource{source: mathrand.NewSource(%" PRId64 ")})"
                : "var rand = mathrand.New(mathrand.NewSource(%" PRId64 "))",
            seed);
    go_blank(&p->w);
}

void program_rand_seed(struct go_program *p) {
    if (p->w.draws_rand && !program_rand_is_variable(p)) {
        go_line(&p->w, "rand.Seed(%d)", SEED_OF_GO);
    }
}
