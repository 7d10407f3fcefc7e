/* Credits: see credit.h. They stand at known places: in the dateline, at the end, on a line of their own, in the byline, in the head.
 * A sentence that mentions an agency is none, nor is what credits a picture. */
#include "page/credit.h"

#include <string.h>

#include "page/agencies.h"
#include "page/credit_head.h"
#include "page/signs.h"

#define S(literal) \
    { (literal), sizeof(literal) - 1 }

static bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- datelines ---- */

/* "-", "–", "—", "--" or ":" behind white space */
static bool dash_at(hs_str s) {
    s = hs_str_trim(s);
    return hs_str_starts(s, HS_STR("-")) || hs_str_starts(s, HS_STR("\xE2\x80\x93")) ||
           hs_str_starts(s, HS_STR("\xE2\x80\x94")) || hs_str_starts(s, HS_STR(":"));
}

/* "PORT ISEN, Nov 3", "Berlin", "WASHINGTON": words of a place and a date, each with a capital or a digit first. */
static bool place(hs_str s) {
    enum { MOST = 6 };
    size_t words = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (i && s.p[i - 1] != ' ') continue;
        if (s.p[i] == ' ' || s.p[i] == '(') continue;
        if (lower(s.p[i]) && !(hs_str_starts(hs_str_slice(s, i, s.n), HS_STR("de ")) ||
                               hs_str_starts(hs_str_slice(s, i, s.n), HS_STR("am "))))
            return false;
        words++;
    }
    return words <= MOST && !hs_str_starts(s, HS_STR("The "));
}

static bool capitals(hs_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (lower(s.p[i])) return false;
        n += upper(s.p[i]);
    }
    return n >= 3;
}

/* "(CARVEL NEWS) -" behind a place in capitals: an agency that the table does not know. */
static hs_str unknown_agency(hs_str inside, hs_str before) {
    enum { LONGEST = 30 };
    if (!capitals(before) || inside.n < 2 || inside.n > LONGEST || !upper(inside.p[0])) return (hs_str){0};
    for (size_t i = 0; i < inside.n; i++)
        if (digit(inside.p[i]) || inside.p[i] == ',' ||
            (inside.p[i] == ' ' && i + 1 < inside.n && lower(inside.p[i + 1])))
            return (hs_str){0};
    return inside;
}

/* "PORT ISEN (Reuters) - The", "(dpa) Der", "Berlin (dpa/bb) - " */
static hs_str in_brackets(hs_str lead) {
    size_t open = hs_str_find(lead, HS_STR("(")), close = hs_str_find(lead, HS_STR(")")), n;
    if (open == HS_NONE || close == HS_NONE || close < open) return (hs_str){0};
    hs_str before = hs_str_trim(hs_str_slice(lead, 0, open)), inside = hs_str_slice(lead, open + 1, close),
           rest = hs_str_slice(lead, close + 1, lead.n);
    if (!place(before)) return (hs_str){0};
    hs_str name = hs_agency_at(inside, &n);
    bool dash = dash_at(rest);
    if (!name.n) return dash ? unknown_agency(inside, before) : (hs_str){0};
    if (n < inside.n && inside.p[n] != '/' && inside.p[n] != ',' && inside.p[n] != '-') return (hs_str){0};
    rest = hs_str_trim(rest);
    bool begins = rest.n && !lower(rest.p[0]) && rest.p[0] != ',' && rest.p[0] != '.';
    return dash || (begins && !hs_agency_of(before).n) ? name : (hs_str){0};
}

