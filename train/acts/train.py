#!/usr/bin/env python3
"""Learns the weights by which src/claims/acts.c tells stances and hedges.

usage: train/acts/train.py [--check] MEASURE-CLAIMS TABLE WORDS GOLD-FOLDER POLNEAR

Logistic regression over the signs of src/claims/acts.h and the stems of act_words.h, which MEASURE-CLAIMS (build/train/acts/measure-claims)
prints for the claims of the pages in the folder, and for those of PolNeAR's training part (JSON Lines) whose stance stands in
polnear_stances.jsonl. --check first trains on five sixths of the folder's pages and scores the others, in turns, and on nine tenths of
PolNeAR's articles and scores the others. The tables (src/claims/acts_table.c and act_words.def) are then made from all.
"""
import argparse
import collections
import subprocess
import warnings
import zlib

import gold
import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

STANCES = "declines denies accuses speculates intends urges asks shows believes asserts".split()
RIDGE, HEDGE_RIDGE = 0.3, 0.4
HEDGED_WEIGHT = 2.0  # one claim in fifteen is hedged: a missed one weighs as much as two that are wrongly so
TRUST = 0.25  # of the model's scores: on articles that its head did not see 0.3 % more claims are right than without, with 0.5 as many
RARE = 3  # a sign that fewer claims have says nothing
RARE_STEM, LONGEST_STEM = 10, 23  # a longer one is in no table: act_words.h
STEM_SCALE = 0.5  # a stem's weight costs four times what a sign's does
FOLDS = 6


def stance_model():
    return LogisticRegression(C=RIDGE, max_iter=1000)


def hedge_model():
    return LogisticRegression(C=HEDGE_RIDGE, class_weight={False: 1.0, True: HEDGED_WEIGHT}, max_iter=1000)


class Examples:
    """Claims as rows of signs and of stems."""

    def __init__(self, program, docs, n_signs):
        rows = [(claim, measured, doc["name"]) for doc in docs for claim, measured in zip(doc["claims"], gold.measure(program, [doc])[0])
                if claim.get("stance")]
        self.stems = [{"q " + s for s in m["cue_stems"]} | {"c " + s for s in m["content_stems"]} for _, m, _ in rows]
        at = [(r, f) for r, (_, m, _) in enumerate(rows) for f in set(m["features"])]
        self.signs = csr_matrix((np.ones(len(at)), tuple(zip(*at))), (len(rows), n_signs))
        self.stances = np.array([STANCES.index(c["stance"]) for c, _, _ in rows])
        self.hedged = np.array([bool(c.get("hedged")) for c, _, _ in rows])
        self.hedge_known = np.flatnonzero([c.get("hedged") is not None for c, _, _ in rows])
        self.pages = np.array([page for _, _, page in rows])
        self.cues = [c["cue"][0][0] if c["cue"] else -1 for c, _, _ in rows]

    def columns(self, signs, stems):
        """The features that are kept."""
        at = {s: k for k, s in enumerate(stems)}
        found = [(r, at[s]) for r, row in enumerate(self.stems) for s in row if s in at]
        words = csr_matrix((np.full(len(found), STEM_SCALE), tuple(zip(*found))), (len(self.stems), len(stems)))
        self.x = hstack([self.signs[:, signs], words]).tocsr()


def fit(model, labels, *parts):
    """parts: (examples, which of them)."""
    return model.fit(vstack([e.x[chosen] for e, chosen in parts]), np.concatenate([getattr(e, labels)[chosen] for e, chosen in parts]))


def left_out(pages):
    """One article in ten."""
    return np.array([zlib.crc32(p.encode()) % 10 == 0 for p in pages])


