/*
 * prompt.h: the palette: everything that can be done, found by typing a part of its text, and words
 * that take a value ("gogc 50", "goto 5m").
 *
 * It lists and edits; app.c does what is chosen.
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
    int pane;       /* KEY: the pane that does it, -1: none; PANEL: the pane to go to */
    uint32_t index; /* WORD, CHANNEL, SCENARIO: which */
    char text[112]; /* what it does */
    char name[64];  /* the key, or what to type for it */
};

/* Opens the palette with that text typed, which is copied. */
void prompt_open(struct ui *ui, const char *text);

/* The lines that fit the typed text, in the order of the palette. Returns how many. */
int prompt_matches(const struct ui *ui, const struct record *record,
                   struct match matches[PROMPT_MATCHES_MAX]);

/* Adds a character to the text; false: it has no room left. */
MUST_USE bool prompt_add(struct ui *ui, uint32_t rune);

/* Edits the text with a key: a character, Backspace, ^U or ^W. False: it is another key. */
bool prompt_type(struct ui *ui, int key);

/* Completes the text to the name of the match. False: it is complete, or the match has no such
 * name. */
bool prompt_complete(struct ui *ui, const struct record *record, const struct match *match);

/* The request of a match that is not a KEY or a PANEL, with the value typed after its name. Changes
 * the speed itself. False: the value is not allowed, and the status says why. A path in `*out`
 * lives as long as the typed text and ui->choices. */
bool prompt_request(struct ui *ui, const struct record *record, const struct match *match,
                    struct request *out);

#endif
