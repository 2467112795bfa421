/*
 * output.h: a stream of records that is either complete or marked as incomplete.
 *
 * A pipe or a terminal gets each record at once, as a whole. A regular file gets its name when it
 * is complete (whole_file.h); if it never is, what was written of it is kept, and a line says
 * where. Any error is explained on stderr. A reader that goes away is no error.
 *
 * Who writes a record (csv.h, ndjson.h, summary.h) does not ask after each piece of it whether it
 * could be written. The stream remembers, and output_end_record() or output_end_stdout() asks it.
 */
#ifndef TUI_EXPORT_OUTPUT_H
#define TUI_EXPORT_OUTPUT_H

#include "tui/export/whole_file.h"

#include <stdbool.h>
#include <stdio.h>

/* Always: file is NULL exactly when the output is not open. */
struct output {
    FILE *file;
    const char *path;        /* for messages */
    struct whole_file whole; /* not open: stdout */
    int leftover;            /* leftovers_add() */
    bool at_once;            /* each record is written when it ends */
    bool failed;
};

/* Opens `path`, which stays, for writing; "-" is stdout. False: it cannot be; explained. */
bool output_open(struct output *output, const char *path);

/* To be called after each record. False: it could not be written; explained. */
bool output_end_record(struct output *output);

/* Ends the output. `complete`: every record is there, a file gets its name. False: something could
 * not be written. Does nothing (and gives true) if the output is not open. */
bool output_close(struct output *output, bool complete);

/* Ends stdout before the program exits. False: something could not be written; explained. */
bool output_end_stdout(void);

#endif
