/* Encodings by name, and the prescan of a page's bytes: see encodings.h. */
#include "html/encodings.h"

#include <string.h>

enum { PRESCAN = 65536 }; /* the standard wants at least 1024, and looks again when a <meta> comes later */

static const hs_encoding ENCODINGS[] = {
    {"UTF-8", "UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 "},
    {"IBM866", "IBM866", "866 cp866 csibm866 ibm866 "},
    {"ISO-8859-2", "ISO-8859-2",
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 "},
    {"ISO-8859-3", "ISO-8859-3",
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 "},
    {"ISO-8859-4", "ISO-8859-4",
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 "},
    {"ISO-8859-5", "ISO-8859-5",
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 "},
    {"ISO-8859-6", "ISO-8859-6",
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
     "iso-ir-127 "
     "iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "},
    {"ISO-8859-7", "ISO-8859-7",
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
     "iso_8859-7:1987 sun_eu_greek "},
    {"ISO-8859-8", "ISO-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
     "iso_8859-8:1988 visual "},
    {"ISO-8859-8-I", "ISO-8859-8", "csiso88598i iso-8859-8-i logical "},
    {"ISO-8859-10", "ISO-8859-10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 "},
    {"ISO-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13 iso885913 "},
    {"ISO-8859-14", "ISO-8859-14", "iso-8859-14 iso8859-14 iso885914 "},
    {"ISO-8859-15", "ISO-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 "},
    {"ISO-8859-16", "ISO-8859-16", "iso-8859-16 "},
    {"KOI8-R", "KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r "},
    {"KOI8-U", "KOI8-U", "koi8-ru koi8-u "},
    {"macintosh", "MACINTOSH", "csmacintosh mac macintosh x-mac-roman "},
    {"windows-874", "WINDOWS-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 "},
    {"windows-1250", "WINDOWS-1250", "cp1250 windows-1250 x-cp1250 "},
    {"windows-1251", "WINDOWS-1251", "cp1251 windows-1251 x-cp1251 "},
    {"windows-1252", "WINDOWS-1252",
     "ansi ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
     "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined "},
    {"windows-1253", "WINDOWS-1253", "cp1253 windows-1253 x-cp1253 "},
    {"windows-1254", "WINDOWS-1254",
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 "
     "x-cp1254 "},
    {"windows-1255", "WINDOWS-1255", "cp1255 windows-1255 x-cp1255 "},
    {"windows-1256", "WINDOWS-1256", "cp1256 windows-1256 x-cp1256 "},
    {"windows-1257", "WINDOWS-1257", "cp1257 windows-1257 x-cp1257 "},
    {"windows-1258", "WINDOWS-1258", "cp1258 windows-1258 x-cp1258 "},
    {"x-mac-cyrillic", "MAC-CYRILLIC", "x-mac-cyrillic x-mac-ukrainian "},
    {"GBK", "GB18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk "},
    {"gb18030", "GB18030", "gb18030 "},
    {"Big5", "BIG5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 "},
    {"EUC-JP", "EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp "},
    {"ISO-2022-JP", "ISO-2022-JP", "csiso2022jp iso-2022-jp "},
    {"Shift_JIS", "CP932", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis "},
    {"EUC-KR", "CP949",
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "},
    {"UTF-16BE", "UTF-16BE", "unicodefffe utf-16be "},
    {"UTF-16LE", "UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le "},
};

static bool space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool letter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool listed(const char *labels, hs_str label) {
    for (const char *at = labels; *at;) {
        const char *end = strchr(at, ' ');
        if (hs_str_eq_nocase((hs_str){at, (size_t)(end - at)}, label)) return true;
        at = end + 1;
    }
    return false;
}

const hs_encoding *hs_encoding_of(hs_str label) {
    while (label.n && space(label.p[0])) label = hs_str_slice(label, 1, label.n);
    while (label.n && space(label.p[label.n - 1])) label = hs_str_slice(label, 0, label.n - 1);
    for (size_t i = 0; i < sizeof ENCODINGS / sizeof *ENCODINGS; i++)
        if (listed(ENCODINGS[i].labels, label)) return &ENCODINGS[i];
    return NULL;
}

const hs_encoding *hs_encoding_marked(hs_str bytes, size_t *skip) {
    static const struct {
        hs_str mark, label;
    } MARKS[] = {
        {{"\xEF\xBB\xBF", 3}, {"utf-8", 5}}, {{"\xFF\xFE", 2}, {"utf-16le", 8}}, {{"\xFE\xFF", 2}, {"utf-16be", 8}}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (!hs_str_starts(bytes, MARKS[i].mark)) continue;
        *skip = MARKS[i].mark.n;
        return hs_encoding_of(MARKS[i].label);
    }
    return NULL;
}

/* ---- the prescan ---- */

typedef struct scan {
    hs_str bytes;
    size_t at;
} scan;

static char now(const scan *s) {
    return s->at < s->bytes.n ? s->bytes.p[s->at] : 0;
}

static bool more(const scan *s) {
    return s->at < s->bytes.n;
}

static bool here(const scan *s, const char *lower) {
    return hs_str_starts_nocase(hs_str_slice(s->bytes, s->at, s->bytes.n), hs_str_of(lower));
}

/* "get an attribute": false when there is none. Names and values are slices, of any case. */
static bool attribute(scan *s, hs_str *name, hs_str *value) {
    while (more(s) && (space(now(s)) || now(s) == '/')) s->at++;
    if (!more(s) || now(s) == '>') return false;
    size_t start = s->at;
    while (more(s) && !space(now(s)) && now(s) != '/' && now(s) != '>' && (now(s) != '=' || s->at == start)) s->at++;
    *name = hs_str_slice(s->bytes, start, s->at);
    *value = (hs_str){"", 0};
    while (more(s) && space(now(s))) s->at++;
    if (now(s) != '=') return true;
    s->at++;
    while (more(s) && space(now(s))) s->at++;
    char quote = now(s);
    start = s->at;
    if (quote == '"' || quote == '\'') {
        start = ++s->at;
        while (more(s) && now(s) != quote) s->at++;
        if (!more(s)) return false;
        *value = hs_str_slice(s->bytes, start, s->at++);
        return true;
    }
    while (more(s) && !space(now(s)) && now(s) != '>') s->at++;
    *value = hs_str_slice(s->bytes, start, s->at);
    return more(s);
}

/* "extracting a character encoding from a meta element" */
static const hs_encoding *in_content(hs_str content) {
    for (;;) {
        size_t found = hs_str_find_nocase(content, HS_STR("charset"));
        if (found == HS_NONE) return NULL;
        size_t at = found + 7;
        while (at < content.n && space(content.p[at])) at++;
        content = hs_str_slice(content, at, content.n);
        if (content.n && content.p[0] == '=') break;
    }
    size_t at = 1, end;
    while (at < content.n && space(content.p[at])) at++;
    if (at == content.n) return NULL;
    char quote = content.p[at];
    if (quote == '"' || quote == '\'') {
        end = ++at;
        while (end < content.n && content.p[end] != quote) end++;
        if (end == content.n) return NULL;
    } else {
        end = at;
        while (end < content.n && !space(content.p[end]) && content.p[end] != ';') end++;
    }
    return hs_encoding_of(hs_str_slice(content, at, end));
}

/* A <meta> whose attributes begin here. */
static const hs_encoding *in_meta(scan *s) {
    bool pragma = false, by_content = false, has_content = false, has_charset = false, has_pragma = false;
    const hs_encoding *found = NULL;
    hs_str name, value;
    while (attribute(s, &name, &value)) {
        if (hs_str_eq_nocase(name, HS_STR("http-equiv")) && !has_pragma) {
            has_pragma = true;
            pragma = hs_str_eq_nocase(value, HS_STR("content-type"));
        } else if (hs_str_eq_nocase(name, HS_STR("content")) && !has_content && !found) {
            has_content = true;
            found = in_content(value);
            by_content = found != NULL;
        } else if (hs_str_eq_nocase(name, HS_STR("charset")) && !has_charset) {
            has_charset = true;
            found = hs_encoding_of(value);
            by_content = false;
        }
    }
    return by_content && !pragma ? NULL : found;
}

static void skip_to(scan *s, const char *what) {
    size_t found = hs_str_find(hs_str_slice(s->bytes, s->at, s->bytes.n), hs_str_of(what));
    s->at = found == HS_NONE ? s->bytes.n : s->at + found + strlen(what);
}

/* What only looks like ASCII cannot be UTF-16, whatever it says. */
static const hs_encoding *readable(const hs_encoding *found) {
    bool wide = found && strncmp(found->name, "UTF-16", 6) == 0;
    return wide ? &ENCODINGS[0] : found;
}

static const hs_encoding *in_xml(hs_str bytes) {
    if (!hs_str_starts(bytes, HS_STR("<?xml"))) return NULL;
    size_t end = hs_str_find(bytes, HS_STR(">"));
    hs_str head = hs_str_slice(bytes, 0, end == HS_NONE ? 0 : end);
    size_t found = hs_str_find(head, HS_STR("encoding"));
    if (found == HS_NONE) return NULL;
    scan s = {head, found};
    hs_str name, value;
    return attribute(&s, &name, &value) ? hs_encoding_of(value) : NULL;
}

const hs_encoding *hs_encoding_declared(hs_str bytes) {
    scan s = {hs_str_slice(bytes, 0, PRESCAN), 0};
    while (more(&s)) {
        const char *hit = memchr(s.bytes.p + s.at, '<', s.bytes.n - s.at);
        if (!hit) break;
        s.at = (size_t)(hit - s.bytes.p);
        char next = s.at + 1 < s.bytes.n ? s.bytes.p[s.at + 1] : 0;
        size_t name = s.at + 1 + (next == '/');
        if (here(&s, "<!--")) {
            s.at += 2;
            skip_to(&s, "-->");
        } else if (here(&s, "<meta") && s.at + 5 < s.bytes.n &&
                   (space(s.bytes.p[s.at + 5]) || s.bytes.p[s.at + 5] == '/')) {
            s.at += 5;
            const hs_encoding *found = readable(in_meta(&s));
            if (found) return found;
        } else if (name < s.bytes.n && letter(s.bytes.p[name])) {
            hs_str ignored;
            while (more(&s) && !space(now(&s)) && now(&s) != '>') s.at++;
            while (attribute(&s, &ignored, &ignored)) {
            }
        } else if (next == '!' || next == '/' || next == '?') {
            skip_to(&s, ">");
        } else s.at++;
    }
    return readable(in_xml(bytes));
}
