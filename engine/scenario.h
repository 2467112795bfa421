/*
 * scenario.h: a Go program's workload, read from a YAML file.
 *
 * A scenario is a list of goroutines; each of their steps mirrors one Go statement.
 * man/gomemlab-scenario.5 describes the file format. A loaded struct scenario has been checked:
 * names are indices, sizes are in bytes, times in nanoseconds, and every value is in its range.
 */
#ifndef ENGINE_SCENARIO_H
#define ENGINE_SCENARIO_H

#include "engine/base.h"

#include <stdio.h>

#define SCENARIO_NONE UINT32_MAX /* no channel, no type */

enum {
    SCENARIO_CHANNELS_MAX = 64,
    SCENARIO_TYPES_MAX = 64,
    SCENARIO_VARIABLES_MAX = 64,
    SCENARIO_FIELDS_MAX = 32,
    SCENARIO_NESTING_MAX = 8,
    SCENARIO_GOGC_OFF = -1
};

/* A whole number in [low, high], drawn as Go draws it: rand.Intn(high - low + 1) + low, in units
 * of `unit`. Nothing is drawn if low == high. */
struct range {
    uint64_t low, high;
    uint64_t unit;  /* sizes: 1; times: nanoseconds of the finer unit of the two bounds */
    uint32_t shape; /* 0: uniform; else 1 + the index of one of the scenario's distributions, whose
                       numbers are all in [low, high] */
};

/* The kinds of distribution that are not uniform. */
enum shape { SHAPE_EXPONENTIAL, SHAPE_ZIPF, SHAPE_HISTOGRAM };

/* A bin of a histogram: `share` of the distribution's `shares` fall into [low, high]. */
struct bin {
    uint32_t share;
    uint64_t low, high;
};

struct distribution {
    enum shape kind;
    uint64_t mean, mean_unit; /* EXPONENTIAL: rand.ExpFloat64() times mean; the unit in the file */
    double s, v;              /* ZIPF: rand.NewZipf(r, s, v, most) */
    uint64_t most;
    struct bin *bins; /* HISTOGRAM */
    uint32_t bin_count, shares;
};

/* A named struct type: `type NAME struct { ... }`. */
enum field_kind {
    FIELD_INT,       /* 8 bytes, no pointer */
    FIELD_BYTES,     /* []byte of `amount`, made with the object: pointer, len, cap */
    FIELD_STRING,    /* a string of `amount` bytes: pointer, len */
    FIELD_APPEND,    /* []int to which `amount` numbers are appended one by one */
    FIELD_MAP,       /* map[int]int into which `amount` entries are put one by one: a pointer */
    FIELD_POINTER,   /* *TYPE, new(TYPE) with the object unless `nil` */
    FIELD_SLICE,     /* []*TYPE to which `amount` new ones are appended one by one */
    FIELD_INTERFACE, /* interface{} that holds a *TYPE, new with the object unless `nil` */
    FIELD_CHAN,      /* chan int with room for `amount` */
    FIELD_KIND_COUNT
};

/* Words of 8 bytes that a field of each kind takes. */
extern const uint32_t field_words[FIELD_KIND_COUNT];

/* The word of a field that is its pointer, from 0; FIELD_INT has none. */
static inline uint32_t field_pointer_word(enum field_kind kind) {
    return kind == FIELD_INTERFACE ? 1 : 0;
}

struct field {
    char *name;
    enum field_kind kind;
    struct range amount; /* BYTES, STRING, APPEND, MAP, SLICE, CHAN */
    uint32_t type;       /* POINTER, SLICE, INTERFACE: index into scenario.types */
    bool nil;            /* POINTER, INTERFACE: starts out as nil */
};

struct object_type {
    char *name;
    struct field *fields;
    uint32_t field_count;
};

/* A global variable: all goroutines share it. It holds pointers to `type`, or []byte if that is
 * SCENARIO_NONE. */
enum variable_kind {
    VARIABLE_POINTER, /* var v T */
    VARIABLE_SLICE,   /* var v []T */
    VARIABLE_MAP,     /* var v = make(map[int]T) */
    VARIABLE_LRU,     /* an LRU cache of at most `bound` entries: a map and a list */
    VARIABLE_KIND_COUNT
};

struct variable {
    char *name;
    enum variable_kind kind;
    uint32_t type;
    uint64_t bound; /* VARIABLE_LRU */
};

