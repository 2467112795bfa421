#include "tui/golang/gosource.h"

#include "tui/golang/find.h"
#include "tui/golang/goroutine.h"
#include "tui/golang/names.h"
#include "tui/golang/print.h"
#include "tui/golang/program.h"
#include "tui/golang/rand.h"
#include "tui/golang/statements.h"
#include "tui/golang/types.h"
#include "tui/golang/variables.h"
#include "tui/golang/writer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool is_main(const struct goroutine_group *group) {
    return strcmp(group->name, "main") == 0;
}

static bool prints_makes(const struct step *step) {
    return step->kind == STEP_PRINT && print_has(&step->print, "makes");
}

static bool prints_ms(const struct step *step) {
    return step->kind == STEP_PRINT && print_has(&step->print, "ms");
}

/* Whether it has to know how many times the goroutine has come to a print. */
static bool is_ticking(const struct step *step) {
    return step->kind == STEP_PRINT && (print_has(&step->print, "tick") || step->amount > 1);
}

static bool makes(const struct step *step) {
    return go_statement_of(step->kind)->makes;
}

/* Zeroed, one at least; NULL, which is noted: no memory. */
static void *new_array(struct go_program *p, size_t count, size_t bytes) {
    void *array = calloc(count + 1, bytes);
    p->w.no_memory = p->w.no_memory || array == NULL;
    return array;
}

static void name_all(struct go_program *p) {
    const struct scenario *s = p->scenario;
    uint32_t pools = 0;
    p->counts_makes = !scenario_samples_itself(s);
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const struct goroutine_group *group = &s->goroutines[i];
        pools += s->goroutines[i].slots > 0 ? 1 : 0;
        p->counts_makes = p->counts_makes || group_any(group, prints_makes);
        if (is_main(&s->goroutines[i])) {
            p->main_group = i;
        }
        if (group_any(group, is_print)) {
            p->print_group = i;
        }
    }
    for (uint32_t i = 0; i < s->type_count; i++) {
        p->types[i] = go_name(&p->w, s->types[i].name, "Type");
    }
    program_name_variables(p);
    for (uint32_t i = 0; i < s->channel_count; i++) {
        p->channels[i] = go_name(&p->w, s->channels[i].name, "Chan");
    }
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const struct goroutine_group *group = &s->goroutines[i];
        if (group->slots > 0) {
            const struct go_text own = go_join("", group->name, "Pool");
            p->pools[i] = pools == 1 ? "pool" : go_name(&p->w, own.text, "2");
        }
    }
}

/* False: no memory. It is to be ended with program_done() in any case. */
static bool program_init(struct go_program *p, const struct scenario *scenario) {
    const size_t groups = scenario->goroutine_count;
    const size_t channels = scenario->channel_count;
    *p = (struct go_program){
        .scenario = scenario, .main_group = SCENARIO_NONE, .print_group = SCENARIO_NONE};
    go_writer_init(&p->w);
    p->w.distributions = scenario->distributions;
    p->w.draws = new_array(p, scenario->distribution_count, sizeof *p->w.draws);
    p->channels = new_array(p, channels, sizeof *p->channels);
    p->pools = new_array(p, groups, sizeof *p->pools);
    p->channels_used = new_array(p, channels, sizeof *p->channels_used);
    p->pools_used = new_array(p, groups, sizeof *p->pools_used);
    p->buffers = new_array(p, groups, sizeof *p->buffers);
    p->types = new_array(p, scenario->type_count, sizeof *p->types);
    p->variables = new_array(p, scenario->variable_count, sizeof *p->variables);
    p->caches = new_array(p, scenario->variable_count, sizeof *p->caches);
    if (!p->w.no_memory) {
        name_all(p);
    }
    return !p->w.no_memory;
}

static void program_done(struct go_program *p) {
    free(p->channels);
    free(p->pools);
    free(p->channels_used);
    free(p->pools_used);
    free(p->buffers);
    free(p->types);
    free(p->variables);
    free(p->caches);
    free(p->w.draws);
    go_writer_done(&p->w);
}

/* What the goroutine that prints has of its own. */
static void declare_slept(struct go_program *p, uint64_t period_ns) {
    p->w.imports[IMPORT_TIME] = true;
    go_line(&p->w, "var slept time.Duration");
    if (program_timeline_counts(p, period_ns)) {
        go_line(&p->w, "timeline := 0 // how much of it is done");
    }
}

/* Whether there is something that has to wait for its time. */
static bool has_timeline(const struct go_program *p) {
    const uint32_t count = p->scenario->timeline_count;
    return count > 0 && p->scenario->timeline[count - 1].at_ns > 0;
}

/* for { time.Sleep(every); ... } */
static void print_sampler(struct go_program *p) {
    const uint64_t every_ns = p->scenario->every_ns;
    const struct go_text every = go_duration(&p->w, every_ns, true);
    declare_slept(p, every_ns);
    go_open(&p->w, "for");
    go_line(&p->w, "time.Sleep(%s)", every.text);
    go_line(&p->w, "slept += %s", every.text);
    program_timeline(p, false, every_ns);
    program_print(p, &print_memstats);
    go_close(&p->w, "}");
}

