#include "tui/live/keyboard.h"

#include "tui/input/decode.h"
#include "tui/live/machine.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

/* A long paste must not keep the dashboard from everything else. */
enum { BYTES_AT_ONCE = 4096 };

static struct {
    struct decoder decoder;
    uint8_t bytes[512];
    size_t at, count;  /* of those that were read: the next, and how many there are */
    int error;         /* why the last read failed; 0: it did not */
    uint64_t heard_ns; /* when the last came, or was missed */
} keyboard;

void keyboard_open(const char *escape_delay) {
    int ms = DECODER_ESCAPE_MS;
    if (escape_delay != NULL && escape_delay[0] != '\0') {
        char *end;
        long said = strtol(escape_delay, &end, 10);
        bool is_number = *end == '\0' && said >= 0;
        ms = !is_number ? ms : said > DECODER_ESCAPE_MS_MAX ? DECODER_ESCAPE_MS_MAX : (int)said;
    }
    decoder_init(&keyboard.decoder, ms);
    keyboard.at = keyboard.count = 0;
}

void keyboard_learn(const char *string, int key) {
    decoder_learn(&keyboard.decoder, string, key);
}

/* Reads what has come; false: nothing. Whether read() would wait is asked, not set: the shell and
 * others have this terminal open, too. */
static bool fill(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    keyboard.at = keyboard.count = 0;
    if (poll(&input, 1, 0) != 1 || (input.revents & POLLIN) == 0) {
        return false;
    }
    ssize_t count = read(STDIN_FILENO, keyboard.bytes, sizeof keyboard.bytes);
    keyboard.error = count < 0 && errno != EINTR ? errno : 0;
    keyboard.count = count > 0 ? (size_t)count : 0;
    return count > 0;
}

/* What the decoder waits for has not come for so long that it should be told. */
static bool is_missed(uint64_t now_ns) {
    int ms = decoder_wait_ms(&keyboard.decoder);
    return ms >= 0 && now_ns - keyboard.heard_ns >= (uint64_t)ms * NS_PER_MS;
}

bool keyboard_take(struct typed *out) {
    for (int i = 0; i < BYTES_AT_ONCE; i++) {
        if (decoder_take(&keyboard.decoder, out)) {
            return true;
        }
        if (keyboard.at < keyboard.count || fill()) {
            decoder_byte(&keyboard.decoder, keyboard.bytes[keyboard.at++]);
            keyboard.heard_ns = machine_now_ns();
        } else if (is_missed(machine_now_ns())) {
            decoder_silence(&keyboard.decoder);
            keyboard.heard_ns = machine_now_ns();
        } else {
            return false;
        }
    }
    return decoder_take(&keyboard.decoder, out);
}

int keyboard_wait_ms(void) {
    if (keyboard.at < keyboard.count) {
        return 0;
    }
    int ms = decoder_wait_ms(&keyboard.decoder);
    if (ms < 0) {
        return -1;
    }
    uint64_t now_ns = machine_now_ns();
    uint64_t due_ns = keyboard.heard_ns + (uint64_t)ms * NS_PER_MS;
    return due_ns <= now_ns ? 0 : (int)divide_up(due_ns - now_ns, NS_PER_MS);
}

int keyboard_error(void) {
    return keyboard.error;
}

void keyboard_forget(void) {
    struct typed typed;
    keyboard.at = keyboard.count = 0;
    do {
        while (decoder_take(&keyboard.decoder, &typed)) {
        }
        if (decoder_wait_ms(&keyboard.decoder) >= 0) {
            decoder_silence(&keyboard.decoder);
        }
    } while (keyboard.decoder.typed_count > 0 || decoder_wait_ms(&keyboard.decoder) >= 0);
}
