#include "engine/model/model.h"

#include <string.h>

#include "engine/model/go11/model.h"

static const struct model *const models[] = {&go11_model};

const struct model *model_find(const char *name) {
    for (size_t i = 0; i < COUNT_OF(models); i++) {
        if (strcmp(models[i]->name, name) == 0) {
            return models[i];
        }
    }
    return NULL;
}
