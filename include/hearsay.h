/* hearsay: reads news pages and works out who claims what.
 *
 * This is the only header that users of libhearsay need, and it is the manual.
 *
 * Ownership. Outputs come first in every argument list and belong to the caller, who gives them back with the one free
 * function of their type; each accepts NULL. Pointers inside a result live as long as that result. Inputs are borrowed
 * for the length of the call.
 * Text. Every string is UTF-8 as (pointer, length), not terminated; an absent one has p == NULL.
 * Errors. A function that can fail returns an hs_status and, where `error` is not NULL, fills it. Nothing here prints,
 * exits or keeps global state.
 * Threads. An hs_reader is not changed by reading and may be used from several threads at once; every other handle
 * belongs to one thread at a time.
 */
#ifndef HEARSAY_H
#define HEARSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define HS_API __attribute__((visibility("default")))
#else
#define HS_API
#endif

/* What went wrong. hs_status_name gives the same words that errors are printed with. */
typedef enum hs_status {
    HS_OK = 0,
    HS_ERR_ARGUMENT, /* the call itself is wrong */
    HS_ERR_MISSING,  /* no such file, or it cannot be opened */
    HS_ERR_IO,       /* reading or writing failed half-way */
    HS_ERR_EMPTY,    /* the input holds nothing, or a folder no pages */
    HS_ERR_BINARY,   /* the input is not text */
    HS_ERR_LIMIT,    /* a limit of size, depth, time or memory was reached */
    HS_ERR_FORMAT,   /* a file (the weights, an archive) is damaged or of another version */
    HS_ERR_REFUSED,  /* not read on purpose: a private address, or what a site's robots.txt forbids */
} hs_status;

typedef struct hs_error {
    hs_status code;
    char message[512]; /* one line, terminated; names the input where there is one */
} hs_error;

typedef struct hs_str {
    const char *p;
    size_t n;
} hs_str;

/* A piece of a record's text, [start, end), counted in Unicode code points and in bytes. */
typedef struct hs_span {
    size_t start, end;
    size_t byte_start, byte_end;
} hs_span;

typedef enum hs_manner { HS_MANNER_DIRECT, HS_MANNER_MIXED, HS_MANNER_INDIRECT } hs_manner;

typedef enum hs_entity_type {
    HS_ENTITY_UNKNOWN,
    HS_ENTITY_PERSON,
    HS_ENTITY_ORGANIZATION,
    HS_ENTITY_GOVERNMENT,
    HS_ENTITY_GROUP,
    HS_ENTITY_DOCUMENT,
    HS_ENTITY_MEDIA,
    HS_ENTITY_UNNAMED
} hs_entity_type;

typedef struct hs_entity {
    hs_str name;
    hs_str *aliases;
    size_t n_aliases;
    hs_entity_type type; /* HS_ENTITY_UNKNOWN where the page does not tell */
    hs_str role;         /* "key member", as the page has it */
    hs_str affiliation;  /* "the Badr Organization" */
} hs_entity;

/* What a claim does; the first that fits. */
typedef enum hs_stance {
    HS_STANCE_DECLINES,   /* no comment */
    HS_STANCE_DENIES,     /* says that something is not so */
    HS_STANCE_ACCUSES,    /* claims wrongdoing by someone */
    HS_STANCE_SPECULATES, /* guesses */
    HS_STANCE_INTENDS,    /* plans, promises, threatens, wants to do */
    HS_STANCE_URGES,      /* asks, demands, orders that others do */
    HS_STANCE_ASKS,       /* a question */
    HS_STANCE_SHOWS,      /* a document, data, footage or study indicates */
    HS_STANCE_BELIEVES,   /* an inner state: thinks, fears, supports */
    HS_STANCE_ASSERTS     /* all other statements */
} hs_stance;

typedef enum hs_evidence_kind {
    HS_EVIDENCE_EYEWITNESS,
    HS_EVIDENCE_FOOTAGE,
    HS_EVIDENCE_DOCUMENT,
    HS_EVIDENCE_DATA,
    HS_EVIDENCE_INTELLIGENCE,
    HS_EVIDENCE_UNNAMED_SOURCE,
    HS_EVIDENCE_OTHER
} hs_evidence_kind;

/* Something that a claim rests on. */
typedef struct hs_evidence {
    hs_span mention;
    hs_evidence_kind kind;
    hs_str status; /* "unauthenticated", as the page has it */
} hs_evidence;

#define HS_NONE SIZE_MAX /* in place of an index: there is none */

