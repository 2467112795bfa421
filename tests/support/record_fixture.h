/*
 * record_fixture.h: a record with made-up numbers, for tests that draw.
 *
 * It looks like four and a half minutes of the scenario idle-queue. Its numbers agree with each
 * other.
 */
#ifndef TESTS_SUPPORT_RECORD_FIXTURE_H
#define TESTS_SUPPORT_RECORD_FIXTURE_H

#include "tui/record/seats.h"

/* The caller frees it with record_fixture_free(). */
struct record *record_fixture_new(void);
void record_fixture_free(struct record *record);

/* A single run, for functions that take several. */
#define ALONE(record) (&(const struct seats){.records = {(record)}, .count = 1})

/* The object that is shown: block 4 of the fixture's span, a message that a map keeps alive. */
#define RECORD_FIXTURE_OBJECT UINT64_C(0xc200000500)

/* Makes the program one of `count` goroutines, one in a hundred of which is running. */
void record_fixture_goroutines(struct record *record, uint32_t count);

#endif
