/* A page's bytes → UTF-8, whatever it was written in. Knows nothing of tags but the <meta> that names a charset. */
#ifndef HS_HTML_CHARSET_H
#define HS_HTML_CHARSET_H

#include "base/str.h"

/* Fills *out with valid UTF-8 in the arena, without a mark at its start, without NULs and "\r", ready to be scanned and written to
 * (html/scan.h). `label` is the charset that the page came with (HTTP's), absent where there was none. HS_ERR_EMPTY for blank input, HS_ERR_BINARY for what is not text. */
hs_status hs_charset_decode(hs_str *out, hs_arena *arena, hs_str bytes, hs_str label, hs_str name, hs_error *error);

#endif
