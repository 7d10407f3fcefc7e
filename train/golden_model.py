"""Golden scores for the C tests: python golden_model.py MODEL.pt TEXTS… > test/golden/model.jsonl

Each text (a file written for this project) is scored by the quantised model window by window, as the program does it. A line
holds the text, the cue scores of its words, and the pair scores of its first cues.
"""
import json
import sys

import torch

import base
import export
from data import Example
from model import CUE_TAGS
from quantised import quantised
from windows import batch, buckets, spans_of, windows

MOST_CUES = 6


@torch.no_grad()
def golden(model, x, cls_id, sep_id):
    cut = windows([len(p) for p in x.pieces], model.config["window"] - 2, model.config["overlap"])
    cue, hidden = [], []
    for first, stop, own_first, own_stop in cut:
        h = model.words(*batch([(x.pieces[first:stop], x.features[first:stop])], cls_id, sep_id), 0.0)
        hidden.append(h)
        cue.append(model.cue(h)[0, own_first - first:own_stop - first])
    cue = torch.cat(cue)
    pairs = []
    cues = spans_of(model.cue_crf.viterbi(cue), CUE_TAGS.index("B"), CUE_TAGS.index("I"))
    for s, e in cues[:: max(1, len(cues) // MOST_CUES)]:
        at = next(n for n, w in enumerate(cut) if w[2] <= s < w[3])
        first, stop = cut[at][:2]
        weights = torch.zeros(1, stop - first)
        weights[0, s - first:min(e, stop) - first] = 1.0 / (min(e, stop) - s)
        near = torch.tensor([buckets((s - first, min(e, stop) - first), stop - first)])
        scores = model.pair_scores(hidden[at], weights, torch.tensor([0]), near)[0]
        pairs.append({"cue": [s, e], "first": first, "scores": [[round(float(v), 4) for v in row] for row in scores]})
    return {"text": x.text, "has_title": x.has_title, "cue": [[round(float(v), 4) for v in row] for row in cue], "pairs": pairs}


if __name__ == "__main__":
    vocab, _ = base.load()
    model = quantised(export.load(sys.argv[1]))
    for path in sys.argv[2:]:
        text = open(path, encoding="utf-8").read().strip()
        x = Example(path, text, [], vocab, True)
        print(json.dumps(golden(model, x, vocab["[CLS]"], vocab["[SEP]"]), ensure_ascii=False))
