/* Plain text: see plain.h. Tags go, references are decoded, blank lines part paragraphs, and a first line that stands alone is the title.
 * Beyond that every word stays: clean text must come out as it went in. */
#include "page/plain.h"

#include <string.h>

#include "page/agencies.h"
#include "page/dates.h"
#include "page/lines.h"
#include "page/names.h"
#include "page/tail.h"

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct tag_piece {
    size_t end; /* one past ">"; 0: no tag begins here */
    hs_tag tag;
    bool closing;
} tag_piece;

/* A tag of a known element at text.p[at] == '<'. An address in angle brackets or "a < b" is none. */
static tag_piece tag_at(hs_str text, size_t at) {
    enum { LONGEST = 2000, NAME = 12 };
    tag_piece piece = {0};
    size_t i = at + 1;
    piece.closing = i < text.n && text.p[i] == '/';
    i += piece.closing;
    char name[NAME];
    size_t n = 0;
    while (i < text.n && n < NAME && (letter(text.p[i]) || (n && text.p[i] >= '1' && text.p[i] <= '6'))) {
        name[n] = letter(text.p[i]) ? (char)(text.p[i] | 32) : text.p[i];
        n++;
        i++;
    }
    piece.tag = n ? hs_tag_of((hs_str){name, n}) : HS_TAG_OTHER;
    if (piece.tag == HS_TAG_OTHER || (i < text.n && text.p[i] != '>' && text.p[i] != '/' && text.p[i] != ' ' &&
                                      text.p[i] != '\n' && text.p[i] != '\t'))
        return piece;
    size_t most = text.n - at < LONGEST ? text.n : at + LONGEST;
    while (i < most && text.p[i] != '>' && text.p[i] != '<') i++;
    if (i < most && text.p[i] == '>') piece.end = i + 1;
    return piece;
}

static bool parts_words(hs_tag tag) {
    switch (tag) {
    case HS_TAG_P:
    case HS_TAG_DIV:
    case HS_TAG_LI:
    case HS_TAG_UL:
    case HS_TAG_OL:
    case HS_TAG_H1:
    case HS_TAG_H2:
    case HS_TAG_H3:
    case HS_TAG_H4:
    case HS_TAG_H5:
    case HS_TAG_H6:
    case HS_TAG_BLOCKQUOTE:
    case HS_TAG_TABLE:
    case HS_TAG_TR:
    case HS_TAG_SECTION:
    case HS_TAG_ARTICLE:
    case HS_TAG_HR:
    case HS_TAG_FIGURE:
    case HS_TAG_FIGCAPTION: return true;
    default: return false;
    }
}

