/* Answers of a ledger → text, JSON, SVG; records → CSV, Web Annotation, brat. Knows what hearsay.h shows of them alone. */
#ifndef HS_FORMATS_ANSWERS_H
#define HS_FORMATS_ANSWERS_H

#include "base/str.h"
#include "formats/json_writer.h"

/* Each returns false when the sink did. */
bool hs_format_csv(hs_sink sink, void *state, const hs_record *record);
bool hs_format_webannotation(hs_sink sink, void *state, const hs_record *record);
bool hs_format_brat(hs_sink sink, void *state, const hs_record *record);

bool hs_format_hits(hs_sink sink, void *state, const hs_hits *hits, bool json, bool colour);
bool hs_format_who(hs_sink sink, void *state, const hs_who *who, bool json, bool colour);
bool hs_format_trace_text(hs_sink sink, void *state, const hs_trace *trace, bool colour);
bool hs_format_trace_json(hs_sink sink, void *state, const hs_trace *trace);
bool hs_format_trace_svg(hs_sink sink, void *state, const hs_trace *trace);
bool hs_format_note(hs_sink sink, void *state, const hs_note *note, bool json, bool colour);
bool hs_format_cited(hs_sink sink, void *state, const hs_cited *cited);
bool hs_format_claim_review(hs_sink sink, void *state, const hs_note *note);

/* Members of an object under way: where a claim stands and what it says. */
void hs_json_cited(hs_json *json, const hs_cited *cited);
void hs_json_counts(hs_json *json, hs_str key, const hs_count *v, size_t n);
void hs_json_note(hs_json *json, const hs_note *note);

/* The words of spans, with " … " between them. */
void hs_json_spans(hs_json *json, hs_str text, const hs_span *v, size_t n);

#endif
