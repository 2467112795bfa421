/* test_decode.c: what terminals send, whole and cut at every byte. */
#include "tests/unit.h"

#include "tui/input/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int test_decode(void);

#define S INPUT_SHIFT
#define A INPUT_ALT
#define C INPUT_CTRL
#define F(number) (INPUT_F1 + (number)-1)

/* What comes out as a text: "key", "click x,y", "paste", 'c' ... , parted by blanks. */
struct told {
    char text[2048];
    size_t bytes;
};

static void tell(struct told *told, const char *text) {
    int bytes = snprintf(told->text + told->bytes, sizeof told->text - told->bytes, "%s%s",
                         told->bytes > 0 ? " " : "", text);
    told->bytes += (size_t)bytes;
    assert_true(told->bytes < sizeof told->text);
}

static void tell_typed(struct told *told, const struct typed *typed) {
    static const char *const mice[] = {"click", "drag", "up", "down"};
    char text[64], name[KEY_NAME_BYTES];
    if (typed->kind == TYPED_MOUSE) {
        snprintf(text, sizeof text, "%s:%d,%d", mice[typed->mouse.kind], typed->mouse.x,
                 typed->mouse.y);
    } else if (typed->kind == TYPED_PASTE && typed->key == 0) {
        snprintf(text, sizeof text, "paste");
    } else {
        keys_name(typed->key, name, sizeof name);
        snprintf(text, sizeof text, "%s%s", typed->kind == TYPED_PASTE ? "'" : "", name);
    }
    tell(told, text);
}

static void take_all(struct decoder *decoder, struct told *told) {
    struct typed typed;
    while (decoder_take(decoder, &typed)) {
        tell_typed(told, &typed);
    }
    assert_int_equal(typed.kind, TYPED_NOTHING);
}

static void feed(struct decoder *decoder, struct told *told, const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        decoder_byte(decoder, (uint8_t)bytes[i]);
        take_all(decoder, told);
    }
}

/* Waits until nothing is expected any more. */
static void be_silent(struct decoder *decoder, struct told *told) {
    for (int i = 0; decoder_wait_ms(decoder) >= 0; i++) {
        assert_true(i < 4);
        decoder_silence(decoder);
        take_all(decoder, told);
    }
}

struct sent {
    const char *bytes;
    const char *meant;
    size_t count; /* 0: up to NUL */
};

static size_t count_of(const struct sent *sent) {
    return sent->count != 0 ? sent->count : strlen(sent->bytes);
}