/* One attribution: the page ties `content` to `source` by `cue`. Any of the three lists may be empty, not all. */
typedef struct hs_claim {
    hs_span *source, *cue, *content;
    size_t n_source, n_cue, n_content;
    size_t speaker; /* index into entities, or HS_NONE */
    size_t parent;  /* index of the claim whose content holds this one, or HS_NONE */
    hs_manner manner;
    hs_stance stance;
    bool hedged;      /* the content or cue weakens it: "allegedly", "appears to" */
    hs_str medium;    /* where it was said, as the page has it: "Press TV", "a statement" */
    size_t *disputes; /* indices of the claims that this one denies or contradicts, ascending */
    size_t n_disputes;
    hs_evidence *evidence; /* in the order of the text */
    size_t n_evidence;
    double confidence; /* 0 to 1 */
} hs_claim;

typedef struct hs_code {
    hs_str key, value; /* ("news", "117941") */
} hs_code;

typedef struct hs_comment {
    hs_str author, date, text;
    size_t reply_to; /* index of an earlier comment, or HS_NONE */
} hs_comment;

/* One page. docs/record.schema.json describes it as JSON. */
typedef struct hs_record {
    hs_str path;   /* the page's name as it was given */
    hs_str url;    /* the address that the page states as its own, else the one that it came from */
    hs_str outlet; /* who publishes it */
    hs_str title;
    hs_str published; /* ISO 8601: a date, or date and time with zone */
    hs_str language;  /* BCP 47 primary tag: "en" */
    hs_str credit;    /* the agency or outlet that the text is taken from */
    hs_str text;      /* title, blank line, paragraphs parted by blank lines; "" where there is no article */
    hs_str why;       /* why there is no article */
    hs_str *authors;
    hs_code *codes;
    hs_comment *comments;
    hs_entity *entities;
    hs_claim *claims;
    size_t n_authors, n_codes, n_comments, n_entities, n_claims;
    bool has_title;  /* text begins with title */
    bool has_claims; /* false: not asked for, or a language that the claim reader does not know */
} hs_record;

/* ---- reading ---- */

typedef struct hs_reader hs_reader;

typedef struct hs_reader_options {
    size_t size;           /* sizeof(hs_reader_options): lets later versions add fields */
    const char *weights;   /* path of a weights file; NULL: the one installed with the library */
    bool claims;           /* false: articles alone; no weights are read */
    size_t max_bytes;      /* largest page; a larger one is HS_ERR_LIMIT */
    size_t max_memory;     /* most memory for one page's work and result, in bytes */
    double min_confidence; /* claims less sure than this are left out; 0: none is */
} hs_reader_options;

/* Fills `options` with the defaults (claims, 64 MiB pages, 1 GiB of memory). NULL is ignored. */
HS_API void hs_reader_options_init(hs_reader_options *options);

/* Opens a reader. `options` may be NULL for the defaults. HS_ERR_MISSING or HS_ERR_FORMAT when the weights cannot be
 * used, HS_ERR_LIMIT when there is no memory. On failure *out is NULL. */
HS_API hs_status hs_reader_open(hs_reader **out, const hs_reader_options *options, hs_error *error);
HS_API void hs_reader_free(hs_reader *reader);

typedef enum hs_kind {
    HS_KIND_UNKNOWN,
    HS_KIND_HTML,
    HS_KIND_TEXT,
    HS_KIND_RECORD /* no page: a record, as one line of JSON; what hs_inputs gives where records are asked for */
} hs_kind;

/* A page as bytes, and what is known of it from outside: what the page says itself goes before that. Fields that are zero are not
 * known. */
typedef struct hs_page {
    const char *name; /* terminated; stands in the record's path and in errors; NULL: "-" */
    const void *bytes;
    size_t n;
    hs_kind kind;     /* HS_KIND_UNKNOWN: told from the bytes */
    hs_str charset;   /* as in HTTP's Content-Type */
    hs_str url;       /* http or https */
    hs_str published; /* a date in any usual form */
    hs_str language;  /* BCP 47 */
} hs_page;

/* Reads one page from memory: HTML, plain text, or text with stray markup. A page without an article is HS_OK with an empty text and
 * a `why`. Errors: HS_ERR_EMPTY, HS_ERR_BINARY, HS_ERR_LIMIT. On failure *out is NULL. */
HS_API hs_status hs_read(hs_record **out, const hs_reader *reader, const hs_page *page, hs_error *error);
HS_API void hs_record_free(hs_record *record);

