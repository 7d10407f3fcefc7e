#!/usr/bin/env python3
"""Learns src/claims/coreference_weights.c: what each measure of a candidate is worth for descriptions and pronouns.

usage: train.py PROGRAM OUT.c GOLD POLNEAR CHAINS GUM [--no-test]

PROGRAM: build/train/speakers/measure-speakers; GOLD: folder of marked pages; POLNEAR, CHAINS: its spans and machine-made chains (JSON Lines);
GUM: folder of .conllu files; --no-test leaves out its news and interviews, to measure on them. Needs numpy and scipy. A softmax over the candidates
of each mention and "none of them", L2-penalised. The program's own earlier choices are what is measured, so the table settles after two or three
rounds of training and building. Printed is what each model gets right of the marked pages' sources, learned without the page's fold of five.
"""
import collections
import os
import subprocess
import sys

import numpy as np
from scipy.optimize import minimize

import texts

PENALTY = 2.0
GOLD_WEIGHT, GUM_WEIGHT = 4.0, 1.0
CHAIN_WEIGHTS = dict(HE=0.25, HE_SOURCE=0.1)  # machine-made chains are of no help for "they", "it" and descriptions
CHAIN_TEXTS = 250
NAME, NOMINAL, PRONOUN = range(3)
LEAST = dict(HE_SOURCE=0.35, HE=0.35, THEY=0.45, IT=0.45, PERSON_NOUN=0.4, OTHER_NOUN=0.4, TITLE=0.4)


def referents_names(text, result):
    """What each referent is called: by names where it has any."""
    data = text.text.encode()
    named, described = collections.defaultdict(list), collections.defaultdict(list)
    for i, (a, b, na, nb, kind, entity, _, _) in enumerate(result["mentions"]):
        if entity < 0 or kind == PRONOUN:
            continue
        (named if kind == NAME else described)[entity].append((i, data[na:nb].decode() if kind == NAME else data[a:b].decode()))
    return lambda entity, but: texts.names_of({"aliases": [n for i, n in (named.get(entity) or described.get(entity) or []) if i != but]})


def gold_samples(text, result):
    names = referents_names(text, result)
    heads = {}
    for i, claim in enumerate(text.claims):
        for a, b in claim[1][:1]:
            heads[(a, b)] = i
    for row in result["ranked"]:
        mention, model = map(int, row[0].split())
        a, b, na, nb, kind, _, _, source = result["mentions"][mention]
        claim = next((i for (s, e), i in heads.items() if s <= na < e and source), None)
        if claim is None:
            continue
        known = text.speakers[claim]
        yield model, row, [texts.same(known, names(int(r), mention)) for r in row[1::2]], GOLD_WEIGHT


def chain_of(text, mention):
    a, b, na, nb = mention[:4]
    chains = text.chains
    for span in ((a, b), (na, nb), (a, nb), (na, b)):
        if span in chains:
            return chains[span]
    if mention[4] != PRONOUN:
        for (s, e), chain in chains.items():
            if (s == a and b <= e < b + 80) or (e == b and a - 40 < s <= a):
                return chain
    return None


def chain_samples(text, result, nominals):
    chains = collections.defaultdict(set)
    known = {}
    for i, m in enumerate(result["mentions"]):
        known[i] = chain_of(text, m)
        if m[4] != PRONOUN and m[5] >= 0 and known[i] is not None:
            chains[m[5]].add((i, known[i]))
    for row in result["ranked"]:
        mention, model = map(int, row[0].split())
        m = result["mentions"][mention]
        if m[4] == NOMINAL and not nominals:
            continue
        if known[mention] is None and m[4] == PRONOUN:
            continue
        right = [any(c == known[mention] and i != mention for i, c in chains[int(r)]) for r in row[1::2]]
        if m[4] == PRONOUN and not any(right) and not nominals:
            continue
        yield model, row, right, GUM_WEIGHT


def arrays(samples, n_features):
    most = 24
    x = np.zeros((len(samples), most, n_features), np.float32)
    mask = np.zeros((len(samples), most), bool)
    right = np.zeros((len(samples), most + 1), bool)
    weight, fold = np.array([s[2] for s in samples]), np.array([s[3] for s in samples])
    for i, (row, good, _, _) in enumerate(samples):
        for k, features in enumerate(row[2::2]):
            x[i, k] = np.frombuffer(features.encode(), np.uint8) - 48
            mask[i, k] = True
        right[i, :len(good)] = good
        right[i, most] = not any(good)
    return x, mask, right, weight, fold


