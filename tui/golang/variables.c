#include "tui/golang/variables.h"

#include "tui/golang/find.h"
#include "tui/golang/names.h"
#include "tui/golang/rand.h"
#include "tui/golang/types.h"
#include "tui/golang/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const struct variable *spec_of(const struct go_program *p, uint32_t variable) {
    return &p->scenario->variables[variable];
}

void program_name_variables(struct go_program *p) {
    for (uint32_t i = 0; i < p->scenario->variable_count; i++) {
        const struct variable *spec = spec_of(p, i);
        p->variables[i] = go_name(&p->w, spec->name, "Var");
        if (spec->kind == VARIABLE_LRU) {
            p->caches[i] = go_name(&p->w, go_join("", spec->name, "Cache").text, "Type");
        }
    }
}

/* What a map or an lru is made with; NULL: it is nil at first. */
static struct go_text empty_text(const struct go_program *p, uint32_t variable) {
    const struct variable *spec = spec_of(p, variable);
    struct go_text text = {"nil"};
    if (spec->kind == VARIABLE_MAP) {
        snprintf(text.text, sizeof text.text, "make(map[int]%.120s)",
                 program_element(p, spec->type).text);
    } else if (spec->kind == VARIABLE_LRU) {
        snprintf(text.text, sizeof text.text, "&%.60s{entries: make(map[int]*list.Element)}",
                 p->caches[variable]);
    }
    return text;
}

static void print_add(struct go_program *p, uint32_t variable, const char *element) {
    struct go_writer *w = &p->w;
    const char *cache = p->caches[variable];
    go_open(w, "func (c *%s) add(key int, value %s)", cache, element);
    go_open(w, "if e, ok := c.entries[key]; ok");
    go_line(w, "c.order.MoveToFront(e)");
    go_line(w, "e.Value.(*%sItem).value = value", cache);
    go_line(w, "return");
    go_close(w, "}");
    go_line(w, "c.entries[key] = c.order.PushFront(&%sItem{key, value})", cache);
    go_open(w, "if c.order.Len() > %" PRIu64, spec_of(p, variable)->bound);
    go_line(w, "e := c.order.Back()");
    go_line(w, "c.order.Remove(e)");
    go_line(w, "delete(c.entries, e.Value.(*%sItem).key)", cache);
    go_close(w, "}");
    go_close(w, "}");
    go_blank(w);
}

static void print_get(struct go_program *p, uint32_t variable, const char *element) {
    struct go_writer *w = &p->w;
    const char *cache = p->caches[variable];
    go_open(w, "func (c *%s) get(key int) %s", cache, element);
    go_open(w, "if e, ok := c.entries[key]; ok");
    go_line(w, "c.order.MoveToFront(e)");
    go_line(w, "return e.Value.(*%sItem).value", cache);
    go_close(w, "}");
    go_line(w, "return nil");
    go_close(w, "}");
    go_blank(w);
}

static void print_cache(struct go_program *p, uint32_t variable) {
    struct go_writer *w = &p->w;
    const char *cache = p->caches[variable];
    const struct go_text element = program_element(p, spec_of(p, variable)->type);
    w->imports[IMPORT_LIST] = true;
    go_line(w, "// %s keeps what was used last, %" PRIu64 " at most.", cache,
            spec_of(p, variable)->bound);
    go_open(w, "type %s struct", cache);
    go_line(w, "entries map[int]*list.Element");
    go_line(w, "order   list.List");
    go_close(w, "}");
    go_blank(w);
    go_open(w, "type %sItem struct", cache);
    go_line(w, "key   int");
    go_line(w, "value %s", element.text);
    go_close(w, "}");
    go_blank(w);
    print_add(p, variable, element.text);
    print_get(p, variable, element.text);
}

/* func histogram() int */
static void print_histogram(struct go_program *p, const struct distribution *d, const char *name) {
    struct go_writer *w = &p->w;
    uint32_t below = 0;
    go_open(w, "func %s() int", name);
    go_line(w, "switch n := rand.Intn(%" PRIu32 "); {", d->shares);
    for (uint32_t i = 0; i < d->bin_count; i++) {
        const struct range bin = {.low = d->bins[i].low, .high = d->bins[i].high, .unit = 1};
        const bool last = i + 1 == d->bin_count;
        below += d->bins[i].share;
        if (last) {
            go_line(w, "}");
        } else {
            go_line(w, "case n < %" PRIu32 ":", below);
        }
        go_line(w, last ? "return %s" : "\treturn %s", go_draw(w, &bin, true).text);
    }
    go_close(w, "}");
    go_blank(w);
}

void program_distributions(struct go_program *p) {
    const struct scenario *s = p->scenario;
    const char *package = program_rand_package(p);
    for (uint32_t i = 0; i < s->distribution_count; i++) {
        const struct distribution *d = &s->distributions[i];
        if (p->w.draws[i] == NULL) {
            continue;
        }
        if (d->kind == SHAPE_HISTOGRAM) {
            print_histogram(p, d, p->w.draws[i]);
        } else {
            go_line(&p->w,
                    "var %s = %s.NewZipf(%s.New(%s.NewSource(%" PRId64 ")), %.17g, %.17g, "
                    "%" PRIu64 ")",
                    p->w.draws[i], package, package, package, s->seed, d->s, d->v, d->most);
            go_blank(&p->w);
        }
    }
}