/* ---- inputs: files, folders, addresses and archives, one page after another ---- */

typedef struct hs_inputs hs_inputs;

typedef struct hs_inputs_options {
    size_t size;      /* sizeof(hs_inputs_options): lets later versions add fields */
    size_t max_bytes; /* largest page, unpacked; also the largest feed and the most that one address may deliver */
    unsigned timeout; /* seconds for one address, from connecting to the last byte; 0: no limit */
    bool
        allow_private; /* also addresses of private networks and of this machine, and through the environment's proxies */
    bool records; /* a line of JSON Lines that has "claims" is a record (HS_KIND_RECORD), not a page to be read anew */
} hs_inputs_options;

/* Fills `options` with the defaults (64 MiB, 30 seconds, public addresses only). NULL is ignored. */
HS_API void hs_inputs_options_init(hs_inputs_options *options);

/* Opens an input: a file, a folder (its pages in order of their names, subfolders too), an http or https address, or "-" for standard
 * input. What it holds is told from its bytes: a page, a WARC archive, JSON Lines, or a feed (RSS, Atom, JSON Feed), each also packed
 * by gzip or zstd. Addresses are not asked before the first page is. `options` may be NULL for the defaults. HS_ERR_MISSING when there
 * is no such file, HS_ERR_EMPTY for a folder without files. On failure *out is NULL. */
HS_API hs_status hs_inputs_open(hs_inputs **out, const char *input, const hs_inputs_options *options, hs_error *error);

/* The next page: HS_OK and *more = true, the page borrowed until the next call; at the end HS_OK and *more = false. An error is about
 * one page (its name stands in the message): the next call goes on with the one after it. */
HS_API hs_status hs_inputs_next(hs_page *page, bool *more, hs_inputs *inputs, hs_error *error);
HS_API void hs_inputs_free(hs_inputs *inputs);

/* ---- writing ---- */

typedef enum hs_format {
    HS_FORMAT_TEXT,
    HS_FORMAT_JSONL,
    HS_FORMAT_CSV,           /* one row a claim */
    HS_FORMAT_WEBANNOTATION, /* W3C Web Annotation, one page's annotations a line of JSON-LD */
    HS_FORMAT_BRAT,          /* brat's standoff annotation */
    HS_FORMAT_HTML,          /* one document for one record: a self-contained file to read */
    HS_FORMAT_SVG            /* a picture: of one record's chains, or of a trace */
} hs_format;

/* Takes the next `n` bytes of output; returns false when it cannot (the writing then ends with HS_ERR_IO). */
typedef bool (*hs_sink)(void *state, const char *bytes, size_t n);

/* Output that stays in memory, zeros at first; `v` is freed with free(). hs_memory_append is the sink for it: refuses only where there is no
 * memory, and leaves what is there as it is. */
typedef struct hs_memory {
    char *v;
    size_t n, cap;
} hs_memory;
HS_API bool hs_memory_append(void *memory, const char *bytes, size_t n);

/* Writes one record. `colour` only concerns HS_FORMAT_TEXT. */
HS_API hs_status hs_write(hs_sink sink, void *state, const hs_record *record, hs_format format, bool colour,
                          hs_error *error);

/* ---- the ledger: many pages, and what their claims have to do with one another ---- */

/* A ledger belongs to one thread at a time. Several processes may have it open and add to it. */
typedef struct hs_ledger hs_ledger;

typedef struct hs_ledger_options {
    size_t size;       /* sizeof(hs_ledger_options): lets later versions add fields */
    bool write;        /* it may be added to, and is made where there is none */
    size_t max_memory; /* most memory for one call's work and result, in bytes */
} hs_ledger_options;

/* Fills `options` with the defaults (no writing, 1 GiB). NULL is ignored. */
HS_API void hs_ledger_options_init(hs_ledger_options *options);

/* Opens a ledger: a file (SQLite), or "postgresql://…" for a shared one. HS_ERR_MISSING where there is none, HS_ERR_FORMAT for a
 * damaged one, one of a newer version, and a file that is no ledger, which stays as it is. On failure *out is NULL. */
HS_API hs_status hs_ledger_open(hs_ledger **out, const char *location, const hs_ledger_options *options,
                                hs_error *error);
HS_API void hs_ledger_free(hs_ledger *ledger);

/* Several pages as one transaction, which is much faster than one each: begin waits for other writers, commit makes all of it
 * lasting, rollback drops it. A process that ends before the commit leaves nothing of it behind. */
