/* Stance and hedge: see acts.h. */
#include "claims/acts.h"

#include "claims/act_words.h"

size_t *hs_acts_named(const hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts) {
    static const hs_lex PRONOUNS = HS_LEX_OF(PRONOUN) | HS_LEX_OF(I) | HS_LEX_OF(WH);
    size_t n_speakers = 0;
    for (size_t i = 0; i < record->n_claims; i++)
        if (record->claims[i].speaker != HS_NONE && record->claims[i].speaker >= n_speakers)
            n_speakers = record->claims[i].speaker + 1;
    size_t *last = HS_NEW(arena, size_t, n_speakers), *out = HS_NEW(arena, size_t, record->n_claims);
    for (size_t i = 0; i < n_speakers; i++) last[i] = HS_NONE;
    for (size_t i = 0; i < record->n_claims; i++) {
        size_t speaker = record->claims[i].speaker;
        out[i] = speaker == HS_NONE ? HS_NONE : last[speaker];
        if (speaker != HS_NONE && parts[i].source.n && !(hs_act_head(m, &parts[i].source) & PRONOUNS))
            last[speaker] = i;
    }
    return out;
}

static void read_act(hs_claim *claim, const hs_marked *m, const hs_parts *parts, const hs_act_features *features,
                     const hs_act_scores *scores) {
    int sums[HS_ACT_OUTPUTS];
    for (size_t k = 0; k < HS_ACT_OUTPUTS; k++) sums[k] = hs_act_bias[k];
    for (size_t i = 0; i < features->n; i++)
        for (size_t k = 0; k < HS_ACT_OUTPUTS; k++) sums[k] += hs_act_weights[features->v[i]][k];
    hs_act_words_add(sums, m, parts);
    for (size_t k = 0; scores && k < HS_ACT_OUTPUTS; k++)
        sums[k] += (int)((float)hs_act_trust[k] * (k < HS_ACT_STANCES ? scores->stance[k] : scores->hedged));
    size_t best = 0;
    for (size_t k = 1; k < HS_ACT_STANCES; k++)
        if (sums[k] > sums[best]) best = k;
    claim->stance = (hs_stance)best;
    claim->hedged = sums[HS_ACT_STANCES] > 0;
}

void hs_acts_read(hs_record *record, hs_arena *arena, const hs_marked *m, const hs_parts *parts,
                  const hs_act_scores *scores) {
    const size_t *named = hs_acts_named(record, arena, m, parts);
    for (size_t i = 0; i < record->n_claims; i++) {
        hs_claim *claim = &record->claims[i];
        hs_act_features features =
            hs_act_features_of(claim, m, &parts[i], named[i] == HS_NONE ? NULL : &parts[named[i]]);
        read_act(claim, m, &parts[i], &features, scores ? &scores[i] : NULL);
    }
}