/* "MOSCOW, November 3. /TASS/.", "TOKYO, Nov. 3, Kyodo -", "Reuters -", "KYODO NEWS -" */
static hs_str before_dash(hs_str lead) {
    for (size_t i = 0; i < lead.n; i++) {
        bool start = i == 0 || lead.p[i - 1] == '/' ||
                     (lead.p[i - 1] == ' ' && i > 1 && (lead.p[i - 2] == ',' || lead.p[i - 2] == '.'));
        if (!start || !place(hs_str_slice(lead, 0, i))) continue;
        size_t n;
        hs_str name = hs_agency_at(hs_str_slice(lead, i, lead.n), &n), rest = hs_str_slice(lead, i + n, lead.n);
        if (!name.n) continue;
        bool slash = i && lead.p[i - 1] == '/' && rest.n && rest.p[0] == '/';
        bool spaced = rest.n > 1 && rest.p[0] == ' ' && rest.p[1] != ':' && dash_at(rest);
        if (slash || spaced) return name;
    }
    return (hs_str){0};
}

static hs_str of_dateline(hs_str lead) {
    enum { DATELINE = 90 };
    lead = hs_str_slice(lead, 0, DATELINE);
    hs_str name = in_brackets(lead);
    return name.n ? name : before_dash(lead);
}

/* ---- ends and lines ---- */

/* "… said. (dpa)", "… said. — TASS" */
static hs_str of_end(hs_str text) {
    enum { LONGEST = 40 };
    static const hs_str MARKS[] = {S("("), S(" \xE2\x80\x94 "), S(" \xE2\x80\x93 "), S(" - "), S(" / ")};
    size_t from = text.n > LONGEST ? text.n - LONGEST : 0, n;
    hs_str tail = hs_str_slice(text, from, text.n);
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        size_t at = HS_NONE;
        for (size_t k = 0; k + MARKS[i].n <= tail.n; k++)
            if (hs_str_starts(hs_str_slice(tail, k, tail.n), MARKS[i])) at = k + MARKS[i].n;
        if (at == HS_NONE) continue;
        hs_str rest = hs_str_slice(tail, at, tail.n), name = hs_agency_at(rest, &n);
        bool list =
            name.n && n < rest.n && (rest.p[n] == '/' || rest.p[n] == ',' || rest.p[n] == ')' || rest.p[n] == '.');
        bool closed = i || (rest.n && rest.p[rest.n - 1] == ')');
        if (name.n && closed && (n == rest.n || list)) return name;
    }
    return (hs_str){0};
}

static hs_str without_marks(hs_str line) {
    static const hs_str OPEN[] = {S("\xC2\xA9"),     S("(c)"),          S("(C)"), S("("),         S("["),        S("-"),
                                  S("\xE2\x80\x93"), S("\xE2\x80\x94"), S("/"),   S("Copyright"), S("copyright")};
    for (bool more = true; more;) {
        line = hs_str_trim(line);
        more = false;
        for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN && !more; i++) {
            if (!hs_str_starts(line, OPEN[i])) continue;
            line = hs_str_slice(line, OPEN[i].n, line.n);
            more = true;
        }
        while (line.n && digit(line.p[0])) line = hs_str_slice(line, 1, line.n);
    }
    line = hs_str_trim(line);
    while (line.n && (line.p[line.n - 1] == ')' || line.p[line.n - 1] == ']' || line.p[line.n - 1] == '.' ||
                      line.p[line.n - 1] == '/' || line.p[line.n - 1] == ' '))
        line.n--;
    return line;
}

/* "Wednesday", "Sep 2019" */
static bool day(hs_str s) {
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != ',') n++;
    s = hs_str_slice(s, 0, n);
    return hs_rules_month(s) || hs_str_ends(s, HS_STR("day")) || hs_str_ends(s, HS_STR("tag"));
}