HS_API hs_status hs_ledger_begin(hs_ledger *ledger, hs_error *error);
HS_API hs_status hs_ledger_commit(hs_ledger *ledger, hs_error *error);
HS_API void hs_ledger_rollback(hs_ledger *ledger);

typedef enum hs_added {
    HS_ADDED_NEW,     /* a page that the ledger did not have */
    HS_ADDED_CHANGED, /* a new version of one that it has; the old one stays */
    HS_ADDED_KNOWN    /* nothing has changed */
} hs_added;

typedef struct hs_addition {
    const char
        *json; /* a record as hs_write prints it with HS_FORMAT_JSONL, or one that others made: stored as it is */
    size_t n;
    const char *name; /* terminated; stands in errors; NULL: the record's path */
} hs_addition;

/* Adds a page; without begin, as a transaction of its own. Where the record itself is wrong (HS_ERR_FORMAT) or needs too much
 * memory, what was added since begin stays; after an error of the store all of it is rolled back, and commit fails. */
HS_API hs_status hs_ledger_add(hs_added *out, hs_ledger *ledger, const hs_addition *addition, hs_error *error);

/* The same for a record that hs_read made. */
HS_API hs_status hs_ledger_add_record(hs_added *out, hs_ledger *ledger, const hs_record *record, hs_error *error);

typedef struct hs_ledger_counts {
    size_t pages, claims, notes; /* versions of pages count each */
    size_t held;                 /* notes that wait to be released; they are not among the others */
} hs_ledger_counts;

/* How much is in it. */
HS_API hs_status hs_ledger_count(hs_ledger_counts *out, hs_ledger *ledger, hs_error *error);

/* ---- asking a ledger ---- */

/* A claim where it stands. Ids are the same in every ledger that holds the same page. */
typedef struct hs_cited {
    hs_str id;   /* "0123456789ab.c4": the page's id and the one that its record gives the claim */
    hs_str page; /* the page's id */
    const hs_record *record;
    size_t claim;   /* index into record->claims */
    hs_str speaker; /* whose it is, as far as the page tells: a name where there is one; absent: nobody named */
    hs_str outlet;  /* the record's, else its host or the name of its file */
    bool old;       /* a newer version of the page is in the ledger */
} hs_cited;

typedef enum hs_verdict_kind {
    HS_VERDICT_NONE,
    HS_VERDICT_CONFIRMED,
    HS_VERDICT_REFUTED,
    HS_VERDICT_UNPROVEN,
    HS_VERDICT_MISLEADING
} hs_verdict_kind;

/* A note of somebody whom the ledger's owner does not know waits: until it is released it shows in no answer. Of a refused one the same is
 * true, but it stays in the ledger. */
typedef enum hs_note_state { HS_NOTE_SHOWN, HS_NOTE_HELD, HS_NOTE_REFUSED } hs_note_state;

/* What somebody who checked a claim wrote down. */
typedef struct hs_note {
    hs_str id;
    hs_cited cited;
    hs_str text, link, author;
    hs_verdict_kind verdict;
    hs_str reply_to; /* another note's id, or absent */
    hs_str made;     /* when: "2031-03-14T09:26:53Z" */
} hs_note;

/* What to look for; fields that are zero do not matter. */
typedef struct hs_query {
    size_t size;       /* sizeof(hs_query): lets later versions add fields */
    const char *words; /* all of them, in any form ("sell" finds "sold" not, "sells"); "in marks": side by side */
    const char *speaker, *outlet; /* words of their names */
    const char *stance, *manner;  /* as records have them */
    const char *since, *until;    /* days, "2031-03-12", both included */
    const char *code;             /* a code that the page prints */
    bool old;                     /* also older versions of pages */
    size_t limit;                 /* most hits; 0: 20 */
} hs_query;

typedef struct hs_hit {
    hs_cited cited;
    size_t n_same; /* other pages that have the same claim */
    size_t n_notes;
    double score; /* 0 to 1: how well it fits what was looked for */
} hs_hit;

typedef struct hs_hits {
    hs_hit *v; /* the best first */
    size_t n;
    bool more; /* there are others */
} hs_hits;

/* Looks for claims. At least one of the query's fields must be given. A query that fits very many claims is answered from the newest
 * of them. HS_ERR_ARGUMENT for words that are none, a stance or day that does not exist. On failure *out is NULL. */
HS_API hs_status hs_ledger_find(hs_hits **out, hs_ledger *ledger, const hs_query *query, hs_error *error);
HS_API void hs_hits_free(hs_hits *hits);

