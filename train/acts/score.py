#!/usr/bin/env python3
"""Scores the labels that the program gives claims whose spans are as annotated.

usage: train/acts/score.py MEASURE-CLAIMS GOLD-FOLDER [--wrong stance|hedged|medium|evidence|disputes]

Media and evidence count as found when they share a word; disputes as pairs of claims.
"""
import argparse
import collections
import re

import gold

STANCES = "declines denies accuses speculates intends urges asks shows believes asserts".split()


def words(text):
    return set(re.findall(r"\w+", (text or "").lower())) - {"a", "an", "the", "of", "his", "her"}


class Count:
    def __init__(self):
        self.hit = self.gold = self.found = 0

    def line(self):
        p, r = self.hit / max(1, self.found), self.hit / max(1, self.gold)
        return f"P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(1e-9, p + r):5.1f}  ({self.gold} gold, {self.found} found)"


def show(doc, c):
    piece = lambda part: " … ".join(doc["text"][a:b] for a, b in c[part])
    return f"{doc['name'][:28]} {c['id']} | {piece('source')[:70]} | {piece('cue')} | {piece('content')[:160]!r}"


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--wrong", default="")
    args = parser.parse_args()
    docs = gold.load(args.folder)
    confusion, hedged = collections.Counter(), collections.Counter()
    count = collections.defaultdict(Count)
    kinds = collections.Counter()
    for doc, found in zip(docs, gold.measure(args.program, docs)):
        numbers = {c["id"]: i for i, c in enumerate(doc["claims"])}
        tell = lambda what, text: args.wrong == what and print(text)
        for i, (c, f) in enumerate(zip(doc["claims"], found)):
            confusion[c["stance"], f["stance"]] += 1
            hedged[c["hedged"], f["hedged"]] += 1
            if c["stance"] != f["stance"]:
                tell("stance", f"{c['stance']} taken for {f['stance']}: {show(doc, c)}")
            if c["hedged"] != f["hedged"]:
                tell("hedged", f"{c['hedged']}: {show(doc, c)}")
            medium = count["medium"]
            same = bool(words(c["medium"]) & words(f["medium"]))
            medium.gold += bool(c["medium"])
            medium.found += bool(f["medium"])
            medium.hit += same
            if (c["medium"] or f["medium"]) and not same:
                tell("medium", f"{c['medium']!r} taken for {f['medium']!r}: {show(doc, c)}")
            evidence = count["evidence"]
            evidence.gold += len(c["evidence"])
            evidence.found += len(f["evidence"])
            for e in c["evidence"]:
                hits = [x for x in f["evidence"] if overlap(x["mention"], e["mention"])]
                evidence.hit += bool(hits)
                kinds["kind right"] += bool(hits) and hits[0]["kind"] == e["kind"]
                kinds["status right"] += bool(hits) and hits[0]["status"] == e.get("status")
                if not hits:
                    tell("evidence", f"missed {doc['text'][slice(*e['mention'])]!r} {e['kind']}: {show(doc, c)}")
            for x in f["evidence"]:
                if not any(overlap(x["mention"], e["mention"]) for e in c["evidence"]):
                    tell("evidence", f"wrong {doc['text'][slice(*x['mention'])]!r} {x['kind']}: {show(doc, c)}")
            links = {numbers[x] for x in c["disputes"] if x in numbers}
            disputes = count["disputes"]
            disputes.gold += len(links)
            disputes.found += len(f["disputes"])
            disputes.hit += len(links & set(f["disputes"]))
            for x in links ^ set(f["disputes"]):
                tell("disputes", f"{'missed' if x in links else 'wrong'}: {c['stance']} {show(doc, c)}\n    -> {show(doc, doc['claims'][x])}")
    n = sum(confusion.values())
    print("gold \\ found " + "".join(f"{s[:8]:>9}" for s in STANCES))
    for g in STANCES:
        print(f"{g:12} " + "".join(f"{confusion[g, f] or '.':>9}" for f in STANCES))
    print(f"stance   {100 * sum(confusion[s, s] for s in STANCES) / n:.1f} % of {n}")
    h = Count()
    h.hit, h.gold, h.found = hedged[True, True], hedged[True, True] + hedged[True, False], hedged[True, True] + hedged[False, True]
    print(f"hedged   {100 * (hedged[True, True] + hedged[False, False]) / n:.1f} % of {n};  {h.line()}")
    for name, c in count.items():
        print(f"{name:9}{c.line()}")
    print("evidence found:", dict(kinds))


if __name__ == "__main__":
    main()
