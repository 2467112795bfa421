#include "engine/model/go11/startup.h"

#include "engine/model/go11/block.h"
#include "engine/model/go11/gc.h"
#include "engine/model/go11/layouts.h"
#include "engine/model/go11/malloc.h"

enum { NP = ALLOC_NO_POINTERS, NOGC = ALLOC_NO_GC, STACK = ALLOC_HIDDEN };

/* What becomes of a block of the start-up script. */
enum fate {
    KEEP,      /* the runtime or a package holds it for good */
    FREE_NOW,  /* freed explicitly at once */
    TEMPORARY, /* dies when main first prints */
    LOSE       /* nobody holds it */
};

/* `times` blocks of `bytes`; type: 0 is none, else a type that has pointers. */
struct start_block {
    uint32_t bytes;
    uint8_t flags;
    uint8_t type;
    uint8_t fate;
    uint8_t times;
};

/* Reference 12.1, 13.1. Function and file tables are those of a program of this shape. */
static const struct start_block runtime_blocks[] = {
    {2104, NP | NOGC, 0, KEEP, 1},     {6355, NP | NOGC, 0, KEEP, 1}, {256, NOGC, 0, KEEP, 1},
    {32768, STACK | NOGC, 0, KEEP, 1}, {16, NOGC, 0, KEEP, 1},
};

/* The self test, before everything else. */
static const struct start_block self_test_blocks[] = {{1, NOGC, 0, FREE_NOW, 1}};

/* os.Args is followed by the environment: 16 bytes a string. */
static const struct start_block scheduler_blocks[] = {
    {2056, NOGC, 0, KEEP, 1},          {152, NOGC, 0, KEEP, 1},  {1024, NOGC, 0, KEEP, 1},
    {256, NOGC, 0, KEEP, 1},           {9240, NOGC, 1, KEEP, 1}, {256, NOGC, 0, KEEP, 1},
    {32768, STACK | NOGC, 0, KEEP, 1}, {256, NOGC, 0, KEEP, 1},  {8192, STACK | NOGC, 0, KEEP, 1},
    {256, NOGC, 0, KEEP, 1},
};

static const struct start_block environment_blocks[] = {
    {56, 0, 2, KEEP, 1}, {16, 0, 3, KEEP, 1}, {40, NOGC, 0, KEEP, 1},
    {16, 0, 3, KEEP, 2}, {56, 0, 4, KEEP, 1}, {208, 0, 0, KEEP, 1},
};

static const struct start_block environment_copy_blocks[] = {{208, 0, 0, KEEP, 1}};

static const struct start_block package_blocks[] = {
    {2048, NOGC, 0, KEEP, 1}, {56, 0, 5, KEEP, 1},     {16, 0, 3, KEEP, 1},
    {30, NP, 0, KEEP, 1},     {4872, NP, 0, KEEP, 1},  {48, NOGC, 0, KEEP, 1},
    {24, 0, 6, KEEP, 1},      {48, NOGC, 0, KEEP, 1},  {16, 0, 7, KEEP, 1},
    {16, 0, 3, KEEP, 2},      {272, NOGC, 0, KEEP, 1}, {16, 0, 3, KEEP, 12},
    {48, NOGC, 0, KEEP, 1},
};

/* os.Stdin, os.Stdout, os.Stderr. */
static const struct start_block file_blocks[] = {
    {8, 0, 8, KEEP, 1},
    {40, 0, 9, KEEP, 1},
    {216, NP | NOGC, 0, KEEP, 1},
    {432, NOGC, 0, KEEP, 1},
};

/* What runtime/debug and the packages it imports add. Of these only the sums are known (reference
 * 15.1: 19 more blocks of 10,368 bytes in 7 more pages, 15 more freed at once); the sizes are
 * chosen to have them. */
static const struct start_block debug_blocks[] = {
    {16, NOGC, 0, FREE_NOW, 15}, {16, 0, 0, KEEP, 10},   {64, 0, 0, KEEP, 3},
    {32, 0, 0, KEEP, 2},         {352, NP, 0, KEEP, 1},  {5120, NP, 0, KEEP, 1},
    {1408, NP, 0, KEEP, 1},      {3072, NP, 0, KEEP, 1},
};

static const struct start_block last_blocks[] = {
    {65, NP, 0, KEEP, 2}, {40, 0, 10, KEEP, 1},   {1600, 0, 11, KEEP, 1}, {16, 0, 0, TEMPORARY, 1},
    {40, 0, 10, KEEP, 1}, {1600, 0, 11, KEEP, 1}, {16, 0, 3, KEEP, 2},
};

