/* A record for people: title, where it is from, how its text divides between those it cites and its own voice, then its claims in reading
 * order, nested ones under those that hold them; or, where claims were not read, the article. Lines are wrapped at WIDTH columns. Control characters are left out: a page
 * must not steer the terminal that shows it. Knows records alone. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "formats/formats.h"
#include "formats/out.h"
#include "formats/voice.h"

enum { WIDTH = 96, INDENT = 2, STEP = 3, DEEPEST = 12, TOP = 3, MOST_MEMORY = 1 << 30 };

typedef enum style { PLAIN, BOLD, DIM, SPEAKER, CUE } style;
static const char *const STYLES[] = {"", "\033[1m", "\033[2m", "\033[36m", "\033[33m"};

/* Where a paragraph is being wrapped. */
typedef struct page {
    hs_out out;
    bool colour;
    size_t indent; /* columns in front of a line that goes on */
    size_t column;
    bool space; /* the next word is parted from the last one */
} page;

static void put(page *page, const char *terminated) {
    hs_out_put(&page->out, hs_str_of(terminated));
}

static void set_style(page *page, style style) {
    if (page->colour) put(page, STYLES[style]);
}

static void end_style(page *page) {
    if (page->colour) put(page, "\033[0m");
}

static void new_line(page *page) {
    put(page, "\n");
    page->column = 0;
    page->space = false;
}

static void start_line(page *page, size_t indent) {
    for (; page->column < indent; page->column++) put(page, " ");
    page->indent = indent;
}

static bool is_blank(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x2028 || cp == 0x2029;
}

/* One word, on the next line when it does not fit into this one. */
static void put_word(page *page, hs_str word, size_t width) {
    if (page->space && page->column + 1 + width > WIDTH) {
        new_line(page);
        start_line(page, page->indent);
    } else if (page->space) {
        put(page, " ");
        page->column++;
    }
    page->space = false;
    for (size_t at = 0, next; at < word.n; at = next) {
        uint32_t cp = hs_utf8_decode(word, at, &next);
        if (cp == 0xFFFD) put(page, "\xEF\xBF\xBD");
        else if (hs_char_classify(cp) != HS_CHAR_CONTROL) hs_out_put(&page->out, hs_str_slice(word, at, next));
    }
    page->column += width;
}

static void put_wrapped(page *page, hs_str text) {
    size_t start = 0, width = 0;
    for (size_t at = 0, next; at < text.n; at = next) {
        uint32_t cp = hs_utf8_decode(text, at, &next);
        if (is_blank(cp)) {
            if (at > start) put_word(page, hs_str_slice(text, start, at), width);
            page->space = true;
            start = next;
            width = 0;
        } else {
            hs_char_class class = hs_char_classify(cp);
            width += class != HS_CHAR_MARK && class != HS_CHAR_CONTROL;
        }
    }
    if (text.n > start) put_word(page, hs_str_slice(text, start, text.n), width);
}

static void put_styled(page *page, style style, hs_str text) {
    set_style(page, style);
    put_wrapped(page, text);
    end_style(page);
}

/* "a · b": the next part of a list, where there is one. */
static void put_part(page *page, const char *parting, hs_str part, bool *any) {
    if (!part.n) return;
    if (*any) put_wrapped(page, hs_str_of(parting));
    put_wrapped(page, part);
    *any = true;
}

static void put_where_from(page *page, const hs_record *record) {
    bool any = false;
    set_style(page, DIM);
    put_part(page, " · ", record->outlet, &any);
    put_part(page, " · ", record->published, &any);
    for (size_t i = 0; i < record->n_authors; i++) put_part(page, i ? ", " : " · ", record->authors[i], &any);
    if (any) new_line(page);
    put_wrapped(page, record->url.n ? record->url : record->path);
    new_line(page);
    any = false;
    if (record->credit.n) put_part(page, "", HS_STR("taken from "), &any);
    if (record->credit.n) put_wrapped(page, record->credit);
    for (size_t i = 0; i < record->n_codes; i++) {
        put_part(page, " · ", record->codes[i].key, &any);
        put_wrapped(page, HS_STR(" code "));
        put_wrapped(page, record->codes[i].value);
    }
    if (any) new_line(page);
    end_style(page);
}

