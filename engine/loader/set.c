#include "engine/base/escape.h"
#include "engine/scenario.h"

#include "engine/base/near.h"
#include "engine/loader/errors.h"
#include "engine/loader/facts.h"
#include "engine/loader/units.h"
#include "engine/loader/verify.h"

#include <string.h>

/* A setting on its way into a scenario. */
struct setting {
    struct scenario *scenario;
    const char *value;
    uint32_t index; /* of the channel or the group */
    struct reason why;
};

/* False: refused, and why. */
typedef bool apply_fn(struct setting *setting);

/* Key, and where it goes. */
struct target {
    const char *key;
    apply_fn *apply;
};

static bool set_gogc(struct setting *s) {
    if (!gogc_read(s->value, &s->scenario->gogc, &s->why)) {
        return false;
    }
    s->scenario->gogc_given = true;
    return true;
}

static bool set_seed(struct setting *s) {
    return seed_read("seed", s->value, &s->scenario->seed, &s->why);
}

static bool set_noise(struct setting *s) {
    return seed_read("noise", s->value, &s->scenario->noise, &s->why);
}

static bool set_time(struct setting *s, enum limit limit, uint64_t *ns) {
    struct amount amount;
    if (!amount_read(limit, s->value, &amount, &s->why)) {
        return false;
    }
    *ns = amount.value;
    return true;
}

static bool set_duration(struct setting *s) {
    return set_time(s, LIMIT_DURATION, &s->scenario->duration_ns);
}

static bool set_every(struct setting *s) {
    return set_time(s, LIMIT_EVERY, &s->scenario->every_ns);
}

static bool set_capacity(struct setting *s) {
    struct amount amount;
    if (!amount_read(LIMIT_CAPACITY, s->value, &amount, &s->why)) {
        return false;
    }
    s->scenario->channels[s->index].capacity = (uint32_t)amount.value;
    return true;
}

static bool refuse(struct setting *s, const char *text) {
    const char *name = s->scenario->goroutines[s->index].name;
    snprintf(s->why.text, sizeof s->why.text, "'%s' %s", quote(name).text, text);
    return false;
}

/* Gives the group so many goroutines and slots, if all pools stay within their limit. */
static bool resize_pool(struct setting *s, uint64_t count, uint64_t slots) {
    struct scenario *scenario = s->scenario;
    uint64_t total = count * slots;
    for (uint32_t i = 0; i < scenario->goroutine_count; i++) {
        const struct goroutine_group *other = &scenario->goroutines[i];
        total += i != s->index ? (uint64_t)other->count * other->slots : 0;
    }
    if (total > SLOTS_TOTAL_MAX) {
        return refuse(s, "would have too many slots; 50000000 in all are the most");
    }
    scenario->goroutines[s->index].count = (uint32_t)count;
    scenario->goroutines[s->index].slots = (uint32_t)slots;
    return true;
}

static bool set_count(struct setting *s) {
    const struct goroutine_group *group = &s->scenario->goroutines[s->index];
    struct amount amount;
    if (!amount_read(LIMIT_COUNT, s->value, &amount, &s->why)) {
        return false;
    }
    if (amount.value > 1 && strcmp(group->name, "main") == 0) {
        return refuse(s, "is one goroutine; leave its count at 1");
    }
    if (amount.value > 1 && facts_of_group(group).prints) {
        return refuse(s, "prints, and one goroutine has to; leave its count at 1");
    }
    return resize_pool(s, amount.value, group->slots);
}

static bool set_slots(struct setting *s) {
    const struct goroutine_group *group = &s->scenario->goroutines[s->index];
    struct amount amount;
    if (!amount_read(LIMIT_SLOTS, s->value, &amount, &s->why)) {
        return false;
    }
    if (amount.value == 0 && facts_of_group(group).uses_slots) {
        return refuse(s, "works with its slots; leave it at least 1");
    }
    return resize_pool(s, group->count, amount.value);
}

static const struct target of_scenario[] = {
    {.key = "gogc", .apply = set_gogc},   {.key = "seed", .apply = set_seed},
    {.key = "noise", .apply = set_noise}, {.key = "duration", .apply = set_duration},
    {.key = "every", .apply = set_every},
};
static const struct target of_channel[] = {{.key = "capacity", .apply = set_capacity}};
static const struct target of_group[] = {{.key = "count", .apply = set_count},
                                         {.key = "slots", .apply = set_slots}};

/* The function for the key that is near->word among the targets of `name`, NULL if it is none. */
static apply_fn *find_target(struct near *near, const char *name, const struct target *targets,
                             size_t count) {
    for (size_t i = 0; i < count; i++) {
        char key[NEAR_LETTERS_MAX + 1];
        snprintf(key, sizeof key, "%s%s%s", name, name[0] != '\0' ? "." : "", targets[i].key);
        if (strcmp(key, near->word) == 0) {
            return targets[i].apply;
        }
        near_consider(near, key);
    }
    return NULL;
}

/* Also sets setting->index. */
static apply_fn *find_key(struct setting *setting, struct near *near) {
    const struct scenario *s = setting->scenario;
    apply_fn *apply = find_target(near, "", of_scenario, COUNT_OF(of_scenario));
    for (uint32_t i = 0; i < s->channel_count && apply == NULL; i++) {
        setting->index = i;
        apply = find_target(near, s->channels[i].name, of_channel, COUNT_OF(of_channel));
    }
    for (uint32_t i = 0; i < s->goroutine_count && apply == NULL; i++) {
        setting->index = i;
        apply = find_target(near, s->goroutines[i].name, of_group, COUNT_OF(of_group));
    }
    return apply;
}

static bool apply_setting(struct setting *setting, const char *text) {
    char key[NEAR_LETTERS_MAX + 1];
    const size_t letters = strcspn(text, "=");
    struct reason *why = &setting->why;
    struct near near = {.word = key};
    snprintf(key, sizeof key, "%.*s", (int)(letters < sizeof key ? letters : sizeof key), text);
    apply_fn *apply = letters < sizeof key ? find_key(setting, &near) : NULL;
    if (apply == NULL && near.best[0] != '\0') {
        snprintf(why->text, sizeof why->text, "unknown setting; did you mean '%s'?", near.best);
        return false;
    }
    if (apply == NULL) {
        snprintf(why->text, sizeof why->text,
                 "unknown setting; there are gogc, seed, noise, duration, every, NAME.capacity of "
                 "a channel, NAME.count and NAME.slots of goroutines");
        return false;
    }
    if (text[letters] == '\0' || text[letters + 1] == '\0') {
        snprintf(why->text, sizeof why->text, "this has no value; write %s=VALUE", key);
        return false;
    }
    setting->value = text + letters + 1;
    return apply(setting);
}

enum result scenario_set(struct scenario *scenario, const char *setting, FILE *errors) {
    CHECK(scenario != NULL);
    CHECK(setting != NULL);
    struct setting it = {.scenario = scenario};
    if (!apply_setting(&it, setting)) {
        escape_line(errors, "--set %s: error: %s", quote(setting).text, it.why.text);
        return RESULT_BAD_INPUT;
    }
    CHECK_SLOW(scenario_keeps_promises(scenario));
    return RESULT_OK;
}