/* What a goroutine's makeBuffer() does. */
enum make_kind {
    MAKE_BYTES, /* make([]byte, n), n drawn from `bytes` */
    MAKE_NEW,   /* new(TYPE), fields filled */
    MAKE_TREE,  /* a full binary tree of TYPE, `depth` levels below the root; the first two pointer
                   fields are the children */
    MAKE_LIST,  /* a linked list of `length` TYPEs; each new one points to the previous one through
                   its first field of type *TYPE */
    MAKE_GRAPH  /* `length` TYPEs; the first *TYPE field of each points to the next one, of the last
                   to the first; the other *TYPE fields point to random ones */
};

struct make_spec {
    enum make_kind kind;
    struct range bytes;  /* MAKE_BYTES */
    bool inlined;        /* MAKE_BYTES: make() is in the loop itself, not in makeBuffer() */
    uint32_t type;       /* MAKE_NEW, MAKE_TREE, MAKE_LIST, MAKE_GRAPH */
    uint32_t depth;      /* MAKE_TREE: 0..24; depth 6 is 127 nodes */
    struct range length; /* MAKE_LIST, MAKE_GRAPH */
};

/* The statements. `b` is the goroutine's buffer variable, `pool[j]` the slot picked last, `s`
 * either of them, `k` its key; `v` a variable of the program, or a field of b or of pool[j].
 * X(name, key, value, beside, the Go statement)
 * key: of the statement in the file
 * value: the kind of the key's value. TEXT: one text; RANGE: a text, or [low, high]; CASES: of a
 *   select; SAME: the statement above has the same key, and the text tells them apart
 * beside: other keys of the step. NOTHING: none; FROM: 'from' is optional; EACH: 'each' is
 * optional; BLOCK: 'steps' is required; BRANCHES: 'then' is required, 'else' is optional */
#define STEP_KINDS(X)                                                                              \
    X(MAKE, "make", TEXT, NOTHING, "b = makeBuffer()")                                             \
    X(GET, "get", TEXT, NOTHING, "select { case b = <-c: default: b = makeBuffer() }")             \
    X(PICK, "pick", TEXT, NOTHING, "j := offset + rand.Intn(slots)")                               \
    X(GIVE, "give", TEXT, FROM, "if s != nil { select { case c <- s: s = nil; default: } }")       \
    X(PUT, "put", TEXT, NOTHING, "pool[j] = b")                                                    \
    X(DROP, "drop", TEXT, NOTHING, "pool[j] = nil")                                                \
    X(SLEEP, "sleep", RANGE, NOTHING, "time.Sleep(d)")                                             \
    X(CHANCE, "chance", TEXT, BRANCHES, "if rand.Intn(n) < k { ... } else { ... }")                \
    X(IF, "if", TEXT, BRANCHES, "if condition { ... } else { ... }")                               \
    X(REPEAT, "repeat", TEXT, BLOCK, "for i := 0; i < n; i++ { ... }")                             \
    X(SEND, "send", TEXT, FROM, "c <- b")                                                          \
    X(RECEIVE, "receive", TEXT, NOTHING, "b = <-c")                                                \
    X(SELECT, "select", CASES, NOTHING, "select { ... }")                                          \
    X(PUSH, "push", TEXT, NOTHING, "q.PushFront(queued{time.Now(), b})")                           \
    X(POP, "pop", TEXT, NOTHING, "q.Remove(q.Front())")                                            \
    X(EXPIRE, "expire", TEXT, NOTHING, "remove entries of q older than d")                         \
    X(KEY, "key", RANGE, NOTHING, "k := rand.Intn(n)")                                             \
    X(HOLD, "hold", RANGE, NOTHING, "time.AfterFunc(d, func() { _ = b })")                         \
    X(STORE, "store", TEXT, FROM, "v[k] = b")                                                      \
    X(LOAD, "load", TEXT, NOTHING, "b = v[k]")                                                     \
    X(APPEND, "append", TEXT, NOTHING, "v = append(v, b)")                                         \
    X(DELETE, "delete", TEXT, NOTHING, "delete(v, k)")                                             \
    X(SHIFT, "shift", TEXT, NOTHING, "v = v[1:]")                                                  \
    X(RANGE, "range", TEXT, BLOCK, "for k, b := range v { ... }")                                  \
    X(RESET, "reset", TEXT, NOTHING, "pool[j].reset()")                                            \
    X(FILL, "fill", TEXT, NOTHING, "b.fill()")                                                     \
    X(GC, "do", TEXT, NOTHING, "runtime.GC()")                                                     \
    X(FREE_OS_MEMORY, "do", SAME, NOTHING, "debug.FreeOSMemory()")                                 \
    X(GOGC, "gogc", TEXT, NOTHING, "debug.SetGCPercent(n)")                                        \
    X(PRINT, "print", TEXT, EACH, "runtime.ReadMemStats(&m); fmt.Printf(...)")

