/* What of the ledger needs other rooms: writing its answers; and records that hs_read made, which go into a ledger as the JSON that hs_write prints,
 * the one form that it knows. */
#include <stdlib.h>

#include "base/error.h"
#include "formats/answers.h"
#include "formats/formats.h"
#include "hearsay.h"

hs_status hs_ledger_add_record(hs_added *out, hs_ledger *ledger, const hs_record *record, hs_error *error) {
    if (!out || !ledger || !record)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_add_record: an argument is missing");
    hs_memory b = {0};
    hs_status status = HS_OK;
    if (!hs_format_jsonl(hs_memory_append, &b, record)) status = hs_fail(error, HS_ERR_LIMIT, "no memory for a record");
    if (status == HS_OK) status = hs_ledger_add(out, ledger, &(hs_addition){.json = b.v, .n = b.n}, error);
    free(b.v);
    return status;
}

static hs_status written(bool ok, hs_error *error) {
    return ok ? HS_OK : hs_fail(error, HS_ERR_IO, "the output cannot be written");
}

static bool text_or_json(hs_format format) {
    return format == HS_FORMAT_TEXT || format == HS_FORMAT_JSONL;
}

hs_status hs_write_hits(hs_sink sink, void *state, const hs_hits *hits, hs_format format, bool colour,
                        hs_error *error) {
    if (!sink || !hits || !text_or_json(format))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_hits: no sink, no hits or no such format");
    return written(hs_format_hits(sink, state, hits, format == HS_FORMAT_JSONL, colour), error);
}

hs_status hs_write_who(hs_sink sink, void *state, const hs_who *who, hs_format format, bool colour, hs_error *error) {
    if (!sink || !who || !text_or_json(format))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_who: no sink, no answer or no such format");
    return written(hs_format_who(sink, state, who, format == HS_FORMAT_JSONL, colour), error);
}

hs_status hs_write_trace(hs_sink sink, void *state, const hs_trace *trace, hs_format format, bool colour,
                         hs_error *error) {
    if (!sink || !trace || !(text_or_json(format) || format == HS_FORMAT_SVG))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_trace: no sink, no trace or no such format");
    if (format == HS_FORMAT_SVG) return written(hs_format_trace_svg(sink, state, trace), error);
    if (format == HS_FORMAT_JSONL) return written(hs_format_trace_json(sink, state, trace), error);
    return written(hs_format_trace_text(sink, state, trace, colour), error);
}

hs_status hs_write_note(hs_sink sink, void *state, const hs_note *note, hs_format format, bool colour,
                        hs_error *error) {
    if (!sink || !note || !text_or_json(format))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_note: no sink, no note or no such format");
    return written(hs_format_note(sink, state, note, format == HS_FORMAT_JSONL, colour), error);
}

hs_status hs_write_cited(hs_sink sink, void *state, const hs_cited *cited, hs_error *error) {
    if (!sink || !cited) return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_cited: no sink or no claim");
    return written(hs_format_cited(sink, state, cited), error);
}

hs_status hs_write_claim_review(hs_sink sink, void *state, const hs_note *note, hs_error *error) {
    if (!sink || !note || note->verdict == HS_VERDICT_NONE)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_write_claim_review: no sink, no note or no verdict in it");
    return written(hs_format_claim_review(sink, state, note), error);
}
