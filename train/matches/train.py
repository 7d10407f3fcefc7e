#!/usr/bin/env python3
"""Learns how much each measure of two claims counts for their being the same, and writes src/ledger/pair_weights.inc.

usage: train/matches/train.py MEASURE_PAIRS STORIES.json RECORDS.jsonl [--check]

Logistic regression with a weight penalty and the signs that the measures must have (what two claims share can only speak for them). Pairs in
one cluster are right, hard negatives and pairs of different clusters wrong; pairs of claims that no cluster holds are taken as wrong,
with little weight, since nobody said so. Borderline pairs are left out. --check learns on all stories but one, for each in turn, and
prints how the left-out story's pairs fare; nothing is written then. Standard library only; no chance is involved.
"""
import csv
import itertools
import json
import math
import os
import subprocess
import sys

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "ledger", "pair_weights.inc")
PENALTY, UNSAID, NEGATIVE, ROUNDS, STEP = 0.002, 0.02, 1.0, 500, 1.0
SIGN = {"numbers differ": -1, "names differ": -1, "speaker differs": -1, "contrary": -1, "lengths": -1, "bare": -1, "speaker maybe": 0}
# Not in the training records: set by hand. A cosine of 0.9 (0.8 of this measure) counts as much as four fifths of a shared wording.
MEANING = 3.0
# Likewise: hardly any of the records' pairs differ in a "not" alone, but "sells" and "does not sell" must not be taken for one claim.
CONTRARY = -12.0


def load(tool, stories_path, records):
    out = subprocess.run([tool, records], capture_output=True, check=True).stdout.decode()
    rows = csv.reader(out.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    head = next(rows)
    names = head[5:-2]
    measures = {frozenset(((r[0], r[1]), (r[2], r[3]))): [float(x) for x in r[5:-2]] for r in rows}
    with open(stories_path, encoding="utf-8") as f:
        stories = json.load(f)["groups"]
    return names, measures, stories


def examples(measures, story):
    """[(measures, right, weight, pair)] of one story."""
    key = lambda m: (str(m["doc"]), str(m["claim"]))
    cluster = {key(m): k for k, c in enumerate(story["clusters"]) for m in c["members"]}
    skip = {frozenset(map(key, p)) for p in story.get("borderline", [])}
    hard = {frozenset(map(key, p)) for p in story["hard_negatives"]}
    docs = set(story["documents"])
    out = []
    for pair, v in measures.items():
        (a, b) = tuple(pair)
        if a[0] not in docs or b[0] not in docs or pair in skip:
            continue
        both = a in cluster and b in cluster
        if both and cluster[a] == cluster[b]:
            out.append((v, 1, 1.0, pair))
        elif both or pair in hard:
            out.append((v, 0, NEGATIVE, pair))
        elif v[0] > 0.4:
            out.append((v, 0, UNSAID, pair))
    return out


def learn(names, data):
    n = len(names)
    w, b = [0.0] * n, -2.0
    sign = [SIGN.get(name, 1) for name in names]
    total = sum(x[2] for x in data)
    velocity, velocity_b = [0.0] * n, 0.0
    sparse = [([(i, x) for i, x in enumerate(v) if x], y, c) for v, y, c, _ in data]
    for _ in range(ROUNDS):
        grad, grad_b = [PENALTY * x for x in w], 0.0
        for v, y, c in sparse:
            z = b + sum(w[i] * x for i, x in v)
            d = c * (1 / (1 + math.exp(-max(-30, min(30, z)))) - y) / total
            for i, x in v:
                grad[i] += d * x
            grad_b += d
        for i in range(n):
            velocity[i] = 0.9 * velocity[i] - STEP * grad[i]
            w[i] += velocity[i]
            if sign[i] and w[i] * sign[i] < 0:
                w[i] = velocity[i] = 0.0
        velocity_b = 0.9 * velocity_b - STEP * grad_b
        b += velocity_b
    return w, b


def chances(w, b, data):
    return {pair: 1 / (1 + math.exp(-(b + sum(x * y for x, y in zip(w, v))))) for v, _, _, pair in data}


def groups(p, threshold):
    """As src/ledger/groups.c: the surest pairs first; two groups become one when their pairs are sure enough on average."""
    group = {}
    for pair, x in sorted(p.items(), key=lambda i: (-i[1], sorted(i[0]))):
        if x < threshold:
            break
        a, b = tuple(pair)
        ga, gb = group.setdefault(a, [a]), group.setdefault(b, [b])
        if ga is gb:
            continue
        cross = [p.get(frozenset((i, j)), 0.0) for i in ga for j in gb if i[0] != j[0]]
        if sum(cross) / len(cross) < threshold * 0.6:
            continue
        ga += gb
        for i in gb:
            group[i] = ga
    return group


def score(story, group):
    key = lambda m: (str(m["doc"]), str(m["claim"]))
    cluster = {key(m): k for k, c in enumerate(story["clusters"]) for m in c["members"]}
    skip = {frozenset(map(key, p)) for p in story.get("borderline", [])}
    hit = miss = wrong = 0
    joined = lambda a, b: a in group and group[a] is group.get(b)
    for a, b in itertools.combinations(cluster, 2):
        if a[0] == b[0] or frozenset((a, b)) in skip:
            continue
        if cluster[a] == cluster[b]:
            hit += joined(a, b)
            miss += not joined(a, b)
        else:
            wrong += joined(a, b)
    for p in story["hard_negatives"]:
        a, b = map(key, p)
        if not (a in cluster and b in cluster):
            wrong += joined(a, b)
    return hit, wrong, miss


def line(label, hit, wrong, miss):
    p, r = hit / max(1, hit + wrong), hit / max(1, hit + miss)
    return f"{label:34} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(1e-9, p + r):5.1f}  ({hit} right, {wrong} wrong, {miss} missed)"


def check(names, data, stories):
    models = [learn(names, [x for k, d in enumerate(data) if k != i for x in d]) for i in range(len(stories))]
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        total, each, unsaid = [0, 0, 0], [], 0
        for i, story in enumerate(stories):
            p = chances(*models[i], data[i])
            s = score(story, groups(p, threshold))
            each.append(s)
            total = [x + y for x, y in zip(total, s)]
            unsaid += sum(p[x[3]] >= threshold for x in data[i] if x[2] == UNSAID)
        print(line(f"threshold {threshold}, left out in turn", *total), f"; {unsaid} pairs that nobody judged")
        if "-v" in sys.argv:
            for story, s in zip(stories, each):
                print(line("   " + story["topic"][:28], *s))


def main():
    names, measures, stories = load(*sys.argv[1:4])
    data = [examples(measures, story) for story in stories]
    if "--check" in sys.argv:
        check(names, data, stories)
        return
    w, b = learn(names, [x for d in data for x in d])
    w[names.index("meaning")] = MEANING
    w[names.index("contrary")] = min(CONTRARY, w[names.index("contrary")])
    with open(OUT, "w", encoding="utf-8") as f:
        f.write("/* Made by train/matches/train.py. */\n#define PAIR_SAME_FROM 0.45F\n")
        f.write(f"#define PAIR_BIAS {b:.3f}F\nstatic const float PAIR_WEIGHTS[HS_M_COUNT] = {{\n")
        for name, x in zip(names, w):
            f.write(f"    {x:.3f}F, /* {name} */\n")
        f.write("};\n")
    for name, x in zip(names, w):
        print(f"{name:16} {x:7.3f}")


if __name__ == "__main__":
    main()
