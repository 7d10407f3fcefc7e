"""Golden scores for the C tests: python golden_model.py MODEL.pt TEXTS… > test/golden/model.jsonl

Each text (a file written for this project) is scored by the quantised model window by window, as the program does it. A line
holds the text, the cue scores of its words, and for some of its cues the pair scores and, with the few words before and after
the cue for source and content, what the other heads say.
"""
import json
import sys

import torch

import base
from data import Example
from model import CUE_TAGS
from quantised import quantised
from train import load
from windows import batch, buckets, cut, mean_weights, spans_by

MOST_CUES, BEFORE, AFTER = 6, 3, 8


def rounded(x):
    return [rounded(v) for v in x] if x.dim() > 1 else [round(float(v), 4) for v in x]


def others(model, h, first, s, e):
    """What the heads that look at spans say of a cue [s, e) of the window that begins at `first`."""
    stop = first + len(h)
    content, source = (e, min(e + AFTER, stop)), (max(s - BEFORE, first), s)
    mean = lambda span: mean_weights([[span]], first, len(h)) @ h
    return {"act": rounded(model.act_scores(mean((s, e)), mean(content), mean(source))[0]), "meaning": rounded(model.meanings(mean(content))[0])}


@torch.no_grad()
def golden(model, x, cls_id, sep_id):
    windows = cut(model, x)
    cue, hidden = [], []
    for first, stop, own_first, own_stop in windows:
        h = model.words(*batch([(x.pieces[first:stop], x.features[first:stop])], cls_id, sep_id), 0.0)[0]
        hidden.append(h)
        cue.append(model.cue(h)[own_first - first:own_stop - first])
    cue = torch.cat(cue)
    path = model.cue_crf.viterbi(cue[None])[0].tolist()
    cues = sorted(spans_by(path, CUE_TAGS, "T") + spans_by(path, CUE_TAGS, "N"))
    pairs = []
    for s, e in cues[:: max(1, len(cues) // MOST_CUES)]:
        at = next(n for n, w in enumerate(windows) if w[2] <= s < w[3])
        first, stop = windows[at][:2]
        e = min(e, stop)
        near = torch.tensor([buckets((s - first, e - first), stop - first)])
        scores = model.pair_scores(hidden[at][None], mean_weights([[(s, e)]], first, stop - first), torch.tensor([0]), near)[0]
        pairs.append({"cue": [s, e], "first": first, "scores": rounded(scores), **others(model, hidden[at], first, s, e)})
    return {"text": x.text, "has_title": x.has_title, "cue": rounded(cue), "pairs": pairs}


if __name__ == "__main__":
    vocab, _ = base.load()
    model = quantised(load(sys.argv[1]))
    for path in sys.argv[2:]:
        text = open(path, encoding="utf-8").read().strip()
        x = Example(path, text, [], vocab, True)
        print(json.dumps(golden(model, x, vocab["[CLS]"], vocab["[SEP]"]), ensure_ascii=False))
