#!/usr/bin/env python3
"""Learns the weights by which src/claims/acts.c tells stances and hedges.

usage: train/acts/train.py [--check] MEASURE-CLAIMS TABLE GOLD-FOLDER POLNEAR

Logistic regression over the signs of src/claims/acts.h, which MEASURE-CLAIMS (build/train/acts/measure-claims) prints for the claims of
the pages in the folder, and for those of PolNeAR's training part (JSON Lines) whose stance stands in polnear_stances.jsonl; the latter
weigh less, as their speakers are not known. --check first trains on five sixths of the folder's pages and scores the others, in turns.
The table (src/claims/acts_table.c) is then made from all.
"""
import argparse
import subprocess
import warnings

import gold
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

STANCES = "declines denies accuses speculates intends urges asks shows believes asserts".split()
RIDGE, HEDGE_RIDGE = 0.3, 0.4
HEDGED_WEIGHT = 2.0  # one claim in fifteen is hedged: a missed one weighs as much as two that are wrongly so
TRUST = 0.5  # of the model's scores: from 0.25 to 1 is as good on claims of PolNeAR that its head did not see
RARE = 3  # a sign that fewer claims have says nothing
FOLDS = 6
POLNEAR_WEIGHT = 1.0


def stance_model():
    return LogisticRegression(C=RIDGE, max_iter=1000)


def hedge_model():
    return LogisticRegression(C=HEDGE_RIDGE, class_weight={False: 1.0, True: HEDGED_WEIGHT}, max_iter=1000)


class Examples:
    """Claims as rows of signs."""

    def __init__(self, program, docs, n_signs, weight):
        rows = []
        for doc, found in zip(docs, gold.measure(program, docs)):
            for claim, measured in zip(doc["claims"], found):
                if claim.get("stance"):
                    row = np.zeros(n_signs, np.float32)
                    row[measured["features"]] = 1
                    rows.append((row, STANCES.index(claim["stance"]), claim["hedged"], doc["name"]))
        self.signs = np.array([r[0] for r in rows])
        self.stances, self.hedged, self.pages = (np.array([r[k] for r in rows]) for k in (1, 2, 3))
        self.weights = np.full(len(rows), weight)


def fit(model, labels, examples, more, chosen):
    """Trained on the chosen examples and on all of the others."""
    return model.fit(np.concatenate([examples.signs[chosen], more.signs]),
                     np.concatenate([getattr(examples, labels)[chosen], getattr(more, labels)]),
                     sample_weight=np.concatenate([examples.weights[chosen], more.weights]))


def check(examples, more):
    stances, hedged = examples.stances, examples.hedged
    stance, hedge = np.zeros_like(stances), np.zeros_like(hedged)
    for inside, outside in GroupKFold(FOLDS).split(examples.signs, stances, examples.pages):
        stance[outside] = fit(stance_model(), "stances", examples, more, inside).predict(examples.signs[outside])
        hedge[outside] = fit(hedge_model(), "hedged", examples, more, inside).predict(examples.signs[outside])
    hit = (hedge & hedged).sum()
    print(f"by page, {FOLDS} folds: stance {100 * (stance == stances).mean():.1f} %, hedged {100 * (hedge == hedged).mean():.1f} %, "
          f"its P {100 * hit / hedge.sum():.0f} R {100 * hit / hedged.sum():.0f}")
    print("gold \\ found " + "".join(f"{s[:8]:>9}" for s in STANCES))
    for k, name in enumerate(STANCES):
        print(f"{name:12} " + "".join(f"{((stance == j) & (stances == k)).sum() or '.':>9}" for j in range(len(STANCES))))


def table(names, kept, stance, hedge):
    weights = np.zeros((len(names), len(STANCES) + 1))
    weights[kept, :-1] = stance.coef_.T
    weights[kept, -1] = hedge.coef_[0]
    bias = np.append(stance.intercept_, hedge.intercept_[0])
    row = lambda values: ", ".join(str(round(100 * v)) for v in values)
    out = ["/* Written by train/acts/train.py: the weights of acts.h, in hundredths: " + ", ".join(STANCES) + ", hedged. */",
           '#include "claims/acts.h"', "", "/* clang-format off */",
           f"const int16_t hs_act_bias[HS_ACT_OUTPUTS] = {{{row(bias)}}};",
           f"const int16_t hs_act_trust[HS_ACT_OUTPUTS] = {{{row(np.full(len(bias), TRUST))}}};",
           "const int16_t hs_act_weights[HS_ACT_FEATURES][HS_ACT_OUTPUTS] = {"]
    out += [f"    [{i}] = {{{row(weights[i])}}}, /* {name} */" for i, name in enumerate(names) if weights[i].any()]
    return "\n".join(out + ["};", "/* clang-format on */", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("program")
    parser.add_argument("table")
    parser.add_argument("folder")
    parser.add_argument("polnear")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    names = subprocess.run([args.program, "--names"], capture_output=True, check=True, text=True).stdout.split()
    examples = Examples(args.program, gold.load(args.folder), len(names), 1.0)
    more = Examples(args.program, gold.load_polnear(args.polnear), len(names), POLNEAR_WEIGHT)
    kept = np.flatnonzero(examples.signs.sum(0) + more.signs.sum(0) >= RARE)
    examples.signs, more.signs = examples.signs[:, kept], more.signs[:, kept]
    if args.check:
        check(examples, more)
    everything = np.arange(len(examples.stances))
    text = table(names, kept, fit(stance_model(), "stances", examples, more, everything),
                 fit(hedge_model(), "hedged", examples, more, everything))
    with open(args.table, "w", encoding="utf-8") as f:
        f.write(text)


if __name__ == "__main__":
    main()
