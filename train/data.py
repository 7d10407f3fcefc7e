"""Training examples: texts as words with features, and their claims as word spans.

A gold content is read once more as a text of its own (nested claims), as the program does; so those texts are examples too.
"""
import glob
import json
import lzma
import os
import unicodedata

import words as W

ROLES = ("source", "cue", "content")


class Example:
    """One text: words, piece ids by word, features, and claims as (cue, source spans, content spans) in words."""

    def __init__(self, name, text, claims, vocab, has_title, weight=1.0):
        self.name, self.text, self.weight = name, text, weight
        self.words = W.words(text)
        self.pieces = [W.pieces(w[2], vocab) for w in self.words]
        self.features = W.features(text, self.words, has_title)
        self.claims = []
        self.has_title = has_title
        for c in claims:
            cue = [s for s in map(self.span, c["cue"]) if s]
            if not cue:
                continue
            sources = [s for s in map(self.span, c["source"]) if s]
            contents = [s for s in map(self.span, c["content"]) if s]
            self.claims.append((max(cue, key=lambda s: s[1] - s[0]), sources, contents))

    def span(self, chars):
        """The words that a [start, end) of characters touches, or None."""
        start, end = chars
        hit = [i for i, (s, e, _) in enumerate(self.words) if s < end and e > start]
        return (hit[0], hit[-1] + 1) if hit else None


def content_text(text, content):
    """The pieces of a content joined to one text, as src/claims reads it again, and the offset map back."""
    joined, back = [], []
    for n, (s, e) in enumerate(sorted(content)):
        if n:
            joined.append(" ")
            back.append(None)
        joined.append(text[s:e])
        back.extend(range(s, e))
    return "".join(joined), back


def project(span, back):
    """A span of the page's offsets in a content text's own offsets, or None where it is not wholly inside."""
    inside = [i for i, b in enumerate(back) if b is not None and span[0] <= b < span[1]]
    return [inside[0], inside[-1] + 1] if inside else None


def nested_examples(doc, vocab):
    out = []
    for outer in doc["claims"]:
        if not outer["content"]:
            continue
        text, back = content_text(doc["text"], outer["content"])
        inner = []
        for c in doc["claims"]:
            if c.get("parent") == outer["id"]:
                moved = {r: [p for p in (project(s, back) for s in c[r]) if p] for r in ROLES}
                if moved["cue"]:
                    inner.append(moved)
        out.append(Example(doc["doc"] + "/" + outer["id"], text, inner, vocab, False))
    return out


def read_jsonl_xz(path):
    with lzma.open(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def held_out(shared):
    """Ids of PolNeAR articles that gold/dev scores: never trained on."""
    return {os.path.basename(p)[len("polnear-"):-len(".json")]
            for p in glob.glob(os.path.join(shared, "gold/dev/polnear-*.json"))}


def polnear(shared, part, vocab):
    skip = held_out(shared) if part == "train" else set()
    docs = read_jsonl_xz(os.path.join(shared, f"data/polnear/{part}.jsonl.xz"))
    return [Example(d["id"], d["text"], d["claims"], vocab, True) for d in docs if d["id"] not in skip]


def gold(shared, vocab):
    """(whole texts of the pages that PolNeAR lacks, contents as texts of their own) of gold/train."""
    whole, nested = [], []
    for path in sorted(glob.glob(os.path.join(shared, "gold/train/*.json"))):
        doc = json.load(open(path, encoding="utf-8"))
        nested += nested_examples(doc, vocab)
        if not doc["doc"].startswith("polnear-"):
            top = [c for c in doc["claims"] if not c.get("parent")]
            whole.append(Example(doc["doc"], doc["text"], top, vocab, True))
    return whole, nested