static void goroutine_body(struct go_program *p, uint32_t index) {
    const struct goroutine_group *group = &p->scenario->goroutines[index];
    struct go_goroutine g = {.group = group,
                             .index = index,
                             .typed = group->type != SCENARIO_NONE,
                             .offset = group->count > 1 && group->slots > 0,
                             .prints = index == p->print_group};
    g.slept = g.prints && (has_timeline(p) || group_any(group, prints_ms));
    g.ticks = g.prints && (group_any(group, is_ticking));
    if (g.slept) {
        declare_slept(p, program_period(group));
    }
    if (g.ticks) {
        go_line(&p->w, "tick := 0");
    }
    program_goroutine(p, &g);
}

static void print_group(struct go_program *p, uint32_t index) {
    const struct goroutine_group *group = &p->scenario->goroutines[index];
    const bool offset = group->count > 1 && group->slots > 0;
    char call[64] = "}()";
    go_blank(&p->w);
    if (p->scenario->goroutine_count > 1) {
        go_line(&p->w, "// %s", group->name);
    }
    if (group->count > 1) {
        go_open(&p->w, "for i := 0; i < %" PRIu32 "; i++", group->count);
    }
    if (offset && group->slots > 1) {
        snprintf(call, sizeof call, "}(i * %" PRIu32 ")", group->slots);
    } else if (offset) {
        snprintf(call, sizeof call, "}(i)");
    }
    go_open(&p->w, offset ? "go func(offset int)" : "go func()");
    goroutine_body(p, index);
    go_close(&p->w, call);
    if (group->count > 1) {
        go_close(&p->w, "}");
    }
}

/* Counting is main's own business where only main makes; goroutines share a variable. */
static bool only_main_makes(const struct go_program *p) {
    for (uint32_t i = 0; i < p->scenario->goroutine_count; i++) {
        const struct goroutine_group *group = &p->scenario->goroutines[i];
        if (i != p->main_group && (group_any(group, makes))) {
            return false;
        }
    }
    return p->print_group == p->main_group && p->main_group != SCENARIO_NONE;
}

static bool has_more_goroutines(const struct go_program *p) {
    const uint32_t groups = p->scenario->goroutine_count;
    return groups > 1 || p->main_group == SCENARIO_NONE || p->print_group == SCENARIO_NONE;
}

/* The beginning of main, written when it is known what is used of it. */
static void print_variables(struct go_program *p) {
    const struct scenario *s = p->scenario;
    go_open(&p->w, "func main()");
    if (has_more_goroutines(p)) {
        p->w.imports[IMPORT_RUNTIME] = true;
        go_line(&p->w, "runtime.GOMAXPROCS(1) // as Go 1.1 has it");
    }
    program_rand_seed(p);
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const uint64_t slots = (uint64_t)s->goroutines[i].slots * s->goroutines[i].count;
        if (p->pools[i] != NULL) {
            go_line(&p->w, "%s := make([]%s, %" PRIu64 ")", p->pools[i],
                    program_element(p, s->goroutines[i].type).text, slots);
            if (!p->pools_used[i]) {
                go_line(&p->w, "_ = %s", p->pools[i]);
            }
        }
    }
    for (uint32_t i = 0; i < s->channel_count; i++) {
        const struct go_text element = program_element(p, s->channels[i].type);
        if (s->channels[i].capacity > 0) {
            go_line(&p->w, "%s := make(chan %s, %" PRIu32 ")", p->channels[i], element.text,
                    s->channels[i].capacity);
        } else {
            go_line(&p->w, "%s := make(chan %s)", p->channels[i], element.text);
        }
        if (!p->channels_used[i]) {
            go_line(&p->w, "_ = %s", p->channels[i]);
        }
    }
    if (p->counts_makes && only_main_makes(p)) {
        go_line(&p->w, "makes := 0");
    }
    program_header(p);
    program_timeline(p, true, 0);
    p->w.indent--;
}

/* The rest of main. */
static void print_main(struct go_program *p) {
    const struct scenario *s = p->scenario;
    const bool has_main = p->main_group != SCENARIO_NONE;
    p->w.indent++;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        if (i != p->main_group) {
            print_group(p, i);
        }
    }
    if (has_main && p->print_group == SCENARIO_NONE) {
        go_blank(&p->w);
        go_open(&p->w, "go func()");
        print_sampler(p);
        go_close(&p->w, "}()");
    }
    go_blank(&p->w);
    if (has_main) {
        goroutine_body(p, p->main_group);
    } else if (p->print_group == SCENARIO_NONE) {
        print_sampler(p);
    } else {
        go_line(&p->w, "select {}");
    }
    go_close(&p->w, "}");
}

/* What one of the writers says. */
static struct go_part written(struct go_program *p, void (*write)(struct go_program *p)) {
    go_begin(&p->w);
    write(p);
    return go_end(&p->w);
}

