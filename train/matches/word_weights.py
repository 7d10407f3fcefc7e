#!/usr/bin/env python3
"""Counts in how many news articles each stem stands and writes src/ledger/common_words.def: what words tell, in quarters of ln(N/n).

usage: train/matches/word_weights.py POLNEAR_TRAIN.jsonl.xz >src/ledger/common_words.def

Names are left out: who is in the news changes, and terms.c gives every name one weight. Only stems that stand in four articles or more
are listed; all others weigh as much as the rarest.
"""
import json
import lzma
import math
import os
import re
import sys
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools"))
from term_tables import endings, stem  # noqa: E402


def main():
    table = endings(os.path.join(ROOT, "src/base/stem.c"))
    articles, small, capital, seen = 0, {}, {}, {}
    for line in lzma.open(sys.argv[1], "rt", encoding="utf-8"):
        text = json.loads(line)["text"].replace("’", "'")
        articles += 1
        here = set()
        for m in re.finditer(r"(?<![^\W\d_])[^\W\d_]+", text):
            word = m.group()
            folded = unicodedata.normalize("NFKD", word.casefold())
            folded = "".join(c for c in folded if not unicodedata.combining(c))
            s = stem(folded.encode(), table).decode()
            here.add(s)
            counts = capital if word[0].isupper() else small
            counts[s] = counts.get(s, 0) + 1
        for s in here:
            seen[s] = seen.get(s, 0) + 1
    print(f"# Stems and what they tell, in quarters of ln(N/n), from N = {articles} news articles. Made by train/matches/word_weights.py.")
    for s, n in sorted(seen.items()):
        if n >= 4 and len(s) > 1 and small.get(s, 0) > capital.get(s, 0):
            print(s, min(28, round(4 * math.log(articles / n))))


if __name__ == "__main__":
    main()
