/*
 * decode.c: rubbish from a terminal (libFuzzer). Of each pair of bytes the second is typed; the
 * first says whether there is a silence before it.
 */
#include "tui/input/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void take_all(struct decoder *decoder, int *key) {
    struct typed typed;
    while (decoder_take(decoder, &typed)) {
        char name[KEY_NAME_BYTES];
        keys_name(typed.key, name, sizeof name);
        CHECK(typed.kind != TYPED_NOTHING);
        CHECK(typed.kind != TYPED_MOUSE || (typed.mouse.x >= 0 && typed.mouse.y >= 0));
        CHECK(typed.kind != TYPED_KEY || typed.key != 0);
        *key = typed.kind == TYPED_KEY ? typed.key : 0;
    }
}

static void be_silent(struct decoder *decoder, int *key) {
    for (int i = 0; decoder_wait_ms(decoder) >= 0; i++) {
        CHECK(i < 4);
        decoder_silence(decoder);
        take_all(decoder, key);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    enum { SILENCE = 200 };
    struct decoder decoder;
    int key = 0;
    decoder_init(&decoder, 25);
    if (bytes > 0 && data[0] % 2 == 1) {
        decoder_learn(&decoder, "\001@\r", INPUT_F1);
        decoder_learn(&decoder, "\033[1;", INPUT_F1 + 1);
        decoder_learn(&decoder, "\033\033", INPUT_F1 + 2);
    }
    for (size_t i = 1; i + 1 < bytes; i += 2) {
        if (data[i] >= SILENCE && decoder_wait_ms(&decoder) >= 0) {
            decoder_silence(&decoder);
            take_all(&decoder, &key);
        }
        decoder_byte(&decoder, data[i + 1]);
        take_all(&decoder, &key);
    }
    be_silent(&decoder, &key); /* what was cut off is forgotten: */
    key = 0;
    decoder_byte(&decoder, 'q');
    take_all(&decoder, &key);
    CHECK(key == 'q');
    return 0;
}
