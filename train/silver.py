"""Nested claims that a model of the first stage finds in contents read as texts of their own, and what a sentence encoder makes of
the contents: teachers for the second stage. Shapes: a meaning is [384], of unit length."""
import torch
import torch.nn.functional as F

from data import Claim, Example, content_text
from model import ClaimModel
from windows import batch, predict

DEPTHS = 3


def sentence_encoder(config, state):
    """The packaged encoder as it comes: means over pieces, as its makers use it."""
    model = ClaimModel(config)
    model.encoder.load_bert(state)
    return model.eval().encoder


@torch.no_grad()
def add_meanings(examples, encoder, cls_id, sep_id, most=126, size=64):
    """Gives every claim the meaning of its content's first pieces."""
    jobs = [(x, c) for x in examples for c in x.claims if c.content]
    words = lambda x, c: [t for s, e in c.content for t in range(s, e)]
    jobs.sort(key=lambda j: sum(e - s for s, e in j[1].content))
    for at in range(0, len(jobs), size):
        part = jobs[at:at + size]
        rows = []
        for x, c in part:
            pieces, used = [], 0
            for t in words(x, c):
                used += len(x.pieces[t])
                if used > most:
                    break
                pieces.append(x.pieces[t])
            rows.append((pieces, [(0, 0, 0)] * len(pieces)))
        ids, feats, mask, _ = batch(rows, cls_id, sep_id)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = encoder(ids, feats, mask, 0.0).float()
        mean = (h * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        for (_, c), v in zip(part, F.normalize(mean, dim=1)):
            c.meaning = v.clone()


def moved_claims(x, back, inner, found):
    """Claims found in a content's text, in the page's words."""
    def moved(span):
        at = [back[i] for i in range(inner.words[span[0]][0], inner.words[span[1] - 1][1]) if back[i] is not None]
        runs, begin = [], 0                    # the joint of two pieces parts a span
        for k in range(1, len(at) + 1):
            if k == len(at) or at[k] != at[k - 1] + 1:
                runs.append(x.span((at[begin], at[k - 1] + 1)))
                begin = k
        return [r for r in runs if r]
    for cue, sources, contents, _ in found:
        cues = moved(cue)
        if cues and contents:
            yield Claim(max(cues, key=lambda s: s[1] - s[0]), [r for s in sources for r in moved(s)],
                        [r for s in contents for r in moved(s)], True)


def add_nested(examples, model, vocab):
    """Reads the contents of all claims, then those of what was found in them, and so on."""
    outer = [(x, c) for x in examples for c in x.claims if c.content]
    for _ in range(DEPTHS):
        texts = [content_text(x.text, [(x.words[s][0], x.words[e - 1][1]) for s, e in c.content]) for x, c in outer]
        inner = [Example(x.name, text, [], vocab, False) for (x, _), (text, _) in zip(outer, texts)]
        found = predict(model, inner, vocab["[CLS]"], vocab["[SEP]"], 64)
        deeper = []
        for (x, _), (_, back), i, f in zip(outer, texts, inner, found):
            for c in moved_claims(x, back, i, f):
                if all(c.cue[1] <= o.cue[0] or o.cue[1] <= c.cue[0] for o in x.claims):
                    x.claims.append(c)
                    deeper.append((x, c))
        outer = deeper
