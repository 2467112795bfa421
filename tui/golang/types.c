#include "tui/golang/types.h"

#include "tui/golang/names.h"
#include "tui/golang/writer.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The largest array strings are cut from; longer ones are made from a slice of their own. */
enum { TEXT_BYTES_MAX = 1 << 20 };

struct go_text program_element(const struct go_program *p, uint32_t type) {
    struct go_text text = {"[]byte"};
    if (type != SCENARIO_NONE) {
        snprintf(text.text, sizeof text.text, "*%s", p->types[type]);
    }
    return text;
}

/* Helpers for []byte have the short name, those for a type have the type's in it. */
static const char *helper(struct go_program *p, const char **names, uint32_t type, const char *bare,
                          const char *prefix, const char *suffix) {
    const char **name = &names[element_of(type)];
    if (*name == NULL && type == SCENARIO_NONE) {
        *name = go_name(&p->w, bare, "Func");
    } else if (*name == NULL) {
        *name = go_name(&p->w, go_join(prefix, p->types[type], suffix).text, "Func");
    }
    return *name;
}

const char *program_queued(struct go_program *p, uint32_t type) {
    return helper(p, p->helpers.queued, type, "queued", "queued", "");
}

const char *program_resize(struct go_program *p, uint32_t type) {
    return helper(p, p->helpers.resize, type, "resize", "resize", "");
}

const char *program_pool_bytes(struct go_program *p, uint32_t type) {
    return helper(p, p->helpers.pool_bytes, type, "poolBytes", "", "Bytes");
}

const char *program_hold(struct go_program *p, uint32_t type) {
    return helper(p, p->helpers.hold, type, "hold", "hold", "");
}

static const char *new_name(struct go_program *p, uint32_t type) {
    return helper(p, p->helpers.new, type, "", "new", "");
}

struct go_text program_new(struct go_program *p, uint32_t type) {
    struct go_text text;
    snprintf(text.text, sizeof text.text, "%.100s()", new_name(p, type));
    return text;
}

static bool same_range(const struct range *a, const struct range *b) {
    return a->low == b->low && a->high == b->high && a->shape == 0 && b->shape == 0;
}

/* The first group makes buffers with makeBuffer(), others of another size with one of their own. */
static const char *buffer_name(struct go_program *p, uint32_t group) {
    const struct scenario *s = p->scenario;
    bool first = true;
    for (uint32_t i = 0; i < s->goroutine_count && p->buffers[group] == NULL; i++) {
        if (p->buffers[i] != NULL) {
            first = false;
            if (same_range(&s->goroutines[i].make.bytes, &s->goroutines[group].make.bytes)) {
                return p->buffers[i];
            }
        }
    }
    if (p->buffers[group] == NULL) {
        const struct go_text own = go_join("make", s->goroutines[group].name, "Buffer");
        p->buffers[group] = go_name(&p->w, first ? "makeBuffer" : own.text, "Func");
    }
    return p->buffers[group];
}

struct go_text program_make(struct go_program *p, uint32_t group) {
    const struct make_spec *make = &p->scenario->goroutines[group].make;
    struct go_text text;
    const char *name;
    switch (make->kind) {
    case MAKE_BYTES:
        if (make->inlined) {
            snprintf(text.text, sizeof text.text, "make([]byte, %.120s)",
                     go_draw(&p->w, &make->bytes, false).text);
        } else {
            snprintf(text.text, sizeof text.text, "%s()", buffer_name(p, group));
        }
        break;
    case MAKE_NEW:
        snprintf(text.text, sizeof text.text, "%s()", new_name(p, make->type));
        break;
    case MAKE_TREE:
        name = helper(p, p->helpers.tree, make->type, "", "make", "Tree");
        snprintf(text.text, sizeof text.text, "%s(%" PRIu32 ")", name, make->depth);
        break;
    case MAKE_GRAPH:
        name = helper(p, p->helpers.graph, make->type, "", "make", "Graph");
        snprintf(text.text, sizeof text.text, "%.60s(%.90s)", name,
                 go_draw(&p->w, &make->length, true).text);
        break;
    case MAKE_LIST:
        name = helper(p, p->helpers.list, make->type, "", "make", "List");
        snprintf(text.text, sizeof text.text, "%.60s(%.90s)", name,
                 go_draw(&p->w, &make->length, true).text);
        break;
    }
    return text;
}

static bool is_filled(const struct field *field) {
    return field->kind != FIELD_INT && !field->nil;
}

