/* The words for every status and label: the one table that errors, formats and the schema's test go by. */
#include "formats/formats.h"

static const char *const STATUS_NAMES[] = {
    [HS_OK] = "ok",
    [HS_ERR_ARGUMENT] = "wrong argument",
    [HS_ERR_MISSING] = "cannot be opened",
    [HS_ERR_IO] = "cannot be read or written",
    [HS_ERR_EMPTY] = "holds nothing",
    [HS_ERR_BINARY] = "is not text",
    [HS_ERR_LIMIT] = "a limit was reached",
    [HS_ERR_FORMAT] = "damaged or of another version",
    [HS_ERR_REFUSED] = "not read on purpose",
};

static const char *const MANNER_NAMES[] = {
    [HS_MANNER_DIRECT] = "direct",
    [HS_MANNER_MIXED] = "mixed",
    [HS_MANNER_INDIRECT] = "indirect",
};

static const char *const STANCE_NAMES[] = {
    [HS_STANCE_DECLINES] = "declines", [HS_STANCE_DENIES] = "denies",
    [HS_STANCE_ACCUSES] = "accuses",   [HS_STANCE_SPECULATES] = "speculates",
    [HS_STANCE_INTENDS] = "intends",   [HS_STANCE_URGES] = "urges",
    [HS_STANCE_ASKS] = "asks",         [HS_STANCE_SHOWS] = "shows",
    [HS_STANCE_BELIEVES] = "believes", [HS_STANCE_ASSERTS] = "asserts",
};

static const char *const EVIDENCE_KIND_NAMES[] = {
    [HS_EVIDENCE_EYEWITNESS] = "eyewitness",
    [HS_EVIDENCE_FOOTAGE] = "footage",
    [HS_EVIDENCE_DOCUMENT] = "document",
    [HS_EVIDENCE_DATA] = "data",
    [HS_EVIDENCE_INTELLIGENCE] = "intelligence",
    [HS_EVIDENCE_UNNAMED_SOURCE] = "unnamed-source",
    [HS_EVIDENCE_OTHER] = "other",
};

static const char *const ENTITY_TYPE_NAMES[] = {
    [HS_ENTITY_UNKNOWN] = "unknown",       [HS_ENTITY_PERSON] = "person",   [HS_ENTITY_ORGANIZATION] = "organization",
    [HS_ENTITY_GOVERNMENT] = "government", [HS_ENTITY_GROUP] = "group",     [HS_ENTITY_DOCUMENT] = "document",
    [HS_ENTITY_MEDIA] = "media",           [HS_ENTITY_UNNAMED] = "unnamed",
};

static const char *const VERDICT_NAMES[] = {
    [HS_VERDICT_NONE] = "none",         [HS_VERDICT_CONFIRMED] = "confirmed",   [HS_VERDICT_REFUTED] = "refuted",
    [HS_VERDICT_UNPROVEN] = "unproven", [HS_VERDICT_MISLEADING] = "misleading",
};

static const char *const HOW_NAMES[] = {
    [HS_HOW_FIRST] = "first-hand", [HS_HOW_CITES] = "cites",   [HS_HOW_CREDIT] = "credits",
    [HS_HOW_COPY] = "copies",      [HS_HOW_QUOTES] = "quotes",
};

#define NAME_OF(table, value) ((size_t)(value) < sizeof(table) / sizeof *(table) ? (table)[value] : "unknown")

const char *hs_status_name(hs_status status) {
    return NAME_OF(STATUS_NAMES, status);
}

const char *hs_manner_name(hs_manner manner) {
    return NAME_OF(MANNER_NAMES, manner);
}

const char *hs_stance_name(hs_stance stance) {
    return NAME_OF(STANCE_NAMES, stance);
}

const char *hs_evidence_kind_name(hs_evidence_kind kind) {
    return NAME_OF(EVIDENCE_KIND_NAMES, kind);
}

const char *hs_entity_type_name(hs_entity_type type) {
    return NAME_OF(ENTITY_TYPE_NAMES, type);
}

const char *hs_verdict_name(hs_verdict_kind verdict) {
    return NAME_OF(VERDICT_NAMES, verdict);
}

const char *hs_how_name(hs_how how) {
    return NAME_OF(HOW_NAMES, how);
}