enum {
    FILES = 3,
    ENV_STRING_BYTES = 16,
    ENV_COPY_MAX = 8,
    GOROUTINE_BYTES = 256,
    STACK_SEGMENT = 4096,
    STACKS_PER_REFILL = 16,
    TYPE_THREAD = 1,
    TYPE_PRINTER = 14
};

static void keep(struct memory *m, uintptr_t block) {
    CHECK(m->globals_count < GLOBALS_MAX);
    m->globals[m->globals_count++] = block;
}

static void run_block(struct memory *m, const struct start_block *item) {
    const uint32_t key =
        item->type == 0 ? TYPE_KEY_NONE : type_key(m->start_types[item->type], KIND_ONE);
    for (uint32_t i = 0; i < item->times; i++) {
        const uintptr_t block = go11_malloc_block(m, item->bytes, item->flags, key);
        if (block == 0) {
            return;
        }
        switch ((enum fate)item->fate) {
        case KEEP:
            keep(m, block);
            break;
        case FREE_NOW:
            go11_block_free(m, block);
            break;
        case TEMPORARY:
            m->start_temporary = block;
            break;
        case LOSE:
            break;
        }
    }
}

static void run_blocks(struct memory *m, const struct start_block *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        run_block(m, &items[i]);
    }
}

#define RUN(table) run_blocks(m, table, COUNT_OF(table))

static void add_stack(struct memory *m) {
    if (m->stack_inuse % (STACKS_PER_REFILL * STACK_SEGMENT) == 0 &&
        m->stack_inuse == m->stack_sys) {
        m->stack_sys += STACKS_PER_REFILL * STACK_SEGMENT;
        m->sys += STACKS_PER_REFILL * STACK_SEGMENT;
    }
    m->stack_inuse += STACK_SEGMENT;
}

/* A type of its own for each distinct type of the script (nothing is ever stored through it), and
 * those that programs have. */
static void make_types(struct memory *m) {
    for (uint32_t i = 1; i < START_TYPES; i++) {
        m->start_types[i] = type_add(&m->types, "runtime", WORD_BYTES, 1);
    }
    for (uint32_t i = 0; i < GO_TYPE_COUNT; i++) {
        const struct go_layout *layout = &go11_layouts[i];
        m->go_types[i] =
            type_add(&m->types, layout->name, layout->words * WORD_BYTES, layout->pointers);
    }
}

/* Goroutine structures are kept on a list of the runtime, dead ones too. With very many goroutines
 * the list would not fit the globals; a chain of blocks hangs off one of them instead. */
static void goroutine_block(struct memory *m) {
    const uintptr_t block = go11_malloc_block(m, GOROUTINE_BYTES, NOGC, TYPE_KEY_NONE);
    if (block == 0) {
        return;
    }
    heap_words(block)[0] = m->goroutines;
    m->goroutines = block;
}

/* An entry for each function that is linked, and one more: 1575 in a program that only prints, four
 * more with channels (reference 13.1: 163904 and 164320 bytes for the talk's first programs). */
static uint32_t function_table_bytes(const struct program_shape *shape) {
    enum { ENTRY_BYTES = 104, FUNCTIONS = 1575, FUNCTIONS_OF_CHANNELS = 4 };
    return ENTRY_BYTES *
           (FUNCTIONS + shape->functions + (shape->channels ? FUNCTIONS_OF_CHANNELS : 0));
}

void go11_startup_run(struct memory *m, const struct program_shape *shape) {
    make_types(m);
    add_stack(m); /* main */
    add_stack(m); /* the scavenger */
    RUN(self_test_blocks);
    const struct start_block functions = {function_table_bytes(shape), NP | NOGC, 0, KEEP, 1};
    run_block(m, &functions);
    RUN(runtime_blocks);
    const struct start_block environment = {shape->env_strings * ENV_STRING_BYTES, NOGC, 0,
                                            shape->env_strings > 0 ? KEEP : LOSE, 1};
    run_block(m, &environment);
    RUN(scheduler_blocks);
    m->gc_enabled = true;
    go11_gc_set_goal(m);
    RUN(environment_blocks);
    if (shape->env_strings > 0 && shape->env_strings <= ENV_COPY_MAX) {
        RUN(environment_copy_blocks);
    }
    RUN(package_blocks);
    for (int i = 0; i < FILES; i++) {
        RUN(file_blocks);
    }
    if (shape->imports_debug) {
        RUN(debug_blocks);
    }
    RUN(last_blocks);
    if (shape->imports_debug) {
        m->start_temporary = 0; /* another stack layout: nobody holds it */
    }
}

