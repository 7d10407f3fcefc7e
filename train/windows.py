"""Windows over a text's words, and what the model says of them: the Python side of docs/model-format.md, section 4."""
import torch

from model import CUE_TAGS, PAIR_TAGS, distance_bucket


def windows(lengths, room, overlap):
    """lengths: pieces of each word. [(first, stop, own_first, own_stop)]: the words a window holds and those it answers for.

    A window holds as many whole words as `room` pieces take; the next begins at the first word from which at most
    `overlap` pieces are left of this one (but always further on); the words two windows share are halved between them.
    """
    out, first, n = [], 0, len(lengths)
    while True:
        stop, used = first, 0
        while stop < n and (used + lengths[stop] <= room or stop == first):
            used += lengths[stop]
            stop += 1
        out.append([first, stop, first, stop])
        if stop == n:
            break
        nxt, left = stop, 0
        while nxt - 1 > first and left + lengths[nxt - 1] <= overlap:
            nxt -= 1
            left += lengths[nxt]
        first = nxt
    for a, b in zip(out, out[1:]):
        a[3] = b[2] = (b[0] + a[1]) // 2
    return [tuple(w) for w in out]


def batch(spans, cls_id, sep_id):
    """spans: [(pieces, features)] by word → ids, feats, mask, first as tensors (padded)."""
    rows = []
    for pieces, feats in spans:
        ids, fs, first = [cls_id], [(0, 0, 0)], []
        for p, f in zip(pieces, feats):
            first.append(len(ids))
            ids += p
            fs += [f] * len(p)
        rows.append((ids + [sep_id], fs + [(0, 0, 0)], first))
    t, w = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    ids = torch.zeros(len(rows), t, dtype=torch.long)
    feats = torch.zeros(len(rows), t, 3, dtype=torch.long)
    mask = torch.zeros(len(rows), t, dtype=torch.bool)
    first = torch.zeros(len(rows), max(w, 1), dtype=torch.long)
    for n, (i, f, s) in enumerate(rows):
        ids[n, :len(i)] = torch.tensor(i)
        feats[n, :len(f)] = torch.tensor(f)
        mask[n, :len(i)] = True
        first[n, :len(s)] = torch.tensor(s, dtype=torch.long)
    return ids, feats, mask, first


def buckets(cue, count):
    return [distance_bucket(t, *cue) for t in range(count)]


def spans_of(path, begin, inside, offset=0):
    """[(first, stop)] of the runs B I I … in a tag path."""
    out, open_at = [], None
    for t, tag in enumerate(list(path) + [0]):
        if open_at is not None and tag != inside:
            out.append((open_at + offset, t + offset))
            open_at = None
        if tag == begin:
            open_at = t
    return out


@torch.no_grad()
def predict(model, example, cls_id, sep_id):
    """[(cue, source spans, content spans)] of one text, in words."""
    if not example.words:
        return []
    lengths = [len(p) for p in example.pieces]
    cut = windows(lengths, model.config["window"] - 2, model.config["overlap"])
    hidden, emit = [], []
    for first, stop, own_first, own_stop in cut:
        ids, feats, mask, at = batch([(example.pieces[first:stop], example.features[first:stop])], cls_id, sep_id)
        h = model.words(ids, feats, mask, at, 0.0)
        hidden.append(h)
        emit.append(model.cue(h)[0, own_first - first:own_stop - first])
    emit = torch.cat(emit).float()
    cues = spans_of(model.cue_crf.viterbi(emit), CUE_TAGS.index("B"), CUE_TAGS.index("I"))
    out = []
    for (first, stop, own_first, own_stop), h in zip(cut, hidden):
        mine = [(s, min(e, stop)) for s, e in cues if own_first <= s < own_stop]
        if not mine:
            continue
        weights = torch.zeros(len(mine), stop - first)
        for n, (s, e) in enumerate(mine):
            weights[n, s - first:e - first] = 1.0 / (e - s)
        near = torch.tensor([buckets((s - first, e - first), stop - first) for s, e in mine])
        scores = model.pair_scores(h, weights, torch.zeros(len(mine), dtype=torch.long), near).float()
        for cue, sc in zip(mine, scores):
            path = model.pair_crf.viterbi(sc)
            out.append((cue, spans_of(path, PAIR_TAGS.index("B-S"), PAIR_TAGS.index("I-S"), first),
                        spans_of(path, PAIR_TAGS.index("B-C"), PAIR_TAGS.index("I-C"), first)))
    return out


def to_record(example, found):
    """The claims as a record's claims, offsets in code points."""
    def chars(s):
        return [example.words[s[0]][0], example.words[s[1] - 1][1]]
    claims = [{"id": f"c{n + 1}", "source": [chars(s) for s in src], "cue": [chars(cue)], "content": [chars(s) for s in con]}
              for n, (cue, src, con) in enumerate(found)]
    return {"id": example.name, "text": example.text, "claims": claims}
