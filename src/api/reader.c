/* Readers and records: the one place that wires the rooms together. A record and all that it points to live in one arena,
 * which is freed with it. */
#include <setjmp.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "claims/claims.h"
#include "formats/answers.h"
#include "formats/formats.h"
#include "hearsay.h"
#include "page/page.h"

struct hs_reader {
    hs_model *model; /* NULL: articles alone */
    size_t max_bytes, max_memory;
    double min_confidence;
};

typedef struct result {
    hs_record record; /* first: a record's address is its result's */
    hs_arena arena;
} result;

void hs_reader_options_init(hs_reader_options *options) {
    if (!options) return;
    *options = (hs_reader_options){
        .size = sizeof *options, .claims = true, .max_bytes = (size_t)64 << 20, .max_memory = (size_t)1 << 30};
}

/* The weights file to open: the caller's, else the environment's, else the installed one, else the source tree's. */
static hs_status open_model(hs_model **out, const char *path, hs_error *error) {
    if (!path) path = getenv("HEARSAY_WEIGHTS");
    if (path) return hs_model_open(out, path, error);
    hs_status status = hs_model_open(out, HS_WEIGHTS_PATH, error);
    return status == HS_ERR_MISSING ? hs_model_open(out, HS_BUILD_WEIGHTS_PATH, error) : status;
}

hs_status hs_reader_open(hs_reader **out, const hs_reader_options *options, hs_error *error) {
    if (!out) return hs_fail(error, HS_ERR_ARGUMENT, "hs_reader_open: no place for the reader");
    *out = NULL;
    hs_reader_options o;
    hs_reader_options_init(&o);
    if (options && options->size != sizeof o)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_reader_open: options of another version");
    if (options) o = *options;
    if (!(o.min_confidence >= 0 && o.min_confidence <= 1))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_reader_open: min_confidence is not a number from 0 to 1");
    hs_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return hs_fail(error, HS_ERR_LIMIT, "no memory for a reader");
    reader->max_bytes = o.max_bytes;
    reader->max_memory = o.max_memory;
    reader->min_confidence = o.min_confidence;
    hs_status status = o.claims ? open_model(&reader->model, o.weights, error) : HS_OK;
    if (status != HS_OK) {
        free(reader);
        return status;
    }
    *out = reader;
    return HS_OK;
}

void hs_reader_free(hs_reader *reader) {
    if (!reader) return;
    hs_model_free(reader->model);
    free(reader);
}

/* The claim reader knows English; a text whose language nobody can tell is tried as such. */
static bool known_language(hs_str language) {
    return !language.p || hs_str_eq(language, HS_STR("en"));
}

static hs_status no_memory(const hs_reader *reader, const hs_page *page, hs_error *error) {
    return hs_fail(error, HS_ERR_LIMIT, "%s: needs more memory than the limit of %zu MiB", page->name,
                   reader->max_memory >> 20);
}

static hs_status guarded_read(result *r, hs_arena *work, const hs_reader *reader, const hs_page *page,
                              hs_error *error) {
    if (setjmp(work->full)) return no_memory(reader, page, error);
    if (setjmp(r->arena.full)) return no_memory(reader, page, error);
    return hs_page_read(&r->record, &r->arena, work, page, error);
}

/* The page's tree and all else that the record does not need is gone when this returns. */
static hs_status read_page(result *r, const hs_reader *reader, const hs_page *page, hs_error *error) {
    hs_arena work;
    hs_arena_init(&work, reader->max_memory);
    work.beside = &r->arena;
    r->arena.beside = &work;
    hs_status status = guarded_read(r, &work, reader, page, error);
    hs_arena_free(&work);
    r->arena.beside = NULL;
    return status;
}

static hs_status read_into(result *r, const hs_reader *reader, const hs_page *page, hs_error *error) {
    hs_status status = read_page(r, reader, page, error);
    if (status != HS_OK || !reader->model || !known_language(r->record.language)) return status;
    if (r->record.text.n > UINT32_MAX) return hs_fail(error, HS_ERR_LIMIT, "%s: the article is over 4 GiB", page->name);
    if (setjmp(r->arena.full)) return no_memory(reader, page, error);
    hs_claims_read(&r->record, &r->arena, reader->model, reader->min_confidence);
    return HS_OK;
}

hs_status hs_read(hs_record **out, const hs_reader *reader, const hs_page *page, hs_error *error) {
    if (!out || !reader || !page || (!page->bytes && page->n))
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_read: no place for the record, no reader, no page or no bytes");
    *out = NULL;
    hs_page given = *page;
    if (!given.name) given.name = "-";
    if (!given.n) given.bytes = "";
    if (given.n > reader->max_bytes)
        return hs_fail(error, HS_ERR_LIMIT, "%s: larger than the limit of %zu MiB", given.name,
                       reader->max_bytes >> 20);
    result *r = calloc(1, sizeof *r);
    if (!r) return hs_fail(error, HS_ERR_LIMIT, "%s: no memory", given.name);
    hs_arena_init(&r->arena, reader->max_memory);
    hs_status status = read_into(r, reader, &given, error);
    if (status != HS_OK) {
        hs_record_free(&r->record);
        return status;
    }
    *out = &r->record;
    return HS_OK;
}

void hs_record_free(hs_record *record) {
    if (!record) return;
    result *r = (result *)record;
    hs_arena_free(&r->arena);
    free(r);
}

hs_status hs_write(hs_sink sink, void *state, const hs_record *record, hs_format format, bool colour, hs_error *error) {
    if (!sink || !record) return hs_fail(error, HS_ERR_ARGUMENT, "hs_write: no sink or no record");
    bool ok = false;
    switch (format) {
    case HS_FORMAT_JSONL: ok = hs_format_jsonl(sink, state, record); break;
    case HS_FORMAT_TEXT: ok = hs_format_text(sink, state, record, colour); break;
    case HS_FORMAT_CSV: ok = hs_format_csv(sink, state, record); break;
    case HS_FORMAT_WEBANNOTATION: ok = hs_format_webannotation(sink, state, record); break;
    case HS_FORMAT_BRAT: ok = hs_format_brat(sink, state, record); break;
    case HS_FORMAT_HTML: ok = hs_format_html(sink, state, record); break;
    case HS_FORMAT_SVG: ok = hs_format_svg(sink, state, record); break;
    default: return hs_fail(error, HS_ERR_ARGUMENT, "hs_write: no such format");
    }
    return ok ? HS_OK : hs_fail(error, HS_ERR_IO, "the output cannot be written");
}

const char *hs_version(void) {
    return HS_VERSION;
}
