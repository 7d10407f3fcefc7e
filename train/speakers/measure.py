#!/usr/bin/env python3
"""How many claims get the right speaker when their spans are given.

usage: measure.py PROGRAM GOLD [--wrong]      PROGRAM: build/train/speakers/measure-speakers; GOLD: a folder of marked pages
"""
import collections
import sys

import texts


def source_of(text, claim):
    data = text.text.encode()
    return " / ".join(data[a:b].decode().replace("\n", " ") for a, b in claim[1])


def main():
    program, folder = sys.argv[1:3]
    pages = texts.gold(folder)
    right, own, total, kinds = 0, 0, 0, collections.Counter()
    for text, result in zip(pages, texts.run(program, pages)):
        for i, claim in enumerate(text.claims):
            got = result["names"][result["speakers"][i]] if result["speakers"][i] >= 0 else set()
            words = source_of(text, claim)
            ok = texts.same(text.speakers[i], got)
            own += texts.same(text.speakers[i], texts.names_of({"name": words}))
            total += 1
            right += ok
            resolved = bool(got) and not texts.same(got, texts.names_of({"name": words}))
            kinds["right" if ok else "wrong name" if resolved else "own words"] += 1
            if not ok and "--wrong" in sys.argv:
                name = result["entities"][result["speakers"][i]][:1] + result["entities"][result["speakers"][i]][4:] if got else None
                print(f"{text.key[:34]:34} {words[:70]!r} at {claim[1][0][0] if claim[1] else '-'} gold {sorted(text.speakers[i])[:3]} got {name}")
    print(f"{100 * right / total:.1f} % of {total} right; the source's own words: {100 * own / total:.1f} %; {dict(kinds)}")


if __name__ == "__main__":
    main()
