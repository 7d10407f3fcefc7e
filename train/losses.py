"""What a batch of windows costs: the sum of the losses of all that is known of it, by window."""
import torch
import torch.nn.functional as F

from model import CUE_TAGS, PAIR_TAGS, REFER_EDGES, STANCES
from windows import batch, buckets, mean_weights

# Found by hand, once: of the size that brings each loss, at the end of training, to that of the claims' own or below.
KIND, ACT, REFER, MEANING = 0.1, 0.5, 0.1, 40.0
CHUNK = 160                                        # claims whose pair scores are held at once


class Window:
    """Words [first, stop) of an example of which it answers for [own_first, own_stop); features as they are given."""

    def __init__(self, example, features, first, stop, own_first, own_stop):
        self.example, self.features = example, features
        self.first, self.stop, self.own_first, self.own_stop = first, stop, own_first, own_stop
        self.size = sum(len(p) for p in example.pieces[first:stop])

    def rows(self):
        return self.example.pieces[self.first:self.stop], self.features[self.first:self.stop]

    def holds(self, span):
        return self.first <= span[0] and span[1] <= self.stop

    def claims(self):
        return [c for c in self.example.claims if self.own_first <= c.cue[0] < self.own_stop and c.cue[1] <= self.stop]


def cue_tags(w):
    tags = [0] * (w.stop - w.first)
    for c in sorted(w.example.claims, key=lambda c: not c.nested):      # where two meet, the page's own claim stands
        begin = CUE_TAGS.index("B-N" if c.nested else "B-T")
        s, e = max(c.cue[0], w.first), min(c.cue[1], w.stop)
        for t in range(s, e):
            tags[t - w.first] = begin if t == s else begin + 1
    for t in range(len(tags)):                                          # no tag goes on with what did not begin
        if tags[t] and tags[t] % 2 == 0 and (t == 0 or tags[t - 1] not in (tags[t] - 1, tags[t])):
            tags[t] -= 1
    return tags


def pair_tags(w, claim):
    row = [0] * (w.stop - w.first)
    for spans, kind in ((claim.content, "C"), (claim.source, "S")):
        begin = PAIR_TAGS.index("B-" + kind)
        for a, b in spans:
            s, e = max(a, w.first), min(b, w.stop)
            for t in range(s, e):
                row[t - w.first] = begin if t == s else begin + 1
    return row


def mentions_of(w):
    """[(span, chain or None)] in order, one of each span."""
    found = {}
    for n, chain in enumerate(w.example.chains):
        for m in chain:
            if w.holds(m):
                found.setdefault(m, n)
    for m in w.example.names:
        if w.holds(m):
            found.setdefault(m, None)
    return sorted(found.items(), key=lambda x: (x[0][1], -x[0][0]))


def refer_loss(model, h, w, mentions, weights):
    """h: [words, D] of one window. Each mention picks an earlier one of its chain, or nothing."""
    m = weights @ h
    ends = torch.tensor([s[1] for s, _ in mentions], device=h.device)
    distance = torch.bucketize((ends[:, None] - ends[None]).clamp(min=0), torch.tensor(REFER_EDGES, device=h.device), right=True)
    scores = model.refer_scores(m, distance)
    chain = torch.tensor([-1 - n if c is None else c for n, (_, c) in enumerate(mentions)], device=h.device)
    right = (chain[:, None] == chain[None]).tril(-1)
    right = torch.cat((right, ~right.any(1, keepdim=True)), 1)
    best = torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
    return (torch.logsumexp(scores, 1) - best).sum()


def meaning_loss(model, content, meaning):
    """content [N, D], meaning [N, 384]: cosines among the contents of a batch follow their teacher's, the high ones above all."""
    own, teacher = model.meanings(content), meaning @ meaning.T
    own = own @ own.T
    n = len(own)
    weight = 1 + 10 * teacher.clamp(min=0) ** 2
    weight = weight * (1 - torch.eye(n, device=own.device))
    return (weight * (own - teacher) ** 2).sum() / weight.sum().clamp(min=1)