static uintptr_t keep_block(struct memory *m, uint32_t bytes, unsigned flags, uint32_t type) {
    const uint32_t key = type == 0 ? TYPE_KEY_NONE : type_key(m->start_types[type], KIND_ONE);
    const uintptr_t block = go11_malloc_block(m, bytes, flags, key);
    if (block != 0 && (flags & ALLOC_HIDDEN) == 0) {
        keep(m, block);
    }
    return block;
}

void go11_startup_goroutine(struct memory *m, uint32_t g) {
    (void)g;
    add_stack(m);
    if (m->dead_goroutines > 0) {
        m->dead_goroutines--;
        return;
    }
    goroutine_block(m);
}

void go11_startup_goroutine_end(struct memory *m, uint32_t g) {
    (void)g;
    m->dead_goroutines++;
    m->stack_inuse -= STACK_SEGMENT;
}

/* An operating system thread (reference 5.5). Its structure is typed. */
static void start_thread(struct memory *m) {
    keep_block(m, 9240, NOGC, TYPE_THREAD);
    keep_block(m, 256, NOGC, 0);
    keep_block(m, 32768, STACK | NOGC, 0);
    keep_block(m, 256, NOGC, 0);
    keep_block(m, 8192, STACK | NOGC, 0);
}

void go11_startup_sleep(struct memory *m, uint32_t g) {
    (void)g;
    if (m->slept) {
        return;
    }
    m->slept = true;
    enum { TIMERS_BYTES = 128, SLEEP_THREADS = 2 };
    keep_block(m, TIMERS_BYTES, NOGC, 0);
    keep_block(m, GOROUTINE_BYTES, NOGC, 0);
    for (int i = 0; i < SLEEP_THREADS; i++) {
        start_thread(m);
    }
}

/* A digit has log2(10) = 4096/1233 bits: that guess is right, or one too few. */
static uint32_t digits(uint64_t number) {
    static const uint64_t powers[] = {
        UINT64_C(1),
        UINT64_C(10),
        UINT64_C(100),
        UINT64_C(1000),
        UINT64_C(10000),
        UINT64_C(100000),
        UINT64_C(1000000),
        UINT64_C(10000000),
        UINT64_C(100000000),
        UINT64_C(1000000000),
        UINT64_C(10000000000),
        UINT64_C(100000000000),
        UINT64_C(1000000000000),
        UINT64_C(10000000000000),
        UINT64_C(100000000000000),
        UINT64_C(1000000000000000),
        UINT64_C(10000000000000000),
        UINT64_C(100000000000000000),
        UINT64_C(1000000000000000000),
        UINT64_C(10000000000000000000),
    };
    const uint32_t bits = 64U - (uint32_t)__builtin_clzll(number | 1);
    const uint32_t guess = bits * 1233 >> 12;
    return guess + ((number | 1) >= powers[guess] ? 1 : 0);
}

/* The line buffer grows as append does (reference 15.2), by pieces; an outgrown one is garbage. */
static void print_pieces(struct memory *m, const uint64_t *numbers, uint32_t count) {
    enum { PIECES = 2 }; /* of each: the number, and what separates it */
    uint64_t length = 0;
    for (uint32_t i = 0; i < PIECES * count; i++) {
        length += i % PIECES == 0 ? digits(numbers[i / PIECES]) : 1;
        if (length > m->print_capacity) {
            const uint64_t twice = 2 * m->print_capacity;
            m->print_capacity = length > twice ? length : twice;
            m->print_buffer = go11_malloc_block(m, m->print_capacity, NP, TYPE_KEY_NONE);
        }
    }
}

void go11_startup_print(struct memory *m, const uint64_t *numbers, uint32_t count) {
    enum { ITAB_BYTES = 40, PRINTER_BYTES = 200 };
    const bool first = !m->printed;
    m->printed = true;
    m->start_temporary = 0; /* Printf's frames overwrite the word that held it */
    if (first) {
        keep_block(m, ITAB_BYTES, NOGC, 0);
        keep_block(m, PRINTER_BYTES, 0, TYPE_PRINTER);
    }
    uint64_t length = count;
    for (uint32_t i = 0; i < count; i++) {
        length += digits(numbers[i]);
    }
    if (length > m->print_capacity) {
        print_pieces(m, numbers, count);
    }
    if (first) {
        keep_block(m, ITAB_BYTES, NOGC, 0);
    }
}