static const struct sent sequences[] = {
    /* characters */
    {.bytes = "a", .meant = "a"},
    {.bytes = "aZ ~", .meant = "a Z space ~"},
    {.bytes = "\xc3\xa9", .meant = "U+00E9"},
    {.bytes = "\xc3\x9bq", .meant = "U+00DB q"}, /* its second byte looks like CSI */
    {.bytes = "\xe4\xb8\x96", .meant = "U+4E16"},
    {.bytes = "\xf0\x9f\x98\x80", .meant = "U+1F600"},
    {.bytes = "\xc2\x9b", .meant = "U+009B"},
    {.bytes = "\0", .meant = "Ctrl-space", .count = 1},
    {.bytes = "\001\003\014\032", .meant = "^A ^C ^L ^Z"},
    {.bytes = "\r\n\t", .meant = "Enter Enter Tab"},
    {.bytes = "\b\177", .meant = "Bksp Bksp"},
    {.bytes = "\033", .meant = "Esc"},
    {.bytes = "\033\033", .meant = "Esc Esc"},
    /* Latin-1 and other bytes that are no text */
    {.bytes = "\xe9q", .meant = "byte E9 q"},
    {.bytes = "\xe9\xe9q", .meant = "byte E9 byte E9 q"},
    {.bytes = "\xff\xfe", .meant = "byte FF byte FE"},
    {.bytes = "\x80q", .meant = "byte 80 q"},
    {.bytes = "\xc0\xafq", .meant = "byte C0 byte AF q"},
    {.bytes = "\xe0\x80\x80q", .meant = "byte E0 q"},     /* not the shortest form */
    {.bytes = "\xed\xa0\x80q", .meant = "byte ED q"},     /* a surrogate */
    {.bytes = "\xf4\x90\x80\x80q", .meant = "byte F4 q"}, /* behind the last */
    {.bytes = "\xe4\xb8\033[A", .meant = "byte E4 Up"},   /* cut short */
    {.bytes = "\x9bq", .meant = "byte 9B q"},             /* of Windows' letters, not CSI */
    {.bytes = "\x8fq\x90q\x9dq", .meant = "byte 8F q byte 90 q byte 9D q"},
    {.bytes = "\x9b", .meant = "byte 9B"},
    /* introducers of one byte */
    {.bytes = "\x9b"
              "24;80R",
     .meant = ""},
    {.bytes = "\x9b"
              "A",
     .meant = "Up"},
    {.bytes = "\x8f"
              "A",
     .meant = "Up"},
    {.bytes = "\x90>|XTerm(379)\x9c"
              "q",
     .meant = "q"},
    {.bytes = "\x9d"
              "11;rgb:ff/ff/ff\x9c"
              "q",
     .meant = "q"},
    /* with Alt */
    {.bytes = "\033q", .meant = "Alt-q"},
    {.bytes = "\033Q", .meant = "Alt-Q"},
    {.bytes = "\0331", .meant = "Alt-1"},
    {.bytes = "\033 ", .meant = "Alt-space"},
    {.bytes = "\033\r", .meant = "Alt-Enter"},
    {.bytes = "\033\177", .meant = "Alt-Bksp"},
    {.bytes = "\033\014", .meant = "Alt-^L"},
    {.bytes = "\033\xc3\xa9", .meant = "Alt-U+00E9"},
    {.bytes = "\033\xe9q", .meant = "Alt-byte E9 q"},
    {.bytes = "\033\033q", .meant = "Esc Alt-q"},
    {.bytes = "\033\033[A", .meant = "Alt-Up"},
    {.bytes = "\033\033OA", .meant = "Alt-Up"},
    {.bytes = "\033\033\033[A", .meant = "Esc Alt-Up"},
    {.bytes = "\033[", .meant = "Alt-["},
    {.bytes = "\033O", .meant = "Alt-O"},
    {.bytes = "\033N", .meant = "Alt-N"},
    {.bytes = "\033P", .meant = "Alt-P"},
    {.bytes = "\033]", .meant = "Alt-]"},
    {.bytes = "\033_", .meant = "Alt-_"},
    {.bytes = "\033^", .meant = "Alt-^"},
    {.bytes = "\033X", .meant = "Alt-X"},
    {.bytes = "\033\\", .meant = ""}, /* the end of a string */
    {.bytes = "\033[\r", .meant = "Alt-[ Enter"},
    /* xterm, also in the cursor keys' application mode */
    {.bytes = "\033[A\033[B\033[C\033[D", .meant = "Up Down Right Left"},
    {.bytes = "\033OA\033OB\033OC\033OD", .meant = "Up Down Right Left"},
    {.bytes = "\033[H\033[F\033OH\033OF", .meant = "Home End Home End"},
    {.bytes = "\033[2~\033[3~\033[5~\033[6~", .meant = "Ins Del PgUp PgDn"},
    {.bytes = "\033[E\033OE", .meant = "keypad 5 keypad 5"},
    {.bytes = "\033OP\033OQ\033OR\033OS", .meant = "F1 F2 F3 F4"},
    {.bytes = "\033[15~\033[17~\033[18~\033[19~", .meant = "F5 F6 F7 F8"},
    {.bytes = "\033[20~\033[21~\033[23~\033[24~", .meant = "F9 F10 F11 F12"},
    {.bytes = "\033[Z", .meant = "Shift-Tab"},
    {.bytes = "\033[1;5A\033[1;2D\033[1;2C", .meant = "Ctrl-Up Shift-Left Shift-Right"},
    {.bytes = "\033[1;3A\033[1;8A", .meant = "Alt-Up Ctrl-Alt-Shift-Up"},
    {.bytes = "\033[1;9A", .meant = "Super-Up"},
    {.bytes = "\033[3;5~\033[1;2P\033[15;3~", .meant = "Ctrl-Del Shift-F1 Alt-F5"},
    {.bytes = "\033[5A\033O5A\033O1;5P", .meant = "Ctrl-Up Ctrl-Up Ctrl-F1"},
    {.bytes = "\033[1;999A", .meant = "Up"},
    /* PuTTY, vt220 */
    {.bytes = "\033[1~\033[4~", .meant = "Home End"},
    {.bytes = "\033[11~\033[12~\033[13~\033[14~", .meant = "F1 F2 F3 F4"},
    {.bytes = "\033[25~\033[28~\033[34~", .meant = "F13 F15 F20"},
    /* rxvt */
    {.bytes = "\033[7~\033[8~", .meant = "Home End"},
    {.bytes = "\033[a\033[b\033[c\033[d", .meant = "Shift-Up Shift-Down Shift-Right Shift-Left"},
    {.bytes = "\033Oa\033Ob\033Oc\033Od", .meant = "Ctrl-Up Ctrl-Down Ctrl-Right Ctrl-Left"},
    {.bytes = "\033[7^\033[7$\033[7@", .meant = "Ctrl-Home Shift-Home Ctrl-Shift-Home"},
    /* the console of Linux */
    {.bytes = "\033[[A\033[[B\033[[C\033[[D\033[[E", .meant = "F1 F2 F3 F4 F5"},
    {.bytes = "\033[[q", .meant = ""},
    /* a keypad in its application mode */
    {.bytes = "\033Op\033Oq\033Oy\033On", .meant = "0 1 9 ."},
    {.bytes = "\033OM\033Ok\033Om\033Oj\033Oo\033OX", .meant = "Enter + - * / ="},
    {.bytes = "\033OI", .meant = "Tab"},
    /* kitty */
    {.bytes = "\033[97u\033[97;1u", .meant = "a a"},
    {.bytes = "\033[97;2u\033[97:65;2u\033[49:33;2u", .meant = "A A !"},
    {.bytes = "\033[97;5u\033[99;5u\033[105;5u", .meant = "^A ^C Tab"},
    {.bytes = "\033[97;6u", .meant = "Ctrl-Shift-A"},
    {.bytes = "\033[113;3u", .meant = "Alt-q"},
    {.bytes = "\033[113;9u", .meant = "Super-q"},
    {.bytes = "\033[113;1:1u\033[113;1:2u\033[113;1:3u", .meant = "q q"}, /* pressed ... let go */
    {.bytes = "\033[1;1:3A\033[5;1:3~", .meant = ""},
    {.bytes = "\033[97;65u\033[97;66u\033[97;129u", .meant = "A a a"}, /* with the locks */
    {.bytes = "\033[27u\033[13u\033[9u\033[127u", .meant = "Esc Enter Tab Bksp"},
    {.bytes = "\033[9;2u\033[13;2u\033[127;2u\033[32;2u", .meant = "Shift-Tab Enter Bksp space"},
    {.bytes = "\033[32;5u\033[64;5u\033[91;5u", .meant = "Ctrl-space Ctrl-space Esc"},
    {.bytes = "\033[57;5u", .meant = "Ctrl-9"},
    {.bytes = "\033[97;;65u\033[0;;233u", .meant = "A U+00E9"}, /* with the text it types */
    {.bytes = "\033[57441u\033[57447;2u", .meant = ""},         /* Shift alone */
    {.bytes = "\033[57400u\033[57414u\033[57419u\033[57376u", .meant = "1 Enter Up F13"},
    {.bytes = "\033[57427~", .meant = "keypad 5"},
    {.bytes = "\033[0u\033[55296u\033[155u\033[99999999999u", .meant = ""},
    {.bytes = "\033[1u\033[10u", .meant = ""},
    /* modifyOtherKeys */
    {.bytes = "\033[27;5;97~\033[27;2;65~\033[27;3;113~", .meant = "^A A Alt-q"},
    {.bytes = "\033[27;2;58~\033[27;5;13~", .meant = ": Ctrl-Enter"},
    {.bytes = "\033[27;6;113~", .meant = "Ctrl-Shift-Q"},
    /* the mouse */
    {.bytes = "\033[<0;1;1M\033[<0;1;1m", .meant = "click:0,0"},
    {.bytes = "\033[<32;81;24M", .meant = "drag:80,23"},
    {.bytes = "\033[<64;300;200M\033[<65;1;2M", .meant = "up:299,199 down:0,1"},
    {.bytes = "\033[<4;5;6M", .meant = "click:4,5"}, /* with Shift */
    {.bytes = "\033[<1;5;6M\033[<2;5;6M\033[<66;5;6M\033[<128;5;6M", .meant = ""},
    {.bytes = "\033[<0;0;5M\033[<0;5M\033[<M\033[<0;1;2;3M", .meant = ""},
    {.bytes = "\033[M !!", .meant = ""},
    {.bytes = "\033[M qq", .meant = ""}, /* column 81 */
    {.bytes = "\033[M \xc3\xa9q", .meant = "q"},
    {.bytes = "\033[M \0q", .meant = "", .count = 6},
    {.bytes = "\033[M\033[A", .meant = "Up"},
    {.bytes = "\033[32;113;24Mq", .meant = "q"}, /* urxvt */
    /* answers, late or for others */
    {.bytes = "\033[24;80Rq", .meant = "q"},
    {.bytes = "\033[1;2Rq", .meant = "q"},
    {.bytes = "\033[?62;22cq\033[>0;276;0cq", .meant = "q q"},
    {.bytes = "\033[?1;2$yq\033[4;2$yq", .meant = "q q"},
    {.bytes = "\033[0nq\033[?997;1nq", .meant = "q q"},
    {.bytes = "\033[8;24;80tq\033[4;600;800tq", .meant = "q q"},
    {.bytes = "\033[?1uq\033[>4;2mq", .meant = "q q"},
    {.bytes = "\033[?2;0;800;600Sq", .meant = "q"},
    {.bytes = "\033[Iq\033[Oq", .meant = "q q"}, /* the focus */
    {.bytes = "\033[201~q", .meant = "q"},
    {.bytes = "\033[99~\033[1;2;3A\033[ q\033[?A\033[!p", .meant = ""},
    {.bytes = "\033]11;rgb:ffff/ffff/ffff\033\\q", .meant = "q"},
    {.bytes = "\033]11;rgb:ffff/ffff/ffff\aq", .meant = "q"},
    {.bytes = "\033]52;c;Z2M=\033\\q", .meant = "q"},
    {.bytes = "\033]lg\xc3\x9c title\033\\q", .meant = "q"}, /* one byte of it looks like ST */
    {.bytes = "\033P>|XTerm(379)\033\\q", .meant = "q"},
    {.bytes = "\033P1$r0m\033\\q\033P!|00000000\033\\q", .meant = "q q"},
    {.bytes = "\033_Gi=31;OK\033\\q\033^gc\033\\q\033Xgc\033\\q", .meant = "q q q"},
    {.bytes = "\033]11;gc\030q\033Pgc\032q\033[1;\030q", .meant = "q q q"}, /* called off */
    {.bytes = "\033]11;gc\033[A", .meant = "Up"},                           /* or broken off */
    {.bytes = "\033Pgc\033\033q", .meant = "Esc Alt-q"},
    {.bytes = "\033Ngq", .meant = "q"},
    /* pasted */
    {.bytes = "\033[200~gc quit\033[201~q", .meant = "paste 'g 'c 'space 'q 'u 'i 't q"},
    {.bytes = "\033[200~\033[201~", .meant = "paste"},
    {.bytes = "\033[200~a\r\nb\nc\r\033[201~", .meant = "paste 'a 'space 'b 'space 'c"},
    {.bytes = "\033[200~\n\ta\t b\033[201~", .meant = "paste 'a 'space 'b"},
    {.bytes = "\033[200~\001\003\177x\033[201~", .meant = "paste 'x"},
    {.bytes = "\033[200~\xc3\xa9\xe9\xc2\x9bz\033[201~", .meant = "paste 'U+00E9 'z"},
    {.bytes = "\033[200~\xe2\x80\xa8z\033[201~", .meant = "paste 'z"}, /* a line separator */
    {.bytes = "\033[200~\033[A\033\033[20x\033[201~", .meant = "paste '[ 'A '[ '2 '0 'x"},
    {.bytes = "\033[200~a\xc3\033[201~q", .meant = "paste 'a q"},
    {.bytes = "\033[200~\033[200~a\033[201~q", .meant = "paste '[ '2 '0 '0 '~ 'a q"},
    {.bytes = "\x9b"
              "200~a\x9b"
              "b\x9b"
              "201~q",
     .meant = "paste 'a 'b q"},
};