/* A value, and how many claims have it. */
typedef struct hs_count {
    hs_str name;
    size_t n;
} hs_count;

/* The newest claims of a ledger, or of those that fit a query, and what they are. */
typedef struct hs_survey {
    hs_hits newest;                                   /* the newest page first, without scores */
    hs_count *speakers, *outlets, *stances, *manners; /* each with most claims first */
    hs_count *days;                                   /* "2031-03-12", ascending */
    size_t n_speakers, n_outlets, n_stances, n_manners, n_days;
    size_t n_claims, n_pages; /* that were counted */
    bool more;                /* there are older ones, which were not counted */
} hs_survey;

/* What the newest claims are that fit a query, by speaker, outlet, stance, manner and day; of all claims where the query is empty. At
 * most 200 pages are looked at, so that it takes as long with any ledger. `whole`: speaker and outlet are whole names, not words of
 * them. The query's limit is that of the newest. On failure *out is NULL. */
HS_API hs_status hs_ledger_survey(hs_survey **out, hs_ledger *ledger, const hs_query *query, bool whole,
                                  hs_error *error);
HS_API void hs_survey_free(hs_survey *survey);

/* One name in a ledger, with the claims that are surely its bearer's. */
typedef struct hs_person {
    hs_str id;        /* of the name */
    hs_str name;      /* as a page first had it */
    hs_str *roles;    /* each once, the newest first */
    hs_cited *claims; /* the newest page first */
    size_t n_roles, n_claims;
    size_t n_pages, n_denials;          /* over all of its claims on the newest 400 pages that mention it, as these: */
    hs_count *outlets, *stances, *days; /* most claims first; days ascending */
    size_t n_outlets, n_stances, n_days;
    bool maybe; /* the name asked for may mean this one, but the ledger does not tell */
} hs_person;

typedef struct hs_who {
    hs_person *v; /* sure ones first */
    size_t n;
} hs_who;

/* Who bears a name: by the full name, a surname, an acronym. A surname is taken for a full name's where their roles match; what cannot
 * be told apart is told as several. HS_ERR_MISSING where nobody has it. On failure *out is NULL. */
HS_API hs_status hs_ledger_who(hs_who **out, hs_ledger *ledger, const char *name, size_t limit, hs_error *error);
HS_API void hs_who_free(hs_who *who);

/* How a page had a claim. */
typedef enum hs_how {
    HS_HOW_FIRST,  /* from the speaker: told this page's outlet, or in public, as far as the page says */
    HS_HOW_CITES,  /* it names another outlet as the one that reported it */
    HS_HOW_CREDIT, /* its text is credited to another outlet or agency */
    HS_HOW_COPY,   /* its text is another page's, in part at least, without saying so */
    HS_HOW_QUOTES  /* the same quotation stood in an interview elsewhere before, without saying so */
} hs_how;

/* A page that carries the claim. */
typedef struct hs_carrier {
    hs_cited cited;
    hs_how how;
    size_t from;      /* index of the carrier that it had it from; HS_NONE: none in the ledger */
    hs_str from_name; /* the outlet that it had it from, as it says; absent for HS_HOW_FIRST */
    double shared;    /* share of this page's words that stand on the page that it was copied from */
    size_t origin;    /* index into origins */
    hs_str *chain;    /* who had it from whom, from whoever said it first to this page's outlet */
    size_t n_chain;
    hs_str *evidence; /* what this page adds: words of its text that no page before it in the chain has */
    size_t n_evidence;
} hs_carrier;

/* Where the claim came into the news. */
typedef struct hs_origin {
    hs_str label;      /* "The Harbour Post, told by Ilsa Maren" */
    size_t n_carriers; /* pages that go back to it */
    bool outside;      /* an outlet of which no page in the ledger has the claim */
    bool circular;     /* pages that cite one another in a circle, none of which had it at first hand */
} hs_origin;

typedef struct hs_trace {
    hs_cited claim;       /* the one asked for */
    hs_carrier *carriers; /* the earliest first */
    hs_origin *origins;
    hs_cited *disputes; /* claims that deny or contradict it */
    hs_note *notes;     /* on it and on the same claim elsewhere, oldest first */
    size_t n_carriers, n_origins, n_disputes, n_notes, n_outlets;
} hs_trace;

/* Where a claim comes from. `claim`: its id, a beginning of the page's id that no other has, or PATH#CLAIM, ADDRESS#CLAIM.
 * HS_ERR_MISSING where there is none. On failure *out is NULL. */