static bool is_type_filled(const struct object_type *type) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (is_filled(&type->fields[i])) {
            return true;
        }
    }
    return false;
}

static struct go_text field_type(const struct go_program *p, const struct field *field) {
    static const char *const texts[FIELD_KIND_COUNT] = {
        [FIELD_INT] = "int",      [FIELD_BYTES] = "[]byte",    [FIELD_STRING] = "string",
        [FIELD_APPEND] = "[]int", [FIELD_MAP] = "map[int]int", [FIELD_INTERFACE] = "interface{}",
        [FIELD_CHAN] = "chan int"};
    struct go_text text;
    if (field->kind == FIELD_POINTER) {
        return program_element(p, field->type);
    }
    if (field->kind == FIELD_SLICE) {
        snprintf(text.text, sizeof text.text, "[]%.120s", program_element(p, field->type).text);
        return text;
    }
    snprintf(text.text, sizeof text.text, "%s", texts[field->kind]);
    return text;
}

/* A type with the names that its fields and methods have in Go. */
struct go_type {
    const struct object_type *type;
    uint32_t index;
    char **fields;
    const char *name;
    char receiver;
};

static void print_struct(struct go_program *p, const struct go_type *t) {
    size_t width = 0;
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        const size_t length = strlen(t->fields[i]);
        width = length > width ? length : width;
    }
    go_open(&p->w, "type %s struct", t->name);
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        go_line(&p->w, "%-*s %s", (int)width, t->fields[i],
                field_type(p, &t->type->fields[i]).text);
    }
    go_close(&p->w, "}");
}

static void fill_string(struct go_program *p, const char *name, const struct field *field) {
    const struct go_text n = go_draw(&p->w, &field->amount, false);
    go_open(&p->w, "if %s == \"\"", name);
    if (field->amount.high <= TEXT_BYTES_MAX) {
        if (p->helpers.text == NULL) {
            p->helpers.text = go_name(&p->w, "text", "Bytes");
        }
        go_line(&p->w, "%s = string(%s[:%s])", name, p->helpers.text, n.text);
    } else {
        go_line(&p->w, "%s = string(make([]byte, %s))", name, n.text);
    }
    go_close(&p->w, "}");
}

/* for n := 0; n < entries; n++: one draw. */
static void open_count(struct go_program *p, const struct field *field) {
    const struct go_text n = go_draw(&p->w, &field->amount, false);
    if (field->amount.low == field->amount.high) {
        go_open(&p->w, "for n := 0; n < %s; n++", n.text);
    } else {
        go_open(&p->w, "for n, entries := 0, %s; n < entries; n++", n.text);
    }
}

static void fill_field(struct go_program *p, const char *name, const struct field *field) {
    struct go_writer *w = &p->w;
    switch (field->kind) {
    case FIELD_INT:
        break;
    case FIELD_BYTES:
        go_open(w, "if %s == nil", name);
        go_line(w, "%s = make([]byte, %s)", name, go_draw(w, &field->amount, false).text);
        go_close(w, "}");
        go_line(w, "%s = %s[:cap(%s)]", name, name, name);
        break;
    case FIELD_STRING:
        fill_string(p, name, field);
        break;
    case FIELD_APPEND:
        go_line(w, "%s = %s[:0]", name, name);
        open_count(p, field);
        go_line(w, "%s = append(%s, n)", name, name);
        go_close(w, "}");
        break;
    case FIELD_MAP:
        go_open(w, "if %s == nil", name);
        go_line(w, "%s = make(map[int]int)", name);
        open_count(p, field);
        go_line(w, "%s[n] = n", name);
        go_close(w, "}");
        go_close(w, "}");
        break;
    case FIELD_SLICE:
        go_open(w, "if len(%s) == 0", name);
        open_count(p, field);
        go_line(w, "%s = append(%s, %s())", name, name, new_name(p, field->type));
        go_close(w, "}");
        go_close(w, "}");
        break;
    case FIELD_CHAN:
        go_open(w, "if %s == nil", name);
        go_line(w, "%s = make(chan int, %s)", name, go_draw(w, &field->amount, false).text);
        go_close(w, "}");
        break;
    case FIELD_POINTER:
    case FIELD_INTERFACE:
        go_open(w, "if %s == nil", name);
        go_line(w, "%s = %s()", name, new_name(p, field->type));
        go_close(w, "}");
        break;
    case FIELD_KIND_COUNT:
        CHECK(false);
    }
}