/* A name of an outlet: a few words, the first with a capital, no address, no sentence. */
static hs_str outlet_name(hs_str s) {
    enum { LONGEST = 50, WORDS = 6 };
    static const hs_str PICTURES[] = {S("Getty"),   S("Shutterstock"), S("Unsplash"), S("iStock"),   S("Pexels"),
                                      S("Pixabay"), S("Wikimedia"),    S("Flickr"),   S("Instagram")};
    s = without_marks(s);
    size_t n, words = 1;
    hs_str agency = hs_agency_at(s, &n);
    if (agency.n && (n == s.n || s.p[n] == '/' || s.p[n] == ',')) return agency;
    if (s.n < 2 || s.n > LONGEST || day(s) || lower(s.p[0]) || digit(s.p[0]) ||
        hs_str_find(s, HS_STR("://")) != HS_NONE)
        return (hs_str){0};
    for (size_t i = 0; i < s.n; i++) words += s.p[i] == ' ';
    for (size_t i = 0; i < sizeof PICTURES / sizeof *PICTURES; i++)
        if (hs_str_find(s, PICTURES[i]) != HS_NONE) return (hs_str){0};
    return words <= WORDS ? s : (hs_str){0};
}

/* "Source: The Brenn Voice", "(Agencies)", "© 2031 AFP", "By Reuters" */
static hs_str of_line(hs_str line) {
    static const hs_str STARTS[] = {S("source:"),
                                    S("sources:"),
                                    S("source -"),
                                    S("source \xE2\x80\x93"),
                                    S("source :"),
                                    S("via:"),
                                    S("with inputs from"),
                                    S("quelle:"),
                                    S("quellen:"),
                                    S("text:"),
                                    S("fuente:"),
                                    S("fonte:"),
                                    S("bron:"),
                                    S("kilde:"),
                                    S("k\xC3\xA4lla:"),
                                    S("l\xC3\xA4hde:"),
                                    S("\xC5\xBAr\xC3\xB3\x64\xC5\x82o:"),
                                    S("zdroj:"),
                                    S("kaynak:"),
                                    S("sumber:"),
                                    S("\xD0\x98\xD1\x81\xD1\x82\xD0\xBE\xD1\x87\xD0\xBD\xD0\xB8\xD0\xBA:"),
                                    S("\xD0\x94\xD0\xB6\xD0\xB5\xD1\x80\xD0\xB5\xD0\xBB\xD0\xBE:")};
    enum { LONGEST = 70 };
    if (line.n > LONGEST) return (hs_str){0};
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++)
        if (hs_str_starts_nocase(line, STARTS[i])) return outlet_name(hs_str_slice(line, STARTS[i].n, line.n));
    size_t n;
    hs_str bare = without_marks(line);
    if (hs_rules_starts(HS_PHRASE_BY, bare, &n) && n < bare.n) bare = hs_str_trim(hs_str_slice(bare, n, bare.n));
    static const hs_str DESKS[] = {S(" Staff"), S(" staff"), S(" Writers")};
    for (size_t i = 0; i < sizeof DESKS / sizeof *DESKS; i++)
        if (hs_str_ends(bare, DESKS[i])) bare.n -= DESKS[i].n;
    return hs_agency_of(bare);
}

/* "Jane Roe, Associated Press", "Jane Roe (AP)", "By Jane Roe | Reuters" */
static hs_str of_byline(hs_str line) {
    enum { LONGEST = 100 };
    if (line.n > LONGEST) return (hs_str){0};
    hs_str name = of_line(line);
    for (size_t i = 0; i < line.n && !name.n; i++)
        if (line.p[i] == ',' || line.p[i] == '|' || line.p[i] == '(' || line.p[i] == '/')
            name = hs_agency_of(without_marks(hs_str_slice(line, i + 1, line.n)));
    return name;
}

/* ---- "This article was first published by X" ---- */

static hs_str up_to_end(hs_str s) {
    static const hs_str ENDS[] = {S(". "),
                                  S(", "),
                                  S(" and "),
                                  S(" under "),
                                  S(" with "),
                                  S(" on "),
                                  S(" in "),
                                  S(" as "),
                                  S(" ("),
                                  S(" at "),
                                  S(" by "),
                                  S(" here"),
                                  S(". Read"),
                                  S(" unter "),
                                  S(" sous "),
                                  S(" erschienen"),
                                  S(" ver\xC3\xB6\x66\x66\x65ntlicht"),
                                  S(" website"),
                                  S(":"),
                                  S(";"),
                                  S("\xE2\x80\x9D"),
                                  S("\"")};
    size_t end = s.n;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t at = hs_str_find(s, ENDS[i]);
        if (at < end && at > 1) end = at;
    }
    return hs_str_slice(s, 0, end);
}

