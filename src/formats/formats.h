/* Records → text for people, JSON Lines, HTML, pictures. Knows records alone. */
#ifndef HS_FORMATS_FORMATS_H
#define HS_FORMATS_FORMATS_H

#include "hearsay.h"

/* Each returns false when the sink did. */
bool hs_format_jsonl(hs_sink sink, void *state, const hs_record *record);
bool hs_format_text(hs_sink sink, void *state, const hs_record *record, bool colour);
bool hs_format_html(hs_sink sink, void *state, const hs_record *record); /* also when there is no memory */
bool hs_format_svg(hs_sink sink, void *state, const hs_record *record);  /* likewise */

#endif
