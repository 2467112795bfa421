/*
 * model.h: the memory system of Go 1.1.
 */
#ifndef ENGINE_MODEL_GO11_MODEL_H
#define ENGINE_MODEL_GO11_MODEL_H

#include "engine/model/model.h"

extern const struct model go11_model;

#endif
