#include "engine/loader/syntax.h"

#include <stdio.h>
#include <string.h>

/* What to do about the commoner of libyaml's findings. */
static const struct {
    const char *problem, *advice;
} advices[] = {
    {.problem = "mapping values are not allowed in this context",
     .advice = "indent with the lines above, or put quotes around a text that contains ': '"},
    {.problem = "found character that cannot start any token",
     .advice = "put quotes around a text that begins with this character"},
    {.problem = "did not find expected '-' indicator",
     .advice = "align the '-' with those of the entries above"},
    {.problem = "did not find expected key",
     .advice = "align the key with those above, and close all quotes"},
    {.problem = "could not find expected ':'", .advice = "put a colon and a blank behind the key"},
    {.problem = "block sequence entries are not allowed in this context",
     .advice = "put the '-' on a line of its own, indented"},
    {.problem = "could not find expected directive name",
     .advice = "remove the line, or put quotes around a text that begins with %"},
    {.problem = "found unknown escape character",
     .advice = "write \\\\ for a backslash, or use single quotes"},
    {.problem = "did not find expected <document start>",
     .advice = "align the key with those above, and close all quotes"},
};

static const char *advice_for(const char *problem) {
    for (size_t i = 0; i < COUNT_OF(advices); i++) {
        if (strcmp(problem, advices[i].problem) == 0) {
            return advices[i].advice;
        }
    }
    return "look at the indentation, the quotes and the brackets here";
}

static struct mark mark_from(yaml_mark_t mark) {
    return (struct mark){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

struct line {
    const char *text;
    size_t bytes;
    uint32_t number; /* from 1; 0: there is none */
};

static size_t line_bytes(const char *text, const char *end) {
    size_t bytes = 0;
    while (text + bytes < end && text[bytes] != '\n' && text[bytes] != '\r') {
        bytes++;
    }
    return bytes;
}

/* Behind the line's end. */
static const char *line_behind(const char *text, size_t bytes, const char *end) {
    const char *at = text + bytes;
    if (at < end && *at == '\r') {
        at++;
        return at < end && *at == '\n' ? at + 1 : at;
    }
    return at < end ? at + 1 : at;
}

static size_t count_blanks(struct line line) {
    size_t count = 0;
    while (count < line.bytes && (line.text[count] == ' ' || line.text[count] == '\t')) {
        count++;
    }
    return count;
}

/* A line by its number, and the one before it that is not blank. */
static void find_lines(const char *text, size_t bytes, uint32_t number, struct line found[2]) {
    const char *end = text + bytes;
    found[0] = found[1] = (struct line){.number = 0};
    for (uint32_t n = 1; n <= number && text < end; n++) {
        const struct line line = {text, line_bytes(text, end), n};
        if (n == number) {
            found[0] = line;
        } else if (count_blanks(line) < line.bytes) {
            found[1] = line;
        }
        text = line_behind(text, line.bytes, end);
    }
}

/* A complaint about a byte of a line before which all is ASCII. */
#define COMPLAIN_IN(complaints, line, at, ...)                                                     \
    complain_cause(complaints, (struct mark){(line).number, (uint32_t)(at) + 1}, __VA_ARGS__)

/* Each looks for one kind of mistake in a line. True: it is there, and told. */
typedef bool finder(struct line line, struct complaints *complaints);

static bool find_tab(struct line line, struct complaints *complaints) {
    const size_t blanks = count_blanks(line);
    for (size_t i = 0; i < blanks && blanks < line.bytes; i++) {
        if (line.text[i] == '\t') {
            COMPLAIN_IN(complaints, line, i,
                        "a tab stands here; indent with spaces instead of tabs");
            return true;
        }
    }
    return false;
}

static bool find_directive(struct line line, struct complaints *complaints) {
    const bool found = line.bytes > 0 && line.text[0] == '%';
    if (found) {
        COMPLAIN_IN(complaints, line, 0, "directives are not for scenarios; remove this line");
    }
    return found;
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

size_t syntax_key_without_blank(const char *text, size_t bytes) {
    size_t count = 0;
    while (count < bytes && is_word(text[count])) {
        count++;
    }
    const bool joined = count > 0 && text[0] != '-' && count + 1 < bytes && text[count] == ':' &&
                        (unsigned char)text[count + 1] < 0x80 && /* odd.h has a word on others */
                        strchr(" \t\r\n/:", text[count + 1]) == NULL;
    return joined ? count + 1 : 0;
}

static bool find_colon(struct line line, struct complaints *complaints) {
    size_t start = count_blanks(line);
    while (start + 1 < line.bytes && line.text[start] == '-' && line.text[start + 1] == ' ') {
        start += 2;
    }
    const char *text = line.text + start;
    const size_t key = syntax_key_without_blank(text, line.bytes - start);
    if (key > 0) {
        COMPLAIN_IN(complaints, line, start + key,
                    "the colon behind '%.*s' needs a blank behind it; write '%.*s ...'",
                    (int)key - 1, text, (int)key, text);
    }
    return key > 0;
}

static bool find_dash(struct line line, struct complaints *complaints) {
    const size_t start = count_blanks(line);
    size_t end = start + 1;
    while (end < line.bytes && is_word(line.text[end])) {
        end++;
    }
    if (end >= line.bytes || end == start + 1 || line.text[start] != '-' ||
        line.text[start + 1] == '-' || line.text[end] != ':') {
        return false;
    }
    COMPLAIN_IN(complaints, line, start + 1, "the '-' needs a blank behind it; write '- %.*s: ...'",
                (int)(end - start) - 1, line.text + start + 1);
    return true;
}

/* A bracket or a brace that a comment has kept from being closed. */
static bool find_comment(struct line line, struct complaints *complaints) {
    size_t open = 0;
    while (open < line.bytes && line.text[open] != '[' && line.text[open] != '{') {
        open++;
    }
    for (size_t i = open + 1; i < line.bytes; i++) {
        if (line.text[i] == '#' && line.text[i - 1] == ' ' &&
            memchr(line.text + i, line.text[open] == '[' ? ']' : '}', line.bytes - i) != NULL) {
            COMPLAIN_IN(complaints, line, i,
                        "# begins a comment here; put quotes around a text that has one");
            return true;
        }
    }
    return false;
}

void syntax_explain(const yaml_parser_t *parser, const char *text, size_t bytes,
                    struct complaints *complaints) {
    static finder *const finders[] = {find_tab, find_directive, find_comment, find_colon,
                                      find_dash};
    const char *problem = parser->problem != NULL ? parser->problem : "this is not YAML";
    const struct mark mark = mark_from(parser->problem_mark);
    struct line lines[4];
    find_lines(text, bytes, mark.line, lines);
    find_lines(text, bytes, mark_from(parser->context_mark).line, lines + 2);
    const size_t count = parser->context != NULL ? 3 : 2;
    for (size_t f = 0; f < COUNT_OF(finders); f++) {
        for (size_t i = 0; i < count; i++) {
            if (lines[i].number != 0 && finders[f](lines[i], complaints)) {
                return;
            }
        }
    }
    char context[128] = "";
    if (parser->context != NULL) {
        snprintf(context, sizeof context, " %s that begins in line %u", parser->context,
                 mark_from(parser->context_mark).line);
    }
    complain(complaints, mark, "%s%s; %s", problem, context, advice_for(problem));
}
