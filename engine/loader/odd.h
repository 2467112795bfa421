/*
 * odd.h: characters of a file that look like others, or like nothing at all.
 *
 * A web page, a word processor or another keyboard brings blanks that YAML does not take for
 * blanks, characters without a width, letters of other alphabets that look like Latin ones, quotes
 * and dashes of print. In a title, an about or a comment they do no harm. In a key, a name or a
 * number they make mistakes that nobody can see; then what they are is the first thing to say.
 */
#ifndef ENGINE_LOADER_ODD_H
#define ENGINE_LOADER_ODD_H

#include "engine/base.h"
#include "engine/loader/errors.h"

/* A place in the file's text, which only goes forward. */
struct odd {
    const char *at, *end;
    const char *line; /* where its line begins */
    size_t index;     /* in characters from the beginning, as libyaml counts them */
    struct mark mark;
};

/* At the beginning of the text, behind its byte order mark. The text is valid UTF-8. */
struct odd odd_begin(const char *text, size_t bytes);

/* Goes on to a character. */
void odd_skip(struct odd *odd, size_t index);

/* Looks at a key, a name, a number between two characters, goes on behind it, and complains about
 * the first odd character in it as the cause of whatever else is wrong. */
void odd_look(struct odd *odd, size_t from, size_t to, struct complaints *complaints);

/* Looks at what could not be read, up to a character: what is no comment, no title, not quoted. */
void odd_look_around(struct odd *odd, size_t to, struct complaints *complaints);

/* Complains about the first character that no place in a file may have. True: there is none. */
bool odd_check_text(const char *text, size_t bytes, struct complaints *complaints);

#endif