static void every_sequence_means_what_it_should(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sequences); i++) {
        struct decoder decoder;
        struct told told = {0};
        decoder_init(&decoder, 25);
        feed(&decoder, &told, sequences[i].bytes, count_of(&sequences[i]));
        be_silent(&decoder, &told);
        if (strcmp(told.text, sequences[i].meant) != 0) {
            print_message("sequence %zu, wanted: %s\n", i, sequences[i].meant);
        }
        assert_string_equal(told.text, sequences[i].meant);
    }
}

/* Nothing that waits is lost while the decoder is asked how long it would. */
static void waiting_changes_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sequences); i++) {
        for (size_t cut = 0; cut <= count_of(&sequences[i]); cut++) {
            struct decoder decoder;
            struct told told = {0};
            decoder_init(&decoder, 25);
            decoder_learn(&decoder, "\033[1;2R", F(15));
            feed(&decoder, &told, sequences[i].bytes, cut);
            int ms = decoder_wait_ms(&decoder);
            assert_int_equal(ms, decoder_wait_ms(&decoder));
            assert_true(ms <= DECODER_PASTE_MS);
        }
    }
}

/* Whatever was cut off, the next key is that key: after a silence the beginning is forgotten. */
static void a_sequence_that_never_ends_swallows_nothing_later(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sequences); i++) {
        for (size_t cut = 0; cut <= count_of(&sequences[i]); cut++) {
            struct decoder decoder;
            struct told told = {0};
            decoder_init(&decoder, 25);
            feed(&decoder, &told, sequences[i].bytes, cut);
            be_silent(&decoder, &told);
            told = (struct told){0};
            feed(&decoder, &told, "q\033[A", 4);
            assert_string_equal(told.text, "q Up");
        }
    }
}