bool hs_plain_is_html(hs_str text) {
    static const hs_str SIGNS[] = {{"<!doctype html", 14}, {"<html", 5}, {"<head>", 6}, {"<body", 5}};
    enum { START = 4096, SAMPLE = 1 << 18, FEW = 3 };
    text = hs_str_trim(text);
    if (!text.n) return false;
    hs_str start = hs_str_slice(text, 0, START);
    for (size_t i = 0; text.p[0] == '<' && i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (hs_str_find_nocase(start, SIGNS[i]) != HS_NONE) return true;
    hs_str sample = hs_str_slice(text, 0, SAMPLE);
    size_t closed = 0, blank_lines = 0;
    for (size_t i = 0; i + 1 < sample.n; i++) {
        blank_lines += sample.p[i] == '\n' && sample.p[i + 1] == '\n';
        if (sample.p[i] != '<' || sample.p[i + 1] != '/') continue;
        tag_piece piece = tag_at(sample, i);
        closed += piece.end && parts_words(piece.tag);
    }
    return closed >= FEW && closed > blank_lines;
}

/* Where a script or style ends; `at` itself when it does not. *unclosed: no later one of its kind does either. */
static size_t end_of_raw(hs_str text, size_t at, hs_tag tag, bool unclosed[2]) {
    bool script = tag == HS_TAG_SCRIPT;
    if (unclosed[script]) return at;
    size_t found =
        hs_str_find_nocase(hs_str_slice(text, at, text.n), script ? HS_STR("</script>") : HS_STR("</style>"));
    unclosed[script] = found == HS_NONE;
    return found == HS_NONE ? at : at + found;
}

/* Moves a piece of the text up to what is kept of it. */
static size_t move_up(hs_str text, size_t n, size_t from, size_t to) {
    memmove((char *)text.p + n, text.p + from, to - from);
    return n + (to - from);
}

/* In place: what a tag leaves is never longer than the tag. */
static hs_str without_tags(hs_str text) {
    size_t n = 0, kept = 0;
    bool unclosed[2] = {false, false};
    for (size_t i = 0; i < text.n;) {
        const char *hit = memchr(text.p + i, '<', text.n - i);
        if (!hit) break;
        i = (size_t)(hit - text.p);
        tag_piece piece = tag_at(text, i);
        if (!piece.end) {
            i++;
            continue;
        }
        n = move_up(text, n, kept, i);
        size_t ends = piece.tag == HS_TAG_BR ? 1 : parts_words(piece.tag) ? 2 : 0;
        memset((char *)text.p + n, '\n', ends);
        n += ends;
        bool raw = !piece.closing && (piece.tag == HS_TAG_SCRIPT || piece.tag == HS_TAG_STYLE);
        i = kept = raw ? end_of_raw(text, piece.end, piece.tag, unclosed) : piece.end;
    }
    if (kept) text.n = move_up(text, n, kept, text.n);
    return text;
}

/* A first paragraph that stands alone and is no longer than headlines are. Some end in a period, as sentences do. */
static bool titles(const hs_lines *paragraphs) {
    enum { LONGEST = 200 };
    if (paragraphs->n < 2) return false;
    hs_str first = paragraphs->v[0];
    char last = first.p[first.n - 1];
    return first.n <= LONGEST && last != ',' && last != ':' && last != ';';
}

/* Is the first line followed by a blank one? */
static bool stands_alone(hs_str text) {
    const char *end = memchr(text.p, '\n', text.n);
    if (!end) return false;
    hs_str rest = hs_str_slice(text, (size_t)(end - text.p) + 1, text.n);
    const char *second = memchr(rest.p ? rest.p : "", '\n', rest.n);
    return hs_str_trim(hs_str_slice(rest, 0, second ? (size_t)(second - rest.p) : rest.n)).n == 0;
}

/* "Island Radio" of "Kari Moe, Island Radio": where the last part of a byline is an outlet, by a word that outlets' names hold. */
static hs_str outlet_in(hs_str said) {
    static const char *const WORDS[] = {"Radio",   "News",    "Times",    "Post",      "Press",   "Agency",  "TV",
                                        "Journal", "Herald",  "Gazette",  "Tribune",   "Courier", "Voice",   "Today",
                                        "Wire",    "Daily",   "Observer", "Chronicle", "Mail",    "Star",    "Standard",
                                        "Zeitung", "Reuters", "AFP",      "AP",        "dpa",     "Magazine"};
    size_t comma = HS_NONE;
    for (size_t i = 0; i < said.n; i++)
        if (said.p[i] == ',') comma = i;
    if (comma == HS_NONE) return (hs_str){0};
    hs_str last = hs_str_trim(hs_str_slice(said, comma + 1, said.n));
    for (size_t at = 0; at < last.n;) {
        size_t end = at;
        while (end < last.n && last.p[end] != ' ') end++;
        for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
            if (hs_str_eq(hs_str_slice(last, at, end), hs_str_of(WORDS[i]))) return last;
        at = end + 1;
    }
    return (hs_str){0};
}

/* Below the title may stand who wrote the text, which leaves it, and when, which stays: it is the text's own. */
static void read_byline(hs_record *out, hs_arena *arena, hs_strs *paragraphs) {
    enum { NEAR = 3, LONGEST = 100, DATE = 60 };
    hs_strs authors = {0};
    size_t n = 0, at = 0;
    for (size_t i = 0; i < paragraphs->n && i < NEAR; i++) {
        hs_str line = paragraphs->v[i];
        size_t date_at, date_n;
        hs_str date = line.n <= DATE ? hs_date_find(arena, line, &date_at, &date_n) : (hs_str){0};
        if (date.n && date_n * 2 >= line.n && !out->published.n) out->published = date;
        if (authors.n || line.n > LONGEST || !hs_rules_starts(HS_PHRASE_BY, line, &n) || n == line.n ||
            line.p[n - 1] == ':')
            continue;
        hs_str said = hs_str_trim(hs_str_slice(line, n, line.n)), outlet = outlet_in(said);
        if (outlet.n) said = hs_str_slice(said, 0, (size_t)(outlet.p - said.p));
        hs_names_add(&authors, arena, said, HS_BYLINE_PLAIN);
        if (!authors.n) continue;
        out->credit = hs_agency_of(outlet);
        if (outlet.n && !out->credit.n) out->outlet = outlet;
        at = i;
    }
    if (!authors.n) return;
    out->authors = authors.v;
    out->n_authors = authors.n;
    for (size_t i = at; i + 1 < paragraphs->n; i++) paragraphs->v[i] = paragraphs->v[i + 1];
    paragraphs->n--;
}

hs_strs hs_plain_read(hs_record *out, hs_arena *arena, hs_str text) {
    enum { AT_LEAST = 20000, BYTES_A_PARAGRAPH = 64 };
    size_t most = AT_LEAST + text.n / BYTES_A_PARAGRAPH;
    text = hs_str_trim(hs_html_unescape_in_place(arena, without_tags(text)));
    bool alone = stands_alone(text);
    hs_lines lines = hs_lines_of(arena, text, most);
    hs_strs paragraphs = {lines.v, lines.n, lines.n};
    hs_tail_form(&paragraphs);
    hs_tail_codes(out, arena, &paragraphs);
    hs_tail_form(&paragraphs);
    hs_lines all = {paragraphs.v, paragraphs.n, paragraphs.n};
    if (alone && titles(&all)) {
        out->title = paragraphs.v[0];
        out->has_title = true;
        paragraphs.v++;
        paragraphs.n--;
    }
    read_byline(out, arena, &paragraphs);
    return paragraphs;
}
