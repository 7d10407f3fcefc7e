#!/usr/bin/env python3
"""Makes src/ledger/name_words.inc, the words that src/ledger/names.c knows, from the list beside it.

usage: tools/name_tables.py NAME_WORDS OUT
"""
import sys

from fnv import fnv

KINDS = {"title": 1, "body": 2, "pronoun": 4, "link": 8, "belonging": 16}
LONGEST = 15


def main():
    source, out = sys.argv[1:]
    words = {}
    with open(source, encoding="utf-8") as f:
        for line in f:
            if not line.strip() or line.startswith("#"):
                continue
            kind, *rest = line.split()
            for word in rest:
                if len(word) > LONGEST:
                    sys.exit(f"{source}: {word} is longer than {LONGEST} letters")
                words[word] = words.get(word, 0) | KINDS[kind]
    size = 1
    while size < 4 * len(words):
        size *= 2
    slots = [("", 0)] * size
    for word, kinds in sorted(words.items()):
        at = fnv(word.encode()) & (size - 1)
        while slots[at][0]:
            at = (at + 1) & (size - 1)
        slots[at] = (word, kinds)
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/name_tables.py. */\n")
        f.write(f"enum {{ NAME_WORDS_MASK = {size - 1} }};\n")
        f.write("static const name_word NAME_WORDS[] = {" + ",".join(f'{{"{word}",{kinds}}}' for word, kinds in slots) + "};\n")


if __name__ == "__main__":
    main()