/* Sequences that are cut by a short silence, as on a slow line, in every place but behind ESC. */
static void a_short_silence_takes_no_sequence_apart(void **state) {
    (void)state;
    static const char *const cut[][2] = {
        {"\033[A", "Up"},
        {"\033OA", "Up"},
        {"\033[1;5A", "Ctrl-Up"},
        {"\033[24;80R", ""},
        {"\033]11;rgb:ffff/ffff/ffff\033\\", ""},
        {"\033P>|XTerm(379)\033\\", ""},
        {"\033[M qq", ""},
        {"\033[?62;22c", ""},
        {"\xe4\xb8\x96", "U+4E16"},
        {"\033[200~gc\033[201~", "paste 'g 'c"},
    };
    for (size_t i = 0; i < COUNT_OF(cut); i++) {
        const char *bytes = cut[i][0];
        for (size_t at = 2; at < strlen(bytes); at++) {
            struct decoder decoder;
            struct told told = {0};
            decoder_init(&decoder, 25);
            feed(&decoder, &told, bytes, at);
            if (decoder_wait_ms(&decoder) == 25) {
                decoder_silence(&decoder);
                take_all(&decoder, &told);
            }
            feed(&decoder, &told, bytes + at, strlen(bytes) - at);
            assert_string_equal(told.text, cut[i][1]);
            assert_int_equal(decoder_wait_ms(&decoder), -1);
        }
    }
}

