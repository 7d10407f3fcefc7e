"""Gold pages → what measure-claims reads, and what it makes of them."""
import json
import os
import re
import subprocess

MANNERS = ["direct", "mixed", "indirect"]


def load(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".json") and not n.endswith(".ann.json"))
    docs = []
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            docs.append(json.load(f) | {"name": name})
        docs[-1]["claims"].sort(key=lambda c: (c["cue"] or c["content"])[0])  # as the program has them
    return docs


LABELS = os.path.join(os.path.dirname(__file__), "polnear_stances.jsonl")
OPEN, CLOSE = re.compile(r"[\"“]|''"), re.compile(r"[\"”]$|''$")


def manner_of(text, content):
    """Near enough to src/claims/quotation.c for learning."""
    pieces = [text[a:b] for a, b in content]
    if all(OPEN.match(p) and CLOSE.search(p) for p in pieces):
        return "direct"
    return "mixed" if any(OPEN.search(p) for p in pieces) else "indirect"


def parent_of(claims, claim):
    """The smallest content that holds the cue."""
    holding = [(sum(b - a for a, b in c["content"]), c["id"]) for c in claims
               if c is not claim and claim["cue"] and any(a <= claim["cue"][0][0] and claim["cue"][0][1] <= b for a, b in c["content"])]
    return min(holding)[1] if holding else None


def load_polnear(path):
    """The articles with claims of known stance; what PolNeAR does not tell is filled in. The others' stance is None."""
    labels = {}
    with open(LABELS, encoding="utf-8") as f:
        for line in f:
            one = json.loads(line)
            labels.setdefault(one["id"], {})[str(one["cue"]), str(one["content"])] = one
    docs = []
    with open(path, encoding="utf-8") as f:
        for doc in map(json.loads, f):
            known = labels.get(doc["id"])
            if not known:
                continue
            claims = [c for c in doc["claims"] if c["content"]]
            for i, c in enumerate(claims):
                label = known.get((str(c["cue"]), str(c["content"])), {})
                c |= {"id": f"C{i}", "stance": label.get("stance"), "hedged": label.get("hedged"), "manner": manner_of(doc["text"], c["content"])}
                c["speaker"] = " ".join(doc["text"][a:b] for a, b in c["source"]).lower() or None
            for c in claims:
                c["parent"] = parent_of(claims, c)
            docs.append({"text": doc["text"], "name": doc["id"], "claims": claims,
                         "entities": [{"id": s} for s in {c["speaker"] for c in claims} if s]})
    return docs


def to_input(doc):
    text = doc["text"]
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode()))
    claims = {c["id"]: i for i, c in enumerate(doc["claims"])}
    speakers = {e["id"]: i for i, e in enumerate(doc["entities"])}
    title = "\n\n" in text and len(text.split("\n\n", 1)[0]) < 300
    out = [f"{int(title)} {at[-1]} {len(claims)}\n{text}\n"]
    for c in doc["claims"]:
        row = [speakers.get(c["speaker"], -1), claims.get(c["parent"], -1), MANNERS.index(c["manner"])]
        for part in ("source", "cue", "content"):
            row.append(len(c[part]))
            row += [at[x] for span in c[part] for x in span]
        out.append(" ".join(map(str, row)) + "\n")
    return "".join(out)


def measure(program, docs):
    """For each document the list of what the program says of its claims."""
    done = subprocess.run([program], input="".join(map(to_input, docs)), capture_output=True, check=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]
