#!/usr/bin/env python3
"""Learns src/page/scores_table.c: a forest of small decision trees that says how likely a block is the article's.

usage: train.py MEASURE OUT.c SET...        MEASURE: build/train/page/measure-blocks; SET: a folder with html/ and gold.jsonl
       train.py --check MEASURE SET...      trains on two thirds of the sites, scores on the others, in turns; writes nothing

gold.jsonl: {"id", "url", "main": the article's text or null, "with": [pieces of it], "without": [pieces that are not]} a line.
Needs numpy and scikit-learn. Same data, same versions: same table.
"""
import collections
import glob
import hashlib
import json
import os
import subprocess
import sys
import urllib.parse

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import align

FOLDS = 3
OPTIONS = dict(max_iter=60, learning_rate=0.1, max_leaf_nodes=16, min_samples_leaf=60, l2_regularization=5, max_bins=64,
               early_stopping=False, random_state=1)
LEAF = 255         # stands for the measure of a node that is a leaf
SCALE = 256        # of the trees' leaves, which are natural logarithms of odds
STEPS = [x / 100 for x in range(25, 75, 5)]  # thresholds tried on each page


class Page:
    def __init__(self, record, gold):
        self.gold = gold
        self.texts = [text for text, _ in record["blocks"]]
        self.open = np.array([m is not None for _, m in record["blocks"]], bool)
        rows = [np.array(m.split(), np.int16) for _, m in record["blocks"] if m is not None]
        self.measures = np.stack(rows) if rows else np.zeros((0, 0), np.int16)
        self.size = np.array([len(t.encode()) // 6 + 1 for t in self.texts], float)
        host = urllib.parse.urlparse(gold["url"]).netloc.removeprefix("www.")
        self.fold = int(hashlib.md5(host.encode()).hexdigest(), 16) % FOLDS
        label, weight = self.labels()
        self.label, self.weight = label[self.open], weight[self.open]

    def labels(self):
        """What each block should be and how much it counts: by its share of the article's words, or by the pieces it holds."""
        if self.gold["main"] is not None:
            share = np.array(align.shares(self.texts, self.gold["main"]))
            count = np.array([len(align.words(t)) for t in self.texts])
            weight = np.minimum(count / max(30, len(align.words(self.gold["main"]))), 1) * np.abs(share - 0.5) * 2
            return share >= 0.5, weight * bool(self.gold["main"])
        texts = [align.flat(t) for t in self.texts]
        margin = np.array([sum(align.flat(s) in t for s in self.gold["with"] or []) -
                           sum(align.flat(s) in t for s in self.gold["without"] or []) for t in texts])
        return margin > 0, 0.3 * np.abs(margin)


def read(measure, folder):
    with open(os.path.join(folder, "gold.jsonl"), encoding="utf-8") as f:
        gold = {str(g["id"]): g for g in map(json.loads, f)}
    out = subprocess.run([measure, *sorted(glob.glob(os.path.join(folder, "html", "*")))], capture_output=True, check=True).stdout
    pages = []
    for line in out.decode().split("\n")[:-1]:
        record = json.loads(line)
        key = os.path.basename(record["path"]).split(".")[0]
        if key in gold and record["blocks"]:
            pages.append(Page(record, gold[key]))
    return pages


def fit(pages):
    pages = [p for p in pages if len(p.label)]
    x, y = np.concatenate([p.measures for p in pages]), np.concatenate([p.label for p in pages])
    w = np.concatenate([p.weight for p in pages])
    x, y, w = x[w > 0], y[w > 0], w[w > 0]
    model = HistGradientBoostingClassifier(**OPTIONS)
    return model.fit(x, y, sample_weight=w * len(w) / w.sum())


LONG = 80  # bytes from which a copy of a text is dropped


def chosen(page, chance):
    """The blocks over the threshold from which the expected F1 is best, no long one twice."""
    if not len(chance):
        return []
    size = page.size[page.open]
    total = (size * chance).sum()
    best = max(STEPS, key=lambda t: 2 * (size * chance)[chance >= t].sum() / (size[chance >= t].sum() + total + 1e-9))
    texts = [page.texts[i] for i in np.flatnonzero(page.open)[chance >= best]]
    return [t for i, t in enumerate(texts) if len(t) <= LONG or t not in texts[:i]]


def f1(text, main):
    a, b = collections.Counter(align.words(text)), collections.Counter(align.words(main))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values())) if a and b else float(not a and not b)