static void put_article(page *page, const hs_record *record) {
    size_t at = record->has_title ? record->title.n : 0;
    while (at < record->text.n) {
        hs_str rest = hs_str_slice(record->text, at, record->text.n);
        size_t end = hs_str_find(rest, HS_STR("\n\n"));
        hs_str paragraph = hs_str_trim(hs_str_slice(rest, 0, end));
        at += end == HS_NONE ? rest.n : end + 2;
        if (!paragraph.n) continue;
        new_line(page);
        start_line(page, INDENT);
        put_wrapped(page, paragraph);
        new_line(page);
    }
}

static void put_spans(page *page, style style, hs_str text, const hs_span *spans, size_t n) {
    set_style(page, style);
    for (size_t i = 0; i < n; i++) {
        if (i) put_wrapped(page, HS_STR(" … "));
        put_wrapped(page, hs_str_slice(text, spans[i].byte_start, spans[i].byte_end));
    }
    end_style(page);
}

/* "he (Oren Halvik)": the words of the page, and the speaker's name where they do not say it. */
static void put_speaker(page *page, const hs_record *record, const hs_claim *claim) {
    hs_str name = {0};
    if (claim->speaker < record->n_entities) name = record->entities[claim->speaker].name;
    if (claim->n_source) put_spans(page, SPEAKER, record->text, claim->source, claim->n_source);
    else put_styled(page, SPEAKER, name.n ? name : HS_STR("(no source named)"));
    /* A name pieced together from several places is those pieces once more. */
    bool said = claim->n_source != 1 || !name.n;
    if (!said) {
        hs_str words = hs_str_slice(record->text, claim->source[0].byte_start, claim->source[0].byte_end);
        said = hs_str_find_nocase(words, name) != HS_NONE;
    }
    if (said) return;
    put_wrapped(page, HS_STR(" ("));
    put_styled(page, SPEAKER, name);
    put_wrapped(page, HS_STR(")"));
}

/* " [denies, hedged, indirect, 93 %]", never broken over two lines. */
static void put_label(page *page, const hs_claim *claim) {
    char label[64];
    double share = claim->confidence;
    int hundredths = share > 0 ? share < 1 ? (int)(share * 100 + 0.5) : 100 : 0;
    int n = snprintf(label, sizeof label, "[%s, %s%s, %d %%]", hs_stance_name(claim->stance),
                     claim->hedged ? "hedged, " : "", hs_manner_name(claim->manner), hundredths);
    set_style(page, DIM);
    page->space = true;
    put_word(page, (hs_str){label, (size_t)n}, (size_t)n);
    end_style(page);
}

static hs_str span_text(const hs_record *record, const hs_span *span) {
    return hs_str_slice(record->text, span->byte_start, span->byte_end);
}

static size_t parent_of(const hs_record *record, size_t i) {
    size_t parent = record->claims[i].parent;
    return parent < record->n_claims ? parent : HS_NONE;
}

/* What a chain's claim adds to the one inside it: a speaker who is not the same, and what it was said through; "tweeted" is how. */
static hs_str hop_speaker(const hs_record *record, const hs_claim *claim, const hs_claim *inside) {
    if (inside && inside->speaker == claim->speaker && claim->speaker != HS_NONE) return (hs_str){0};
    if (claim->speaker < record->n_entities) return record->entities[claim->speaker].name;
    return claim->n_source ? span_text(record, claim->source) : HS_STR("somebody");
}

static hs_str hop_medium(const hs_record *record, const hs_claim *claim, const hs_claim *inside) {
    bool is_cue = claim->n_cue && hs_str_eq(claim->medium, span_text(record, claim->cue));
    bool again = inside && hs_str_eq(claim->medium, inside->medium);
    bool is_page = hs_str_eq_nocase(claim->medium, record->outlet);
    return is_cue || again || is_page ? (hs_str){0} : claim->medium;
}

static void put_hop(page *page, hs_str hop, const char *behind) {
    if (!hop.n) return;
    put_wrapped(page, hop);
    put_wrapped(page, hs_str_of(behind));
}

