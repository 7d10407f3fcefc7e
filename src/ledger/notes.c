/* Notes and verdicts: see hearsay.h. They are only ever added. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/answer.h"

enum { NOTE_COLUMNS = 8, LONGEST_NOTE = 1 << 20 };

static hs_str note_id(hs_arena *arena, int64_t uid) {
    char id[HS_ID_LENGTH + 2] = "n";
    hs_id_write(id + 1, uid);
    return hs_str_copy(arena, (hs_str){id, HS_ID_LENGTH + 1});
}

hs_status hs_notes_add(hs_notes *out, hs_held *held, hs_sql sql, const hs_value *in, size_t n, hs_error *error) {
    typedef struct raw {
        hs_value v[NOTE_COLUMNS];
    } raw;
    HS_VEC(raw) rows = {0};
    raw r;
    bool row = true;
    hs_db *db = held->ledger->db;
    hs_status status = db->ops->start(db, sql, in, n, error);
    while (status == HS_OK && (status = db->ops->next(db, sql, r.v, NOTE_COLUMNS, &row, error)) == HS_OK && row) {
        for (int i = 0; i < NOTE_COLUMNS; i++)
            if (r.v[i].s.p) r.v[i].s = hs_str_copy(held->arena, r.v[i].s);
        HS_PUSH(held->arena, rows, r);
    }
    db->ops->finish(db, sql);
    for (size_t i = 0; i < rows.n && status == HS_OK; i++) {
        const hs_value *v = rows.v[i].v;
        hs_held_page *page;
        size_t index;
        status = hs_hold_claim(&page, &index, held, v[1].i, error);
        if (status != HS_OK) break;
        hs_note note = {.id = note_id(held->arena, v[0].i),
                        .cited = hs_cite(held, page, index),
                        .text = v[2].s,
                        .link = v[4].s,
                        .author = v[5].s,
                        .made = hs_time_text(held->arena, v[7].i)};
        note.verdict = v[3].i >= 0 && v[3].i <= HS_VERDICT_MISLEADING ? (hs_verdict_kind)v[3].i : HS_VERDICT_NONE;
        if (v[6].kind == HS_VALUE_INT) note.reply_to = note_id(held->arena, v[6].i);
        HS_PUSH(held->arena, out->list, note);
    }
    return status;
}

/* ---- writing one down ---- */

typedef struct writing {
    const hs_new_note *note;
    int64_t uid;
    bool begun; /* the store has been written to */
} writing;

static hs_status find_reply(int64_t *uid, hs_ledger *ledger, const char *id, hs_arena *arena, hs_error *error) {
    int64_t range[2];
    hs_value v[NOTE_COLUMNS];
    bool found = false;
    bool right = (id[0] | 32) == 'n' && hs_id_range(&range[0], &range[1], hs_str_of(id + 1));
    hs_value in[2] = {HS_INT(range[0]), HS_INT(range[1])};
    hs_status status =
        right ? hs_db_one(ledger->db, HS_SQL_NOTE_BY_UID, in, 2, arena, v, NOTE_COLUMNS, &found, error) : HS_OK;
    if (status != HS_OK) return status;
    if (!found) return hs_fail(error, HS_ERR_MISSING, "%s: there is no such note", id);
    *uid = v[0].i;
    return HS_OK;
}

/* The same words written down twice are two notes: the time and a count make the difference. */
static int64_t make_uid(const hs_new_note *n, int64_t claim, int64_t now, int64_t count) {
    hs_digester d;
    hs_digest_start(&d);
    const char *const fields[] = {n->text, n->link, n->author, n->reply_to};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) hs_digest_field(&d, hs_str_of(fields[i]));
    const int64_t numbers[] = {claim, now, count, (int64_t)n->verdict};
    hs_digest_add(&d, (hs_str){(const char *)numbers, sizeof numbers});
    hs_digest digest = hs_digest_end(&d);
    return hs_uid_of(&digest);
}

static hs_status write_note(hs_answer *answer, hs_ledger *ledger, const void *given, hs_error *error) {
    writing *w = (writing *)(uintptr_t)given;
    const hs_new_note *n = w->note;
    hs_arena *arena = &answer->arena;
    int64_t claim, reply = 0, now = (int64_t)time(NULL);
    hs_value counts[3] = {{0}};
    bool row;
    hs_status status = hs_claim_find(&claim, ledger, hs_str_of(n->claim), arena, error);
    if (status == HS_OK && n->reply_to) status = find_reply(&reply, ledger, n->reply_to, arena, error);
    if (status == HS_OK) status = hs_db_one(ledger->db, HS_SQL_COUNTS, NULL, 0, arena, counts, 3, &row, error);
    if (status != HS_OK) return status;
    w->uid = make_uid(n, claim, now, counts[2].i);
    hs_str text = hs_utf8_repair(arena, hs_str_of(n->text)), link = hs_utf8_repair(arena, hs_str_of(n->link));
    hs_str author = hs_utf8_repair(arena, hs_str_of(n->author));
    w->begun = true;
    status =
        HS_DB_RUN(ledger->db, HS_SQL_NOTE_ADD, error, HS_INT(w->uid), HS_INT(claim), HS_TEXT(text), HS_INT(n->verdict),
                  HS_TEXT(link), HS_TEXT(author), n->reply_to ? HS_INT(reply) : (hs_value){0}, HS_INT(now));
    if (status != HS_OK) return status;
    return HS_DB_RUN(ledger->db, HS_SQL_NOTE_SEARCH_ADD, error, HS_INT(w->uid), HS_TEXT(text));
}

hs_status hs_ledger_note(char id[16], hs_ledger *ledger, const hs_new_note *note, hs_error *error) {
    if (!id || !ledger || !note || note->size != sizeof *note || !note->claim || !note->text)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_note: an argument is missing");
    if (!*note->text) return hs_fail(error, HS_ERR_ARGUMENT, "an empty note");
    if (strlen(note->text) > LONGEST_NOTE) return hs_fail(error, HS_ERR_LIMIT, "a note of more than 1 MiB");
    writing w = {.note = note};
    hs_answer *answer;
    bool own = !ledger->adding;
    hs_status status = own ? hs_ledger_begin(ledger, error) : HS_OK;
    if (status != HS_OK) return status;
    status = hs_answer_make(&answer, ledger, write_note, &w, error);
    /* What the caller has asked for wrongly shows before anything is written, and leaves the caller's transaction as it was. */
    bool refused = !w.begun && (status == HS_ERR_MISSING || status == HS_ERR_ARGUMENT);
    if (own && status == HS_OK) status = hs_ledger_commit(ledger, error);
    else if (status != HS_OK && (own || !refused)) hs_ledger_rollback(ledger);
    hs_answer_free(answer);
    if (status != HS_OK) return status;
    id[0] = 'n';
    hs_id_write(id + 1, w.uid);
    return HS_OK;
}
