"""Training examples: texts as words with features, their claims as word spans, and what else is known of them.

PolNeAR's articles carry claims of the page itself alone; what nested ones they hold comes from a model that has read their contents
as texts of their own (silver.py). gold/train has both, with stances. CoreNLP's output has kinds of names and coreference.
"""
import bisect
import glob
import json
import lzma
import os

import words as W
from model import KIND_TAGS, STANCES

ROLES = ("source", "cue", "content")
KIND_OF = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}


class Claim:
    """cue: (start, stop) in words; source, content: lists of such. stance: index, or None where nobody said."""

    def __init__(self, cue, source, content, nested=False, stance=None, hedged=False):
        self.cue, self.source, self.content = cue, source, content
        self.nested, self.stance, self.hedged = nested, stance, hedged
        self.meaning = None     # what a sentence encoder makes of the content: [384]


class Example:
    """One text: words, piece ids by word, features, claims; kinds: a tag for each word, or None where they are not known;
    chains: lists of mentions (start, stop) in words that mean the same, and names: mentions that are in none."""

    def __init__(self, name, text, claims, vocab, has_title):
        self.name, self.text = name, text
        self.words = W.words(text)
        self.pieces = [W.pieces(w[2], vocab) for w in self.words]
        self.features = W.features(text, self.words, has_title)
        self.starts = [f[2] in (W.PLACE_PARAGRAPH, W.PLACE_FIRST) for f in self.features]
        self.has_title = has_title
        self._ends = [w[1] for w in self.words]
        self._begins = [w[0] for w in self.words]
        self.kinds, self.chains, self.names = None, [], []
        self.claims = []
        for c in claims:
            cue = [s for s in map(self.span, c["cue"]) if s]
            if cue:
                self.claims.append(Claim(max(cue, key=lambda s: s[1] - s[0]),
                                         [s for s in map(self.span, c["source"]) if s],
                                         [s for s in map(self.span, c["content"]) if s], bool(c.get("parent")),
                                         STANCES.index(c["stance"]) if "stance" in c else None, bool(c.get("hedged"))))

    def span(self, chars):
        """The words that a [start, end) of characters touches, or None."""
        first = bisect.bisect_right(self._ends, chars[0])
        stop = bisect.bisect_left(self._begins, chars[1])
        return (first, stop) if first < stop else None

    def add_parse(self, parse):
        """CoreNLP's kinds of names and chains (data/polnear/corenlp-*)."""
        self.kinds = [0] * len(self.words)
        names = []
        for sentence in parse["sentences"]:
            last = None
            for start, end, _, kind in sentence:
                kind, span = KIND_OF.get(kind), self.span((start, end))
                if kind and span:
                    begin = KIND_TAGS.index("B-" + kind)
                    for t in range(*span):
                        goes_on = last == kind or t > span[0]
                        self.kinds[t] = begin + 1 if goes_on else begin
                        if goes_on and names and names[-1][1] == t:
                            names[-1] = (names[-1][0], t + 1)
                        else:
                            names.append((t, t + 1))
                last = kind
        self.chains = [sorted({s for s in (self.span(m[:2]) for m in chain) if s}) for chain in parse["coref"]]
        known = {m for chain in self.chains for m in chain}
        self.names = [m for m in names if m not in known]

    def add_speakers(self, doc):
        """Chains of gold: the sources of one speaker, and wherever its names stand."""
        for e in doc["entities"]:
            spans = {self.span(s) for c in doc["claims"] if c["speaker"] == e["id"] for s in c["source"][:1]}
            if e["type"] != "unnamed":
                for name in [e["name"]] + e["aliases"]:
                    at = doc["text"].find(name)
                    while name and at >= 0:
                        spans.add(self.span((at, at + len(name))))
                        at = doc["text"].find(name, at + len(name))
            self.chains.append(sorted(s for s in spans if s))


def content_text(text, content):
    """The pieces of a content joined to one text, and the offset map back."""
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


def parses(shared, part):
    return {p["id"]: p for p in read_jsonl_xz(os.path.join(shared, f"data/polnear/corenlp-{part}.jsonl.xz"))}


def gold_docs(shared):
    return [json.load(open(p, encoding="utf-8")) for p in sorted(glob.glob(os.path.join(shared, "gold/train/*.json")))]


def gold_contents(shared, vocab):
    """(whole texts of the pages that PolNeAR lacks, contents as texts of their own) of gold/train: what the first stage reads."""
    whole, nested = [], []
    for doc in gold_docs(shared):
        nested += nested_examples(doc, vocab)
        if not doc["doc"].startswith("polnear-"):
            top = [{r: c[r] for r in ROLES} for c in doc["claims"] if not c.get("parent")]
            whole.append(Example(doc["doc"], doc["text"], top, vocab, True))
    return whole, nested


def gold(shared, vocab):
    """gold/train as it stands: claims of all depths with their stances, and chains of speakers."""
    out = []
    for doc in gold_docs(shared):
        x = Example(doc["doc"], doc["text"], doc["claims"], vocab, True)
        x.add_speakers(doc)
        out.append(x)
    return out