static hs_str of_notice(hs_str text) {
    static const hs_str STARTS[] = {S("originally published "),
                                    S("originally appeared "),
                                    S("first published "),
                                    S("first appeared "),
                                    S("republished "),
                                    S("reprinted "),
                                    S("initially published "),
                                    S("syndicated "),
                                    S("zuerst erschienen "),
                                    S("erschien zuerst "),
                                    S("zuerst ver\xC3\xB6\x66\x66\x65ntlicht "),
                                    S("publi\xC3\xA9 initialement "),
                                    S("publicado originalmente "),
                                    S("pubblicato originariamente "),
                                    S("initialement publi\xC3\xA9 "),
                                    S("originalmente publicado ")};
    static const hs_str LINKS[] = {S("by "),
                                   S("in "),
                                   S("on "),
                                   S("at "),
                                   S("from "),
                                   S("with permission from "),
                                   S("with permission of "),
                                   S("with the permission of "),
                                   S("here from "),
                                   S("bei "),
                                   S("auf "),
                                   S("im "),
                                   S("par "),
                                   S("dans "),
                                   S("sur "),
                                   S("por "),
                                   S("en "),
                                   S("su "),
                                   S("em "),
                                   S("no ")};
    enum { LONGEST = 500 };
    text = hs_str_slice(text, 0, LONGEST);
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        size_t at = hs_str_find_nocase(text, STARTS[i]);
        if (at == HS_NONE) continue;
        hs_str rest = hs_str_slice(text, at + STARTS[i].n, text.n);
        for (size_t k = 0; k < sizeof LINKS / sizeof *LINKS; k++) {
            if (!hs_str_starts(rest, LINKS[k])) continue;
            hs_str said = hs_str_trim(up_to_end(hs_str_slice(rest, LINKS[k].n, rest.n)));
            while (said.n && said.p[said.n - 1] == '.') said.n--;
            return hs_agency_of(said).n ? hs_agency_of(said) : outlet_name(said);
        }
    }
    return (hs_str){0};
}

/* A notice speaks of the text it stands in. */
static bool of_this_text(hs_str line) {
    static const hs_str WORDS[] = {S("this "),
                                   S("originally published"),
                                   S("republished"),
                                   S("reprinted"),
                                   S("first published"),
                                   S("the article"),
                                   S("the story"),
                                   S("the post"),
                                   S("dieser "),
                                   S("der artikel"),
                                   S("der beitrag"),
                                   S("der text"),
                                   S("cet "),
                                   S("l'article"),
                                   S("este "),
                                   S("questo "),
                                   S("syndicated"),
                                   S("a version of this")};
    while (line.n && (line.p[0] == '*' || line.p[0] == '(' || line.p[0] == '"' || (unsigned char)line.p[0] >= 0x80))
        line = hs_str_slice(line, 1, line.n);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (hs_str_starts_nocase(line, WORDS[i])) return true;
    return false;
}

/* ---- all of it ---- */

/* Letters and digits alone, in lower case; of an address its first label. */
static hs_str squashed(hs_arena *arena, hs_str s) {
    hs_buf out = {0};
    for (size_t i = 0; i < s.n && (s.p[i] != '.' || i + 1 == s.n || s.p[i + 1] == ' '); i++) {
        char c = upper(s.p[i]) ? (char)(s.p[i] | 32) : s.p[i];
        if (lower(c) || digit(c) || (unsigned char)c >= 0x80) hs_buf_byte(arena, &out, c);
    }
    return hs_buf_str(&out);
}

