/*
 * statements.h: each kind of statement: its Go, and what others have to know of it.
 *
 * A row for each. Everybody asks here, so a new statement is a row and a function that writes it,
 * and a role if it has to do with b, the slot or the key.
 */
#ifndef TUI_GOLANG_STATEMENTS_H
#define TUI_GOLANG_STATEMENTS_H

#include "engine/scenario.h"
#include "tui/golang/program.h"

/* A step in its place: what it declares, whether what it sets is wanted at all. */
struct go_place {
    const struct step *step;
    bool declares; /* its variable is to be declared here */
    bool discards; /* nobody looks at what it sets: no variable is needed */
};

enum go_role {
    ROLE_NONE,    /* the step itself has nothing to do with the variable; its blocks may */
    ROLE_SETS,    /* without looking at it */
    ROLE_MAY_SET, /* or leave it as it is, without looking at it */
    ROLE_USES
};

/* How a statement is written, and by whom. */
enum go_form {
    FORM_LINES,    /* all of it by its function */
    FORM_BRANCHES, /* its function opens the first block; the rest is written by steps.c */
    FORM_REPEAT,   /* its function opens the loop; the rest is written by steps.c */
    FORM_RANGE,    /* all of it by steps.c */
    FORM_SELECT    /* by select.c */
};

/* Whether b may be nil behind the statement. */
enum go_leaves {
    LEAVES_B,         /* b is as it was */
    LEAVES_MADE,      /* b is what the goroutine makes: nil if that may be nil */
    LEAVES_SOMETHING, /* never: nobody sends nil */
    LEAVES_NIL,       /* it may */
    LEAVES_NIL_IN_B,  /* it may if the statement works on b */
    LEAVES_NIL_INSIDE /* in the block it holds */
};

struct go_statement {
    void (*write)(struct go_program *p, struct go_goroutine *g, const struct go_place *place);
    /* What the step itself does with the variable. `typed`: b is not a []byte. NULL: nothing. */
    enum go_role (*role)(const struct step *step, enum go_variable variable, bool typed);
    enum go_form form;
    enum go_leaves leaves;
    enum go_variable sets; /* the one variable it may set, if it sets one */
    bool makes;            /* calls what makes buffers */
    bool high;             /* it takes several lines: an empty line behind it */
    bool apart;            /* an empty line before it */
};

const struct go_statement *go_statement_of(enum step_kind kind);

#endif
