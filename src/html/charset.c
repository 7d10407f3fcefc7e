/* Charsets: see charset.h. In order: a byte order mark, NULs in every second byte, valid UTF-8, the label that came with the page, a
 * <meta>, uchardet's guess, windows-1252. iconv and uchardet handles are never open while the arena is asked for memory. */
#include "html/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

#include "base/error.h"
#include "base/utf8.h"
#include "html/encodings.h"
#include "html/scan.h"

enum { NUL_SAMPLE = 8192, SAMPLE = 65536 };

/* The first bytes of common files that are no text. */
static const hs_str MAGIC[] = {
    {"\x89PNG", 4},
    {"\x1F\x8B", 2},
    {"\x7F"
     "ELF",
     4},
    {"%PDF-", 5},
    {"PK\x03\x04", 4},
    {"\xFF\xD8\xFF", 3},
    {"GIF8", 4},
    {"BZh", 3},
    {"\xFD"
     "7zXZ",
     5},
    {"\x28\xB5\x2F\xFD", 4},
    {"Rar!", 4},
    {"7z\xBC\xAF", 4},
    {"SQLite format 3", 15},
    {"\xCA\xFE\xBA\xBE", 4},
    {"OggS", 4},
    {"ID3", 3},
};

static bool blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
}

static bool all_blank(hs_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!blank(s.p[i])) return false;
    return true;
}

/* NULs at even and at odd places of the sample. */
static void count_nuls(hs_str s, size_t nuls[2]) {
    if (!s.n || !memchr(s.p, 0, s.n)) return;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == 0) nuls[i & 1]++;
}

/* Control characters, white space and escapes aside. In groups whose sums fit a byte, which compilers do sixteen and more at once. */
static size_t count_controls(hs_str s) {
    enum { GROUP = 128 };
    size_t n = 0;
    for (size_t start = 0; start < s.n; start += GROUP) {
        const unsigned char *p = (const unsigned char *)s.p + start;
        size_t size = s.n - start < GROUP ? s.n - start : GROUP;
        uint8_t sum = 0;
        for (size_t i = 0; i < size; i++) {
            uint8_t c = p[i];
            uint8_t control = (uint8_t)((c < 32) & (c != 0) & (c != 0x1B) & ((uint8_t)(c - '\t') > '\r' - '\t'));
            sum = (uint8_t)(sum + (control | (c == 0x7F)));
        }
        n += sum;
    }
    return n;
}

static bool looks_binary(hs_str bytes) {
    for (size_t i = 0; i < sizeof MAGIC / sizeof *MAGIC; i++)
        if (hs_str_starts(bytes, MAGIC[i])) return true;
    hs_str sample = hs_str_slice(bytes, 0, SAMPLE);
    size_t nuls[2] = {0};
    count_nuls(sample, nuls);
    /* random bytes hold 11 % of control characters, text hardly any; a few NULs are a page's own fault */
    return (count_controls(sample) + nuls[0] + nuls[1]) * 25 > sample.n + 200;
}

/* UTF-16 without a mark: text in it has NULs in one half of its bytes and hardly any in the other. */
static const char *from_nuls(hs_str bytes) {
    hs_str sample = hs_str_slice(bytes, 0, NUL_SAMPLE);
    size_t nuls[2] = {0}, half = sample.n / 2;
    count_nuls(sample, nuls);
    if (nuls[1] > half / 2 && nuls[0] * 10 < half) return "UTF-16LE";
    if (nuls[0] > half / 2 && nuls[1] * 10 < half) return "UTF-16BE";
    return NULL;
}

/* What the bytes themselves look like, as an encoding that browsers know. */
static const char *from_guess(hs_str bytes) {
    uchardet_t guess = uchardet_new();
    if (!guess) return NULL;
    const char *found = NULL;
    if (uchardet_handle_data(guess, bytes.p, bytes.n < SAMPLE ? bytes.n : SAMPLE) == 0) {
        uchardet_data_end(guess);
        const hs_encoding *encoding = hs_encoding_of(hs_str_of(uchardet_get_charset(guess)));
        if (encoding) found = encoding->iconv;
    }
    uchardet_delete(guess);
    return found;
}

/* Converts into `out`; a bad byte becomes U+FFFD. Returns the bytes written, or HS_NONE when iconv does not know the charset; *all: there
 * was room for everything. */
static size_t convert(char *out, size_t room, hs_str bytes, const char *charset, bool *all) {
    iconv_t handle = iconv_open("UTF-8", charset);
    if (handle == (iconv_t)-1) return HS_NONE;
    char *from = (char *)bytes.p, *to = out;
    size_t left = bytes.n, unit = strncmp(charset, "UTF-16", 6) == 0 ? 2 : 1;
    while (left) {
        if (iconv(handle, &from, &left, &to, &room) != (size_t)-1) break;
        if (errno == E2BIG || room < 3) break;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3;
        room -= 3;
        size_t skip = left < unit ? left : unit;
        from += skip;
        left -= skip;
        iconv(handle, NULL, NULL, NULL, NULL);
    }
    iconv_close(handle);
    *all = left == 0;
    return (size_t)(to - out);
}

static size_t count_high(hs_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += (unsigned char)s.p[i] >> 7;
    return n;
}