def loss_of(model, items, cls_id, sep_id, device, everything):
    """items: windows. everything: what the second stage learns as well. Returns (loss, parts by name)."""
    put = lambda x: x.to(device)
    ids, feats, mask, first = map(put, batch([w.rows() for w in items], cls_id, sep_id))
    h = model.words(ids, feats, mask, first).float()
    width = h.shape[1]
    pad = lambda row, fill=0: row + [fill] * (width - len(row))
    word_mask = torch.tensor([pad([1.0] * (w.stop - w.first), 0.0) for w in items], device=device)
    tags = torch.tensor([pad(cue_tags(w)) for w in items], device=device)
    parts = {"cue": model.cue_crf.nll(model.cue(h), tags, word_mask).sum()}
    claims = [(n, w, c) for n, w in enumerate(items) for c in w.claims()]
    which = torch.tensor([n for n, _, _ in claims], device=device, dtype=torch.long)
    means = lambda spans: put(torch.cat([mean_weights([s], w.first, width) for (_, w, _), s in zip(claims, spans)]))
    if claims:
        cues = means([[c.cue] for _, _, c in claims])
        rows = torch.tensor([pad(pair_tags(w, c)) for _, w, c in claims], device=device)
        near = torch.tensor([pad(buckets((c.cue[0] - w.first, c.cue[1] - w.first), w.stop - w.first)) for _, w, c in claims], device=device)
        parts["pair"] = sum(model.pair_crf.nll(model.pair_scores(h, cues[k:k + CHUNK], which[k:k + CHUNK], near[k:k + CHUNK]),
                                               rows[k:k + CHUNK], word_mask[which[k:k + CHUNK]]).sum()
                            for k in range(0, len(claims), CHUNK))
    if everything and claims:
        clip = lambda spans, w: [(max(a, w.first), min(b, w.stop)) for a, b in spans if a < w.stop and b > w.first]
        vector = lambda weights: torch.einsum("nw,nwd->nd", weights, h[which])
        content = vector(means([clip(c.content, w) for _, w, c in claims]))
        known = [k for k, (_, _, c) in enumerate(claims) if c.stance is not None]
        if known:
            source = vector(means([clip(c.source, w) for _, w, c in claims]))
            scores = model.act_scores(vector(cues)[known], content[known], source[known])
            stance = torch.tensor([claims[k][2].stance for k in known], device=device)
            hedged = torch.tensor([float(claims[k][2].hedged) for k in known], device=device)
            parts["act"] = ACT * (F.cross_entropy(scores[:, :len(STANCES)], stance, reduction="sum") +
                                  F.binary_cross_entropy_with_logits(scores[:, len(STANCES)], hedged, reduction="sum"))
        with_meaning = [k for k, (_, w, c) in enumerate(claims) if c.meaning is not None and all(w.holds(s) for s in c.content)]
        if len(with_meaning) > 1:
            teacher = put(torch.stack([claims[k][2].meaning for k in with_meaning]))
            parts["meaning"] = MEANING * meaning_loss(model, content[with_meaning], teacher) * len(items)
    if everything:
        kinds = [pad(w.example.kinds[w.first:w.stop], -100) if w.example.kinds else [-100] * width for w in items]
        parts["kind"] = KIND * F.cross_entropy(model.kind(h).flatten(0, 1), torch.tensor(kinds, device=device).flatten(),
                                               reduction="sum", ignore_index=-100)
        for n, w in enumerate(items):
            mentions = mentions_of(w)
            if len(mentions) > 1:
                weights = put(mean_weights([[m] for m, _ in mentions], w.first, width))
                parts["refer"] = parts.get("refer", 0) + REFER * refer_loss(model, h[n], w, mentions, weights)
    return sum(parts.values()) / len(items), {k: float(v.detach()) / len(items) for k, v in parts.items()}
