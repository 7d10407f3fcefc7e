/* Forms: see form.h. */
#include "form.h"

#include <string.h>

#include "utf8.h"

static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes [start, end) in place and terminates it. */
static bool decode(char *start, const char *end) {
    char *to = start;
    for (const char *at = start; at < end; at++) {
        char c = *at == '+' ? ' ' : *at;
        if (c == '%') {
            if (end - at < 3 || digit(at[1]) < 0 || digit(at[2]) < 0) return false;
            c = (char)(digit(at[1]) * 16 + digit(at[2]));
            at += 2;
        }
        if (!c) return false;
        *to++ = c;
    }
    *to = 0;
    return true;
}

bool web_form_read(web_fields *out, char *form, size_t n) {
    out->n = 0;
    for (char *at = form, *end = form + n; at < end;) {
        char *stop = memchr(at, '&', (size_t)(end - at));
        if (!stop) stop = end;
        char *equals = memchr(at, '=', (size_t)(stop - at));
        if (stop > at) {
            if (out->n == out->most) return false;
            char *key_end = equals ? equals : stop, *value = equals ? equals + 1 : stop;
            if (!decode(value, stop) || !decode(at, key_end)) return false;
            out->v[out->n++] = (web_field){at, value};
        }
        at = stop + 1;
    }
    return true;
}

const char *web_form_value(const web_fields *fields, const char *key) {
    for (size_t i = 0; i < fields->n; i++)
        if (strcmp(fields->v[i].key, key) == 0) return *fields->v[i].value ? fields->v[i].value : NULL;
    return NULL;
}

bool web_form_is_text(const char *value) {
    size_t n = strlen(value);
    for (size_t at = 0, taken; at < n; at += taken) {
        uint32_t cp;
        taken = web_utf8_next(value + at, n - at, &cp);
        if (!taken || (cp < ' ' && cp != '\n' && cp != '\r' && cp != '\t') || (cp >= 0x7F && cp < 0xA0)) return false;
    }
    return true;
}