/* "eyewitnesses → the minister → Radio Tal → this page", where there is more than a speaker and the page. */
static void put_chain(page *page, const hs_record *record, size_t index, size_t indent) {
    const hs_claim *inside = NULL;
    size_t hops = 0;
    for (size_t at = index, n = 0; at != HS_NONE && n < DEEPEST; at = parent_of(record, at), n++) {
        const hs_claim *claim = &record->claims[at];
        hops += (hop_speaker(record, claim, inside).n > 0) + (hop_medium(record, claim, inside).n > 0);
        inside = claim;
    }
    if (hops < 2) return;
    start_line(page, indent);
    inside = NULL;
    for (size_t at = index, n = 0; at != HS_NONE && n < DEEPEST; at = parent_of(record, at), n++) {
        const hs_claim *claim = &record->claims[at];
        put_hop(page, hop_speaker(record, claim, inside), " → ");
        put_hop(page, hop_medium(record, claim, inside), " → ");
        inside = claim;
    }
    put_hop(page, record->credit, " → ");
    put_hop(page, record->outlet, ", ");
    put_wrapped(page, HS_STR("this page"));
    new_line(page);
}

/* "rests on leaked letters (document, leaked)" */
static void put_evidence(page *page, const hs_record *record, const hs_claim *claim, size_t indent) {
    for (size_t i = 0; i < claim->n_evidence; i++) {
        const hs_evidence *evidence = &claim->evidence[i];
        bool source_itself = claim->n_source && evidence->mention.byte_start == claim->source[0].byte_start;
        if (source_itself && !evidence->status.n) continue;
        start_line(page, indent);
        put_wrapped(page, HS_STR("rests on "));
        put_wrapped(page, span_text(record, &evidence->mention));
        put_wrapped(page, HS_STR(" ("));
        put_wrapped(page, hs_str_of(hs_evidence_kind_name(evidence->kind)));
        if (evidence->status.n) put_wrapped(page, HS_STR(", "));
        put_wrapped(page, evidence->status);
        put_wrapped(page, HS_STR(")"));
        new_line(page);
    }
}

/* The claims that it disputes by their speakers and cues: "disputes official claims". */
static void put_disputes(page *page, const hs_record *record, const hs_claim *claim, size_t indent) {
    for (size_t i = 0; i < claim->n_disputes; i++) {
        if (claim->disputes[i] >= record->n_claims) continue;
        const hs_claim *other = &record->claims[claim->disputes[i]];
        start_line(page, indent);
        put_wrapped(page, HS_STR("disputes “"));
        if (other->n_source) put_wrapped(page, span_text(record, other->source));
        if (other->n_source && other->n_cue) put_wrapped(page, HS_STR(" "));
        if (other->n_cue) put_wrapped(page, span_text(record, other->cue));
        put_wrapped(page, HS_STR("”"));
        new_line(page);
    }
}

static void put_claim(page *page, const hs_record *record, size_t index, size_t depth) {
    const hs_claim *claim = &record->claims[index];
    size_t indent = INDENT + STEP * (depth < DEEPEST ? depth : DEEPEST);
    if (depth) {
        start_line(page, indent - 2);
        put_wrapped(page, HS_STR("└ "));
    }
    start_line(page, indent);
    page->space = false;
    put_speaker(page, record, claim);
    if (claim->n_cue) put_wrapped(page, HS_STR(" — "));
    put_spans(page, CUE, record->text, claim->cue, claim->n_cue);
    put_label(page, claim);
    new_line(page);
    start_line(page, indent + STEP);
    put_spans(page, PLAIN, record->text, claim->content, claim->n_content);
    new_line(page);
    set_style(page, DIM);
    put_evidence(page, record, claim, indent + STEP);
    put_disputes(page, record, claim, indent + STEP);
    put_chain(page, record, index, indent + STEP);
    end_style(page);
}

/* The claims as a forest: links[i] holds the first claim inside i and the next one beside it. */
typedef struct link {
    size_t first, last, next;
} link;

static void walk_claims(page *page, const hs_record *record, const link *links, size_t root) {
    size_t at = root, depth = 0;
    for (;;) {
        put_claim(page, record, at, depth);
        if (links[at].first != HS_NONE) {
            at = links[at].first;
            depth++;
            continue;
        }
        while (at != root && links[at].next == HS_NONE) {
            at = parent_of(record, at);
            depth--;
        }
        if (at == root) return;
        at = links[at].next;
    }
}

/* "12 claims", "1 claim" */
static void put_count(page *page, size_t n, const char *one, const char *many) {
    char number[24];
    snprintf(number, sizeof number, "%zu ", n);
    put_wrapped(page, hs_str_of(number));
    put_wrapped(page, hs_str_of(n == 1 ? one : many));
}

