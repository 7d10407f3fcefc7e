/* A trace under way: trace.c finds the carriers and whom each had the claim from, origins.c what follows from that. */
#ifndef HS_LEDGER_TRACE_H
#define HS_LEDGER_TRACE_H

#include "ledger/answer.h"

typedef struct hs_carried {
    hs_held_page *page;
    size_t claim; /* the first claim of the page that is the one traced */
    hs_how how;
    size_t from;
    hs_str from_name;
    double shared;
    bool told_own;
    size_t origin;
    hs_page_sketch *sketch; /* NULL until it is needed */
} hs_carried;

typedef struct hs_tracing {
    hs_arena *arena;
    hs_held held;
    hs_group group;
    HS_VEC(int64_t) turned;     /* of the group at first, but denied by their speakers on the same page */
    HS_VEC(hs_carried) carried; /* the earliest first */
} hs_tracing;

hs_status hs_trace_gather(hs_tracing *tracing, int64_t claim, hs_error *error);
bool hs_carries(const hs_tracing *tracing, const hs_carried *carried, size_t claim);
int hs_by_claim(const void *a, const void *b); /* int64_t, ascending */

#endif