def check(examples, more):
    stances, hedged, everything = examples.stances, examples.hedged, np.arange(len(more.stances))
    stance, hedge = np.zeros_like(stances), np.zeros_like(hedged)
    for inside, outside in GroupKFold(FOLDS).split(examples.x, stances, examples.pages):
        stance[outside] = fit(stance_model(), "stances", (examples, inside), (more, everything)).predict(examples.x[outside])
        hedge[outside] = fit(hedge_model(), "hedged", (examples, inside), (more, more.hedge_known)).predict(examples.x[outside])
    hit = (hedge & hedged).sum()
    print(f"by page, {FOLDS} folds: stance {100 * (stance == stances).mean():.1f} %, hedged {100 * (hedge == hedged).mean():.1f} %, "
          f"its P {100 * hit / hedge.sum():.0f} R {100 * hit / hedged.sum():.0f}")
    print("gold \\ found " + "".join(f"{s[:8]:>9}" for s in STANCES))
    for k, name in enumerate(STANCES):
        print(f"{name:12} " + "".join(f"{((stance == j) & (stances == k)).sum() or '.':>9}" for j in range(len(STANCES))))
    back = np.flatnonzero(left_out(more.pages))
    learned = fit(stance_model(), "stances", (examples, np.arange(len(stances))), (more, np.setdiff1d(everything, back)))
    right = learned.predict(more.x[back]) == more.stances[back]
    print(f"articles of PolNeAR that were left out, {len(back)} claims: stance {100 * right.mean():.1f} %")


def row(values):
    return ", ".join(str(round(100 * v)) for v in values)


def table(names, signs, weights, bias):
    out = ["/* Written by train/acts/train.py: the weights of acts.h, in hundredths: " + ", ".join(STANCES) + ", hedged. */",
           '#include "claims/acts.h"', "", "/* clang-format off */",
           f"const int16_t hs_act_bias[HS_ACT_OUTPUTS] = {{{row(bias)}}};",
           f"const int16_t hs_act_trust[HS_ACT_OUTPUTS] = {{{row(np.full(len(bias), TRUST))}}};",
           "const int16_t hs_act_weights[HS_ACT_FEATURES][HS_ACT_OUTPUTS] = {"]
    out += [f"    [{i}] = {{{row(w)}}}, /* {names[i]} */" for i, w in zip(signs, weights) if w.any()]
    return "\n".join(out + ["};", "/* clang-format on */", ""])


def word_table(stems, weights):
    out = ["# Written by train/acts/train.py: stems of cues and contents, and in hundredths how much each says for", "# " + " ".join(STANCES) + " hedged"]
    for name, letter in (("cue", "q"), ("content", "c")):
        out += [f"[{name}]"] + [f"{s[2:]} {row(w).replace(',', '')}" for s, w in zip(stems, weights) if s[0] == letter]
    return "\n".join(out + [""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    for name in ("program", "table", "words", "folder", "polnear"):
        parser.add_argument(name)
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    names = subprocess.run([args.program, "--names"], capture_output=True, check=True, text=True).stdout.split()
    examples = Examples(args.program, gold.load(args.folder), len(names))
    more = Examples(args.program, gold.load_polnear(args.polnear), len(names))
    signs = np.flatnonzero(np.asarray(examples.signs.sum(0) + more.signs.sum(0))[0] >= RARE)
    counts = collections.Counter(s for e in (examples, more) for row_ in e.stems for s in row_)
    stems = sorted(s for s, n in counts.items() if n >= RARE_STEM and len(s) - 2 <= LONGEST_STEM)
    for e in (examples, more):
        e.columns(signs, stems)
    if args.check:
        check(examples, more)
    stance = fit(stance_model(), "stances", *((e, np.arange(len(e.stances))) for e in (examples, more)))
    hedge = fit(hedge_model(), "hedged", *((e, e.hedge_known) for e in (examples, more)))
    weights = np.concatenate([stance.coef_.T, hedge.coef_.T], 1)
    bias = np.append(stance.intercept_, hedge.intercept_[0])
    for path, text in ((args.table, table(names, signs, weights[:len(signs)], bias)),
                       (args.words, word_table(stems, STEM_SCALE * weights[len(signs):]))):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    main()
