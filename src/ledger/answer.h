/* What the questions share: an arena behind each answer, pages held once, claims as they are cited, groups of the same claim. */
#ifndef HS_LEDGER_ANSWER_H
#define HS_LEDGER_ANSWER_H

#include <setjmp.h>

#include "ledger/ledger.h"

/* An answer and all that it points to; `data` first, so that its address is the answer's. */
typedef struct hs_answer {
    union {
        hs_hits hits;
        hs_who who;
        hs_trace trace;
        hs_survey survey;
    } data;
    hs_arena arena;
} hs_answer;

/* Runs `fill` with a new answer; frees it again unless all went well. The ledger is read as it was at one moment. */
typedef hs_status (*hs_fill)(hs_answer *answer, hs_ledger *ledger, const void *question, hs_error *error);
hs_status hs_answer_make(hs_answer **out, hs_ledger *ledger, hs_fill fill, const void *question, hs_error *error);
void hs_answer_free(hs_answer *answer);

/* A page in memory, for one answer. */
typedef struct hs_held_page {
    hs_page_row row;
    hs_read_record read;
    hs_name *speakers; /* of the claims; NULL where they were not wanted: hs_hold_speakers */
    hs_str id, outlet;
} hs_held_page;

typedef struct hs_held {
    hs_ledger *ledger;
    hs_arena *arena;
    HS_VEC(hs_held_page *) pages;
    bool no_speakers; /* they cost as much as all the rest of a page */
} hs_held;

void hs_hold_speakers(const hs_held *held, hs_held_page *page);

/* The page with this claim; *index is the claim's in it. */
hs_status hs_hold_claim(hs_held_page **out, size_t *index, hs_held *held, int64_t claim, hs_error *error);
hs_status hs_hold_page(hs_held_page **out, hs_held *held, int64_t page, hs_error *error);
hs_cited hs_cite(hs_held *held, const hs_held_page *page, size_t claim);

/* The outlet's name, else the host of the page's address, else the name of its file. */
hs_str hs_outlet_or_place(hs_str outlet, hs_str url, hs_str path);

/* ---- counts ---- */

/* Names, each as often as something has it; and each once with how often that was: by number, the most first, or by name. Of more than
 * `most` the last by name are left, or the most. */
typedef HS_VEC(hs_str) hs_names;
hs_count *hs_names_count(size_t *n, hs_arena *arena, const hs_names *names, bool by_n, size_t most);

enum { HS_DAY_LENGTH = sizeof "2031-03-12" - 1 };

/* ---- queries ---- */

/* The days of a query, INT32_MIN and INT32_MAX where it names none. */
hs_status hs_query_days(int32_t *since, int32_t *until, const hs_query *query, hs_error *error);

/* The newest claims that fit its words, speaker, outlet, labels and code, the newest first; days and versions are the caller's. */
hs_status hs_query_claims(int64_t **out, size_t *n, hs_held *held, const hs_query *query, hs_error *error);

/* Names a hit's speaker and counts what stands around it. */
hs_status hs_hit_complete(hs_hit *hit, hs_held *held, int64_t claim, hs_error *error);

/* ---- groups of the same claim ---- */

/* All claims that are the same as this one, it included, ascending: what is linked to it, directly or through others, as far as the links
 * are sure on the whole. */
typedef struct hs_group {
    int64_t *v;
    size_t n;
    size_t n_pages; /* as they are now: older versions do not count */
} hs_group;

hs_status hs_group_of(hs_group *out, hs_ledger *ledger, hs_arena *arena, int64_t claim, hs_error *error);

/* Clusters claims by their links, the surest first; two clusters become one when their links are sure enough on the whole. group[i]
 * becomes the index of the first claim of i's cluster. */
typedef struct hs_link {
    uint32_t a, b;  /* indices of claims, a < b */
    uint32_t score; /* thousandths */
} hs_link;

/* `pages`: a number for each claim's page; claims of one page are neither for nor against each other. */
void hs_cluster(uint32_t *group, const int64_t *pages, size_t n, hs_link *links, size_t n_links, hs_arena *arena);

/* The edges of a claim. */
hs_status hs_edges_of(hs_edge **out, size_t *n, hs_ledger *ledger, hs_arena *arena, int64_t claim, hs_error *error);

/* "2031-03-14T09:26:53Z" */
hs_str hs_time_text(hs_arena *arena, int64_t seconds);

/* Adds the notes on a claim that are in this state, oldest first. */
typedef struct hs_notes {
    HS_VEC(hs_note) list;
} hs_notes;
hs_status hs_notes_of(hs_notes *out, hs_held *held, int64_t claim, hs_note_state state, hs_error *error);

#endif