HS_API hs_status hs_ledger_trace(hs_trace **out, hs_ledger *ledger, const char *claim, hs_error *error);
HS_API void hs_trace_free(hs_trace *trace);

typedef struct hs_new_note {
    size_t size;              /* sizeof(hs_new_note): lets later versions add fields */
    const char *claim, *text; /* both needed */
    const char *link, *author, *reply_to;
    hs_verdict_kind verdict;
    bool held; /* it waits until hs_ledger_release */
} hs_new_note;

/* Writes a note down; its id goes to `id`, terminated. Notes are never changed: a correction is a new note. HS_ERR_MISSING where there is
 * no such claim or note, HS_ERR_ARGUMENT where its id is none: then what was added since begin stands. After any other failure all of it is
 * rolled back. */
HS_API hs_status hs_ledger_note(char id[16], hs_ledger *ledger, const hs_new_note *note, hs_error *error);

/* Decides about a note that waits: from now on it is shown, or it is refused; a refused one may still be released. HS_ERR_MISSING where there
 * is no such note, HS_ERR_ARGUMENT for refusing one that is shown. After any failure all that was added since begin is rolled back. */
HS_API hs_status hs_ledger_release(hs_ledger *ledger, const char *note, hs_error *error);
HS_API hs_status hs_ledger_refuse(hs_ledger *ledger, const char *note, hs_error *error);

/* Calls `each` with the current version of every page, in the order in which they came (`old`: of all versions); false ends it.
 * The record lives as long as the call. */
typedef bool (*hs_each_page)(void *state, hs_str id, const hs_record *record, hs_str json);
HS_API hs_status hs_ledger_each_page(hs_ledger *ledger, bool old, hs_each_page each, void *state, hs_error *error);

/* Calls `each` with every group of two or more claims that are the same; the ids are PATH and CLAIM as their records have them. */
typedef struct hs_member {
    hs_str path, claim; /* of the record, and its own id of the claim */
    hs_str id;
} hs_member;
typedef bool (*hs_each_group)(void *state, const hs_member *members, size_t n);
HS_API hs_status hs_ledger_each_group(hs_ledger *ledger, hs_each_group each, void *state, hs_error *error);

/* Calls `each` with every note that is in this state, on one claim or (NULL) on any, oldest first; false ends it. */
typedef bool (*hs_each_note)(void *state, const hs_note *note);
HS_API hs_status hs_ledger_each_note(hs_ledger *ledger, hs_note_state which, const char *claim, hs_each_note each,
                                     void *state, hs_error *error);

/* Write answers: text for people, or JSON (one object a hit, person or trace); a trace also as HS_FORMAT_SVG. HS_ERR_ARGUMENT for a
 * format that the answer does not have, HS_ERR_IO when the sink refuses. */
HS_API hs_status hs_write_hits(hs_sink sink, void *state, const hs_hits *hits, hs_format format, bool colour,
                               hs_error *error);
HS_API hs_status hs_write_who(hs_sink sink, void *state, const hs_who *who, hs_format format, bool colour,
                              hs_error *error);
HS_API hs_status hs_write_trace(hs_sink sink, void *state, const hs_trace *trace, hs_format format, bool colour,
                                hs_error *error);

/* A note as text for people or as one line of JSON; a claim where it stands as one line of JSON, as answers have it. */
HS_API hs_status hs_write_note(hs_sink sink, void *state, const hs_note *note, hs_format format, bool colour,
                               hs_error *error);
HS_API hs_status hs_write_cited(hs_sink sink, void *state, const hs_cited *cited, hs_error *error);

/* A note with a verdict as one line of JSON-LD: schema.org's ClaimReview. */
HS_API hs_status hs_write_claim_review(hs_sink sink, void *state, const hs_note *note, hs_error *error);

/* Words for a status or label, as they stand in errors and records; never NULL. */
HS_API const char *hs_status_name(hs_status status);
HS_API const char *hs_manner_name(hs_manner manner);
HS_API const char *hs_stance_name(hs_stance stance);
HS_API const char *hs_evidence_kind_name(hs_evidence_kind kind);
HS_API const char *hs_entity_type_name(hs_entity_type type);
HS_API const char *hs_verdict_name(hs_verdict_kind verdict);
HS_API const char *hs_how_name(hs_how how);

/* "1.2.3" */
HS_API const char *hs_version(void);

#ifdef __cplusplus
}
#endif
#endif