static void print_fill(struct go_program *p, const struct go_type *t) {
    go_blank(&p->w);
    go_line(&p->w, "// fill makes what %c has not got.", t->receiver);
    go_open(&p->w, "func (%c *%s) fill()", t->receiver, t->name);
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        if (is_filled(&t->type->fields[i])) {
            char name[GO_TEXT_BYTES];
            snprintf(name, sizeof name, "%c.%s", t->receiver, t->fields[i]);
            fill_field(p, name, &t->type->fields[i]);
        }
    }
    go_close(&p->w, "}");
}

static void print_reset(struct go_program *p, const struct go_type *t) {
    static const char *const empty[FIELD_KIND_COUNT] = {
        [FIELD_INT] = "0",     [FIELD_BYTES] = NULL,      [FIELD_STRING] = "\"\"",
        [FIELD_APPEND] = NULL, [FIELD_MAP] = "nil",       [FIELD_POINTER] = "nil",
        [FIELD_SLICE] = NULL,  [FIELD_INTERFACE] = "nil", [FIELD_CHAN] = "nil"};
    const char r = t->receiver;
    go_blank(&p->w);
    go_line(&p->w, "// reset empties %c; its slices keep their arrays.", r);
    go_open(&p->w, "func (%c *%s) reset()", r, t->name);
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        const char *value = empty[t->type->fields[i].kind];
        if (value != NULL) {
            go_line(&p->w, "%c.%s = %s", r, t->fields[i], value);
        } else {
            go_line(&p->w, "%c.%s = %c.%s[:0]", r, t->fields[i], r, t->fields[i]);
        }
    }
    go_close(&p->w, "}");
}

/* The name of the n-th field that points to the type itself. */
static const char *own_pointer(const struct go_type *t, uint32_t n) {
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        const struct field *field = &t->type->fields[i];
        if (field->kind == FIELD_POINTER && field->type == t->index && n-- == 0) {
            return t->fields[i];
        }
    }
    CHECK(false);
    return NULL;
}

/* A new object with what its fields make. */
static struct go_text new_text(struct go_program *p, const struct go_type *t) {
    if (is_type_filled(t->type)) {
        return program_new(p, t->index);
    }
    struct go_text text;
    snprintf(text.text, sizeof text.text, "new(%.120s)", t->name);
    return text;
}

static void print_tree(struct go_program *p, const struct go_type *t, const char *name) {
    struct go_writer *w = &p->w;
    go_blank(w);
    go_open(w, "func %s(depth int) *%s", name, t->name);
    go_line(w, "n := %s", new_text(p, t).text);
    go_open(w, "if depth > 0");
    go_line(w, "n.%s = %s(depth - 1)", own_pointer(t, 0), name);
    go_line(w, "n.%s = %s(depth - 1)", own_pointer(t, 1), name);
    go_close(w, "}");
    go_line(w, "return n");
    go_close(w, "}");
}

static void print_list(struct go_program *p, const struct go_type *t, const char *name) {
    struct go_writer *w = &p->w;
    go_blank(w);
    go_open(w, "func %s(length int) *%s", name, t->name);
    go_line(w, "var head *%s", t->name);
    go_open(w, "for n := 0; n < length; n++");
    if (is_type_filled(t->type)) {
        go_line(w, "cell := %s", new_text(p, t).text);
        go_line(w, "cell.%s = head", own_pointer(t, 0));
        go_line(w, "head = cell");
    } else {
        go_line(w, "head = &%s{%s: head}", t->name, own_pointer(t, 0));
    }
    go_close(w, "}");
    go_line(w, "return head");
    go_close(w, "}");
}

static void print_graph(struct go_program *p, const struct go_type *t, const char *name) {
    struct go_writer *w = &p->w;
    bool random = false;
    go_blank(w);
    go_open(w, "func %s(length int) *%s", name, t->name);
    go_open(w, "if length == 0");
    go_line(w, "return nil");
    go_close(w, "}");
    go_line(w, "nodes := make([]*%s, length)", t->name);
    go_open(w, "for i := range nodes");
    go_line(w, "nodes[i] = %s", new_text(p, t).text);
    go_close(w, "}");
    go_open(w, "for i, n := range nodes");
    for (uint32_t i = 0; i < t->type->field_count; i++) {
        const struct field *field = &t->type->fields[i];
        if (field->kind == FIELD_POINTER && field->type == t->index) {
            go_line(w, random ? "n.%s = nodes[rand.Intn(length)]" : "n.%s = nodes[(i+1)%%length]",
                    t->fields[i]);
            if (random) {
                go_draws_rand(w);
            }
            random = true;
        }
    }
    go_close(w, "}");
    go_line(w, "return nodes[0]");
    go_close(w, "}");
}

