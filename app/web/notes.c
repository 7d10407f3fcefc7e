/* Notes: those on a claim, writing one down, and the queue of those that wait to be released. See also answers.h, gate.h. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "answers.h"
#include "form.h"

enum {
    MOST_FIELDS = 16,
    LONGEST_TEXT = 8000,
    LONGEST_NAME = 200,
    LONGEST_LINK = 2000,
    MOST_HELD = 500, /* notes that wait; then the owner has to decide first */
    FULL_SECONDS = 3600,
    USUAL_LIMIT = 20
};

static bool write_notes(web_reply *reply, const hs_trace *trace, const char *format) {
    (void)format;
    hs_error error;
    web_items items = {.reply = reply};
    bool ok = web_put(reply, "{\"notes\": [");
    for (size_t i = 0; i < trace->n_notes && ok; i++)
        ok = hs_write_note(web_put_items, &items, &trace->notes[i], HS_FORMAT_JSONL, false, &error) == HS_OK;
    return ok && web_put(reply, "]}\n");
}

void web_ledger_notes(web_reply *reply, const web_request *request, const web_site *site) {
    const char *claim = web_given(request, "claim");
    if (claim) web_trace(reply, claim, "json", write_notes, site);
    else web_reply_problem(reply, WEB_BAD_REQUEST, "claim is the id of the claim");
}

/* ---- writing one down ---- */

static bool is_web(const char *link) {
    if (strncmp(link, "http://", 7) != 0 && strncmp(link, "https://", 8) != 0) return false;
    for (; *link; link++)
        if ((unsigned char)*link <= ' ' || *link == 0x7F) return false;
    return true;
}

static bool verdict_of(hs_verdict_kind *out, const char *name) {
    *out = HS_VERDICT_NONE;
    if (!name) return true;
    for (int i = HS_VERDICT_CONFIRMED; i <= HS_VERDICT_MISLEADING; i++) {
        if (strcmp(name, hs_verdict_name((hs_verdict_kind)i)) != 0) continue;
        *out = (hs_verdict_kind)i;
        return true;
    }
    return false;
}

/* What is wrong with a note; NULL: nothing. */
static const char *note_of(hs_new_note *note, const web_fields *fields) {
    *note = (hs_new_note){.size = sizeof *note,
                          .claim = web_form_value(fields, "claim"),
                          .text = web_form_value(fields, "text"),
                          .link = web_form_value(fields, "link"),
                          .author = web_form_value(fields, "by"),
                          .reply_to = web_form_value(fields, "reply_to")};
    if (!note->claim || !note->text) return "a note needs a claim and a text";
    for (size_t i = 0; i < fields->n; i++)
        if (!web_form_is_text(fields->v[i].value)) return "a note is text in UTF-8, without control characters";
    if (strspn(note->text, " \t\r\n") == strlen(note->text)) return "a note needs a text";
    if (strlen(note->text) > LONGEST_TEXT) return "the text is longer than 8000 bytes";
    if (note->author && strlen(note->author) > LONGEST_NAME) return "the name is longer than 200 bytes";
    if (note->link && (!is_web(note->link) || strlen(note->link) > LONGEST_LINK))
        return "the link is to be an http or https address of at most 2000 bytes";
    if (!verdict_of(&note->verdict, web_form_value(fields, "verdict")))
        return "a verdict is confirmed, refuted, unproven or misleading";
    return NULL;
}

static bool is_form(const char *type) {
    static const char name[] = "application/x-www-form-urlencoded";
    size_t n = type ? strcspn(type, "; \t") : 0;
    return n == sizeof name - 1 && strncasecmp(type, name, n) == 0;
}

/* Whether a note of the public may come in; where not, the reply says why. */
static bool passes(web_reply *reply, const hs_new_note *note, const web_fields *fields, const web_request *request,
                   const web_site *site) {
    static const char *const messages[] = {
        [WEB_NO_PROOF] = "a note without the server's token needs an answer to a challenge of /api/challenge",
        [WEB_FORGED] = "this is no challenge of this server for this claim: ask for a new one",
        [WEB_EXPIRED] = "the challenge has expired: ask for a new one",
        [WEB_USED] = "the challenge has been used: ask for a new one",
        [WEB_TOO_EASY] = "this is no answer to the challenge for this text",
    };
    web_proof proof = {.challenge = web_form_value(fields, "challenge"),
                       .work = web_form_value(fields, "work"),
                       .claim = note->claim,
                       .text = note->text};
    unsigned wait;
    web_passage passage = web_gate_pass(site->gate, &proof, &request->client, web_gate_now(), &wait);
    if (passage == WEB_PASSED) return true;
    if (passage == WEB_TOO_OFTEN)
        web_reply_wait(reply, WEB_TOO_MANY, wait, "too many notes in a short time: try again later");
    else web_reply_problem(reply, WEB_NO_WORK, messages[passage]);
    return false;
}

/* Under the lock of who writes: whether one more may wait. */
static hs_status has_room(bool *out, hs_ledger *ledger, hs_error *error) {
    hs_ledger_counts counts;
    hs_status status = hs_ledger_count(&counts, ledger, error);
    *out = status == HS_OK && counts.held < MOST_HELD;
    return status;
}