/* A byte makes three at most, but only one beyond ASCII or a pair makes more than one: the second try is for broken text. */
static hs_str converted(hs_arena *arena, hs_str bytes, const char *charset) {
    size_t likely = bytes.n + bytes.n / 2 + count_high(bytes) * 3 / 2, most = bytes.n * 3;
    size_t room = (likely < most ? likely : most) + 16;
    bool all = false;
    char *out = hs_arena_alloc(arena, room + HS_SCAN_PAD, 1);
    size_t n = convert(out, room, bytes, charset, &all);
    if (n == HS_NONE) n = convert(out, room, bytes, charset = "WINDOWS-1252", &all);
    if (n != HS_NONE && !all && room < most) {
        out = hs_arena_alloc(arena, most + 16 + HS_SCAN_PAD, 1);
        n = convert(out, most + 16, bytes, charset, &all);
    }
    return (hs_str){out, n == HS_NONE ? 0 : n};
}

/* UTF-8 with at most one bad byte among twenty characters beyond ASCII. */
static bool nearly_utf8(hs_str s) {
    size_t good = 0, bad = 0;
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = hs_utf8_decode(s, at, &next);
        if (cp == 0xFFFD && !(next - at == 3 && (unsigned char)s.p[at] == 0xEF)) bad++;
        else good += cp > 0x7F;
    }
    return bad * 20 <= good;
}

/* HTTP's label may stand in quotation marks. */
static const hs_encoding *labelled(hs_str label) {
    label = hs_str_trim(label);
    while (label.n && (label.p[0] == '"' || label.p[0] == '\'')) label = hs_str_slice(label, 1, label.n);
    while (label.n && (label.p[label.n - 1] == '"' || label.p[label.n - 1] == '\'')) label.n--;
    return hs_encoding_of(label);
}

static bool is_utf8(const hs_encoding *encoding) {
    return strcmp(encoding->iconv, "UTF-8") == 0;
}

/* The charset of bytes that are no UTF-8: as they came, as they say, as they look. */
static const char *other_charset(hs_str bytes, hs_str label) {
    const hs_encoding *encoding = labelled(label);
    if (!encoding || is_utf8(encoding)) encoding = hs_encoding_declared(bytes);
    if (encoding && !is_utf8(encoding)) return encoding->iconv;
    const char *guess = from_guess(bytes);
    return guess ? guess : "WINDOWS-1252";
}

/* Seven-bit Japanese is valid UTF-8, but its escapes are nothing else's. */
static bool escaped_japanese(hs_str bytes, hs_str label) {
    if (!memchr(bytes.p, 0x1B, bytes.n)) return false;
    const hs_encoding *encoding = labelled(label);
    if (!encoding) encoding = hs_encoding_declared(bytes);
    if (encoding) return strcmp(encoding->name, "ISO-2022-JP") == 0;
    return hs_str_find(bytes, HS_STR("\x1B$B")) != HS_NONE || hs_str_find(bytes, HS_STR("\x1B$@")) != HS_NONE;
}

/* As hs_utf8_repair, with room behind it. */
static hs_str repaired(hs_arena *arena, hs_str s) {
    if (hs_utf8_valid(s)) return s;
    char *out = hs_arena_alloc(arena, s.n * 3 + HS_SCAN_PAD, 1);
    size_t n = 0;
    for (size_t at = 0, next; at < s.n; at = next) n += hs_utf8_encode(out + n, hs_utf8_decode(s, at, &next));
    return (hs_str){out, n};
}

/* Valid UTF-8 with characters beyond ASCII is never by accident: it outweighs a wrong label, even where some bytes are bad. */
static hs_str decoded(hs_arena *arena, hs_str bytes, hs_str label) {
    if (hs_utf8_valid(bytes)) return escaped_japanese(bytes, label) ? converted(arena, bytes, "ISO-2022-JP") : bytes;
    return nearly_utf8(bytes) ? bytes : converted(arena, bytes, other_charset(bytes, label));
}

static size_t without_nuls(char *out, hs_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i]) out[n++] = s.p[i];
    return n;
}

/* What is to be read, in memory of its own: `text` lies in the page's bytes, or has been made from them in the arena. */
static hs_str finished(hs_arena *arena, hs_str text, hs_str bytes) {
    bool borrowed = text.p >= bytes.p && text.p < bytes.p + bytes.n, nuls = memchr(text.p, 0, text.n);
    if (borrowed && !nuls) return hs_scan_copy(arena, text);
    char *out = borrowed ? hs_arena_alloc(arena, text.n + HS_SCAN_PAD, 1) : (char *)text.p;
    if (nuls) text = (hs_str){out, without_nuls(out, text)};
    text = (hs_str){out, hs_scan_lines(out, text)};
    memset(out + text.n, 0, HS_SCAN_PAD);
    return text;
}

hs_status hs_charset_decode(hs_str *out, hs_arena *arena, hs_str bytes, hs_str label, hs_str name, hs_error *error) {
    *out = (hs_str){0};
    size_t skip = 0;
    const hs_encoding *marked = hs_encoding_marked(bytes, &skip);
    bytes = hs_str_slice(bytes, skip, bytes.n);
    if (all_blank(bytes)) return hs_fail(error, HS_ERR_EMPTY, "%.*s: empty", (int)name.n, name.p);
    const char *wide = marked ? NULL : from_nuls(bytes);
    if (marked && !is_utf8(marked)) wide = marked->iconv;
    if (!wide && looks_binary(bytes))
        return hs_fail(error, HS_ERR_BINARY, "%.*s: not text (binary data)", (int)name.n, name.p);
    hs_str text = wide ? converted(arena, bytes, wide) : marked ? bytes : decoded(arena, bytes, label);
    *out = finished(arena, repaired(arena, text), bytes);
    if (all_blank(*out)) return hs_fail(error, HS_ERR_EMPTY, "%.*s: empty", (int)name.n, name.p);
    return HS_OK;
}