static void print_new(struct go_program *p, const struct go_type *t, const char *name) {
    struct go_writer *w = &p->w;
    go_blank(w);
    go_open(w, "func %s() *%s", name, t->name);
    if (is_type_filled(t->type)) {
        go_line(w, "%c := new(%s)", t->receiver, t->name);
        go_line(w, "%c.fill()", t->receiver);
        go_line(w, "return %c", t->receiver);
    } else {
        go_line(w, "return new(%s)", t->name);
    }
    go_close(w, "}");
}

static void free_fields(char **names, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

/* The names of a type's fields, to be ended with free_fields(); NULL, which is noted: no memory. */
static char **name_fields(struct go_program *p, const struct object_type *type) {
    char **names = calloc(type->field_count, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < type->field_count; i++) {
        names[i] = go_field_name(type->fields[i].name, names, i);
        if (names[i] == NULL) {
            free_fields(names, i);
            names = NULL;
        }
    }
    p->w.no_memory = p->w.no_memory || names == NULL;
    return names;
}

struct go_text program_field(struct go_program *p, uint32_t type, uint32_t field) {
    const struct object_type *object = &p->scenario->types[type];
    struct go_text text = {""};
    char **names = name_fields(p, object);
    if (names != NULL) {
        snprintf(text.text, sizeof text.text, "%s", names[field]);
        free_fields(names, object->field_count);
    }
    return text;
}

static void print_type(struct go_program *p, uint32_t index) {
    const struct object_type *type = &p->scenario->types[index];
    const uint32_t element = element_of(index);
    struct go_type t = {
        .type = type, .index = index, .name = p->types[index], .fields = name_fields(p, type)};
    if (t.fields == NULL) {
        return;
    }
    t.receiver = (char)tolower((unsigned char)t.name[0]);
    t.receiver = t.receiver == 'n' ? 'x' : t.receiver; /* n counts */
    print_struct(p, &t);
    const struct go_helpers *helpers = &p->helpers;
    if (helpers->new[element] != NULL) {
        print_new(p, &t, helpers->new[element]);
    }
    if (helpers->tree[element] != NULL) {
        print_tree(p, &t, helpers->tree[element]);
    }
    if (helpers->list[element] != NULL) {
        print_list(p, &t, helpers->list[element]);
    }
    if (helpers->graph[element] != NULL) {
        print_graph(p, &t, helpers->graph[element]);
    }
    const bool filled = helpers->new[element] != NULL &&is_type_filled(type);
    if (filled || helpers->fill[element]) {
        print_fill(p, &t);
    }
    if (helpers->reset[element]) {
        print_reset(p, &t);
    }
    go_blank(&p->w);
    free_fields(t.fields, type->field_count);
}

/* Names the constructors that filling an object of the type calls; false: all had a name. */
static bool name_parts(struct go_program *p, const struct object_type *type) {
    bool changed = false;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        const bool made = field->type != SCENARIO_NONE && !field->nil;
        if (made && p->helpers.new[element_of(field->type)] == NULL) {
            (void)new_name(p, field->type);
            changed = true;
        }
    }
    return changed;
}

/* Whether a tree, a list or a graph calls the constructor of its nodes. */
static bool makes_nodes(const struct go_helpers *helpers, uint32_t element,
                        const struct object_type *type) {
    const bool linked = helpers->tree[element] != NULL || helpers->list[element] != NULL ||
                        helpers->graph[element] != NULL;
    return linked && is_type_filled(type);
}

/* Objects that are made or filled make others: names every constructor that is called. */
static void name_constructors(struct go_program *p) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = 0; i < p->scenario->type_count; i++) {
            const uint32_t element = element_of(i);
            if (p->helpers.new[element] == NULL &&
                makes_nodes(&p->helpers, element, &p->scenario->types[i])) {
                (void)new_name(p, i);
                changed = true;
            }
            if (p->helpers.new[element] != NULL || p->helpers.fill[element]) {
                changed = name_parts(p, &p->scenario->types[i]) || changed;
            }
        }
    }
}

