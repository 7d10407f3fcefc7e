/* Charsets: see charset.h. In order: a byte order mark, NULs in every second byte, a <meta>, valid UTF-8, uchardet's guess,
 * windows-1252. iconv and uchardet handles are never open while the arena is asked for memory. */
#include "html/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

#include "base/error.h"
#include "base/utf8.h"

enum { PRESCAN = 8192, SAMPLE = 65536 };

/* The Encoding Standard's labels where they differ from iconv's names; every other label goes to iconv as it is. */
static const struct label {
    const char *label, *charset;
} LABELS[] = {
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"l1", "WINDOWS-1252"},
    {"ascii", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"ansi", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"x-cp1252", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"iso-8859-11", "WINDOWS-874"},
    {"tis-620", "WINDOWS-874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"ks_c_5601-1987", "CP949"},
    {"euc-kr", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-cp1251", "WINDOWS-1251"},
    {"x-cp1250", "WINDOWS-1250"},
    /* a page whose <meta> could be read as ASCII is not in UTF-16, whatever it says */
    {"utf-16", "UTF-8"},
    {"utf-16le", "UTF-8"},
    {"utf-16be", "UTF-8"},
};

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
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == 0) nuls[i & 1]++;
}

static size_t count_controls(hs_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += (c < ' ' && !blank((char)c) && c != 0x1B) || c == 0x7F;
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

static const char *from_mark(hs_str bytes, size_t *skip) {
    static const struct {
        hs_str mark;
        const char *charset;
    } MARKS[] = {{{"\xEF\xBB\xBF", 3}, "UTF-8"}, {{"\xFF\xFE", 2}, "UTF-16LE"}, {{"\xFE\xFF", 2}, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (!hs_str_starts(bytes, MARKS[i].mark)) continue;
        *skip = MARKS[i].mark.n;
        return MARKS[i].charset;
    }
    return NULL;
}

/* UTF-16 without a mark: text in it has NULs in one half of its bytes and hardly any in the other. */
static const char *from_nuls(hs_str bytes) {
    hs_str sample = hs_str_slice(bytes, 0, PRESCAN);
    size_t nuls[2] = {0}, half = sample.n / 2;
    count_nuls(sample, nuls);
    if (nuls[1] > half / 2 && nuls[0] * 10 < half) return "UTF-16LE";
    if (nuls[0] > half / 2 && nuls[1] * 10 < half) return "UTF-16BE";
    return NULL;
}

static const char *known_label(hs_str label, char *room, size_t size) {
    if (!label.n || label.n >= size) return NULL;
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
        if (hs_str_eq_nocase(label, hs_str_of(LABELS[i].label))) return LABELS[i].charset;
    memcpy(room, label.p, label.n);
    room[label.n] = 0;
    return room;
}

/* The value behind the first "charset=" inside a <meta> or an XML declaration of the page's start. */
static const char *from_meta(hs_str bytes, char *room, size_t size) {
    hs_str head = hs_str_slice(bytes, 0, PRESCAN);
    for (size_t at = 0; at < head.n;) {
        hs_str rest = hs_str_slice(head, at, head.n);
        size_t tag = hs_str_find(rest, HS_STR("<"));
        if (tag == HS_NONE) return NULL;
        rest = hs_str_slice(rest, tag, rest.n);
        at += tag + 1;
        bool xml = hs_str_starts(rest, HS_STR("<?xml"));
        if (!xml && !hs_str_starts_nocase(rest, HS_STR("<meta"))) continue;
        size_t end = hs_str_find(rest, HS_STR(">"));
        hs_str inside = hs_str_slice(rest, 0, end == HS_NONE ? rest.n : end);
        hs_str key = xml ? HS_STR("encoding=") : HS_STR("charset=");
        size_t value = hs_str_find_nocase(inside, key);
        if (value == HS_NONE) continue;
        hs_str label = hs_str_slice(inside, value + key.n, inside.n);
        while (label.n && (label.p[0] == '"' || label.p[0] == '\'' || blank(label.p[0])))
            label = hs_str_slice(label, 1, label.n);
        size_t n = 0;
        while (n < label.n &&
               (label.p[n] == '-' || label.p[n] == '_' || label.p[n] == ':' ||
                (label.p[n] >= '0' && label.p[n] <= '9') || ((label.p[n] | 32) >= 'a' && (label.p[n] | 32) <= 'z')))
            n++;
        return known_label(hs_str_slice(label, 0, n), room, size);
    }
    return NULL;
}

static const char *from_guess(hs_str bytes, char *room, size_t size) {
    uchardet_t guess = uchardet_new();
    if (!guess) return NULL;
    const char *found = NULL;
    if (uchardet_handle_data(guess, bytes.p, bytes.n < SAMPLE ? bytes.n : SAMPLE) == 0) {
        uchardet_data_end(guess);
        const char *charset = uchardet_get_charset(guess);
        found = known_label(hs_str_of(charset), room, size);
    }
    uchardet_delete(guess);
    return found;
}

/* Converts into `out`, which has room for everything: each byte makes at most three, and a bad one becomes U+FFFD. Returns the
 * bytes written, or HS_NONE when iconv does not know the charset. */
static size_t convert(char *out, size_t room, hs_str bytes, const char *charset) {
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
    return (size_t)(to - out);
}

static hs_str converted(hs_arena *arena, hs_str bytes, const char *charset) {
    size_t room = bytes.n * 3 + 16;
    char *out = hs_arena_alloc(arena, room, 1);
    size_t n = convert(out, room, bytes, charset);
    if (n == HS_NONE) n = convert(out, room, bytes, "WINDOWS-1252");
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

static hs_str without_nuls(hs_arena *arena, hs_str s) {
    if (!s.n || !memchr(s.p, 0, s.n)) return s;
    char *out = hs_arena_alloc(arena, s.n, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i]) out[n++] = s.p[i];
    return (hs_str){out, n};
}

hs_status hs_charset_decode(hs_str *out, hs_arena *arena, hs_str bytes, hs_str name, hs_error *error) {
    *out = (hs_str){0};
    char room[64];
    size_t skip = 0;
    const char *charset = from_mark(bytes, &skip);
    bytes = hs_str_slice(bytes, skip, bytes.n);
    if (all_blank(bytes)) return hs_fail(error, HS_ERR_EMPTY, "%.*s: empty", (int)name.n, name.p);
    if (!charset) charset = from_nuls(bytes);
    bool wide = charset && strncmp(charset, "UTF-16", 6) == 0;
    if (!wide && looks_binary(bytes))
        return hs_fail(error, HS_ERR_BINARY, "%.*s: not text (binary data)", (int)name.n, name.p);
    /* valid UTF-8 with characters beyond ASCII is never by accident: it outweighs a wrong label, even where some bytes are bad */
    bool valid = !wide && nearly_utf8(bytes);
    if (!valid && !charset) charset = from_meta(bytes, room, sizeof room);
    if (!valid && charset && strcmp(charset, "UTF-8") == 0 && !skip) charset = NULL;
    if (!valid && !charset) charset = from_guess(bytes, room, sizeof room);
    if (!valid && !charset) charset = "WINDOWS-1252";
    hs_str text = valid ? bytes : converted(arena, bytes, charset);
    *out = without_nuls(arena, hs_utf8_repair(arena, text));
    if (all_blank(*out)) return hs_fail(error, HS_ERR_EMPTY, "%.*s: empty", (int)name.n, name.p);
    return HS_OK;
}
