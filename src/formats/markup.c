/* Escaping for HTML and SVG: see markup.h. */
#include "formats/markup.h"

#include "base/utf8.h"

void hs_markup_put(hs_out *out, const char *markup) {
    hs_out_put(out, hs_str_of(markup));
}

void hs_markup_number(hs_out *out, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    hs_out_put(out, (hs_str){digits + at, sizeof digits - at});
}

/* What stands for a code point: NULL for itself. */
static const char *escape(uint32_t cp) {
    switch (cp) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "\n";
    case '\t':
    case '\n': return NULL;
    case 0xFFFD: return "\xEF\xBF\xBD"; /* also bytes that are no UTF-8 */
    default: break;
    }
    bool unfit = cp < ' ' || (cp >= 0x7F && cp < 0xA0) || (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE;
    return unfit ? "" : NULL;
}

void hs_markup_text(hs_out *out, hs_str s) {
    size_t start = 0;
    for (size_t at = 0, next; at < s.n; at = next) {
        const char *instead = escape(hs_utf8_decode(s, at, &next));
        if (!instead) continue;
        hs_out_put(out, hs_str_slice(s, start, at));
        hs_markup_put(out, instead);
        start = next;
    }
    hs_out_put(out, hs_str_slice(s, start, s.n));
}

/* Of a code point, in ems. */
static double width_of(uint32_t cp) {
    hs_char_class class = hs_char_classify(cp);
    if (class == HS_CHAR_MARK || class == HS_CHAR_CONTROL) return 0;
    if (cp >= 0x1100 && (cp <= 0x115F || (cp >= 0x2E80 && cp <= 0xD7FF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
                         (cp >= 0xFF00 && cp <= 0xFF60) || cp >= 0x1F000))
        return 1;
    if (class == HS_CHAR_UPPER) return 0.68;
    return class == HS_CHAR_SPACE || class == HS_CHAR_PUNCT ? 0.3 : 0.54;
}

double hs_markup_width(hs_str s) {
    double width = 0;
    for (size_t at = 0, next; at < s.n; at = next) width += width_of(hs_utf8_decode(s, at, &next));
    return width;
}

void hs_markup_clipped(hs_out *out, hs_str s, double width) {
    double used = 0;
    size_t fits = 0; /* bytes in front of which "…" still fits */
    for (size_t at = 0, next; at < s.n; at = next) {
        used += width_of(hs_utf8_decode(s, at, &next));
        if (used + 1 <= width) fits = next;
        if (used <= width) continue;
        hs_markup_text(out, hs_str_trim(hs_str_slice(s, 0, fits)));
        hs_markup_put(out, "…");
        return;
    }
    hs_markup_text(out, s);
}

bool hs_markup_is_web(hs_str url) {
    if (!hs_str_starts_nocase(url, HS_STR("http://")) && !hs_str_starts_nocase(url, HS_STR("https://"))) return false;
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F) return false;
    return true;
}