static void print_queued(struct go_program *p, uint32_t type, const char *name) {
    const char *what = type == SCENARIO_NONE ? "slice" : "object";
    p->w.imports[IMPORT_TIME] = true;
    go_open(&p->w, "type %s struct", name);
    go_line(&p->w, "%-*s time.Time", (int)strlen(what), "when");
    go_line(&p->w, "%s %s", what, program_element(p, type).text);
    go_close(&p->w, "}");
    go_blank(&p->w);
}

static void print_resize(struct go_program *p, uint32_t type, const char *name) {
    struct go_writer *w = &p->w;
    const struct go_text element = program_element(p, type);
    go_line(w, "// %s makes a channel of capacity n, and moves into it what fits.", name);
    go_open(w, "func %s(c chan %s, n int) chan %s", name, element.text, element.text);
    go_line(w, "resized := make(chan %s, n)", element.text);
    go_open(w, "for len(c) > 0 && len(resized) < n");
    go_line(w, "resized <- <-c");
    go_close(w, "}");
    go_line(w, "return resized");
    go_close(w, "}");
    go_blank(w);
}

static void print_hold(struct go_program *p, uint32_t type, const char *name) {
    struct go_writer *w = &p->w;
    w->imports[IMPORT_TIME] = true;
    go_line(w, "// %s keeps b alive for the time d.", name);
    go_open(w, "func %s(b %s, d time.Duration)", name, program_element(p, type).text);
    go_line(w, "time.AfterFunc(d, func() { _ = b })");
    go_close(w, "}");
    go_blank(w);
}

static void print_pool_bytes(struct go_program *p, uint32_t type, const char *name) {
    struct go_writer *w = &p->w;
    go_line(w, "// %s is how many bytes are in the pool.", name);
    go_open(w, "func %s(pool []%s) int", name, program_element(p, type).text);
    go_line(w, "bytes := 0");
    go_open(w, "for _, b := range pool");
    if (type == SCENARIO_NONE) {
        go_line(w, "bytes += len(b)");
    } else {
        w->imports[IMPORT_UNSAFE] = true;
        go_open(w, "if b != nil");
        go_line(w, "bytes += int(unsafe.Sizeof(*b))");
        go_close(w, "}");
    }
    go_close(w, "}");
    go_line(w, "return bytes");
    go_close(w, "}");
    go_blank(w);
}

static void print_buffers(struct go_program *p) {
    for (uint32_t i = 0; i < p->scenario->goroutine_count; i++) {
        if (p->buffers[i] != NULL) {
            const struct range *bytes = &p->scenario->goroutines[i].make.bytes;
            go_open(&p->w, "func %s() []byte", p->buffers[i]);
            go_line(&p->w, "return make([]byte, %s)", go_draw(&p->w, bytes, false).text);
            go_close(&p->w, "}");
            go_blank(&p->w);
        }
    }
}

static void print_text(struct go_program *p) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < p->scenario->type_count; i++) {
        for (uint32_t j = 0; j < p->scenario->types[i].field_count; j++) {
            const struct field *field = &p->scenario->types[i].fields[j];
            if (field->kind == FIELD_STRING && field->amount.high <= TEXT_BYTES_MAX &&
                field->amount.high > bytes) {
                bytes = field->amount.high;
            }
        }
    }
    go_line(&p->w, "// What strings are cut from.");
    go_line(&p->w, "var %s [%" PRIu64 "]byte", p->helpers.text, bytes);
    go_blank(&p->w);
}

void program_types(struct go_program *p) {
    name_constructors(p);
    for (uint32_t i = 0; i < p->scenario->type_count; i++) {
        print_type(p, i);
    }
    if (p->helpers.text != NULL) {
        print_text(p);
    }
    print_buffers(p);
    for (uint32_t element = 0; element < ELEMENTS_MAX; element++) {
        const uint32_t type = element == 0 ? SCENARIO_NONE : element - 1;
        if (p->helpers.queued[element] != NULL) {
            print_queued(p, type, p->helpers.queued[element]);
        }
        if (p->helpers.pool_bytes[element] != NULL) {
            print_pool_bytes(p, type, p->helpers.pool_bytes[element]);
        }
        if (p->helpers.hold[element] != NULL) {
            print_hold(p, type, p->helpers.hold[element]);
        }
        if (p->helpers.resize[element] != NULL) {
            print_resize(p, type, p->helpers.resize[element]);
        }
    }
}