static void print_about(struct go_program *p) {
    const struct scenario *s = p->scenario;
    go_comment(&p->w, s->title);
    if (s->about[0] != '\0') {
        go_comment(&p->w, "\n");
        go_comment(&p->w, s->about);
    }
    go_comment(&p->w, "\nWritten by gomemlab go, for Go 1.1 and all that came after it. "
                      "Prints\nruntime.MemStats as gomemlab run --csv does.");
    if (s->gogc_given && s->gogc < 0) {
        go_comment(&p->w, "\nrun with GOGC=off");
    } else if (s->gogc_given) {
        go_line(&p->w, "//");
        go_line(&p->w, "// run with GOGC=%" PRId32, s->gogc);
    }
    program_rand_directive(p);
    go_blank(&p->w);
}

static void print_imports(struct go_program *p) {
    static const char *const paths[GO_IMPORT_COUNT] = {
        [IMPORT_LIST] = "container/list", [IMPORT_FMT] = "fmt",
        [IMPORT_RAND] = "math/rand",      [IMPORT_RUNTIME] = "runtime",
        [IMPORT_DEBUG] = "runtime/debug", [IMPORT_SYNC] = "sync",
        [IMPORT_TIME] = "time",           [IMPORT_UNSAFE] = "unsafe"};
    p->w.imports[IMPORT_SYNC] = program_rand_is_shared(p);
    go_line(&p->w, "package main");
    go_blank(&p->w);
    go_line(&p->w, "import (");
    for (int i = 0; i < GO_IMPORT_COUNT; i++) {
        if (p->w.imports[i] && i == IMPORT_RAND && program_rand_is_variable(p)) {
            go_line(&p->w, "\t%s \"%s\"", program_rand_package(p), paths[i]);
        } else if (p->w.imports[i]) {
            go_line(&p->w, "\t\"%s\"", paths[i]);
        }
    }
    go_line(&p->w, ")");
    go_blank(&p->w);
}

/* Everything before the types: known when all else is written. */
static void print_head(struct go_program *p) {
    print_about(p);
    print_imports(p);
}

static void print_globals(struct go_program *p) {
    if (p->counts_makes && !only_main_makes(p)) {
        go_line(&p->w, "var makes int");
        go_blank(&p->w);
    }
    program_rand_variable(p);
    program_variables(p);
    program_distributions(p);
}

/* The lines of one part behind another. `*text` is where the part's text comes to stand. */
static void add_part(struct gosource *source, char **text, const struct go_part *part) {
    if (part->text.count > 0) {
        memcpy(*text, part->text.bytes, part->text.count);
    }
    for (uint32_t i = 0; i < part->count; i++) {
        char *end = strchr(*text, '\n');
        CHECK(end != NULL);
        *end = '\0';
        source->lines[source->count++] =
            (struct gosource_line){.text = *text, .step = part->steps[i]};
        *text = end + 1;
    }
}

/* All parts in one; NULL, which is noted: no memory. */
static struct gosource *join(struct go_program *p, const struct go_part *parts, size_t count) {
    size_t lines = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        lines += parts[i].count;
        bytes += parts[i].text.count;
    }
    struct gosource *source = new_array(p, 1, sizeof *source);
    if (source == NULL) {
        return NULL;
    }
    source->lines = new_array(p, lines, sizeof *source->lines);
    source->text = new_array(p, bytes, 1);
    if (p->w.no_memory) {
        gosource_free(source);
        return NULL;
    }
    char *text = source->text;
    for (size_t i = 0; i < count; i++) {
        add_part(source, &text, &parts[i]);
    }
    return source;
}

struct gosource *gosource_new(const struct scenario *scenario) {
    enum { HEAD, GLOBALS, TYPES, VARIABLES, BODY, PARTS };
    struct go_part parts[PARTS] = {0};
    struct go_program p;
    struct gosource *source = NULL;
    if (program_init(&p, scenario)) {
        /* From the inside out: what main needs is known when it is written. */
        parts[BODY] = written(&p, print_main);
        parts[VARIABLES] = written(&p, print_variables);
        parts[TYPES] = written(&p, program_types);
        parts[GLOBALS] = written(&p, print_globals);
        parts[HEAD] = written(&p, print_head);
    }
    if (!p.w.no_memory) {
        source = join(&p, parts, PARTS);
    }
    for (size_t i = 0; i < PARTS; i++) {
        go_part_free(&parts[i]);
    }
    program_done(&p);
    return source;
}

void gosource_free(struct gosource *source) {
    free(source->lines);
    free(source->text);
    free(source);
}

uint32_t gosource_find(const struct gosource *source, uint32_t step) {
    uint32_t i = 0;
    while (i < source->count && (step == 0 || source->lines[i].step != step)) {
        i++;
    }
    return i;
}

enum result gosource_print(FILE *out, const struct scenario *scenario) {
    struct gosource *source = gosource_new(scenario);
    if (source == NULL) {
        return RESULT_NO_MEMORY;
    }
    for (uint32_t i = 0; i < source->count; i++) {
        fprintf(out, "%s\n", source->lines[i].text);
    }
    gosource_free(source);
    return RESULT_OK;
}
