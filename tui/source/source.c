#include "tui/source/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum result source_init(struct source *source, const struct source_ops *ops, struct run *run) {
    CHECK(ops->close != NULL && ops->now_ns != NULL);
    CHECK(ops->advance != NULL && ops->collect != NULL);
    source->ops = ops;
    source->run = *run;
    *run = (struct run){0};
    return recorder_init(&source->recorder);
}

void source_done(struct source *source) {
    recorder_done(&source->recorder);
    run_done(&source->run);
}

void source_trouble(struct source *source, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(source->trouble, sizeof source->trouble, format, list);
    va_end(list);
    source_note(source, "%s", source->trouble);
}

void source_close(struct source *source) {
    if (source != NULL) {
        source->ops->close(source);
    }
}

const struct record *source_record(const struct source *source) {
    return &source->recorder.record;
}

const struct run *source_run(const struct source *source) {
    return &source->run;
}

uint64_t source_now_ns(const struct source *source) {
    return source->ops->now_ns(source);
}

enum source_pause source_advance(struct source *source, uint64_t until_ns, uint32_t budget) {
    CHECK(budget > 0);
    return source->ops->advance(source, until_ns, budget);
}

void source_collect(struct source *source, const struct demand *demand) {
    source->ops->collect(source, demand);
}

void source_oracle(struct source *source) {
    if (source->ops->oracle != NULL) {
        source->ops->oracle(source);
    }
}

void source_watch(struct source *source, uint32_t every) {
    if (source->ops->watch != NULL) {
        source->ops->watch(source, every);
    }
}

uint64_t source_samples(const struct source *source) {
    return source->recorder.samples;
}

void source_ask_rss(struct source *source) {
    if (source->ops->ask_rss != NULL) {
        source->ops->ask_rss(source);
    }
}

void source_break_on(struct source *source, unsigned breaks) {
    if (source->ops->break_on != NULL) {
        source->ops->break_on(source, breaks);
    }
}

enum result source_find_object(struct source *source, const char *what, uint64_t beside, bool back,
                               uint64_t *address) {
    *address = 0;
    return source->ops->find_object != NULL
               ? source->ops->find_object(source, what, beside, back, address)
               : RESULT_NOT_ABLE;
}

enum result source_command(struct source *source, const struct command *command) {
    if (source->ops->command == NULL) {
        return RESULT_NOT_ABLE;
    }
    if (source->recorder.record.failed) {
        return RESULT_HAS_FAILED;
    }
    if (source_is_repeating(source)) {
        return RESULT_IS_REPEATING;
    }
    enum result result = run_make_room(&source->run);
    struct command given = *command;
    if (result == RESULT_OK) {
        result = source->ops->command(source, &given);
    }
    if (result == RESULT_OK) {
        result = run_add_command(&source->run, &given);
        CHECK(result == RESULT_OK);                  /* there is room */
        source_collect(source, &(struct demand){0}); /* what knobs show, for the next key */
    }
    return result;
}

enum result source_restart(struct source *source, const struct run *run,
                           const struct restart *how) {
    if (source->ops->restart == NULL) {
        return RESULT_NOT_ABLE;
    }
    CHECK(run_is_same_program(run, &source->run));
    struct run copy;
    enum result result = run_copy(run, UINT64_MAX, &copy);
    if (result != RESULT_OK) {
        return result;
    }
    copy.at_ns = run->at_ns;
    result = source->ops->restart(source, &copy, how);
    if (result != RESULT_OK) {
        run_done(&copy);
        return result;
    }
    run_done(&source->run);
    source->run = copy;
    source->trouble[0] = '\0';
    recorder_restart(&source->recorder, how->remarks_until_ns);
    source_collect(source, &(struct demand){.program = true});
    return RESULT_OK;
}

bool source_is_repeating(const struct source *source) {
    return source->ops->is_repeating != NULL && source->ops->is_repeating(source);
}

void source_note(struct source *source, const char *format, ...) {
    char text[NOTE_BYTES_MAX];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    recorder_note(&source->recorder, source_now_ns(source), "%s", text);
}

void source_remark(struct source *source, const char *replaces, const char *text) {
    recorder_remark(&source->recorder, source_now_ns(source), replaces, text);
}

bool source_take_trouble(struct source *source, char out[NOTE_BYTES_MAX]) {
    memcpy(out, source->trouble, NOTE_BYTES_MAX);
    source->trouble[0] = '\0';
    return out[0] != '\0';
}
