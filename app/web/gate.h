/* The gate that notes from the public come through. Whoever wants to write asks for a challenge, which says on which claim and until when;
 * to answer it, a machine has to do some half a million digests of the note's own words, about a second's work, which is nothing for a person
 * with one note and much for a robot with thousands. A challenge is signed with a key of this run, not remembered: what is remembered are
 * the few that were used, until they expire. Each client may pass only so often, and all together: see rates.h. Knows nothing of HTTP.
 *
 * The work: with seed = SHA-256(challenge "\n" text), find WEB_WORK_PARTS numbers, ascending, such that SHA-256(seed, number in decimal
 * digits) begins with WEB_WORK_BITS zero bits. Many small parts take about as long each time, one large part would not.
 */
#ifndef HEARSAY_WEB_GATE_H
#define HEARSAY_WEB_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "rates.h"

enum { WEB_WORK_PARTS = 16, WEB_WORK_BITS = 15, WEB_CHALLENGE_SECONDS = 600, WEB_CHALLENGE_SIZE = 128 };

typedef struct web_gate web_gate;

/* NULL: there is no memory, or no random number. */
web_gate *web_gate_make(void);
void web_gate_free(web_gate *gate);

/* Seconds that only go forward, as `now` below. */
int64_t web_gate_now(void);

/* A challenge for a note on this claim, terminated. False: there are no random numbers. */
bool web_gate_challenge(char out[WEB_CHALLENGE_SIZE], const web_gate *gate, const char *claim, int64_t now);

typedef struct web_proof {
    const char *challenge, *work; /* as they were sent; NULL: not at all */
    const char *claim, *text;     /* what is to be written */
} web_proof;

typedef enum web_passage {
    WEB_PASSED,
    WEB_NO_PROOF, /* none was sent, or it is none */
    WEB_FORGED,   /* no challenge of this run, or one for another claim */
    WEB_EXPIRED,
    WEB_USED,
    WEB_TOO_EASY, /* the work was not done, or for another text */
    WEB_TOO_OFTEN /* *wait says for how many seconds */
} web_passage;

/* Each proof passes once. Any thread may ask. */
web_passage web_gate_pass(web_gate *gate, const web_proof *proof, const web_client *client, int64_t now,
                          unsigned *wait);

#endif