static void put_share(page *page, size_t hundredths) {
    char number[24];
    snprintf(number, sizeof number, "%zu %%", hundredths);
    put_word(page, hs_str_of(number), strlen(number));
}

/* The speakers with most of the text. */
static void put_top(page *page, const hs_record *record, const hs_relied *relied) {
    size_t shown = 0;
    for (size_t i = 0; i < relied->n_speakers && shown < TOP; i++) {
        const hs_relied_speaker *speaker = &relied->speakers[i];
        if (speaker->entity == HS_NONE || !speaker->characters) continue;
        put_wrapped(page, shown++ ? HS_STR(", ") : HS_STR(": "));
        put_wrapped(page, record->entities[speaker->entity].name);
        put_wrapped(page, HS_STR(" "));
        put_share(page, hs_relied_share(relied, speaker->characters));
    }
}

static bool work_out(hs_voice *voice, hs_arena *arena, const hs_record *record) {
    if (setjmp(arena->full)) return false;
    *voice = hs_voice_of(arena, record);
    return true;
}

/* How much of the page is somebody's word, whose, and how much is its own. */
static bool put_voice(page *page, const hs_record *record) {
    hs_voice voice;
    hs_arena arena;
    hs_arena_init(&arena, MOST_MEMORY);
    bool ok = work_out(&voice, &arena, record);
    if (ok) {
        new_line(page);
        set_style(page, DIM);
        start_line(page, INDENT);
        put_count(page, record->n_claims, "claim by ", "claims by ");
        put_count(page, voice.speakers, "speaker, ", "speakers, ");
        put_count(page, voice.named, "named. ", "named. ");
        put_share(page, hs_relied_share(&voice.relied, voice.relied.named + voice.relied.unnamed));
        put_wrapped(page, HS_STR(" of the text is somebody’s word"));
        put_top(page, record, &voice.relied);
        put_wrapped(page, HS_STR(". "));
        put_count(page, voice.alone, "claim rests on its", "claims rest on their");
        put_wrapped(page, HS_STR(" source’s word alone. Of "));
        put_count(page, voice.sentences, "sentence, ", "sentences, ");
        put_count(page, voice.uncited, "cites nobody.", "cite nobody.");
        new_line(page);
        end_style(page);
    }
    hs_arena_free(&arena);
    return ok;
}

static bool put_claims(page *page, const hs_record *record) {
    if (record->n_claims == 0) return true;
    link *links = malloc(record->n_claims * sizeof *links);
    if (!links) return false;
    for (size_t i = 0; i < record->n_claims; i++) links[i] = (link){HS_NONE, HS_NONE, HS_NONE};
    for (size_t i = 0; i < record->n_claims; i++) {
        size_t parent = parent_of(record, i);
        if (parent == HS_NONE) continue;
        if (links[parent].first == HS_NONE) links[parent].first = i;
        else links[links[parent].last].next = i;
        links[parent].last = i;
    }
    for (size_t i = 0; i < record->n_claims && page->out.ok; i++) {
        if (parent_of(record, i) != HS_NONE) continue;
        new_line(page);
        walk_claims(page, record, links, i);
    }
    free(links);
    return true;
}

bool hs_format_text(hs_sink sink, void *state, const hs_record *record, bool colour) {
    page page = {.colour = colour};
    hs_out_init(&page.out, sink, state);
    put_styled(&page, BOLD, record->title.n ? record->title : HS_STR("(no title)"));
    new_line(&page);
    put_where_from(&page, record);
    bool ok = true;
    if (!record->text.n) {
        new_line(&page);
        start_line(&page, INDENT);
        put_wrapped(&page, HS_STR("No article: "));
        put_wrapped(&page, record->why.n ? record->why : HS_STR("the page has none"));
        new_line(&page);
    } else if (!record->has_claims) {
        put_article(&page, record);
    } else if (record->n_claims == 0) {
        new_line(&page);
        start_line(&page, INDENT);
        put_wrapped(&page, HS_STR("No claims: nobody is cited for anything."));
        new_line(&page);
    } else {
        ok = put_voice(&page, record) && put_claims(&page, record);
    }
    new_line(&page);
    return hs_out_flush(&page.out) && ok;
}
