/* A lenient reader of JSON, for what pages carry in their scripts: it takes any bytes and gives what can be made out. It forgives
 * comments, CDATA marks, line ends and unescaped quotation marks in strings, missing and surplus commas and brackets, several values in a
 * row, and an end in the middle. All in the arena; strings are slices of the text until they are asked for. */
#ifndef HS_PAGE_JSON_H
#define HS_PAGE_JSON_H

#include "base/str.h"

typedef enum hs_json_kind { HS_JSON_OTHER, HS_JSON_STRING, HS_JSON_LIST, HS_JSON_OBJECT } hs_json_kind;

typedef struct hs_json hs_json;
struct hs_json {
    hs_json *parent, *first, *last, *next;
    hs_str key;  /* in an object; as written */
    hs_str text; /* of a string or number; as written */
    hs_json_kind kind;
    bool escaped; /* text holds backslashes */
};

/* The values of a script, one after another in the list that is returned. Deeper nesting than 64 and values beyond 100,000 are left out. */
const hs_json *hs_json_read(hs_arena *arena, hs_str script);

const hs_json *hs_json_get(const hs_json *object, hs_str key); /* NULL when there is none, or it is no object */

/* A string or number, its escapes decoded; absent for anything else and for NULL. */
hs_str hs_json_text(hs_arena *arena, const hs_json *value);

#endif
