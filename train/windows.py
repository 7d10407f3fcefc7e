"""Windows over a text's words, and what the model says of them: the Python side of docs/model-format.md, section 4."""
import torch

from model import CUE_TAGS, PAIR_TAGS, distance_bucket


def windows(lengths, starts, room, lead, trail):
    """lengths: pieces of each word; starts: whether a paragraph begins there. [(first, stop, own_first, own_stop)]: the words
    a window holds and those it answers for.

    A window holds as many whole words as `room` pieces take. It answers for the words up to the last paragraph that begins in
    it with at least `trail` of its pieces to come, or else with any; where none does, up to where `lead` pieces remain. The next
    one begins at most `lead` pieces before the first word that it answers for, and with it where the two would not fit together.
    """
    out, first, own, n = [], 0, 0, len(lengths)
    while True:
        stop, used = first, 0
        while stop < n and (used + lengths[stop] <= room or stop == first):
            used += lengths[stop]
            stop += 1
        if stop == n:
            return out + [(first, stop, own, stop)]
        end, left, last, inside = None, 0, None, own + 1
        for t in range(stop, own, -1):
            if starts[t]:
                last = last or t
                if left >= trail:
                    end = t
                    break
            if left < lead:
                inside = t
            left += lengths[t - 1]
        end = end or last or inside
        out.append((first, stop, own, end))
        own = first = end
        left = 0
        while first > 0 and left + lengths[first - 1] <= lead:
            first -= 1
            left += lengths[first]
        if left + lengths[own] > room:
            first = own


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


def spans_by(path, tags, kind, offset=0):
    return spans_of(path, tags.index("B-" + kind), tags.index("I-" + kind), offset)


def cut(model, example):
    """The windows of a text as the program reads it."""
    c = model.config
    return windows([len(p) for p in example.pieces], example.starts, c["window"] - 2, c["lead"], c["trail"])


def mean_weights(spans, offset, width):
    """Rows that take the mean over a span's words, or over several spans'; zeros where there is none."""
    w = torch.zeros(len(spans), width)
    for n, parts in enumerate(spans):
        for s, e in parts:
            w[n, max(s - offset, 0):max(e - offset, 0)] = 1.0
    return w / w.sum(1, keepdim=True).clamp(min=1.0)


@torch.no_grad()
def decode(model, cut_of, hidden):
    """[(cue, source spans, content spans, nested)] of one text, in words: hidden, by window, its words' vectors [words, D]."""
    emit = [model.cue(h)[a - first:b - first] for (first, _, a, b), h in zip(cut_of, hidden)]
    path = model.cue_crf.viterbi(torch.cat(emit).float()[None])[0].tolist()
    cues = sorted([(*c, False) for c in spans_by(path, CUE_TAGS, "T")] + [(*c, True) for c in spans_by(path, CUE_TAGS, "N")])
    out = []
    for (first, stop, own_first, own_stop), h in zip(cut_of, hidden):
        mine = [(s, min(e, stop), nested) for s, e, nested in cues if own_first <= s < own_stop]
        if not mine:
            continue
        weights = mean_weights([[(s, e)] for s, e, _ in mine], first, stop - first)
        near = torch.tensor([buckets((s - first, e - first), stop - first) for s, e, _ in mine])
        scores = model.pair_scores(h[None], weights, torch.zeros(len(mine), dtype=torch.long), near).float()
        for (s, e, nested), pair in zip(mine, model.pair_crf.viterbi(scores).tolist()):
            out.append(((s, e), spans_by(pair, PAIR_TAGS, "S", first), spans_by(pair, PAIR_TAGS, "C", first), nested))
    return out


@torch.no_grad()
def predict(model, examples, cls_id, sep_id, size=16):
    """What `decode` finds, for each of many texts; windows of like length go through the encoder together."""
    cuts = [cut(model, x) if x.words else [] for x in examples]
    jobs = sorted(((n, k, sum(map(len, x.pieces[c[0]:c[1]]))) for n, x in enumerate(examples) for k, c in enumerate(cuts[n])),
                  key=lambda j: j[2])
    hidden = [[None] * len(c) for c in cuts]
    for at in range(0, len(jobs), size):
        part = jobs[at:at + size]
        spans = [(cuts[n][k][0], cuts[n][k][1]) for n, k, _ in part]
        rows = [(examples[n].pieces[a:b], examples[n].features[a:b]) for (n, _, _), (a, b) in zip(part, spans)]
        h = model.words(*batch(rows, cls_id, sep_id), 0.0).float()
        for (n, k, _), (a, b), v in zip(part, spans, h):
            hidden[n][k] = v[:b - a].clone()
    return [decode(model, c, h) if c else [] for c, h in zip(cuts, hidden)]


def holding(found, n):
    """Which claim's content holds a nested claim's cue: the one with the fewest words, or None."""
    s, e = found[n][0]
    size = lambda k: sum(b - a for a, b in found[k][2])
    outer = [k for k in range(len(found)) if k != n and any(a <= s and e <= b for a, b in found[k][2])]
    return min(outer, key=size) if outer else None


def to_record(example, found):
    """The claims as a record's claims, offsets in code points."""
    def chars(s):
        return [example.words[s[0]][0], example.words[s[1] - 1][1]]
    claims = []
    for n, (cue, src, con, nested) in enumerate(found):
        parent = holding(found, n) if nested else None
        claims.append({"id": f"c{n + 1}", "source": [chars(s) for s in src], "cue": [chars(cue)],
                       "content": [chars(s) for s in con], "parent": None if parent is None else f"c{parent + 1}"})
    return {"id": example.name, "text": example.text, "claims": claims}
