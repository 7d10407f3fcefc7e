#!/usr/bin/env python3
"""Learns the weights by which src/claims/acts.c tells stances and hedges.

usage: train/acts/train.py [--check] MEASURE-CLAIMS TABLE GOLD-FOLDER [GOLD-FOLDER...]

Logistic regression over the signs of src/claims/acts.h, which MEASURE-CLAIMS (build/train/acts/measure-claims) prints for the claims of
the pages in the folders (more than one may be given; each page's claims carry "stance" and "hedged"). --check first trains on five
sixths of the pages and scores the others, in turns. The table (src/claims/acts_table.c) is then made from all pages.
"""
import argparse
import subprocess
import warnings

import gold
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

STANCES = "declines denies accuses speculates intends urges asks shows believes asserts".split()
RIDGE, HEDGE_RIDGE = 0.4, 0.6
HEDGED_WEIGHT = 2.0  # one claim in fifteen is hedged: a missed one weighs as much as two that are wrongly so
RARE = 3  # a sign that fewer claims have says nothing
FOLDS = 6


def stance_model():
    return LogisticRegression(C=RIDGE, max_iter=1000)


def hedge_model():
    return LogisticRegression(C=HEDGE_RIDGE, class_weight={False: 1.0, True: HEDGED_WEIGHT}, max_iter=1000)


def read(program, folders, n_signs):
    signs, stances, hedged, pages = [], [], [], []
    for folder in folders:
        docs = gold.load(folder)
        for doc, found in zip(docs, gold.measure(program, docs)):
            for claim, measured in zip(doc["claims"], found):
                row = np.zeros(n_signs, np.float32)
                row[measured["features"]] = 1
                signs.append(row)
                stances.append(STANCES.index(claim["stance"]))
                hedged.append(claim["hedged"])
                pages.append(doc["name"])
    return np.array(signs), np.array(stances), np.array(hedged), np.array(pages)


def check(signs, stances, hedged, pages):
    stance, hedge = np.zeros_like(stances), np.zeros_like(hedged)
    for inside, outside in GroupKFold(FOLDS).split(signs, stances, pages):
        stance[outside] = stance_model().fit(signs[inside], stances[inside]).predict(signs[outside])
        hedge[outside] = hedge_model().fit(signs[inside], hedged[inside]).predict(signs[outside])
    hit = (hedge & hedged).sum()
    print(f"by page, {FOLDS} folds: stance {100 * (stance == stances).mean():.1f} %, hedged {100 * (hedge == hedged).mean():.1f} %, "
          f"its P {100 * hit / hedge.sum():.0f} R {100 * hit / hedged.sum():.0f}")
    for k, name in enumerate(STANCES):
        found, real = stance == k, stances == k
        print(f"  {name:10} P {100 * (found & real).sum() / max(1, found.sum()):5.1f}  R {100 * (found & real).sum() / real.sum():5.1f}"
              f"  of {real.sum()}")


def table(names, kept, stance, hedge):
    weights = np.zeros((len(names), len(STANCES) + 1))
    weights[kept, :-1] = stance.coef_.T
    weights[kept, -1] = hedge.coef_[0]
    bias = np.append(stance.intercept_, hedge.intercept_[0])
    row = lambda values: ", ".join(str(round(100 * v)) for v in values)
    out = ["/* Written by train/acts/train.py: the weights of acts.h, in hundredths: " + ", ".join(STANCES) + ", hedged. */",
           '#include "claims/acts.h"', "", "/* clang-format off */",
           f"const int16_t hs_act_bias[HS_ACT_OUTPUTS] = {{{row(bias)}}};",
           "const int16_t hs_act_weights[HS_ACT_FEATURES][HS_ACT_OUTPUTS] = {"]
    out += [f"    [{i}] = {{{row(weights[i])}}}, /* {name} */" for i, name in enumerate(names) if weights[i].any()]
    return "\n".join(out + ["};", "/* clang-format on */", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("program")
    parser.add_argument("table")
    parser.add_argument("folders", nargs="+")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    names = subprocess.run([args.program, "--names"], capture_output=True, check=True, text=True).stdout.split()
    signs, stances, hedged, pages = read(args.program, args.folders, len(names))
    kept = np.flatnonzero(signs.sum(0) >= RARE)
    signs = signs[:, kept]
    if args.check:
        check(signs, stances, hedged, pages)
    text = table(names, kept, stance_model().fit(signs, stances), hedge_model().fit(signs, hedged))
    with open(args.table, "w", encoding="utf-8") as f:
        f.write(text)


if __name__ == "__main__":
    main()
