#include "claims/disputes.h"
void hs_disputes_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) { (void)record;(void)arena;(void)m; (void)parts; }
