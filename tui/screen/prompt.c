#include "tui/screen/prompt.h"

#include "engine/base/number.h"
#include "engine/base/utf8.h"
#include "engine/scenario.h"
#include "tui/cells/format.h"
#include "tui/export/alive.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words that take a value ---------------------------------------------------------------- */

static struct request of_command(enum command_kind kind, int64_t value, uint32_t channel) {
    return (struct request){.kind = REQUEST_COMMAND,
                            .command = {.kind = kind, .value = value, .channel = channel}};
}

static bool read_gogc(struct ui *ui, const struct record *record, const char *value,
                      struct request *out) {
    (void)record;
    int64_t gogc;
    if (!format_parse_gogc(value, &gogc)) {
        ui_say(ui, "GOGC is a whole percentage from 0 to 1000000, or off: not \"%s\"", value);
        return false;
    }
    *out = of_command(COMMAND_GOGC, gogc, 0);
    return true;
}

static bool read_speed(struct ui *ui, const struct record *record, const char *value,
                       struct request *out) {
    (void)record;
    (void)out;
    double speed;
    if (!format_parse_speed(value, &speed)) {
        ui_say(ui, "the speed is a number from 0.1 to 100000: not \"%s\"", value);
        return false;
    }
    ui->speed = speed;
    ui->reached = 0;
    return true;
}

static bool read_seed(struct ui *ui, const struct record *record, const char *value,
                      struct request *out) {
    (void)record;
    int64_t seed;
    if (!number_read_whole(value, INT64_MIN, INT64_MAX, &seed)) {
        ui_say(ui, "a seed is a whole number: not \"%s\"", value);
        return false;
    }
    *out = (struct request){.kind = REQUEST_SEED, .seed = seed};
    return true;
}

/* "4:32", "1:04:32" */
static bool read_clock(const char *text, uint64_t *ns) {
    unsigned parts[3];
    int used = 0;
    int count = sscanf(text, "%5u:%2u%n:%2u%n", &parts[0], &parts[1], &used, &parts[2], &used);
    if (count < 2 || text[used] != '\0' || !isdigit((unsigned char)text[0])) {
        return false;
    }
    uint64_t seconds = (uint64_t)parts[0] * 60 + parts[1];
    seconds = count == 3 ? seconds * 60 + parts[2] : seconds;
    *ns = seconds * NS_PER_SECOND;
    return true;
}

static bool read_moment(struct ui *ui, const struct record *record, const char *value,
                        struct request *out) {
    uint64_t now_ns = record->now.now_ns;
    bool forth = value[0] == '+', back = value[0] == '-';
    const char *text = value + (forth || back);
    uint64_t ns;
    if (!read_clock(text, &ns) && !scenario_parse_duration(text, &ns)) {
        ui_say(ui, "a moment is a time like 5m, 90s, 4:32, +10s or -1m: not \"%s\"", value);
        return false;
    }
    if (ns > UINT64_MAX / 4) {
        ui_say(ui, "%s is beyond what can be run", value);
        return false;
    }
    ns = forth ? now_ns + ns : !back ? ns : ns < now_ns ? now_ns - ns : 0;
    *out = (struct request){.kind = REQUEST_GOTO, .at_ns = ns};
    return true;
}

/* The value of "open" if it is not a name of the list: a file. */
static bool read_file(struct ui *ui, const struct record *record, const char *value,
                      struct request *out) {
    (void)record;
    if (strchr(value, '/') == NULL && strchr(value, '.') == NULL) {
        ui_say(ui, "there is no scenario \"%s\"; o lists them", value);
        return false;
    }
    *out = (struct request){.kind = REQUEST_OPEN, .path = value};
    return true;
}

static bool read_object(struct ui *ui, const struct record *record, const char *value,
                        struct request *out) {
    if (value[0] == '\0') {
        ui_say(ui, "which object: a type of this scenario, largest, or an address (0x%" PRIx64 ")",
               alive_example(&record->now));
        return false;
    }
    *out = (struct request){.kind = REQUEST_OBJECT, .path = value};
    return true;
}

