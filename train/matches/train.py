#!/usr/bin/env python3
"""Learns how much each measure of two claims counts for their being the same, and writes src/ledger/pair_weights.inc.

usage: train/matches/train.py MEASURE_PAIRS STORIES.json RECORDS.jsonl POLNEAR_TRAIN.jsonl.xz [--check [-v]]

Logistic regression with a weight penalty and the signs that the measures must have (what two claims share can only speak for them). Learns from
the stories, where pairs in one cluster are right, hard negatives and pairs of different clusters wrong, and from pairs.tsv, pairs of claims of
PolNeAR's training articles that were hard to tell apart, judged one by one. Pairs that nobody judged are taken as wrong, with little
weight. Borderline pairs are left out. --check learns without one story, for each in turn, and prints how the left-out story's pairs
fare when all pairs of its pages are grouped as the program groups them; nothing is written then. Standard library only; no chance is involved.
"""
import csv
import itertools
import json
import lzma
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "..", "src", "ledger", "pair_weights.inc")
PENALTY, UNSAID, UNSAID_OWN, ROUNDS, STEP = 0.002, 0.02, 0.005, 500, 1.0
SAME_FROM, LEAST_OF_CLAIMS, LEAST_OF_PAGES = 0.3, 0.3, 0.4      # the latter as in src/ledger/answer.c
SIGN = {"numbers differ": -1, "names differ": -1, "speaker differs": -1, "contrary": -1, "lengths": -1, "bare": -1, "speaker maybe": 0}
# Not in the training records: set by hand. A cosine of 0.9 (0.8 of this measure) counts as much as four fifths of a shared wording.
# Likewise: hardly any of the records' pairs differ in a "not" alone, but "sells" and "does not sell" must not be taken for one claim.
CONTRARY = -12.0


def measure(tool, records):
    """(names of the measures, {pair of (page, claim): measures})."""
    out = subprocess.run([tool, records], capture_output=True, check=True).stdout.decode()
    rows = csv.reader(out.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    names = next(rows)[5:-2]
    return names, {frozenset(((r[0], r[1]), (r[2], r[3]))): [float(x) for x in r[5:-2]] for r in rows}


def as_record(article):
    claims = [{"id": f"c{n}", **{k: c[k] for k in ("source", "cue", "content")}} for n, c in enumerate(article["claims"])]
    return {"id": article["id"], "path": article["id"], "url": f"https://{article['publisher']}.example/{article['id']}",
            "outlet": article["publisher"], "title": article["title"], "published": article["date"], "language": "en",
            "text": article["text"], "claims": claims}


def judged(tool, polnear):
    """Examples, as below, from pairs.tsv."""
    verdicts = {}
    with open(os.path.join(HERE, "pairs.tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                a, i, b, j, same = line.split()
                verdicts.setdefault((a, b), {})[frozenset(((a, "c" + i), (b, "c" + j)))] = int(same)
    wanted = {page for pages in verdicts for page in pages}
    with (lzma.open if polnear.endswith(".xz") else open)(polnear, "rt", encoding="utf-8") as f:
        articles = {x["id"]: x for x in map(json.loads, f) if x["id"] in wanted}
    out = []
    for pages, said in sorted(verdicts.items()):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
            f.writelines(json.dumps(as_record(articles[page])) + "\n" for page in pages)
            f.flush()
            names, measures = measure(tool, f.name)
        for pair, v in measures.items():
            if pair not in said and v[0] > 0.4:
                out.append((v, 0, UNSAID_OWN, pair))
            elif said.get(pair, 2) != 2:
                out.append((v, said[pair], 1.0, pair))
    return names, out


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
            out.append((v, 0, 1.0, pair))
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
    w[names.index("contrary")] = min(CONTRARY, w[names.index("contrary")])
    return w, b


def chance(w, b, v):
    return 1 / (1 + math.exp(-(b + sum(x * y for x, y in zip(w, v)))))


def groups(p, threshold):
    """As src/ledger/answer.c: the surest pairs first; two groups become one when their pairs, or the surest of each two pages, are sure enough on average."""
    group = {}
    p = {pair: x for pair, x in p.items() if x >= threshold}
    for pair, x in sorted(p.items(), key=lambda i: (-i[1], sorted(i[0]))):
        a, b = tuple(pair)
        ga, gb = group.setdefault(a, [a]), group.setdefault(b, [b])
        if ga is gb:
            continue
        surest = {(i[0], j[0]): 0.0 for i in ga for j in gb if i[0] != j[0]}
        for i, j in itertools.product(ga, gb):
            if i[0] != j[0]:
                surest[i[0], j[0]] = max(surest[i[0], j[0]], p.get(frozenset((i, j)), 0.0))
        cross = [p.get(frozenset((i, j)), 0.0) for i in ga for j in gb if i[0] != j[0]]
        if sum(cross) < LEAST_OF_CLAIMS * len(cross) and sum(surest.values()) < LEAST_OF_PAGES * len(surest):
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


def check(names, measures, data, more, stories):
    models = [learn(names, more + [x for k, d in enumerate(data) if k != i for x in d]) for i in range(len(stories))]
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        total, each, linked = [0, 0, 0], [], 0
        for story, model in zip(stories, models):
            docs = set(story["documents"])
            p = {pair: chance(*model, v) for pair, v in measures.items() if all(doc in docs for doc, _ in pair)}
            linked += sum(x >= threshold for x in p.values())
            each.append(score(story, groups(p, threshold)))
            total = [x + y for x, y in zip(total, each[-1])]
        print(line(f"threshold {threshold}, left out in turn", *total), f"; {linked} pairs in all")
        if "-v" in sys.argv:
            for story, s in zip(stories, each):
                print(line("   " + story["topic"][:28], *s))


def main():
    tool, stories_path, records, polnear = sys.argv[1:5]
    names, measures = measure(tool, records)
    with open(stories_path, encoding="utf-8") as f:
        stories = json.load(f)["groups"]
    data = [examples(measures, story) for story in stories]
    same_names, more = judged(tool, polnear)
    assert names == same_names
    if "--check" in sys.argv:
        check(names, measures, data, more, stories)
        return
    w, b = learn(names, more + [x for d in data for x in d])
    with open(OUT, "w", encoding="utf-8") as f:
        f.write(f"/* Made by train/matches/train.py. */\n/* clang-format off */\n#define PAIR_SAME_FROM {SAME_FROM}F\n")
        f.write(f"#define PAIR_BIAS {b:.3f}F\nstatic const float PAIR_WEIGHTS[HS_M_COUNT] = {{\n")
        for name, x in zip(names, w):
            f.write(f"    {x:.3f}F, /* {name} */\n")
        f.write("};\n/* clang-format on */\n")
    for name, x in zip(names, w):
        print(f"{name:16} {x:7.3f}")


if __name__ == "__main__":
    main()
