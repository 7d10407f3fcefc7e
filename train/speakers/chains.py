#!/usr/bin/env python3
"""Coreference against known chains, beside a baseline that links equal strings: B-cubed over the mentions that chains hold.

usage: chains.py PROGRAM gum FOLDER KIND      KIND: news, interview …
       chains.py PROGRAM polnear SPANS CHAINS     only mentions that are sources, and their chains
"""
import os
import sys

import texts


def b_cubed(gold, predicted):
    """Each maps mentions to clusters; a mention that is not predicted stands alone."""
    clusters, answers = {}, {}
    for m, c in gold.items():
        clusters.setdefault(c, set()).add(m)
        answers.setdefault(predicted.get(m, ("alone", m)), set()).add(m)
    precision = recall = 0.0
    for m, c in gold.items():
        both = len(clusters[c] & answers[predicted.get(m, ("alone", m))])
        precision += both / len(answers[predicted.get(m, ("alone", m))])
        recall += both / len(clusters[c])
    return precision, recall, len(gold)


def ours(text, result):
    """The gold mentions' clusters as the program has them: of the mention with the same words, the same name, or that ends or begins it."""
    places = {}
    for a, b, na, nb, kind, entity, _, _ in result["mentions"]:
        if entity >= 0:
            for place in ((a, b), (na, nb), (a, nb)):
                places.setdefault(place, entity)
    found = {}
    data = text.text.encode()
    for a, b in text.chains:
        end = b
        for suffix in ("'s", "\u2019s"):
            if data[a:b].endswith(suffix.encode()):
                end = b - len(suffix.encode())
        inside = [(m[0] != a, m[5]) for m in result["mentions"] if m[5] >= 0 and (m[0] == a or data[a:m[0]].decode().lower() in ("the ", "a ", "an ")) and m[1] <= end]
        entity = places.get((a, end), min(inside)[1] if inside else None)
        if entity is not None:
            found[(a, b)] = entity
    return found


def equal_strings(text):
    data = text.text.encode()
    words = {}
    for a, b in text.chains:
        words[(a, b)] = "=" + min(texts.names_of({"name": data[a:b].decode()}) or {""}).removeprefix("the ").removeprefix("a ")
    return words


def main():
    program, kind = sys.argv[1:3]
    if kind == "gum":
        group = texts.gum(os.path.join(sys.argv[3], f"GUM_{sys.argv[4]}_*.conllu"))
    else:
        group = texts.polnear(sys.argv[3], sys.argv[4])
    totals = {"program": [0, 0, 0], "equal strings": [0, 0, 0]}
    links = {"program": [0, 0], "equal strings": [0, 0]}
    for text, result in zip(group, texts.run(program, group)):
        gold = text.chains
        if kind == "polnear":
            spans = [span for claim in text.claims for span in claim[1]]
            sources = {m for m in gold if any(a <= m[0] and m[1] <= b for a, b in spans)}
            chains = {gold[m] for m in sources}
            gold = {m: c for m, c in gold.items() if c in chains}
        for name, answer in (("program", ours(text, result)), ("equal strings", equal_strings(text))):
            for i, x in enumerate(b_cubed(gold, answer)):
                totals[name][i] += x
    for name, (p, r, n) in totals.items():
        p, r = 100 * p / n, 100 * r / n
        print(f"{name:14} {len(group)} texts, {n} mentions: B3 P {p:.1f} R {r:.1f} F1 {2 * p * r / (p + r):.1f}")


if __name__ == "__main__":
    main()