/* Where ESC was already taken for Esc, the rest is no letters. */
static void the_rest_behind_a_late_escape_is_still_a_sequence(void **state) {
    (void)state;
    static const struct sent late[] = {
        {.bytes = "[A", .meant = "Esc Up"},
        {.bytes = "OA", .meant = "Esc Up"},
        {.bytes = "[24;80R", .meant = "Esc"},
        {.bytes = "[M qq", .meant = "Esc"},
        {.bytes = "]11;rgb:ff/ff/ff\aq", .meant = "Esc q"},
        {.bytes = "P>|XTerm\033\\q", .meant = "Esc q"},
        {.bytes = "[", .meant = "Esc ["}, /* a key, it turns out */
        {.bytes = "]", .meant = "Esc ]"},
        {.bytes = "P", .meant = "Esc P"},
        {.bytes = "[q", .meant = "Esc [ q"},
        {.bytes = "]q", .meant = "Esc ] q"},
        {.bytes = "Pq", .meant = "Esc P q"},
        {.bytes = "q[", .meant = "Esc q ["},
        {.bytes = "\033[A", .meant = "Esc Up"},
    };
    for (size_t i = 0; i < COUNT_OF(late); i++) {
        struct decoder decoder;
        struct told told = {0};
        decoder_init(&decoder, 25);
        feed(&decoder, &told, "\033", 1);
        assert_int_equal(decoder_wait_ms(&decoder), 25);
        decoder_silence(&decoder);
        take_all(&decoder, &told);
        feed(&decoder, &told, late[i].bytes, strlen(late[i].bytes));
        be_silent(&decoder, &told);
        assert_string_equal(told.text, late[i].meant);
    }
}

