/* XML cut into pieces, as leniently as feeds need it: tags that do not match, bare "&" and "<", HTML's entities and bytes behind the end
 * are all let pass. There is no DTD here, so nothing is fetched or expanded. Works on the text where it lies; each piece costs
 * its own length. */
#ifndef HS_INPUT_XML_H
#define HS_INPUT_XML_H

#include "base/str.h"

typedef enum hs_xml_kind { HS_XML_END, HS_XML_OPEN, HS_XML_CLOSE, HS_XML_TEXT, HS_XML_CDATA } hs_xml_kind;

typedef struct hs_xml_piece {
    hs_xml_kind kind;
    bool empty;        /* "<a/>" */
    hs_str name;       /* of a tag, with its prefix */
    hs_str inside;     /* the attributes of an opening tag, or the text as it is written */
    size_t start, end; /* in the whole text */
} hs_xml_piece;

/* The piece at `at`; comments, instructions and the document type are passed over. */
hs_xml_piece hs_xml_next(hs_str text, size_t at);

/* The value of an attribute as it is written, absent when there is none. */
hs_str hs_xml_attribute(hs_str inside, hs_str name);

/* The element that `open` opens: its content; *end is the byte behind it. An element that is not closed reaches to the end of `text`. */
hs_str hs_xml_content(hs_str text, const hs_xml_piece *open, size_t *end);

/* Content as text: references decoded, tags left out. Borrowed or in the arena. */
hs_str hs_xml_text(hs_arena *arena, hs_str content);

#endif