void program_variables(struct go_program *p) {
    const struct scenario *s = p->scenario;
    for (uint32_t i = 0; i < s->variable_count; i++) {
        const struct go_text element = program_element(p, s->variables[i].type);
        if (s->variables[i].kind == VARIABLE_POINTER) {
            go_line(&p->w, "var %s %s", p->variables[i], element.text);
        } else if (s->variables[i].kind == VARIABLE_SLICE) {
            go_line(&p->w, "var %s []%s", p->variables[i], element.text);
        } else {
            go_line(&p->w, "var %s = %s", p->variables[i], empty_text(p, i).text);
        }
    }
    if (s->variable_count > 0) {
        go_blank(&p->w);
    }
    for (uint32_t i = 0; i < s->variable_count; i++) {
        if (s->variables[i].kind == VARIABLE_LRU) {
            print_cache(p, i);
        }
    }
}

struct go_text program_length(const struct go_program *p, uint32_t variable) {
    struct go_text text;
    const bool lru = spec_of(p, variable)->kind == VARIABLE_LRU;
    snprintf(text.text, sizeof text.text, lru ? "%.100s.order.Len()" : "len(%.100s)",
             p->variables[variable]);
    return text;
}

static void store(struct go_program *p, uint32_t variable) {
    const char *name = p->variables[variable];
    if (spec_of(p, variable)->kind == VARIABLE_MAP) {
        go_line(&p->w, "%s[k] = b", name);
    } else if (spec_of(p, variable)->kind == VARIABLE_LRU) {
        go_line(&p->w, "%s.add(k, b)", name);
    } else {
        go_line(&p->w, "%s = b", name);
    }
}

static void load(struct go_program *p, uint32_t variable, const char *into) {
    const char *name = p->variables[variable];
    if (spec_of(p, variable)->kind == VARIABLE_MAP) {
        go_line(&p->w, "%s%s[k]", into, name);
    } else if (spec_of(p, variable)->kind == VARIABLE_LRU) {
        go_line(&p->w, "%s%s.get(k)", into, name);
    } else {
        go_line(&p->w, "%s%s", into, name);
    }
}

static bool is_reset(const struct step *step) {
    return step->kind == STEP_RESET;
}

/* Whether an object of the type may have a map that is nil: only new and fill make them. */
static bool may_lack_maps(const struct go_program *p, uint32_t type) {
    for (uint32_t i = 0; i < p->scenario->goroutine_count; i++) {
        const struct goroutine_group *group = &p->scenario->goroutines[i];
        const bool bare = group->has_make && group->make.kind != MAKE_NEW;
        if (group->type == type && (bare || group_any(group, is_reset))) {
            return true;
        }
    }
    return false;
}

/* b.next = pool[j], and what else a field is used for. */
static void field_step(struct go_program *p, struct go_goroutine *g, const struct step *step) {
    struct go_writer *w = &p->w;
    const uint32_t type = g->group->type;
    const struct go_text owner = program_what(p, g, step->what);
    const struct go_text name = program_field(p, type, step->field);
    const bool stores_in_map = step->kind == STEP_STORE && step->keyed;
    const bool guarded = step->what == WHAT_SLOT || g->nilable;
    const bool lacks = stores_in_map && may_lack_maps(p, type);
    char place[2 * GO_TEXT_BYTES];
    snprintf(place, sizeof place, "%s.%s", owner.text, name.text);
    if (guarded && lacks) {
        go_open(w, "if %s != nil && %s != nil", owner.text, place);
    } else if (guarded || lacks) {
        go_open(w, "if %s != nil", guarded ? owner.text : place);
    }
    if (stores_in_map) {
        go_line(w, "%s[k] = k", place);
    } else if (step->kind == STEP_STORE) {
        go_line(w, "%s = %s", place,
                step->source == WHAT_VARIABLE ? p->variables[step->from]
                                              : program_what(p, g, step->source).text);
    } else if (step->kind == STEP_LOAD) {
        go_line(w, "b = %s", place);
    } else if (step->kind == STEP_APPEND) {
        const struct field *field = &p->scenario->types[type].fields[step->field];
        go_line(w, "%s = append(%s, %s)", place, place,
                field->kind == FIELD_SLICE ? program_new(p, field->type).text : "0");
    } else {
        go_line(w, "delete(%s, k)", place);
    }
    if (guarded || lacks) {
        go_close(w, "}");
    }
}

void program_variable_step(struct go_program *p, struct go_goroutine *g, const struct step *step,
                           const char *into) {
    struct go_writer *w = &p->w;
    if (step->field != SCENARIO_NONE) {
        field_step(p, g, step);
        return;
    }
    const char *name = p->variables[step->variable];
    if (step->kind == STEP_STORE) {
        store(p, step->variable);
    } else if (step->kind == STEP_LOAD) {
        load(p, step->variable, into);
    } else if (step->kind == STEP_APPEND) {
        go_line(w, "%s = append(%s, b)", name, name);
    } else if (step->kind == STEP_DELETE) {
        go_line(w, "delete(%s, k)", name);
    } else if (step->kind == STEP_SHIFT) {
        go_open(w, "if len(%s) > 0", name);
        go_line(w, "%s = %s[1:]", name, name);
        go_close(w, "}");
    } else {
        go_line(w, "%s = %s", name, empty_text(p, step->variable).text);
    }
}
