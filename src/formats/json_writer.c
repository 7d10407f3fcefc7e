/* A streaming JSON writer: see json_writer.h. Numbers are written without printf's locale. */
#include "formats/json_writer.h"

#include <string.h>

#include "base/utf8.h"

void hs_json_init(hs_json *json, hs_sink sink, void *state) {
    hs_out_init(&json->out, sink, state);
    json->comma = false;
}

bool hs_json_flush(hs_json *json) {
    return hs_out_flush(&json->out);
}

static void put(hs_json *json, const char *bytes, size_t n) {
    hs_out_put(&json->out, (hs_str){bytes, n});
}

static void before_value(hs_json *json) {
    if (json->comma) put(json, ", ", 2);
    json->comma = true;
}

void hs_json_open(hs_json *json, char bracket) {
    before_value(json);
    put(json, &bracket, 1);
    json->comma = false;
}

void hs_json_close(hs_json *json, char bracket) {
    put(json, &bracket, 1);
    json->comma = true;
}

void hs_json_line_end(hs_json *json) {
    put(json, "\n", 1);
    json->comma = false;
}

/* What JSON wants escaped, and DEL and the C1 controls with it: no terminal or log should act on them. */
static void put_escaped(hs_json *json, uint32_t cp) {
    static const char hex[] = "0123456789abcdef";
    static const char names[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
    const char *name = cp && cp < 0x80 ? strchr(names, (int)cp) : NULL;
    if (name) {
        put(json, (char[2]){'\\', letters[name - names]}, 2);
    } else {
        put(json, (char[6]){'\\', 'u', '0', '0', hex[cp >> 4], hex[cp & 15]}, 6);
    }
}

static void put_string(hs_json *json, hs_str s) {
    put(json, "\"", 1);
    size_t start = 0;
    for (size_t at = 0, next; at < s.n; at = next) {
        unsigned char c = (unsigned char)s.p[at];
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') { /* nearly all */
            next = at + 1;
            continue;
        }
        uint32_t cp = hs_utf8_decode(s, at, &next);
        bool escape = cp < ' ' || cp == '"' || cp == '\\' || (cp >= 0x7F && cp < 0xA0);
        if (!escape && cp != 0xFFFD) continue;
        put(json, s.p + start, at - start);
        if (escape) put_escaped(json, cp);
        else put(json, "\xEF\xBF\xBD", 3);
        start = next;
    }
    put(json, s.p + start, s.n - start);
    put(json, "\"", 1);
}

void hs_json_key(hs_json *json, hs_str key) {
    before_value(json);
    put_string(json, key);
    put(json, ": ", 2);
    json->comma = false;
}

void hs_json_string(hs_json *json, hs_str s) {
    if (!s.p) {
        hs_json_null(json);
        return;
    }
    before_value(json);
    put_string(json, s);
}

void hs_json_null(hs_json *json) {
    before_value(json);
    put(json, "null", 4);
}

void hs_json_bool(hs_json *json, bool value) {
    before_value(json);
    put(json, value ? "true" : "false", value ? 4 : 5);
}

static void put_digits(hs_json *json, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    put(json, digits + at, sizeof digits - at);
}

void hs_json_size(hs_json *json, size_t number) {
    before_value(json);
    put_digits(json, number);
}

void hs_json_share(hs_json *json, double share) {
    before_value(json);
    int thousandths = share > 0 ? share < 1 ? (int)(share * 1000 + 0.5) : 1000 : 0;
    put_digits(json, (size_t)thousandths / 1000);
    int rest = thousandths % 1000;
    if (!rest) return;
    char digits[4] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10)};
    put(json, digits, rest % 10 ? 4 : rest % 100 ? 3 : 2);
}

void hs_json_id(hs_json *json, char kind, size_t index) {
    before_value(json);
    put(json, (char[2]){'"', kind}, 2);
    put_digits(json, index + 1);
    put(json, "\"", 1);
}

void hs_json_field(hs_json *json, hs_str key, hs_str value) {
    hs_json_key(json, key);
    hs_json_string(json, value);
}

void hs_json_strings(hs_json *json, hs_str key, const hs_str *v, size_t n) {
    hs_json_key(json, key);
    hs_json_open(json, '[');
    for (size_t i = 0; i < n; i++) hs_json_string(json, v[i]);
    hs_json_close(json, ']');
}
