/* What is kept of a claim to tell whether another page's is the same: who says it, its terms, the runs of words in it, what stands
 * around it. A page's sketches are one blob of the store, so pages are compared without reading their records again. */
#ifndef HS_LEDGER_SKETCH_H
#define HS_LEDGER_SKETCH_H

#include "ledger/names.h"
#include "ledger/record_in.h"
#include "ledger/terms.h"

enum {
    HS_SKETCH_TERMS = 40,   /* most terms of a claim: the weightiest */
    HS_SKETCH_RUNS = 48,    /* most runs of three words */
    HS_SKETCH_CONTEXT = 16, /* most terms around it */
    HS_SKETCH_CUE = 4,      /* most terms of the cue */
    HS_SKETCH_STORY = 24,   /* most terms of a page's story */
};

/* hs_sketch.marks */
enum { HS_MARK_DENIES = 1, HS_MARK_HEDGED = 2, HS_MARK_NESTED = 4 };

typedef struct hs_sketch {
    hs_name speaker; /* stored without its strings */
    uint8_t stance, manner, marks;
    uint64_t bloom;         /* of the terms: a quick way to see that two claims share nothing */
    unsigned weight, plain; /* of all terms; of those that are neither names nor numbers */
    uint8_t any;            /* flags that a term has */
    hs_term *terms;         /* of the content: by hash, each once, no stop words */
    uint32_t *runs;         /* hashes of three words in a row that tell something: ascending */
    hs_term *context;
    hs_term *cue; /* "endorsed" tells something, "said" does not */
    size_t n_terms, n_runs, n_context, n_cue;
} hs_sketch;

typedef struct hs_page_sketch {
    hs_sketch *claims;
    size_t n;
    hs_term *story; /* the weightiest terms of title and text */
    size_t n_story;
    uint32_t outlet; /* hash; 0: not known */
    int32_t day;     /* days since 1970; HS_NO_DAY: not known */
} hs_page_sketch;

enum { HS_NO_DAY = INT32_MIN };

void hs_sketch_make(hs_page_sketch *out, hs_arena *arena, const hs_read_record *read);

/* What is stored, and back; false for a blob that is none. */
hs_str hs_sketch_pack(const hs_page_sketch *sketch, hs_arena *arena);
bool hs_sketch_unpack(hs_page_sketch *out, hs_arena *arena, hs_str blob);

/* "2031-03-12…" → days since 1970, or HS_NO_DAY. */
int32_t hs_day_of(hs_str published);

/* The speakers of a record's claims: the entities' names, else the sources' words; a surname alone is the one person's in full whose it is
 * on the page. n_claims of them. */
hs_name *hs_speaker_names(hs_arena *arena, const hs_record *record);

#endif