def scores_of(theta, x, mask):
    s = np.where(mask, x @ theta[:-1], -1e9)
    return np.concatenate([s, np.full((len(x), 1), theta[-1])], axis=1)


def fit(x, mask, right, weight):
    def loss(theta):
        s = scores_of(theta, x, mask)
        s = s - s.max(axis=1, keepdims=True)
        e = np.exp(s)
        p = e / e.sum(axis=1, keepdims=True)
        q = np.where(right, p, 0)
        good = q.sum(axis=1, keepdims=True) + 1e-12
        q /= good
        d = (p - q) * weight[:, None]
        gradient = np.append(np.einsum("nk,nkf->f", d[:, :-1], x), d[:, -1].sum())
        penalty = PENALTY * theta[:-1]
        return -(weight * np.log(good[:, 0])).sum() + 0.5 * (penalty * theta[:-1]).sum(), gradient + np.append(penalty, 0)
    return minimize(loss, np.zeros(x.shape[2] + 1), jac=True, method="L-BFGS-B", options=dict(maxiter=300)).x


def judge(theta, x, mask, right, least):
    """For each mention: is the choice right, and is it a wrong name."""
    s = scores_of(theta, x, mask)
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    best = p[:, :-1].argmax(axis=1)
    taken = p[np.arange(len(p)), best] >= least
    hit = right[np.arange(len(p)), best]
    return np.where(taken, hit, right[:, -1]), taken & ~hit


def cross_validate(name, x, mask, right, weight, fold, least):
    ok, wrong, none = [], [], []
    for k in range(5):
        test = fold == k
        if test.any():
            theta = fit(x[~test], mask[~test], right[~test], weight[~test])
            good, bad = judge(theta, x[test], mask[test], right[test], least)
            ok += list(good)
            wrong += list(bad)
            none += list(right[test][:, -1])
    if ok:
        print(f"  {name:12} {len(ok):6} mentions, right {100 * np.mean(ok):.1f} %, wrong name {100 * np.mean(wrong):.1f} %, none meant {100 * np.mean(none):.1f} %")


def write(path, models, features, thetas):
    with open(path, "w", encoding="utf-8") as f:
        f.write("/* Written by train/speakers/train.py. */\n#include \"claims/coreference_weights.h\"\n\n/* clang-format off */\n")
        f.write("const double hs_coreference_weights[HS_COREF_MODELS][HS_COREF_COUNT] = {\n")
        for model in models:
            f.write(f"    [HS_COREF_MODEL_{model}] = {{\n")
            for k, name in enumerate(features):
                if abs(thetas[model][k]) >= 0.005:
                    f.write(f"        [HS_COREF_{name}] = {thetas[model][k]:.2f},\n")
            f.write("    },\n")
        f.write("};\n\n")
        for what, values in (("none", {m: thetas[m][-1] for m in models}), ("least", LEAST)):
            f.write(f"const double hs_coreference_{what}[HS_COREF_MODELS] = {{\n")
            f.write("".join(f"    [HS_COREF_MODEL_{m}] = {values[m]:.2f},\n" for m in models) + "};\n")
        f.write("/* clang-format on */\n")


def main():
    program, out, gold, polnear, chains, gum = sys.argv[1:7]
    names = subprocess.run([program, "--names"], capture_output=True, text=True, check=True).stdout.split("\n\n")
    features, models = names[0].split(), names[1].split()
    pages = texts.gold(gold)
    marked = {t.key.replace("polnear-", "").removesuffix(".json")[:40] for t in pages}
    news = [t for t in texts.polnear(polnear, chains, CHAIN_TEXTS) if t.key[:40] not in marked]
    kinds = ("bio", "speech") if "--no-test" in sys.argv else ("bio", "speech", "news", "interview")
    hand = [t for f in kinds for t in texts.gum(os.path.join(gum, f"GUM_{f}_*.conllu"))]
    samples = collections.defaultdict(list)
    for group, read in ((pages, gold_samples), (news, lambda t, r: chain_samples(t, r, False)), (hand, lambda t, r: chain_samples(t, r, True))):
        for text, result in zip(group, texts.run(program, group, True)):
            for model, row, right, weight in read(text, result):
                if group is news:
                    weight = CHAIN_WEIGHTS.get(models[model], 0)
                if weight:
                    samples[models[model]].append((row, right, weight, text.fold if group is pages else -1))
    thetas = {}
    for model in models:
        x, mask, right, weight, fold = arrays(samples[model], len(features))
        thetas[model] = fit(x, mask, right, weight)
        cross_validate(model, x, mask, right, weight, fold, LEAST[model])
    write(out, models, features, thetas)


if __name__ == "__main__":
    main()
