/* Notes and verdicts: see hearsay.h. They are only ever added; of one that waits, what was decided changes its state. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ledger/answer.h"

enum { NOTE_COLUMNS = 9, LONGEST_NOTE = 1 << 20 };

typedef struct row {
    hs_value v[NOTE_COLUMNS]; /* as sql.c has them */
} row;

typedef HS_VEC(row) rows;

static hs_str note_id(hs_arena *arena, int64_t uid) {
    char id[HS_ID_LENGTH + 2] = "n";
    hs_id_write(id + 1, uid);
    return hs_str_copy(arena, (hs_str){id, HS_ID_LENGTH + 1});
}

static hs_status read_rows(rows *out, hs_held *held, hs_sql sql, const hs_value *in, size_t n, hs_error *error) {
    row r;
    bool more = true;
    hs_db *db = held->ledger->db;
    hs_status status = db->ops->start(db, sql, in, n, error);
    while (status == HS_OK && (status = db->ops->next(db, sql, r.v, NOTE_COLUMNS, &more, error)) == HS_OK && more) {
        for (int i = 0; i < NOTE_COLUMNS; i++)
            if (r.v[i].s.p) r.v[i].s = hs_str_copy(held->arena, r.v[i].s);
        HS_PUSH(held->arena, *out, r);
    }
    db->ops->finish(db, sql);
    return status;
}

static hs_status read_note(hs_note *out, hs_held *held, const hs_value v[NOTE_COLUMNS], hs_error *error) {
    hs_held_page *page;
    size_t index;
    hs_status status = hs_hold_claim(&page, &index, held, v[1].i, error);
    if (status != HS_OK) return status;
    *out = (hs_note){.id = note_id(held->arena, v[0].i),
                     .cited = hs_cite(held, page, index),
                     .text = v[2].s,
                     .link = v[4].s,
                     .author = v[5].s,
                     .made = hs_time_text(held->arena, v[7].i)};
    out->verdict = v[3].i >= 0 && v[3].i <= HS_VERDICT_MISLEADING ? (hs_verdict_kind)v[3].i : HS_VERDICT_NONE;
    if (v[6].kind == HS_VALUE_INT) out->reply_to = note_id(held->arena, v[6].i);
    return HS_OK;
}

hs_status hs_notes_of(hs_notes *out, hs_held *held, int64_t claim, hs_note_state state, hs_error *error) {
    rows rows = {0};
    hs_value in[2] = {HS_INT(claim), HS_INT(state)};
    hs_status status = read_rows(&rows, held, HS_SQL_NOTES_OF, in, 2, error);
    for (size_t i = 0; i < rows.n && status == HS_OK; i++) {
        hs_note note;
        status = read_note(&note, held, rows.v[i].v, error);
        if (status == HS_OK) HS_PUSH(held->arena, out->list, note);
    }
    return status;
}

typedef struct walk {
    hs_note_state which;
    const char *claim;
    hs_each_note each;
    void *state;
} walk;

/* Pages are unpacked one note after another: whoever wants the first few waits for no others. */
static hs_status give_notes(hs_answer *answer, hs_ledger *ledger, const void *question, hs_error *error) {
    const walk *w = question;
    hs_held held = {.ledger = ledger, .arena = &answer->arena};
    rows rows = {0};
    hs_value in[2] = {HS_INT(w->which), HS_INT(w->which)};
    int64_t claim = 0;
    hs_status status = w->claim ? hs_claim_find(&claim, ledger, hs_str_of(w->claim), held.arena, error) : HS_OK;
    if (w->claim) in[0] = HS_INT(claim);
    if (status == HS_OK)
        status = read_rows(&rows, &held, w->claim ? HS_SQL_NOTES_OF : HS_SQL_NOTES_ALL, in, w->claim ? 2 : 1, error);
    for (size_t i = 0; i < rows.n && status == HS_OK; i++) {
        hs_note note;
        status = read_note(&note, &held, rows.v[i].v, error);
        if (status == HS_OK && !w->each(w->state, &note)) break;
    }
    return status;
}

hs_status hs_ledger_each_note(hs_ledger *ledger, hs_note_state which, const char *claim, hs_each_note each, void *state,
                              hs_error *error) {
    if (!ledger || !each) return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_each_note: an argument is missing");
    hs_answer *answer;
    hs_status status = hs_answer_make(&answer, ledger, give_notes, &(walk){which, claim, each, state}, error);
    if (status == HS_OK) hs_answer_free(answer);
    return status;
}

/* ---- writing one down ---- */

typedef struct writing {
    const hs_new_note *note;
    int64_t uid;
    bool begun; /* the store has been written to */
} writing;

/* The note of this id, as sql.c has it. */
static hs_status find_note(hs_value v[NOTE_COLUMNS], hs_ledger *ledger, const char *id, hs_arena *arena,
                           hs_error *error) {
    int64_t range[2] = {0};
    bool found = false;
    bool right = (id[0] | 32) == 'n' && hs_id_range(&range[0], &range[1], hs_str_of(id + 1));
    hs_value in[2] = {HS_INT(range[0]), HS_INT(range[1])};
    hs_status status =
        right ? hs_db_one(ledger->db, HS_SQL_NOTE_BY_UID, in, 2, arena, v, NOTE_COLUMNS, &found, error) : HS_OK;
    if (status != HS_OK) return status;
    return found ? HS_OK : hs_fail(error, HS_ERR_MISSING, "%s: there is no such note", id);
}