/* "Island News Agency" → "ina" */
static hs_str initials(hs_arena *arena, hs_str s) {
    hs_buf out = {0};
    for (size_t i = 0; i < s.n; i++)
        if (upper(s.p[i]) && (i == 0 || s.p[i - 1] == ' ' || s.p[i - 1] == '-'))
            hs_buf_byte(arena, &out, (char)(s.p[i] | 32));
    return hs_buf_str(&out);
}

/* An outlet's own name, a part of it or its initials, is no credit. */
static hs_str not_own(hs_arena *arena, hs_str credit, hs_str outlet) {
    if (!credit.n || !outlet.n) return credit;
    hs_str a = squashed(arena, credit), b = squashed(arena, outlet);
    if (hs_str_eq(a, initials(arena, outlet))) return (hs_str){0};
    return hs_str_find(a, b) != HS_NONE || hs_str_find(b, a) != HS_NONE ? (hs_str){0} : credit;
}

hs_str hs_credit_of_text(hs_arena *arena, const hs_strs *paragraphs, hs_str outlet) {
    enum { LEADS = 3, LAST = 4 };
    hs_str credit = {0};
    size_t n = paragraphs->n, end = n > LAST ? n - LAST : 0;
    for (size_t i = 0; i < n && i < LEADS && !credit.n; i++) {
        credit = of_dateline(paragraphs->v[i]);
        if (!credit.n) credit = of_line(paragraphs->v[i]);
        if (!credit.n && of_this_text(paragraphs->v[i])) credit = of_notice(paragraphs->v[i]);
    }
    for (size_t i = n; i > end && !credit.n; i--) {
        hs_str text = paragraphs->v[i - 1];
        credit = of_line(text);
        if (!credit.n && i + 2 > n) credit = of_end(text);
        if (!credit.n && of_this_text(text)) credit = of_notice(text);
    }
    credit = not_own(arena, credit, outlet);
    return credit.n ? hs_str_copy(arena, credit) : credit;
}

/* Lines between title and body may be bylines; those behind the body may name the source. Pictures' captions are left out. */
static hs_str around(const hs_html_page *page, const hs_strs *paragraphs) {
    enum { BEFORE = 12, BEHIND = 8, OUTSIDE = HS_MARK_NAV | HS_MARK_COMMENT | HS_MARK_HIDDEN | HS_MARK_CAPTION };
    hs_body_range r = hs_body_range_of(page, paragraphs);
    if (r.first == HS_NONE) return (hs_str){0};
    hs_str credit = {0};
    size_t from = r.first > BEFORE ? r.first - BEFORE : 0, to = r.last + 1 + BEHIND;
    for (size_t i = from; i < r.first && !credit.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (!(block->marks & (OUTSIDE | HS_MARK_ASIDE)) && block->kind != HS_BLOCK_CAPTION)
            credit = of_byline(block->text);
    }
    for (size_t i = r.last + 1; i < to && i < page->blocks.n && !credit.n; i++) {
        const hs_block *block = &page->blocks.v[i];
        if (block->marks & OUTSIDE || block->kind == HS_BLOCK_CAPTION) continue;
        if (!(block->marks & (HS_MARK_FOOT | HS_MARK_ASIDE))) credit = of_line(block->text);
        if (!credit.n && of_this_text(block->text)) credit = of_notice(block->text);
    }
    return credit;
}

hs_str hs_credit_of_page(const hs_html_page *page, const hs_strs *paragraphs, hs_str outlet) {
    hs_str credit = hs_credit_of_text(page->arena, paragraphs, outlet);
    if (!credit.n) credit = not_own(page->arena, around(page, paragraphs), outlet);
    for (size_t i = 0; i < page->meta.authors.n && !credit.n; i++)
        credit = not_own(page->arena, of_byline(page->meta.authors.v[i]), outlet);
    return credit.n ? credit : not_own(page->arena, hs_credit_of_head(page), outlet);
}
