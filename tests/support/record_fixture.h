/*
 * record_fixture.h: a record written down by hand, for tests that draw.
 *
 * It looks like four minutes and a half of the talk's idle queue: every number is made up, but
 * they agree with each other.
 */
#ifndef TESTS_SUPPORT_RECORD_FIXTURE_H
#define TESTS_SUPPORT_RECORD_FIXTURE_H

#include "tui/record/seats.h"

/* The caller's, to be ended with record_fixture_free(). */
struct record *record_fixture_new(void);
void record_fixture_free(struct record *record);

/* One run alone, to be handed to the dashboard. */
#define ALONE(record) (&(const struct seats){.records = {(record)}, .count = 1})

/* The object that is looked at: block 4 of the fixture's span, a message that a map keeps,
 * 0xc200000500.
 */
#define RECORD_FIXTURE_OBJECT UINT64_C(0xc200000500)

/* Makes the program one of `count` goroutines, one in a hundred of which is running. */
void record_fixture_goroutines(struct record *record, uint32_t count);

#endif
