"""Train the act head anew, on the encoder as it is: python act_head.py --shared DIR --out DIR

Reads OUT/stage2.pt, the claims of gold/train and those of PolNeAR's whose stance stands in acts/polnear_stances.jsonl; writes OUT/model.pt, and in
OUT/act_scores.jsonl what heads that did not see a page's claims say of them (for acts/train.py, which weighs them against the lexicon).
The encoder has seen gold/train's stances in stage 2, so pages of PolNeAR alone tell how good the head is.
"""
import argparse
import json
import os

import torch
import torch.nn.functional as F

import base
import data
import losses
from model import ACT_HIDDEN, STANCES
from train import load
from windows import batch, cut, mean_weights

FOLDS, STEPS, RATE, DROP, DECAY = 6, 400, 2e-3, 0.4, 0.1
LABELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "acts", "polnear_stances.jsonl")


def labelled(shared, vocab):
    """gold/train, and PolNeAR's articles with the stances that are known; the other claims have none."""
    labels = {}
    with open(LABELS, encoding="utf-8") as f:
        for line in f:
            one = json.loads(line)
            labels.setdefault(one["id"], {})[str(one["cue"]), str(one["content"])] = one
    out = data.gold(shared, vocab)
    for doc in data.read_jsonl_xz(os.path.join(shared, "data/polnear/train.jsonl.xz")):
        known = labels.get(doc["id"])
        if known:
            for c in doc["claims"]:
                one = known.get((str(c["cue"]), str(c["content"])))
                if one and "hedged" in one:
                    c["stance"], c["hedged"] = one["stance"], one["hedged"]
            out.append(data.Example(doc["id"], doc["text"], doc["claims"], vocab, True))
    return out


@torch.no_grad()
def features(model, examples, ids, size=12):
    """Means of cue, content and source [N, 3D], stances [N], hedged [N], pages [N], and the claims' names."""
    jobs = sorted((losses.Window(x, x.features, *c) for x in examples for c in cut(model, x)), key=lambda w: w.size)
    jobs = [w for w in jobs if any(c.stance is not None for c in w.claims())]
    rows = []
    for at in range(0, len(jobs), size):
        part = jobs[at:at + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model.words(*batch([w.rows() for w in part], *ids), 0.0).float()
        for w, h in zip(part, hidden):
            mean = lambda spans: (mean_weights([[s for s in spans if s[0] < w.stop and s[1] > w.first]], w.first, len(h)) @ h)[0]
            for c in w.claims():
                if c.stance is not None:
                    rows.append((torch.cat((mean([c.cue]), mean(c.content), mean(c.source))), c.stance, float(c.hedged), w.example.name,
                                 w.example.words[c.cue[0]][0]))
    x, stance, hedged, page, cue = zip(*rows)
    return torch.stack(x), torch.tensor(stance), torch.tensor(hedged), list(page), list(cue)


def fitted(x, stance, hedged, seed=1):
    """(act1, act2), the averages of the last half of the steps."""
    torch.manual_seed(seed)
    one, two = torch.nn.Linear(x.shape[1], ACT_HIDDEN), torch.nn.Linear(ACT_HIDDEN, len(STANCES) + 1)
    params = list(one.parameters()) + list(two.parameters())
    opt = torch.optim.AdamW(params, lr=RATE, weight_decay=DECAY)
    mean = [torch.zeros_like(p) for p in params]
    for step in range(STEPS):
        for group in opt.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        pick = torch.randint(len(x), (256,))
        s = two(F.dropout(F.gelu(one(F.dropout(x[pick], DROP / 2))), DROP))
        loss = F.cross_entropy(s[:, :-1], stance[pick]) + F.binary_cross_entropy_with_logits(s[:, -1], hedged[pick])
        opt.zero_grad()
        loss.backward()
        opt.step()
        if step >= STEPS // 2:
            for m, p in zip(mean, params):
                m += p.detach() / (STEPS - STEPS // 2)
    for m, p in zip(mean, params):
        p.data.copy_(m)
    return one, two


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    vocab, _ = base.load()
    model = load(os.path.join(args.out, "stage2.pt"))
    x, stance, hedged, pages, cues = features(model, labelled(args.shared, vocab), (vocab["[CLS]"], vocab["[SEP]"]))
    pages = [p.removeprefix("polnear-") for p in pages]
    names = sorted(set(pages))
    fold = torch.tensor([names.index(p) % FOLDS for p in pages])
    scores = torch.zeros(len(x), len(STANCES) + 1)
    with torch.no_grad():
        before = model.act2(F.gelu(model.act1(x)))
    for k in range(FOLDS):
        one, two = fitted(x[fold != k], stance[fold != k], hedged[fold != k])
        with torch.no_grad():
            scores[fold == k] = two(F.gelu(one(x[fold == k])))
    gold = torch.tensor([p in {d["doc"].removeprefix("polnear-") for d in data.gold_docs(args.shared)} for p in pages])
    for name, part in (("gold/train", gold), ("PolNeAR", ~gold)):
        for what, s in (("stage 2's head", before), ("heads that did not see the page", scores)):
            right = (s[part, :-1].argmax(1) == stance[part]).float().mean()
            hedge = ((s[part, -1] > 0).float() == hedged[part]).float().mean()
            print(f"{name}, {int(part.sum())} claims, {what}: stance {100 * right:.1f} %, hedged {100 * hedge:.1f} %", flush=True)
    with open(os.path.join(args.out, "act_scores.jsonl"), "w", encoding="utf-8") as f:
        for p, c, s in zip(pages, cues, scores):
            print(json.dumps({"id": p, "cue": c, "scores": [round(v, 3) for v in s.tolist()]}), file=f)
    one, two = fitted(x, stance, hedged)
    model.act1.load_state_dict(one.state_dict())
    model.act2.load_state_dict(two.state_dict())
    torch.save({"config": model.config, "state": model.state_dict()}, os.path.join(args.out, "model.pt"))


if __name__ == "__main__":
    main()
