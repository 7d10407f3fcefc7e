/* The chain of a claim: by whom it came to the page. From the innermost speaker through those who pass it on and the media that
 * they used, to the page itself. Knows records alone; owns nothing. */
#ifndef HS_FORMATS_CHAIN_H
#define HS_FORMATS_CHAIN_H

#include "formats/out.h"

typedef enum hs_step_kind { HS_STEP_NAMED, HS_STEP_UNNAMED, HS_STEP_MEDIUM, HS_STEP_PAGE } hs_step_kind;

typedef struct hs_step {
    hs_step_kind kind;
    hs_str name;
} hs_step;

enum { HS_CHAIN_MOST = 12 };

typedef struct hs_chain {
    hs_step steps[HS_CHAIN_MOST];
    size_t n;
} hs_chain;

/* Whether a speaker has a name of its own: what the record says, else whether a word but the first begins with a capital, or that one
 * too where no article stands before it. */
bool hs_chain_is_named(const hs_entity *entity);
bool hs_chain_has_name(const hs_record *record, const hs_claim *claim); /* its speaker */

/* Its entity's name, else the page's own words, else "someone not named". */
hs_str hs_chain_speaker(const hs_record *record, const hs_claim *claim);
/* The medium, where it is another one than the page itself; else absent. */
hs_str hs_chain_medium(const hs_record *record, const hs_claim *claim);
hs_str hs_chain_page(const hs_record *record); /* the outlet, or "this page" */

/* A chain that is too long loses steps in front of the page. */
void hs_chain_of(hs_chain *chain, const hs_record *record, size_t claim);

/* The sign of a kind of step, about the point (x, y): filled, hollow, square or a sheet of paper. */
void hs_chain_sign(hs_out *out, hs_step_kind kind, size_t x, size_t y);

/* The chain as a small picture in SVG, to stand in HTML. */
void hs_chain_picture(hs_out *out, const hs_chain *chain);

#endif
