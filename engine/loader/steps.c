#include "engine/loader/steps.h"

#include "engine/loader/statements.h"
#include "engine/loader/units.h"

static enum step_what read_case_what(struct build *b, const struct raw_text *text) {
    static const char *const words[] = {"b", "slot", "list"};
    static const enum step_what what[] = {WHAT_B, WHAT_SLOT, WHAT_FRONT};
    const uint32_t word = build_word(b, "from", text, words, COUNT_OF(words));
    return word < COUNT_OF(what) ? what[word] : WHAT_B;
}

/* False: the case says nothing that is known. */
static bool build_case(struct build *b, const struct raw_case *raw, uint32_t depth,
                       struct select_case *out) {
    static const char *const words[] = {"true"};
    bool good = true;
    out->line = raw_mark(raw->place).line;
    out->channel = SCENARIO_NONE;
    out->kind = CASE_DEFAULT;
    if (raw->receive != NULL) {
        out->kind = CASE_RECEIVE;
        out->channel = build_channel(b, raw->receive);
    } else if (raw->send != NULL) {
        out->kind = CASE_SEND;
        out->channel = build_channel(b, raw->send);
        out->what = raw->from != NULL ? read_case_what(b, raw->from) : WHAT_B;
    } else if (raw->after != NULL) {
        out->kind = CASE_AFTER;
        out->after_ns = build_amount(b, LIMIT_AFTER, raw->after, 1);
    } else if (raw->otherwise != NULL) {
        build_word(b, "default", raw->otherwise, words, COUNT_OF(words));
    } else {
        good = false;
    }
    return build_steps(b, &raw->then, depth + 1, &out->then) && good;
}

/* Go allows one default in a select. Of several times to wait only the shortest could ever end. */
static void check_cases(struct build *b, const struct raw_step *raw, const struct step *step) {
    uint32_t defaults = 0, afters = 0;
    for (uint32_t i = 0; i < step->case_count; i++) {
        const bool is_default = step->cases[i].kind == CASE_DEFAULT;
        const struct raw_text *otherwise = raw->select.items[i].otherwise;
        if (is_default && otherwise != NULL && defaults++ > 0) {
            build_complain(b, otherwise, "a select has one 'default'; remove this one");
        }
    }
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct raw_text *after = raw->select.items[i].after;
        if (step->cases[i].kind != CASE_AFTER) {
            continue;
        }
        if (defaults > 0) {
            build_complain(b, after, "with a 'default' a select never waits; remove this 'after'");
        } else if (afters++ > 0) {
            build_complain(b, after, "a select has one 'after'; keep the shortest");
        }
    }
}

static bool build_cases(struct build *b, const struct raw_step *raw, uint32_t depth,
                        struct step *step) {
    bool good = true;
    step->cases = build_array(b, raw->select.count, sizeof *step->cases);
    step->case_count = step->cases != NULL ? raw->select.count : 0;
    for (uint32_t i = 0; i < step->case_count; i++) {
        good = build_case(b, &raw->select.items[i], depth, &step->cases[i]) && good;
    }
    check_cases(b, raw, step);
    return good;
}

/* The statement whose key is there. If there are several keys, which has been complained about: the
 * first whose value is a text, else one whose value is a range. */
static enum step_kind find_kind(const struct raw_step *raw) {
    static const enum step_kind ranged[RAW_RANGE_COUNT] = {
        [RAW_RANGE_SLEEP] = STEP_SLEEP,
        [RAW_RANGE_KEY] = STEP_KEY,
        [RAW_RANGE_HOLD] = STEP_HOLD,
    };
    _Static_assert(RAW_RANGE_COUNT == 3, "the kind of each");
    for (uint32_t i = 0; i < STEP_KIND_COUNT; i++) {
        if (raw->texts[i] != NULL) {
            return (enum step_kind)i;
        }
    }
    for (uint32_t i = 0; i < RAW_RANGE_COUNT; i++) {
        if (raw->ranges[i].count > 0) {
            return ranged[i];
        }
    }
    return raw->select.count > 0 ? STEP_SELECT : STEP_KIND_COUNT;
}

/* The most lines of a file, and columns of a line; beyond it two steps could get one place. */
enum { LINE_BITS = 20 };

static void build_step(struct build *b, const struct raw_step *raw, uint32_t depth,
                       struct step *step) {
    const struct mark mark = raw_mark(raw->place);
    *step = (struct step){.kind = find_kind(raw),
                          .line = mark.line,
                          .place = mark.column << LINE_BITS | mark.line,
                          .channel = SCENARIO_NONE,
                          .variable = SCENARIO_NONE,
                          .field = SCENARIO_NONE,
                          .from = SCENARIO_NONE};
    bool good = step->kind == STEP_KIND_COUNT || statement_of(step->kind)->read(b, raw, step);
    if (step->kind == STEP_SELECT) {
        good = build_cases(b, raw, depth, step) && good;
    }
    good = build_steps(b, raw_inner(raw), depth + 1, &step->then) && good;
    good = build_steps(b, &raw->otherwise, depth + 1, &step->otherwise) && good;
    if (!good) {
        step->kind = STEP_KIND_COUNT;
    }
}

bool build_steps(struct build *b, const struct raw_steps *raw, uint32_t depth, struct steps *out) {
    if (raw->count > 0 && depth > SCENARIO_NESTING_MAX) {
        build_complain(b, raw->items[0].place, "these steps are nested %u deep; %d is the most",
                       depth, SCENARIO_NESTING_MAX);
        return false;
    }
    out->items = build_array(b, raw->count, sizeof *out->items);
    out->count = out->items != NULL ? raw->count : 0;
    for (uint32_t i = 0; i < out->count; i++) {
        build_step(b, &raw->items[i], depth, &out->items[i]);
    }
    return true;
}
