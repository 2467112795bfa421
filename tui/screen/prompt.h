/*
 * prompt.h: the palette: everything that can be done, found by typing a part of what it says, and
 * words that take a value ("gogc 50", "goto 5m").
 *
 * Pure: it lists and edits; app.c does what is chosen.
 */
#ifndef TUI_SCREEN_PROMPT_H
#define TUI_SCREEN_PROMPT_H

#include "tui/panel/panes.h"

enum { PROMPT_MATCHES_MAX = 256 };

enum match_kind {
    MATCH_KEY,     /* a binding */
    MATCH_PANEL,   /* going to a pane */
    MATCH_WORD,    /* a word that takes a value */
    MATCH_CHANNEL, /* a channel's name, which takes a capacity */
    MATCH_SCENARIO /* "open" and a scenario's name */
};

/* A line of the palette. */
struct match {
    enum match_kind kind;
    const struct binding *binding; /* KEY */
    int pane;                      /* KEY: whose it is, -1: nobody's; PANEL: which */
    uint32_t index;                /* WORD, CHANNEL, SCENARIO: which */
    char text[112];                /* what it does */
    char name[64];                 /* the key, or what to type instead */
};

void prompt_open(struct ui *ui, const char *text);

/* What the typed text may mean, in the order of the palette; returns how many there are. */
int prompt_matches(const struct ui *ui, const struct record *record,
                   struct match matches[PROMPT_MATCHES_MAX]);

/* Adds a character to the text; false: it has no room left. */
MUST_USE bool prompt_add(struct ui *ui, uint32_t rune);

/* Types a key into the text, or takes one away; false: it is no such key. */
bool prompt_type(struct ui *ui, int key);

/* Makes the text what the match wants to have typed; false: it is that already, or no text. */
bool prompt_complete(struct ui *ui, const struct record *record, const struct match *match);

/* What a match that is no binding and no panel asks for, with the value typed behind its name.
 * False: the value will not do, and the status says why. */
bool prompt_request(struct ui *ui, const struct record *record, const struct match *match,
                    struct request *out);

#endif
