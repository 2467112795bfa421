/*
 * startup.h: what the runtime and the standard library allocate beside the program's own objects
 * (reference 12, 13, 15; sizes: 5.5).
 */
#ifndef ENGINE_MODEL_GO11_STARTUP_H
#define ENGINE_MODEL_GO11_STARTUP_H

#include "engine/model/go11/heap.h"

/* Everything up to main.main, for a program that imports fmt, math/rand, runtime and time. */
void go11_startup_run(struct memory *m, const struct program_shape *shape);

/* `go f()`: a goroutine's structure, unless a dead one can be used again; its stack. */
void go11_startup_goroutine(struct memory *m, uint32_t g);
void go11_startup_goroutine_end(struct memory *m, uint32_t g);

/* time.Sleep: the first one starts the timer goroutine and two threads. */
void go11_startup_sleep(struct memory *m, uint32_t g);

/* fmt.Printf("%d,%d,...\n"): its printer is made once, its line buffer grows. */
void go11_startup_print(struct memory *m, const uint64_t *numbers, uint32_t count);

#endif