static const struct word {
    const char *name, *argument, *text;
    bool (*read)(struct ui *ui, const struct record *record, const char *value,
                 struct request *out);
} words[] = {
    {.name = "gogc",
     .argument = "100",
     .text = "set GOGC: a percentage, or off",
     .read = read_gogc},
    {.name = "speed",
     .argument = "60",
     .text = "set the speed: virtual seconds per second",
     .read = read_speed},
    {.name = "seed",
     .argument = "7",
     .text = "start again with another seed of math/rand",
     .read = read_seed},
    {.name = "goto",
     .argument = "5m",
     .text = "go to a moment: 5m, 90s, 4:32, +10s, -1m",
     .read = read_moment},
    {.name = "object",
     .argument = "largest",
     .text = "look at an object: a type, largest, an address",
     .read = read_object},
    {.name = "open",
     .argument = "NAME",
     .text = "open a scenario, by its name or file",
     .read = read_file},
};

/* The text after `name` and a space; "" if the text is just `name`; NULL: it begins otherwise. */
static const char *value_behind(const char *text, const char *name) {
    size_t bytes = strlen(name);
    if (strncmp(text, name, bytes) != 0 || (text[bytes] != '\0' && text[bytes] != ' ')) {
        return NULL;
    }
    text += bytes;
    return text + strspn(text, " ");
}

/* ---- finding -------------------------------------------------------------------------------- */

struct finder {
    const struct ui *ui;
    struct match *matches;
    int count;
    int begins; /* the first matches, which begin with what was typed */
    int whole;  /* these and the matches that contain it in one piece */
};