/* A key with Alt that could begin a sequence, and then another key, typed by hand. */
static void keys_behind_an_alt_key_are_keys(void **state) {
    (void)state;
    for (const char *first = "[OP]X^_"; *first != '\0'; first++) {
        struct decoder decoder;
        struct told told = {0};
        char begins[] = {'\033', *first};
        char name[] = {'A', 'l', 't', '-', *first, ' ', 'q', '\0'};
        if (strchr("X^_", *first) != NULL) {
            continue; /* their strings may begin with anything */
        }
        decoder_init(&decoder, 25);
        feed(&decoder, &told, begins, 2);
        decoder_silence(&decoder);
        take_all(&decoder, &told);
        feed(&decoder, &told, "q", 1);
        assert_string_equal(told.text, name);
    }
}

static void the_wait_is_that_of_the_place(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        int ms;
    } waits[] = {
        {"", -1},        {"a", -1},           {"\033", 40},    {"\033[", 40},
        {"\033[1", 700}, {"\033[A", -1},      {"\033]1", 700}, {"\033]1\a", -1},
        {"\xc3", 700},   {"\033[200~", 2000}, {"\033[M", 700}, {"\033[200~x\033[201~", -1},
        {"\x9b", 40},
    };
    for (size_t i = 0; i < COUNT_OF(waits); i++) {
        struct decoder decoder;
        struct told told = {0};
        decoder_init(&decoder, 40);
        feed(&decoder, &told, waits[i].bytes, strlen(waits[i].bytes));
        assert_int_equal(decoder_wait_ms(&decoder), waits[i].ms);
    }
    struct decoder decoder;
    struct told told = {0};
    decoder_init(&decoder, 3000); /* a slower line is slow everywhere */
    feed(&decoder, &told, "\033[1", 3);
    assert_int_equal(decoder_wait_ms(&decoder), 3000);
    decoder_init(&decoder, -1);
    assert_int_equal(decoder.escape_ms, DECODER_ESCAPE_MS);
    decoder_init(&decoder, 1000000);
    assert_int_equal(decoder.escape_ms, DECODER_ESCAPE_MS_MAX);
}

static void a_string_may_be_of_any_length(void **state) {
    (void)state;
    struct decoder decoder;
    struct told told = {0};
    decoder_init(&decoder, 25);
    feed(&decoder, &told, "\033]", 2);
    for (int i = 0; i < 100000; i++) {
        feed(&decoder, &told, "gq;1", 4);
    }
    feed(&decoder, &told, "\033\\\033[", 4);
    for (int i = 0; i < 100000; i++) {
        feed(&decoder, &told, "1;2:", 4);
    }
    feed(&decoder, &told, "Rz", 2);
    assert_string_equal(told.text, "z");
}

