#!/usr/bin/env python3
"""Makes src/ledger/terms_table.inc, the words that src/ledger/terms.c knows, from the lists beside it.

usage: tools/term_tables.py STEM_C STOP_WORDS WORD_KINDS COMMON_WORDS OUT

Stems are made as src/base/stem.c makes them: its table of endings is read from there.
"""
import re
import sys

from fnv import fnv

STOP, NEGATES, CONTRARY, NUMBER, SCALE, PARTS, AUXILIARY = 1, 2, 4, 8, 16, 32, 64


def endings(path):
    with open(path, encoding="utf-8") as f:
        found = re.findall(r'ENDING\("(\w+)", "(\w*)", (\d+)\)', f.read())
    if not found:
        sys.exit(f"{path}: no endings")
    return [(e.encode(), i.encode(), int(n)) for e, i, n in found]


def is_vowel(c):
    return c in b"aeiouy"


def stem(word, table):
    """hs_stem on bytes."""
    if any(not 97 <= c <= 122 for c in word):
        return word
    if len(word) > 3:
        for ending, instead, left in table:
            n = len(word) - len(ending)
            if n <= 0 or not word.endswith(ending) or n < left or not any(map(is_vowel, word[:n])):
                continue
            word = word[:n] + instead
            if not instead and len(word) > 2 and word[-1] == word[-2] and not is_vowel(word[-1]) and word[-1:] not in (b"s", b"l"):
                word = word[:-1]
            break
    while len(word) > 3 and word.endswith(b"e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith(b"y") and not is_vowel(word[-2]):
        word = word[:-1] + b"i"
    return word


def known_hash(data):
    return fnv(data) or 1


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [line.split() for line in f if line.strip() and not line.startswith("#")]


def main():
    stem_c, stop_words, word_kinds, common_words, out = sys.argv[1:]
    table = endings(stem_c)
    known, contraries, numbers, scales = {}, {}, [], []

    def add(h, kind, weight):
        old = known.get(h, (0, 0))
        known[h] = (old[0] | kind, max(old[1], weight))

    weights = {s: int(w) for s, w in lines(common_words)}
    for s, w in weights.items():
        add(known_hash(s.encode()), 0, w)
    for words in lines(stop_words):
        for word in words:
            add(known_hash(word.encode()), STOP, 0)
    for kind, *rest in lines(word_kinds):
        if kind == "negates":
            for word in rest:
                add(known_hash(word.encode()), NEGATES, 0)
        elif kind == "parts":
            for word in rest:
                add(known_hash(word.encode()), PARTS, 0)
        elif kind == "auxiliary":
            for word in rest:
                add(known_hash(word.encode()), AUXILIARY, 0)
        elif kind == "contrary":
            a, b = stem(rest[0].encode(), table), stem(rest[2].encode(), table)
            add(known_hash(a), CONTRARY, weights.get(b.decode(), 20))
            contraries[known_hash(a)] = known_hash(b)
        elif kind == "number":
            add(known_hash(rest[0].encode()), NUMBER, 0)
            numbers.append((known_hash(rest[0].encode()), int(rest[1])))
        elif kind == "scale":
            add(known_hash(rest[0].encode()), SCALE, weights.get(stem(rest[0].encode(), table).decode(), 8))
            scales.append((known_hash(rest[0].encode()), int(rest[1]) * 100))
        else:
            sys.exit(f"{word_kinds}: there is no kind {kind}")

    size = 1
    while size < 2 * len(known):
        size *= 2
    slots = [(0, 0, 0)] * size
    for h, (kind, weight) in sorted(known.items()):
        at = h & (size - 1)
        while slots[at][0]:
            at = (at + 1) & (size - 1)
        slots[at] = (h, weight, kind)
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/term_tables.py. */\n")
        f.write(f"enum {{ KNOWN_MASK = {size - 1} }};\n")
        f.write("static const known_word KNOWN[] = {" + ",".join(f"{{{h}U,{w},{k}}}" for h, w, k in slots) + "};\n")
        f.write("static const contrary CONTRARIES[] = {" + ",".join(f"{{{a}U,{b}U}}" for a, b in sorted(contraries.items())) + "};\n")
        for name, rows in (("NUMBERS", numbers), ("SCALES", scales)):
            f.write(f"static const spelled_number {name}[] = {{" + ",".join(f"{{{h}U,{v}U}}" for h, v in rows) + "};\n")


if __name__ == "__main__":
    main()