def scores(pages, texts):
    full = [f1(t, p.gold["main"]) for p, t in zip(pages, texts) if p.gold["main"] is not None]
    hits = collections.Counter()
    for p, t in zip(pages, texts):
        if p.gold["main"] is not None:
            continue
        hay = align.flat(t)
        for name in ("with", "without"):
            for s in p.gold[name] or []:
                hits[name] += 1
                hits[name + " found"] += align.flat(s) in hay
    found, leaked = hits["with found"], hits["without found"]
    precision, recall = found / max(1, found + leaked), found / max(1, hits["with"])
    return {"body F1": 100 * sum(full) / max(1, len(full)), "segments P": 100 * precision, "segments R": 100 * recall,
            "segments F1": 200 * precision * recall / max(1e-9, precision + recall)}


def check(pages):
    texts = {}
    for fold in range(FOLDS):
        model = fit([p for p in pages if p.fold != fold])
        for p in pages:
            if p.fold == fold:
                chance = model.predict_proba(p.measures)[:, 1] if len(p.measures) else np.zeros(0)
                texts[id(p)] = "\n\n".join(chosen(p, chance))
    return scores(pages, [texts[id(p)] for p in pages])


def trees_of(model):
    """Each tree as rows (feature, threshold, left, right): go left when measure <= threshold; a feature of -1 is a leaf, its
    threshold the value."""
    for predictors in model._predictors:
        rows = []
        for node in predictors[0].nodes:
            if node["is_leaf"]:
                rows.append((-1, round(SCALE * float(node["value"])), 0, 0))
            else:
                rows.append((int(node["feature_idx"]), int(np.floor(node["num_threshold"])), int(node["left"]), int(node["right"])))
        yield rows


def lines(items, width=116):
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > width:
            yield line
            line = "   "
        line += f" {item},"
    yield line


def write(model, names, path):
    trees = list(trees_of(model))
    base = round(SCALE * float(np.ravel(model._baseline_prediction)[0]))
    starts = [sum(map(len, trees[:i])) for i in range(len(trees))]
    nodes = ["{%d, %d, %d, %d}" % (LEAF if node[0] < 0 else node[0], *node[1:]) for rows in trees for node in rows]
    out = ["/* The forest of scores.c, made by train/page/train.py. Numbers of measures are those of features.h. */",
           '#include "page/scores_table.h"', "",
           f"const size_t hs_scores_n_measures = {len(names)};", f"const int hs_scores_base = {base};", f"const size_t hs_scores_n_trees = {len(trees)};",
           f"const size_t hs_scores_n_nodes = {len(nodes)};", "", "/* clang-format off */",
           "const uint16_t hs_scores_trees[] = {", *lines(map(str, starts)), "};", "",
           "const hs_scores_node hs_scores_nodes[] = {", *lines(nodes), "};", "/* clang-format on */"]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


def main():
    args = sys.argv[1:]
    checking = args[:1] == ["--check"]
    args = args[1:] if checking else args
    if len(args) < (2 if checking else 3):
        sys.exit(__doc__)
    measure, folders = args[0], args[1:] if checking else args[2:]
    pages = [p for folder in folders for p in read(measure, folder)]
    if checking:
        print(json.dumps({k: round(v, 2) for k, v in check(pages).items()}))
        return
    names = subprocess.run([measure, "--names"], capture_output=True, check=True, text=True).stdout.split()
    write(fit(pages), names, args[1])


if __name__ == "__main__":
    main()
