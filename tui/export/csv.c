#include "tui/export/csv.h"

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

/* The row is written from its end, as digits come. */
void csv_row(FILE *out, const struct sample *s) {
    enum { DIGITS_MAX = 20 };
    const uint64_t values[] = {
#define X(name, value) (value),
        SAMPLE_COLUMNS(X)
#undef X
    };
    char row[COUNT_OF(values) * (DIGITS_MAX + 1)];
    char *const end = row + sizeof row;
    char *start = end;
    for (size_t i = COUNT_OF(values); i-- > 0;) {
        *--start = i + 1 < COUNT_OF(values) ? ',' : '\n';
        uint64_t rest = values[i];
        do {
            *--start = (char)('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }
    fwrite(start, 1, (size_t)(end - start), out);
}