/* Of notes that are not shown nobody is told: they are answered by nobody. */
static hs_status find_reply(int64_t *uid, hs_ledger *ledger, const char *id, hs_arena *arena, hs_error *error) {
    hs_value v[NOTE_COLUMNS];
    hs_status status = find_note(v, ledger, id, arena, error);
    if (status != HS_OK) return status;
    if (v[8].i != HS_NOTE_SHOWN) return hs_fail(error, HS_ERR_MISSING, "%s: there is no such note", id);
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
    hs_value count = {0};
    bool any;
    hs_status status = hs_claim_find(&claim, ledger, hs_str_of(n->claim), arena, error);
    if (status == HS_OK && n->reply_to) status = find_reply(&reply, ledger, n->reply_to, arena, error);
    if (status == HS_OK) status = hs_db_one(ledger->db, HS_SQL_NOTE_COUNT, NULL, 0, arena, &count, 1, &any, error);
    if (status != HS_OK) return status;
    w->uid = make_uid(n, claim, now, count.i);
    hs_str text = hs_utf8_repair(arena, hs_str_of(n->text)), link = hs_utf8_repair(arena, hs_str_of(n->link));
    hs_str author = hs_utf8_repair(arena, hs_str_of(n->author));
    w->begun = true;
    status = HS_DB_RUN(ledger->db, HS_SQL_NOTE_ADD, error, HS_INT(w->uid), HS_INT(claim), HS_TEXT(text),
                       HS_INT(n->verdict), HS_TEXT(link), HS_TEXT(author), n->reply_to ? HS_INT(reply) : (hs_value){0},
                       HS_INT(now), HS_INT(n->held ? HS_NOTE_HELD : HS_NOTE_SHOWN));
    if (status != HS_OK || n->held) return status; /* what is not shown is not found either */
    return HS_DB_RUN(ledger->db, HS_SQL_NOTE_SEARCH_ADD, error, HS_INT(w->uid), HS_TEXT(text));
}

/* As a transaction of its own, unless one has begun. What is asked for wrongly shows before anything is written (`*begun`), and leaves the caller's
 * transaction as it was. */
static hs_status write_whole(hs_ledger *ledger, hs_fill write, const void *what, const bool *begun, hs_error *error) {
    hs_answer *answer;
    bool own = !ledger->adding;
    hs_status status = own ? hs_ledger_begin(ledger, error) : HS_OK;
    if (status != HS_OK) return status;
    status = hs_answer_make(&answer, ledger, write, what, error);
    bool refused = !*begun && (status == HS_ERR_MISSING || status == HS_ERR_ARGUMENT);
    if (own && status == HS_OK) status = hs_ledger_commit(ledger, error);
    else if (status != HS_OK && (own || !refused)) hs_ledger_rollback(ledger);
    hs_answer_free(answer);
    return status;
}

hs_status hs_ledger_note(char id[16], hs_ledger *ledger, const hs_new_note *note, hs_error *error) {
    if (!id || !ledger || !note || note->size != sizeof *note || !note->claim || !note->text)
        return hs_fail(error, HS_ERR_ARGUMENT, "hs_ledger_note: an argument is missing");
    if (!*note->text) return hs_fail(error, HS_ERR_ARGUMENT, "an empty note");
    if (strlen(note->text) > LONGEST_NOTE) return hs_fail(error, HS_ERR_LIMIT, "a note of more than 1 MiB");
    writing w = {.note = note};
    hs_status status = write_whole(ledger, write_note, &w, &w.begun, error);
    if (status != HS_OK) return status;
    id[0] = 'n';
    hs_id_write(id + 1, w.uid);
    return HS_OK;
}

/* ---- deciding ---- */

typedef struct decision {
    const char *note;
    hs_note_state state;
    bool begun; /* the store has been written to */
} decision;

static hs_status decide_note(hs_answer *answer, hs_ledger *ledger, const void *given, hs_error *error) {
    decision *d = (decision *)(uintptr_t)given;
    hs_value v[NOTE_COLUMNS];
    hs_status status = find_note(v, ledger, d->note, &answer->arena, error);
    if (status != HS_OK || v[8].i == d->state) return status;
    if (v[8].i == HS_NOTE_SHOWN)
        return hs_fail(error, HS_ERR_ARGUMENT, "%s: the note is shown already, and notes are never taken back",
                       d->note);
    d->begun = true;
    status = HS_DB_RUN(ledger->db, HS_SQL_NOTE_DECIDE, error, v[0], HS_INT(d->state));
    if (status != HS_OK || d->state != HS_NOTE_SHOWN) return status;
    return HS_DB_RUN(ledger->db, HS_SQL_NOTE_SEARCH_ADD, error, v[0], v[2]);
}

static hs_status decide(hs_ledger *ledger, const char *note, hs_note_state state, hs_error *error) {
    if (!ledger || !note) return hs_fail(error, HS_ERR_ARGUMENT, "deciding about a note: an argument is missing");
    decision d = {.note = note, .state = state};
    return write_whole(ledger, decide_note, &d, &d.begun, error);
}

hs_status hs_ledger_release(hs_ledger *ledger, const char *note, hs_error *error) {
    return decide(ledger, note, HS_NOTE_SHOWN, error);
}

hs_status hs_ledger_refuse(hs_ledger *ledger, const char *note, hs_error *error) {
    return decide(ledger, note, HS_NOTE_REFUSED, error);
}
