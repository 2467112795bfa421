#include "tui/csv.h"

#include <inttypes.h>

const char *const csv_columns[] = {
#define X(name, value) #name,
    SAMPLE_COLUMNS(X)
#undef X
};
const uint32_t csv_column_count = COUNT_OF(csv_columns);

void csv_header(FILE *out) {
    for (uint32_t i = 0; i < csv_column_count; i++) {
        fprintf(out, "%s%s", i > 0 ? "," : "", csv_columns[i]);
    }
    fputc('\n', out);
}

void csv_row(FILE *out, const struct sample *s) {
    const uint64_t values[] = {
#define X(name, value) (value),
        SAMPLE_COLUMNS(X)
#undef X
    };
    for (uint32_t i = 0; i < COUNT_OF(values); i++) {
        fprintf(out, "%s%" PRIu64, i > 0 ? "," : "", values[i]);
    }
    fputc('\n', out);
}