enum step_kind {
#define X(name, key, value, beside, go) STEP_##name,
    STEP_KINDS(X)
#undef X
        STEP_KIND_COUNT
};

/* The numbers in one line that a program prints: each is an index into PRINT_COLUMNS (snapshot.h),
 * or PRINT_TICK, the number of times that the goroutine has reached a print. */
enum { PRINT_TICK = 255, PRINT_NUMBERS_MAX = 20 };

struct print_list {
    uint8_t count;
    uint8_t numbers[PRINT_NUMBERS_MAX];
};

/* What `print: memstats` prints: all of PRINT_COLUMNS. */
extern const struct print_list print_memstats;

/* The name of a number in a print_list: its column's, or "tick"; static. */
const char *print_name(uint8_t number);

/* Whether the column of that name is in the list. */
bool print_has(const struct print_list *list, const char *name);

/* What a step works on where the file leaves a choice. */
enum step_what {
    WHAT_B,       /* the variable b */
    WHAT_SLOT,    /* pool[j] */
    WHAT_ALL,     /* drop: every slot of this goroutine */
    WHAT_FRONT,   /* send in a select: the front of the goroutine's list */
    WHAT_VARIABLE /* drop, store, load, append, delete, shift, range: a global variable */
};

enum condition {
    IF_ROUND,       /* round <= amount: the loop's round, counted from 1 */
    IF_LIST_EMPTY,  /* the goroutine's list has no entry */
    IF_SLOT_NIL,    /* pool[j] == nil */
    IF_B_NIL,       /* b == nil */
    IF_LIST_LONGER, /* the goroutine's list has more than `amount` entries */
    IF_LONGER       /* the variable (not a pointer) has more than `amount` entries */
};

struct steps {
    struct step *items;
    uint32_t count;
};

struct select_case {
    enum { CASE_RECEIVE, CASE_SEND, CASE_AFTER, CASE_DEFAULT } kind;
    uint32_t channel;
    enum step_what what; /* CASE_SEND: WHAT_B, WHAT_SLOT, WHAT_FRONT; nil is never sent */
    uint64_t after_ns;   /* CASE_AFTER */
    struct steps then;
    uint32_t line;
};

struct step {
    enum step_kind kind;
    uint32_t line;         /* in the file, from 1; 0: not from the file */
    uint32_t place;        /* a number that no other step of the file has; 0: not from the file */
    enum step_what what;   /* GIVE, SEND, DROP, RESET, FILL; of a field: whose */
    uint32_t channel;      /* GET, GIVE, SEND, RECEIVE */
    uint32_t variable;     /* WHAT_VARIABLE, IF_LONGER; else SCENARIO_NONE */
    uint32_t field;        /* STORE, LOAD, APPEND, DELETE: of the group's type, where
                              `what` is B or SLOT; else SCENARIO_NONE */
    enum step_what source; /* STORE into a pointer field: B, SLOT or VARIABLE ... */
    uint32_t from;         /* ... and which; else SCENARIO_NONE */
    struct range key;      /* KEY */
    bool keyed;            /* STORE, LOAD, DELETE: at k of a map or an lru; RANGE: sets k */
    bool next;             /* KEY: k + 1 instead of a random number */
    bool back;             /* POP: the last of the list instead of the first */
    struct range sleep;    /* SLEEP, HOLD */
    uint32_t chance_low, chance_of; /* CHANCE: rand.Intn(chance_of) < chance_low, lowest terms */
    enum condition condition;       /* IF */
    uint64_t amount;         /* IF_ROUND: rounds; IF_...LONGER: entries; REPEAT: times; EXPIRE: ns;
                                PRINT: prints each amount-th time */
    int32_t gogc;            /* GOGC: percent; -1: off */
    struct print_list print; /* PRINT */
    struct steps then;       /* CHANCE, IF, REPEAT, RANGE */
    struct steps otherwise;  /* CHANCE, IF */
    struct select_case *cases; /* SELECT */
    uint32_t case_count;
};

