#include "claims/evidence.h"
void hs_evidence_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) { (void)record;(void)arena;(void)m; (void)parts; }
