#include "tui/source/run.h"

#include <stdlib.h>
#include <string.h>

/* NULL is copied as NULL. False: no memory. */
static bool copy_text(const char *text, char **out) {
    *out = text != NULL ? strdup(text) : NULL;
    return *out != NULL || text == NULL;
}

static bool copy_settings(const char *const *settings, uint32_t count, struct run *out) {
    out->settings = calloc((size_t)count + 1, sizeof *out->settings);
    if (out->settings == NULL) {
        return false;
    }
    while (out->setting_count < count) {
        char **setting = &out->settings[out->setting_count];
        if (!copy_text(settings[out->setting_count], setting)) {
            return false;
        }
        out->setting_count++;
    }
    return true;
}

static bool copy_program(const struct run *from, struct run *out) {
    /* C does not convert char ** to const char *const * by itself. */
    const char *const *settings = (const char *const *)from->settings;
    return copy_text(from->path, &out->path) && copy_text(from->text, &out->text) &&
           copy_text(from->model, &out->model) && copy_settings(settings, from->setting_count, out);
}

static enum result finish(bool whole, struct run *run, struct run *out) {
    if (!whole) {
        run_done(run);
        return RESULT_NO_MEMORY;
    }
    *out = *run;
    return RESULT_OK;
}

enum result run_of_file(const char *path, const char *const *settings, uint32_t setting_count,
                        struct run *out) {
    CHECK(path != NULL);
    struct run run = {0};
    bool whole = copy_text(path, &run.path) && copy_settings(settings, setting_count, &run);
    return finish(whole, &run, out);
}

enum result run_of_text(const char *name, const char *text, struct run *out) {
    CHECK(name != NULL && text != NULL);
    struct run run = {0};
    return finish(copy_text(name, &run.path) && copy_text(text, &run.text), &run, out);
}

static bool copy_commands(const struct run *from, uint64_t until_ns, struct run *out) {
    uint32_t count = 0;
    while (count < from->command_count && from->commands[count].at_ns <= until_ns) {
        count++;
    }
    if (count == 0) {
        return true;
    }
    out->commands = malloc(count * sizeof *out->commands);
    if (out->commands == NULL) {
        return false;
    }
    memcpy(out->commands, from->commands, count * sizeof *out->commands);
    out->command_count = out->command_room = count;
    return true;
}

enum result run_copy(const struct run *run, uint64_t at_ns, struct run *out) {
    struct run copy = {.seeded = run->seeded, .seed = run->seed, .at_ns = at_ns};
    bool whole = copy_program(run, &copy) && copy_commands(run, at_ns, &copy);
    return finish(whole, &copy, out);
}

void run_done(struct run *run) {
    for (uint32_t i = 0; i < run->setting_count; i++) {
        free(run->settings[i]);
    }
    free(run->settings);
    free(run->path);
    free(run->text);
    free(run->model);
    free(run->commands);
    *run = (struct run){0};
}

enum result run_make_room(struct run *run) {
    if (run->command_count < run->command_room) {
        return RESULT_OK;
    }
    uint32_t room = run->command_room == 0 ? 16 : run->command_room * 2;
    struct command *commands = realloc(run->commands, room * sizeof *commands);
    if (commands == NULL) {
        return RESULT_NO_MEMORY;
    }
    run->commands = commands;
    run->command_room = room;
    return RESULT_OK;
}

enum result run_add_command(struct run *run, const struct command *command) {
    CHECK(run->command_count == 0 || run->commands[run->command_count - 1].at_ns <= command->at_ns);
    enum result result = run_make_room(run);
    if (result == RESULT_OK) {
        run->commands[run->command_count++] = *command;
    }
    return result;
}

void run_drop_command(struct run *run, uint32_t index) {
    CHECK(index < run->command_count);
    run->command_count--;
    memmove(run->commands + index, run->commands + index + 1,
            (run->command_count - index) * sizeof *run->commands);
}

static bool is_same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool run_is_same_program(const struct run *a, const struct run *b) {
    bool same = is_same_text(a->path, b->path) && is_same_text(a->text, b->text) &&
                is_same_text(a->model, b->model) && a->setting_count == b->setting_count;
    for (uint32_t i = 0; same && i < a->setting_count; i++) {
        same = strcmp(a->settings[i], b->settings[i]) == 0;
    }
    return same;
}
