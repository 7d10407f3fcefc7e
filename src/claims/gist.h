/* What a claim's words tell of it as one side of a dispute: what it is about, whom it names, whether and how it denies, and what its denial
 * points at. Knows one claim; which claims dispute each other is the matter of disputes.c. */
#ifndef HS_CLAIMS_GIST_H
#define HS_CLAIMS_GIST_H

#include "claims/labels.h"

/* Words or the beginnings of words, hashed: sorted, each once. */
typedef struct hs_terms {
    uint32_t *v;
    size_t n;
} hs_terms;

/* How a claim denies, the plainest sign first. */
typedef enum hs_denial {
    HS_DENIAL_NONE,
    HS_DENIAL_CUE,         /* "denied", "rejected" */
    HS_DENIAL_MOCKS,       /* "ridiculed", "decried" */
    HS_DENIAL_CRITICISES,  /* "blasted the statement" */
    HS_DENIAL_VERDICT,     /* "said those statements were wrong" */
    HS_DENIAL_ITS,         /* "it's nonsense" */
    HS_DENIAL_SHORT,       /* "she just made it up" */
    HS_DENIAL_NO,          /* "No, …" */
    HS_DENIAL_QUESTIONS,   /* "questioned that finding" */
    HS_DENIAL_NO_EVIDENCE, /* "found no evidence" */
    HS_DENIAL_STANCE,      /* denies by its stance */
    HS_DENIAL_NEGATES      /* "said he had not …" */
} hs_denial;

typedef enum hs_pointer {
    HS_POINTS_NOWHERE,
    HS_POINTS_PRONOUN, /* "denied it" */
    HS_POINTS_BEGINS,  /* "it would …", "that's …" */
    HS_POINTS_CLAIM,   /* "these allegations" */
    HS_POINTS_SAYING,  /* "her statements" */
    HS_POINTS_OTHER    /* "the report's findings" */
} hs_pointer;

typedef struct hs_gist {
    hs_lex cue;                                    /* classes */
    hs_terms about;                                /* beginnings of the content's words that say something */
    hs_terms words, opening, capitals;             /* the content's words, the first of them, those in capitals */
    hs_terms names, source;                        /* the source's names and its longer words */
    hs_terms cue_stems, opening_stems;             /* beginnings of words */
    size_t paragraph, cue_at, source_at, from, to; /* words: where cue, source and content begin; its last one */
    hs_denial denial;
    hs_pointer pointer;
    size_t pointed_at;              /* the noun that points */
    bool told_out;                  /* and says itself what was said: "the claim that" */
    bool plural, any, them;         /* what the content points at, or begins with */
    bool speaks_to_you, of_oneself; /* "you are guilty"; "I am not" */
    bool negated, accuses, told_as_false, noun_cue;
} hs_gist;

/* Paragraphs as the words that begin them. */
typedef HS_VEC(size_t) hs_beginnings;
hs_beginnings hs_gist_paragraphs(hs_arena *arena, const hs_marked *m);

hs_gist hs_gist_of(hs_arena *arena, const hs_marked *m, const hs_claim *claim, const hs_parts *parts,
                   const hs_beginnings *paragraphs);

/* The words of a name by which a text may mean who bears it. */
hs_terms hs_gist_names(hs_arena *arena, hs_str name);

/* How many terms two sets share. */
size_t hs_terms_shared(const hs_terms *a, const hs_terms *b);

#endif
