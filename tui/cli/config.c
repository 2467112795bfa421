#include "tui/cli/config.h"

#include "engine/base/escape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 4096, LINES_MAX = 10000 };

static const char blanks[] = " \t\r\n";

enum result config_default_path(char **out) {
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    const char *between = "";
    if (config == NULL || config[0] != '/') { /* relative ones are to be ignored */
        config = home;
        between = "/.config";
    }
    if (config == NULL || config[0] == '\0') {
        *out = NULL;
        return RESULT_OK;
    }
    static const char name[] = "/gomemlab/config";
    size_t bytes = strlen(config) + strlen(between) + sizeof name;
    char *path = malloc(bytes);
    if (path == NULL) {
        return RESULT_NO_MEMORY;
    }
    snprintf(path, bytes, "%s%s%s", config, between, name);
    *out = path;
    return RESULT_OK;
}

/* Ends the text where a comment begins, or the blanks before its end. */
static void cut_tail(char *text) {
    for (char *at = text; *at != '\0'; at++) {
        if (*at == '#' && (at == text || strchr(blanks, at[-1]) != NULL)) {
            *at = '\0';
            break;
        }
    }
    size_t length = strlen(text);
    while (length > 0 && strchr(blanks, text[length - 1]) != NULL) {
        text[--length] = '\0';
    }
}

static bool complain(const struct config_line *line, int column, const char *what) {
    escape_line(stderr, "%s:%d:%d: error: %s", line->path, line->line, column, what);
    return false;
}

/* Takes a line apart. False: it is wrong and explained; a blank one has no key. */
static bool parse(char *text, struct config_line *line) {
    cut_tail(text);
    line->key = text + strspn(text, blanks);
    line->key_column = (int)(line->key - text) + 1;
    if (line->key[0] == '\0') {
        return true;
    }
    char *equals = strchr(line->key, '=');
    if (equals == NULL) {
        int end = line->key_column + (int)strlen(line->key);
        return complain(line, end, "a line is 'key = value'; there is no '='");
    }
    line->value = equals + 1 + strspn(equals + 1, blanks);
    line->value_column = (int)(line->value - text) + 1;
    *equals = '\0';
    cut_tail(line->key);
    if (line->key[0] == '\0') {
        return complain(line, line->key_column, "there is no key before the '='");
    }
    if (line->value[0] == '\0') {
        return complain(line, line->value_column, "there is no value behind the '='");
    }
    return true;
}

/* Whether what was read is a line: a whole one, of a file that has an end. */
static bool is_line(const char *text, FILE *in, const struct config_line *line) {
    if ((strchr(text, '\n') == NULL && !feof(in)) || line->line > LINES_MAX) {
        return complain(line, 1, "this is too long, or no text; is it a configuration?");
    }
    return true;
}

bool config_read(const char *path, bool optional, bool *found,
                 bool (*take)(void *owner, const struct config_line *line), void *owner) {
    FILE *in = fopen(path, "r");
    *found = in != NULL;
    if (in == NULL && optional && (errno == ENOENT || errno == ENOTDIR)) {
        return true;
    }
    char text[LINE_BYTES];
    bool good = true, lines = true;
    struct config_line line = {.path = path};
    while (in != NULL && lines && fgets(text, sizeof text, in) != NULL) {
        line.line++;
        lines = is_line(text, in, &line);
        bool parsed = lines && parse(text, &line);
        good = parsed && (line.key[0] == '\0' || take(owner, &line)) && good;
    }
    if (in == NULL || (lines && !feof(in))) {
        escape_line(stderr, "gomemlab: %s: %s", path, strerror(errno));
        good = false;
    }
    if (in != NULL) {
        fclose(in);
    }
    return good;
}
