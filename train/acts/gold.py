"""Gold pages → what measure-claims reads, and what it makes of them."""
import json
import os
import subprocess

MANNERS = ["direct", "mixed", "indirect"]


def load(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".json") and not n.endswith(".ann.json"))
    docs = []
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            docs.append(json.load(f) | {"name": name})
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