static bool contains(const char *text, const char *word, size_t bytes) {
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether every typed word is a part of one of the texts. */
static bool is_meant(const char *typed, const struct match *match, const char *more) {
    while (*(typed += strspn(typed, " ")) != '\0') {
        size_t bytes = strcspn(typed, " ");
        if (!contains(match->text, typed, bytes) && !contains(match->name, typed, bytes) &&
            !contains(more, typed, bytes)) {
            return false;
        }
        typed += bytes;
    }
    return true;
}

/* Adds the match if it fits what was typed. Matches that begin with it come first, then those that
 * contain it. */
static void consider(struct finder *finder, const struct match *match, const char *more) {
    const char *typed = finder->ui->prompt.text;
    if (finder->count == PROMPT_MATCHES_MAX || !is_meant(typed, match, more)) {
        return;
    }
    size_t bytes = strlen(typed);
    bool begins = bytes > 0 && (strncasecmp(match->text, typed, bytes) == 0 ||
                                strncasecmp(match->name, typed, bytes) == 0);
    bool whole = contains(match->text, typed, bytes) || contains(match->name, typed, bytes);
    int at = begins ? finder->begins++ : whole ? finder->whole : finder->count;
    finder->whole += begins || whole ? 1 : 0;
    memmove(finder->matches + at + 1, finder->matches + at,
            (size_t)(finder->count - at) * sizeof *match);
    finder->matches[at] = *match;
    finder->count++;
}

static void find_words(struct finder *finder) {
    for (uint32_t i = 0; i < COUNT_OF(words); i++) {
        struct match match = {.kind = MATCH_WORD, .pane = -1, .index = i};
        snprintf(match.text, sizeof match.text, "%s", words[i].text);
        snprintf(match.name, sizeof match.name, "%s %s", words[i].name, words[i].argument);
        consider(finder, &match, "");
    }
}

static void find_channels(struct finder *finder, const struct record *record) {
    for (uint32_t i = 0; i < record->program.channel_count; i++) {
        const struct channel_view *channel = &record->program.channels[i];
        struct match match = {.kind = MATCH_CHANNEL, .pane = -1, .index = i};
        snprintf(match.text, sizeof match.text, "resize channel %s", channel->name);
        snprintf(match.name, sizeof match.name, "%s %" PRIu32, channel->name, channel->capacity);
        consider(finder, &match, "capacity queue");
    }
}

/* The name of a pane: "heap", or "heap A" if there are several runs. */
static void name_pane(const struct ui *ui, int pane, char *out, size_t bytes) {
    const struct pane *of = &ui->panes[pane];
    char letter[3] = {' ', panes_letter(of->seat), '\0'};
    snprintf(out, bytes, "%s%s", view_of(of)->title, panes_compare(ui) ? letter : "");
}

/* Adds the keys of a context, which `pane` does; -1: no pane does. Left out are keys that have
 * lines of their own, and those that only open the palette or close something. */
static void find_keys(struct finder *finder, enum key_context context, int pane) {
    char name[40] = "";
    if (pane >= 0) {
        name_pane(finder->ui, pane, name, sizeof name);
    }
    for (size_t i = 0; i < binding_count; i++) {
        const struct binding *b = &bindings[i];
        bool is_else = b->action == ACTION_PANEL || b->action == ACTION_GOGC_SET ||
                       b->action == ACTION_SEED; /* lines of their own */
        if (b->context != context || is_else || b->action == ACTION_CLOSE ||
            b->action == ACTION_PALETTE) {
            continue;
        }
        struct match match = {.kind = MATCH_KEY, .binding = b, .pane = pane};
        snprintf(match.text, sizeof match.text, "%s%s%s", name, pane >= 0 ? ": " : "", b->help);
        snprintf(match.name, sizeof match.name, "%s%s", context == KEYS_STEP ? "s " : "", b->name);
        consider(finder, &match, b->bar_label != NULL ? b->bar_label : "");
    }
}

/* Adds the keys of a pane, if it has keys of its own. */
static void find_keys_of(struct finder *finder, int pane) {
    enum key_context context = view_of(&finder->ui->panes[pane])->keys;
    if (context != KEYS_MAIN) {
        find_keys(finder, context, pane);
    }
}

static void find_panels(struct finder *finder) {
    for (int i = 0; i < finder->ui->pane_count; i++) {
        const struct view_entry *entry = &views[finder->ui->panes[i].view];
        struct match match = {.kind = MATCH_PANEL, .pane = i};
        char name[40];
        name_pane(finder->ui, i, name, sizeof name);
        snprintf(match.text, sizeof match.text, "go to the panel %s", name);
        snprintf(match.name, sizeof match.name, "%d", entry->digit);
        consider(finder, &match, entry->view->name);
    }
}

static void scenario_name(const struct choice *choice, char *out, size_t bytes) {
    const char *slash = strrchr(choice->path, '/');
    const char *name = slash != NULL ? slash + 1 : choice->path;
    snprintf(out, bytes, "%.*s", (int)strcspn(name, "."), name);
}

static void find_scenarios(struct finder *finder) {
    for (uint32_t i = 0; i < finder->ui->choice_count; i++) {
        const struct choice *choice = &finder->ui->choices[i];
        struct match match = {.kind = MATCH_SCENARIO, .pane = -1, .index = i};
        char name[48];
        scenario_name(choice, name, sizeof name);
        snprintf(match.text, sizeof match.text, "%s", choice->title);
        snprintf(match.name, sizeof match.name, "open %s", name);
        consider(finder, &match, "");
    }
}

/* If the text begins with a channel's name or a known word, that is the only match. After `open`,
 * the scenarios that fit are the matches, if there are any. */
static bool find_exactly(struct finder *finder, const struct record *record) {
    const char *typed = finder->ui->prompt.text;
    struct match match = {.pane = -1};
    for (uint32_t i = 0; i < record->program.channel_count; i++) {
        if (value_behind(typed, record->program.channels[i].name) != NULL) {
            match.kind = MATCH_CHANNEL;
            match.index = i;
            snprintf(match.text, sizeof match.text, "resize channel %s: a capacity",
                     record->program.channels[i].name);
            finder->matches[finder->count++] = match;
            return true;
        }
    }
    for (uint32_t i = 0; i < COUNT_OF(words); i++) {
        const char *value = value_behind(typed, words[i].name);
        if (value == NULL) {
            continue;
        }
        bool opens = words[i].read == read_file;
        if (opens) {
            find_scenarios(finder);
        }
        if (finder->count == 0) {
            match.kind = MATCH_WORD;
            match.index = i;
            snprintf(match.text, sizeof match.text, "%s", words[i].text);
            finder->matches[finder->count++] = match;
        }
        return true;
    }
    return false;
}

int prompt_matches(const struct ui *ui, const struct record *record,
                   struct match matches[PROMPT_MATCHES_MAX]) {
    struct finder finder = {.ui = ui, .matches = matches};
    if (find_exactly(&finder, record)) {
        return finder.count;
    }
    find_words(&finder);
    find_channels(&finder, record);
    find_keys_of(&finder, ui->focus);
    find_keys(&finder, KEYS_MAIN, -1);
    find_keys(&finder, KEYS_STEP, -1);
    find_panels(&finder);
    for (int i = 0; i < ui->pane_count; i++) {
        if (i != ui->focus) {
            find_keys_of(&finder, i);
        }
    }
    find_scenarios(&finder);
    return finder.count;
}

/* ---- editing and doing ---------------------------------------------------------------------- */

void prompt_open(struct ui *ui, const char *text) {
    ui->overlay = OVERLAY_PROMPT;
    ui->prompt.chosen = 0;
    snprintf(ui->prompt.text, sizeof ui->prompt.text, "%s", text);
}

bool prompt_add(struct ui *ui, uint32_t rune) {
    char *text = ui->prompt.text;
    char bytes[4];
    size_t length = strlen(text), count = (size_t)rune_bytes(rune, bytes);
    if (length + count >= sizeof ui->prompt.text) {
        return false;
    }
    memcpy(text + length, bytes, count);
    text[length + count] = '\0';
    ui->prompt.chosen = 0;
    return true;
}

/* Takes the last character away, with all its bytes. */
static void take_back(char *text) {
    const size_t length = strlen(text);
    text[length > 0 ? utf8_begin(text, length - 1) : 0] = '\0';
}

bool prompt_type(struct ui *ui, int key) {
    enum { CTRL_U = 21, CTRL_W = 23 };
    char *text = ui->prompt.text;
    size_t length = strlen(text);
    if (key == INPUT_BACKSPACE) {
        take_back(text);
    } else if (key == CTRL_U) {
        text[0] = '\0';
    } else if (key == CTRL_W) {
        while (length > 0 && text[length - 1] == ' ') {
            length--;
        }
        while (length > 0 && text[length - 1] != ' ') {
            length--;
        }
        text[length] = '\0';
    } else if ((key >= ' ' && key < 127) || (key >= 0xa0 && key <= 0x10ffff)) {
        if (!prompt_add(ui, (uint32_t)key)) {
            ui_say(ui, "the line is full");
        }
    } else {
        return false;
    }
    ui->prompt.chosen = 0;
    return true;
}

/* The name that stands before the value. */
static const char *name_of(const struct record *record, const struct match *match) {
    return match->kind == MATCH_CHANNEL ? record->program.channels[match->index].name
                                        : words[match->index].name;
}

bool prompt_complete(struct ui *ui, const struct record *record, const struct match *match) {
    char text[UI_PROMPT_BYTES];
    if (match->kind == MATCH_SCENARIO) {
        snprintf(text, sizeof text, "%s", match->name);
    } else if (match->kind == MATCH_WORD || match->kind == MATCH_CHANNEL) {
        const char *name = name_of(record, match);
        if (value_behind(ui->prompt.text, name) != NULL && strchr(ui->prompt.text, ' ') != NULL) {
            return false;
        }
        snprintf(text, sizeof text, "%s ", name);
    } else {
        return false;
    }
    if (strcmp(text, ui->prompt.text) == 0) {
        return false;
    }
    prompt_open(ui, text);
    return true;
}

static bool read_capacity(struct ui *ui, const struct record *record, uint32_t channel,
                          const char *value, struct request *out) {
    enum { CAPACITY_MAX = 1000000 };
    int64_t capacity;
    if (!number_read_whole(value, 0, CAPACITY_MAX, &capacity)) {
        ui_say(ui, "the capacity of %s is a whole number up to %d: not \"%s\"",
               record->program.channels[channel].name, CAPACITY_MAX, value);
        return false;
    }
    *out = of_command(COMMAND_RESIZE, capacity, channel);
    return true;
}

bool prompt_request(struct ui *ui, const struct record *record, const struct match *match,
                    struct request *out) {
    *out = (struct request){0};
    if (match->kind == MATCH_SCENARIO) {
        *out = (struct request){.kind = REQUEST_OPEN, .path = ui->choices[match->index].path};
        return true;
    }
    const char *value = value_behind(ui->prompt.text, name_of(record, match));
    CHECK(value != NULL);
    return match->kind == MATCH_CHANNEL ? read_capacity(ui, record, match->index, value, out)
                                        : words[match->index].read(ui, record, value, out);
}
