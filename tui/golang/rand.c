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
 * that the engine does not know of. It is called rand, so that lines that draw are the same.
 */

enum { SEED_OF_GO = 1 };

bool program_rand_is_variable(const struct go_program *p) {
    return p->w.draws_rand && p->scenario->seed != SEED_OF_GO;
}

const char *program_rand_package(const struct go_program *p) {
    return program_rand_is_variable(p) ? "mathrand" : "rand";
}

void program_rand_directive(struct go_program *p) {
    if (p->w.draws_rand && !program_rand_is_variable(p)) {
        go_comment(&p->w, "\nmath/rand begins with seed 1 in Go 1.1 to 1.19. For the same numbers, "
                          "Go 1.20 needs\nrand.Seed in main, and later ones this line:");
        go_blank(&p->w);
        go_line(&p->w, "//go:debug randautoseed=0");
    }
}

void program_rand_variable(struct go_program *p) {
    if (program_rand_is_variable(p)) {
        go_line(&p->w, "// A generator of its own: since Go 1.24 rand.Seed does nothing.");
        go_line(&p->w, "var rand = mathrand.New(mathrand.NewSource(%" PRId64 "))",
                p->scenario->seed);
        go_blank(&p->w);
    }
}

void program_rand_seed(struct go_program *p) {
    if (p->w.draws_rand && !program_rand_is_variable(p)) {
        go_line(&p->w, "rand.Seed(%d)", SEED_OF_GO);
    }
}