struct goroutine_group {
    char *name; /* "main": the program's main goroutine */
    uint32_t count;
    uint32_t slots; /* of the pool, for each goroutine; 0: none */
    struct make_spec make;
    uint32_t type; /* what b, slots and the list hold pointers to; SCENARIO_NONE: []byte */
    bool has_make;
    bool has_list;      /* a step or a condition uses its list */
    struct steps steps; /* run once, first */
    struct steps loop;  /* then for ever; empty: the goroutine ends */
    uint32_t line;
};

struct channel_spec {
    char *name;
    uint32_t capacity;
    uint32_t type; /* it carries pointers to this type; SCENARIO_NONE: []byte */
};

/* What a timeline entry does: see enum command_kind in engine.h. */
enum timeline_kind {
    TIMELINE_GOGC,
    TIMELINE_GC,
    TIMELINE_FREE_OS_MEMORY,
    TIMELINE_RESIZE,
};

struct timeline_entry {
    uint64_t at_ns;
    enum timeline_kind kind;
    int64_t value; /* GOGC: percent, -1 off; RESIZE: capacity */
    uint32_t channel;
    uint32_t line;
};

struct scenario {
    char *title;
    char *about;          /* paragraphs that explain it to an audience; may be "" */
    char *model;          /* "go1.1" */
    int32_t gogc;         /* percent; -1: off */
    bool gogc_given;      /* by the file or --set: the Go program has GOGC in its environment */
    int64_t seed;         /* of math/rand */
    int64_t noise;        /* of the machine; 0: none. See noise.h */
    uint64_t duration_ns; /* how long it is worth watching: the default of `run --for` */
    uint64_t every_ns;    /* the period of the sampling goroutine; see below */
    struct channel_spec *channels;
    uint32_t channel_count;
    struct object_type *types;
    uint32_t type_count;
    struct distribution *distributions;
    uint32_t distribution_count;
    struct variable *variables;
    uint32_t variable_count;
    struct goroutine_group *goroutines;
    uint32_t goroutine_count;
    struct timeline_entry *timeline; /* by time; file order within one time */
    uint32_t timeline_count;
};

/* Whether a step of the scenario prints. If none does, a goroutine that only sleeps `every_ns` and
 * prints samples MemStats: main, or another one if a group of the scenario is main. */
bool scenario_samples_itself(const struct scenario *scenario);

/* Reads a file; "-" is standard input. On RESULT_OK the caller owns `*out` and ends it with
 * scenario_free(). Otherwise every error of the file has been written to `errors`, one per line, as
 * "file:line:column: error: what is wrong; what to do": RESULT_BAD_INPUT, RESULT_NO_FILE,
 * RESULT_NO_MEMORY. */
MUST_USE enum result scenario_load(const char *path, FILE *errors, struct scenario **out);

/* The bytes alone, with a terminator behind them; of a file that is larger than a scenario may be,
 * one byte too many. On RESULT_OK `*out` is the caller's to free. Otherwise explained likewise;
 * RESULT_NO_FILE or RESULT_NO_MEMORY. */
MUST_USE enum result scenario_read(const char *path, FILE *errors, char **out, size_t *bytes);

/* What messages call the file: its path, or "<stdin>" for "-". */
const char *scenario_path_name(const char *path);

/* As scenario_load(), from memory; `path` is only for the messages. */
MUST_USE enum result scenario_parse(const char *path, const char *text, size_t bytes, FILE *errors,
                                    struct scenario **out);

void scenario_free(struct scenario *scenario);

/* Applies "key=value", as given to --set: gogc, seed, noise, duration, every, NAME.capacity of a
 * channel, NAME.count or NAME.slots of a goroutine group. RESULT_BAD_INPUT: what is wrong has been
 * written to `errors`, and the scenario is unchanged. */
MUST_USE enum result scenario_set(struct scenario *scenario, const char *setting, FILE *errors);

/* Read a duration ("15m", "250ms", "1.5s", "2h") into ns, a size ("5MB", "64KiB", "512") into
 * bytes. False: the text is not one. */
bool scenario_parse_duration(const char *text, uint64_t *ns);
bool scenario_parse_size(const char *text, uint64_t *bytes);

#endif
