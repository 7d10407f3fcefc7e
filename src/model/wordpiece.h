/* Words to word pieces: docs/model-format.md, section 2. Knows the vocabulary, not tensors or features.
 *
 * A vocabulary is read-only once made and may be used by any number of threads.
 */
#ifndef HS_MODEL_WORDPIECE_H
#define HS_MODEL_WORDPIECE_H

#include "base/str.h"
#include "text/words.h"

typedef struct hs_vocab {
    const char *bytes;           /* borrowed: the pieces in order of their ids, each ended by a line feed */
    uint32_t *at;                /* [count + 1]: piece i is bytes[at[i] .. at[i + 1] - 1) */
    struct hs_vocab_slot *slots; /* hash table of mask + 1 slots */
    size_t count, mask, longest; /* longest: bytes of the longest piece */
    int32_t cls, sep, unk;
} hs_vocab;

/* Indexes a vocabulary, which must hold `count` different pieces, [CLS], [SEP] and [UNK] among them; HS_ERR_FORMAT with
 * the reason when it does not, HS_ERR_LIMIT when there is no memory. `vocab_bytes` is borrowed until hs_vocab_free. On
 * failure there is nothing to free. */
hs_status hs_vocab_init(hs_vocab *out, hs_str vocab_bytes, size_t count, hs_error *error);
void hs_vocab_free(hs_vocab *vocab); /* NULL and a zeroed one are nothing to do */

typedef struct hs_pieces {
    int32_t *ids;
    uint32_t *first; /* [words + 1]: word w has ids[first[w] .. first[w + 1]), at least one */
    size_t n;        /* number of ids */
} hs_pieces;

hs_pieces hs_wordpiece(hs_arena *arena, const hs_vocab *vocab, const hs_words *words);

#endif
