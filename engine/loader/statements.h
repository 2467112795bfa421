/*
 * statements.h: what the loader knows of each kind of statement, a row for each.
 *
 * How its value is read, what it works on, what it holds, what may be wrong with it. All other
 * files of the loader ask here; so a new statement is a line of STEP_KINDS (engine/scenario.h) and
 * a row here, with a reader.
 */
#ifndef ENGINE_LOADER_STATEMENTS_H
#define ENGINE_LOADER_STATEMENTS_H

#include "engine/base.h"
#include "engine/loader/build.h"
#include "engine/loader/schema.h"
#include "engine/scenario.h"

/* What a step does itself, or the steps of a list somewhere, however deep. */
struct facts {
    bool makes;        /* calls makeBuffer(), or may */
    bool uses_slots;   /* any of them */
    bool uses_picked;  /* pool[j] */
    bool picks;        /* sets j */
    bool uses_list;    /* in any way */
    bool uses_pushed;  /* makes no sense with a list that is always empty */
    bool needs_pushed; /* goes wrong with an empty list */
    bool pushes;
    bool uses_key;
    bool draws_key; /* sets k */
    bool prints;
    bool unknown; /* a step that was not understood: may do anything */
};

/* Whether a step waits, so that time goes on. */
enum waits {
    WAITS_NEVER,
    WAITS_ALWAYS,
    WAITS_A_TIME, /* if it sleeps for some */
    WAITS_WITH_B, /* a slot may be nil, and is not sent then */
    WAITS_INSIDE  /* if each way through the steps in it does */
};

/* What a step holds. All of it is there, but for `else`. */
enum holds { HOLDS_NOTHING, HOLDS_BLOCK, HOLDS_BRANCHES, HOLDS_CASES };

/* A bit for each thing of an enum. */
#define SET_OF(thing) (1U << (thing))

/* What a step may work on: a variable of the program or, if `fields` has any, a field. */
struct place_rule {
    unsigned variables; /* set of enum variable_kind; 0: no variable */
    unsigned fields;    /* set of enum field_kind */
    const char *name;   /* of the statement, in messages */
    const char *wants;
    bool whole; /* the whole variable, and never a field: not what is at the key of a map */
};

/* A step that works on a field, which fits its rule. */
struct field_use {
    const struct goroutine_group *group;
    const struct step *step;
    const struct field *field;
    const struct raw_text *place; /* b.FIELD */
    const struct raw_text *from;  /* NULL: not given */
};

struct statement {
    /* Fills what the value says, and complains. False: it is not known what the step means. */
    bool (*read)(struct build *b, const struct raw_step *raw, struct step *step);
    /* Complains if the field cannot be used that way. NULL: it can. */
    void (*check_field)(struct build *b, const struct field_use *use);
    /* Aborts if the step breaks what scenario.h promises. NULL: there is nothing to ask. */
    void (*verify)(const struct step *step);
    struct facts facts; /* whatever its value says */
    struct place_rule place;
    unsigned whats; /* set of enum step_what that step.what may be; 0: B only */
    enum holds holds;
    enum waits waits;
    bool channel;       /* works on step.channel */
    bool b_of_variable; /* b gets what the variable holds, or the other way round */
    bool sets_key;      /* of a map; others look at k */
    bool runs_block;    /* the block it holds is run once, at least */
};

/* Needs a kind up to STEP_KIND_COUNT, which is a step that was not understood. */
const struct statement *statement_of(enum step_kind kind);

/* The key of the statement in the file. */
const char *statement_key(enum step_kind kind);

/* What is behind the dot of b.FIELD and slot.FIELD; NULL: the text has none. */
const char *place_field(const struct raw_text *text);

#endif
