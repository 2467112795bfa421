/*
 * types.h: types, what makes objects of them, and helpers.
 */
#ifndef TUI_GOLANG_TYPES_H
#define TUI_GOLANG_TYPES_H

#include "tui/golang/program.h"
#include "tui/golang/writer.h"

/* []byte, or *T. */
struct go_text program_element(const struct go_program *p, uint32_t type);

/* newT() */
struct go_text program_new(struct go_program *p, uint32_t type);

/* What a field of a type is called in Go. */
struct go_text program_field(struct go_program *p, uint32_t type, uint32_t field);

/* A call that makes what the group makes. */
struct go_text program_make(struct go_program *p, uint32_t group);

/* The name of a helper; from then on it is needed. */
const char *program_queued(struct go_program *p, uint32_t type);
const char *program_hold(struct go_program *p, uint32_t type);
const char *program_resize(struct go_program *p, uint32_t type);
const char *program_pool_bytes(struct go_program *p, uint32_t type);

/* Types first, then makeBuffer() and the like, then helpers. */
void program_types(struct go_program *p);

#endif