/* Terminals that are not like the others: a wyse, an ADM-3A, the console of FreeBSD. */
static void keys_of_odd_terminals_are_learnt(void **state) {
    (void)state;
    static const struct {
        const char *string;
        int key;
    } learnt[] = {
        {"\001@\r", F(1)},    {"\013", INPUT_UP},     {"\036", INPUT_HOME},
        {"\033[M", F(1)},     {"\033K", INPUT_DOWN},  {"\033[I", INPUT_PAGE_UP},
        {"\033[A", INPUT_UP}, {"q", INPUT_END},       {"", INPUT_END},
        {"\033", INPUT_END},  {"\177", INPUT_DELETE}, {"\033[1234567890~", F(2)},
        {"\033[I1", F(3)},
    };
    static const struct sent sent[] = {
        {.bytes = "\001@\r", .meant = "F1"},
        {.bytes = "\001", .meant = "^A"},
        {.bytes = "\001@", .meant = "^A @"},
        {.bytes = "\001\001@\r", .meant = "^A F1"},
        {.bytes = "\001@\013", .meant = "^A @ Up"},
        {.bytes = "\013\036", .meant = "Up Home"},
        {.bytes = "\033[M", .meant = "F1"},
        {.bytes = "\033K\033[A", .meant = "Down Up"},
        {.bytes = "\033[I", .meant = "PgUp"},
        {.bytes = "\033[I1\033[I2", .meant = "F3 PgUp 2"},
        {.bytes = "\033", .meant = "Esc"},
        {.bytes = "\033[", .meant = "Alt-["},
        {.bytes = "\033q", .meant = "Alt-q"},
        {.bytes = "\033[24;80R", .meant = ""},
        {.bytes = "\033]11;K\013\001@\r\a", .meant = ""},
        {.bytes = "q\177", .meant = "q Bksp"},
        {.bytes = "\033[200~\013K\033[201~", .meant = "paste 'K"},
    };
    for (size_t i = 0; i < COUNT_OF(sent); i++) {
        struct decoder decoder;
        struct told told = {0};
        decoder_init(&decoder, 25);
        for (size_t j = 0; j < COUNT_OF(learnt); j++) {
            decoder_learn(&decoder, learnt[j].string, learnt[j].key);
        }
        assert_int_equal(decoder.string_count, 7);
        feed(&decoder, &told, sent[i].bytes, strlen(sent[i].bytes));
        be_silent(&decoder, &told);
        assert_string_equal(told.text, sent[i].meant);
    }
}

/* Any bytes with any silences: no crash, no endless wait, and nothing stays behind. */
static void rubbish_is_survived(void **state) {
    (void)state;
    static const char common[] = "\033\033\033[O]P;:1259~RMu<?$\\\a\x9b\xc3qA";
    srand(7);
    for (int run = 0; run < 2000; run++) {
        struct decoder decoder;
        struct told told = {0};
        decoder_init(&decoder, 25);
        decoder_learn(&decoder, "\001@\r", F(1));
        decoder_learn(&decoder, "\033[1;", F(2));
        for (int i = 0; i < 100; i++) {
            char byte = rand() % 4 == 0 ? (char)(rand() % 256)
                                        : common[(size_t)rand() % (sizeof common - 1)];
            told = (struct told){0};
            feed(&decoder, &told, &byte, 1);
            if (rand() % 8 == 0 && decoder_wait_ms(&decoder) >= 0) {
                decoder_silence(&decoder);
                take_all(&decoder, &told);
            }
        }
        be_silent(&decoder, &told);
        told = (struct told){0};
        feed(&decoder, &told, "q", 1);
        assert_string_equal(told.text, "q");
    }
}

int test_decode(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sequence_means_what_it_should),
        cmocka_unit_test(waiting_changes_nothing),
        cmocka_unit_test(a_sequence_that_never_ends_swallows_nothing_later),
        cmocka_unit_test(a_short_silence_takes_no_sequence_apart),
        cmocka_unit_test(the_rest_behind_a_late_escape_is_still_a_sequence),
        cmocka_unit_test(keys_behind_an_alt_key_are_keys),
        cmocka_unit_test(the_wait_is_that_of_the_place),
        cmocka_unit_test(a_string_may_be_of_any_length),
        cmocka_unit_test(keys_of_odd_terminals_are_learnt),
        cmocka_unit_test(rubbish_is_survived),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
