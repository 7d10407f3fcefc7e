"""Texts with claims and known referents, as measure-speakers reads them and as train.py and measure.py need them."""
import glob
import hashlib
import json
import os
import re
import subprocess


class Text:
    """A text, its claims' spans in bytes, and what is known of it: `speakers` (a set of names for each claim, or None where it is not known)
    or `chains` (for each mention (start, end) in bytes the number of its chain)."""

    def __init__(self, key, text, has_title, claims):
        self.key, self.text, self.has_title = key, text, has_title
        at, self.byte = 0, []
        for c in text:
            self.byte.append(at)
            at += len(c.encode())
        self.byte.append(at)
        index = {c.get("id"): i for i, c in enumerate(claims)}
        self.claims = [(index.get(c.get("parent"), -1) if c.get("parent") else -1, self.spans(c.get("source")), self.spans(c.get("content"))) for c in claims]
        self.speakers, self.chains = None, None
        self.fold = int(hashlib.md5(key.encode()).hexdigest(), 16) % 5

    def spans(self, spans):
        return [(self.byte[a], self.byte[b]) for a, b in spans or []]

    def lines(self):
        out = [f"TEXT {self.byte[-1]} {int(self.has_title)} {len(self.claims)}\n{self.text}\n"]
        for parent, source, content in self.claims:
            numbers = [parent, len(source), len(content)] + [x for span in source + content for x in span]
            out.append(" ".join(map(str, numbers)) + "\n")
        return "".join(out)


def names_of(entity):
    return {re.sub(r"\W+", " ", n.lower()).strip() for n in [entity.get("name") or ""] + (entity.get("aliases") or [])} - {""}


def same(a, b):
    """As score_claims.py has it."""
    if not a or not b:
        return not a and not b
    strip = lambda names: {re.sub(r"^(the|a|an) ", "", n) for n in names}
    return bool(a & b) or bool(strip(a) & strip(b))


def gold(folder):
    """Pages whose claims have speakers."""
    texts = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        if path.endswith(".ann.json"):
            continue
        with open(path, encoding="utf-8") as f:
            doc = json.load(f)
        text = Text(str(doc.get("id") or os.path.basename(path)), doc["text"], doc["text"].find("\n\n") in range(1, 250), doc["claims"])
        names = {e["id"]: names_of(e) for e in doc["entities"]}
        text.speakers = [names.get(c.get("speaker"), set()) for c in doc["claims"]]
        text.entities = doc["entities"]
        text.gold_claims = doc["claims"]
        texts.append(text)
    return texts


def polnear(spans, chains, most=None):
    """PolNeAR's texts with machine-made chains."""
    with open(chains, encoding="utf-8") as f:
        known = {d["id"]: d["coref"] for d in map(json.loads, f)}
    texts = []
    with open(spans, encoding="utf-8") as f:
        for doc in map(json.loads, f):
            if doc["id"] not in known or (most and len(texts) >= most):
                continue
            text = Text(doc["id"], doc["text"], True, doc["claims"])
            text.chains = {(text.byte[a], text.byte[b]): i for i, chain in enumerate(known[doc["id"]]) for a, b, _ in chain}
            texts.append(text)
    return texts


def gum(pattern):
    """GUM's texts: their words joined, mentions of singletons left out."""
    texts = []
    for path in sorted(glob.glob(pattern)):
        out, at, open_, chains, key, paragraph = [], 0, {}, {}, os.path.basename(path)[:-7], True
        with open(path, encoding="utf-8") as f:
            for line in f:
                if line.startswith("# newpar"):
                    paragraph = True
                if line.startswith("# sent_id") and out:
                    if paragraph:
                        out.append("\n\n")
                        at += 2
                    paragraph = False
                fields = line.rstrip("\n").split("\t")
                if len(fields) < 10 or not fields[0].isdigit():
                    continue
                start, at = at, at + len(fields[1])
                out.append(fields[1])
                entity = re.search(r"Entity=([^|]*)", fields[9])
                for part in re.findall(r"\(?[^()]+\)?|\)", entity.group(1)) if entity else []:
                    if part.startswith("("):
                        name = part.strip("()").split("-")[0]
                        open_.setdefault(name, []).append(start)
                        if not part.endswith(")"):
                            continue
                    name = part.strip("()").split("-")[0]
                    if open_.get(name):
                        chains[(open_[name].pop(), at)] = name
                if "SpaceAfter=No" not in fields[9]:
                    out.append(" ")
                    at += 1
        text = Text(key, "".join(out), True, [])
        sizes = {}
        for name in chains.values():
            sizes[name] = sizes.get(name, 0) + 1
        text.chains = {(text.byte[a], text.byte[b]): n for (a, b), n in chains.items() if sizes[n] > 1}
        texts.append(text)
    return texts


def run(program, texts, candidates=False):
    """What the program makes of the texts: a dict each."""
    given = "".join(t.lines() for t in texts).encode()
    args = [program] + (["--candidates"] if candidates else [])
    done = subprocess.run(args, input=given, capture_output=True, check=True).stdout.decode().split("\n")[:-1]
    assert len(done) == len(texts), (len(done), len(texts))
    results = []
    for line in done:
        result = json.loads(line)
        result["speakers"] = [int(x) for x in result["speakers"]]
        result["mentions"] = [tuple(map(int, m.split())) for m in result["mentions"]]
        result["names"] = [names_of({"name": e[0], "aliases": e[4:]}) for e in result["entities"]]
        results.append(result)
    return results