static void write_down(web_reply *reply, const hs_new_note *note, const web_site *site) {
    hs_error error;
    char id[16];
    bool room = true;
    hs_ledger *ledger = web_ledgers_take_writer(site->ledgers, &error);
    hs_status status = ledger ? HS_OK : error.code;
    if (status == HS_OK && note->held) status = has_room(&room, ledger, &error);
    if (status == HS_OK && room) status = hs_ledger_note(id, ledger, note, &error);
    web_ledgers_give_writer(site->ledgers, status);
    if (status != HS_OK) {
        web_put_error(reply, &error);
    } else if (!room) {
        web_reply_wait(reply, WEB_QUEUE_FULL, FULL_SECONDS, "too many notes wait for the owner: try again another day");
    } else {
        reply->status = note->held ? 202 : 201;
        web_finish(reply,
                   web_reply_print(reply, "{\"id\": \"%s\", \"held\": %s}\n", id, note->held ? "true" : "false"));
    }
}

static bool shows_ledger(web_reply *reply, const web_site *site) {
    if (!site->ledgers)
        web_reply_problem(reply, WEB_NOT_FOUND, "this server shows no ledger: \"hearsay serve -l LEDGER\" does");
    return site->ledgers;
}

void web_ledger_note(web_reply *reply, const web_request *request, const web_site *site) {
    web_field v[MOST_FIELDS];
    web_fields fields = {.v = v, .most = MOST_FIELDS};
    hs_new_note note;
    if (!shows_ledger(reply, site)) return;
    if (!is_form(request->type)) {
        web_reply_problem(reply, WEB_WRONG_TYPE, "a note is application/x-www-form-urlencoded");
        return;
    }
    char *form = strndup(request->body.v ? request->body.v : "", request->body.n);
    bool whole = form && strlen(form) == request->body.n; /* no byte of zero */
    const char *wrong = !whole || !web_form_read(&fields, form, request->body.n) ? "this is no form" : NULL;
    if (!wrong) wrong = note_of(&note, &fields);
    note.held = !request->owner;
    if (wrong) web_reply_problem(reply, WEB_BAD_REQUEST, wrong);
    else if (request->owner || passes(reply, &note, &fields, request, site)) write_down(reply, &note, site);
    free(form);
}

void web_challenge(web_reply *reply, const web_request *request, const web_site *site) {
    const char *claim = web_given(request, "claim");
    char challenge[WEB_CHALLENGE_SIZE];
    if (!site->gate)
        web_reply_problem(reply, WEB_NOT_FOUND, "this server takes no notes from the public: --public-notes does");
    else if (!claim) web_reply_problem(reply, WEB_BAD_REQUEST, "claim is the id of the claim");
    else if (!web_gate_challenge(challenge, site->gate, claim, web_gate_now()))
        web_reply_problem(reply, WEB_FAILED, "no random numbers");
    else
        web_finish(reply,
                   web_reply_print(reply, "{\"challenge\": \"%s\", \"parts\": %d, \"bits\": %d, \"seconds\": %d}\n",
                                   challenge, WEB_WORK_PARTS, WEB_WORK_BITS, WEB_CHALLENGE_SECONDS));
}

/* ---- the queue ---- */

typedef struct queue {
    web_reply *reply;
    size_t n, limit;
    bool ok;
} queue;

static bool put_queued(void *state, const hs_note *note) {
    queue *q = state;
    hs_error error;
    web_items items = {.reply = q->reply};
    if (q->n == q->limit) return false;
    q->ok = web_put(q->reply, q->n++ ? ", {\"note\": " : "{\"note\": ") &&
            hs_write_note(web_put_items, &items, note, HS_FORMAT_JSONL, false, &error) == HS_OK;
    items.ended = false;
    q->ok = q->ok && web_put(q->reply, ", \"claim\": ") &&
            hs_write_cited(web_put_items, &items, &note->cited, &error) == HS_OK && web_put(q->reply, "}");
    return q->ok;
}

void web_ledger_queue(web_reply *reply, const web_request *request, const web_site *site) {
    queue q = {.reply = reply, .limit = USUAL_LIMIT, .ok = true};
    hs_ledger_counts counts;
    hs_error error;
    if (!web_limit_of(&q.limit, reply, request)) return;
    hs_ledger *ledger = web_take(reply, site);
    if (!ledger) return;
    hs_status status = hs_ledger_count(&counts, ledger, &error);
    if (status == HS_OK) {
        q.ok = web_reply_print(reply, "{\"held\": %zu, \"notes\": [", counts.held);
        status = hs_ledger_each_note(ledger, HS_NOTE_HELD, web_given(request, "claim"), put_queued, &q, &error);
    }
    if (status == HS_OK) web_finish(reply, q.ok && web_put(reply, "]}\n"));
    web_give(reply, site, ledger, status, &error);
}

static void decide(web_reply *reply, const web_request *request, const web_site *site,
                   hs_status (*how)(hs_ledger *ledger, const char *note, hs_error *error)) {
    hs_error error;
    if (!shows_ledger(reply, site)) return;
    char *note = strndup(request->parts[0].p, request->parts[0].n);
    if (!note) {
        web_finish(reply, false);
        return;
    }
    hs_ledger *ledger = web_ledgers_take_writer(site->ledgers, &error);
    hs_status status = ledger ? how(ledger, note, &error) : error.code;
    web_ledgers_give_writer(site->ledgers, status);
    if (status != HS_OK) web_put_error(reply, &error);
    else web_finish(reply, web_put(reply, "{\"id\": ") && web_reply_string(reply, note) && web_put(reply, "}\n"));
    free(note);
}

void web_ledger_release(web_reply *reply, const web_request *request, const web_site *site) {
    decide(reply, request, site, hs_ledger_release);
}

void web_ledger_refuse(web_reply *reply, const web_request *request, const web_site *site) {
    decide(reply, request, site, hs_ledger_refuse);
}
