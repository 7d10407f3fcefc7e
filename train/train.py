"""Train the claim model: python train.py --shared DIR --out DIR. Same seed, same data, same machine: same weights.

Writes OUT/model.pt (the averaged weights), OUT/log.jsonl (loss and scores by epoch); resumes from OUT/state.pt.
"""
import argparse
import importlib.util
import json
import math
import os
import random
import time

import torch

import base
import data
from model import PAIR_TAGS, ClaimModel, config_minilm_l6
from windows import batch, buckets, predict, to_record

EDGE = 32       # pieces: a cue nearer to a cut is another window's business


def cut(example, room, rng):
    """Random windows over one text: [(first, stop)], each text's first window of a random length."""
    lengths = [len(p) for p in example.pieces]
    out, first, n = [], 0, len(lengths)
    limit = room if sum(lengths) <= room else rng.randint(room // 3, room)
    while first < n:
        stop, used = first, 0
        while stop < n and (used + lengths[stop] <= limit or stop == first):
            used += lengths[stop]
            stop += 1
        out.append((first, stop))
        if stop == n:
            break
        back = 0
        while stop > first + 1 and back + lengths[stop - 1] <= 2 * EDGE:
            stop -= 1
            back += lengths[stop]
        first, limit = stop, room
    return out


def targets(example, first, stop):
    """Cue tags of the window's words, and for each cue in reach its pair tags."""
    n = stop - first
    lengths = [len(p) for p in example.pieces]
    lead = 0 if first == 0 else EDGE
    trail = 0 if stop == len(lengths) else EDGE
    tags, pairs = [0] * n, []
    for (s, e), sources, contents in example.claims:
        for t in range(max(s, first), min(e, stop)):
            tags[t - first] = 1 if t == s else 2
        if s < first or e > stop:
            continue
        if sum(lengths[first:s]) < lead or sum(lengths[e:stop]) < trail:
            continue
        row = [0] * n
        for spans, begin in ((contents, 3), (sources, 1)):
            for a, b in spans:
                for t in range(max(a, first), min(b, stop)):
                    row[t - first] = begin if t == max(a, first) else begin + 1
        pairs.append(((s - first, e - first), row))
    if tags and tags[0] == 2:
        tags[0] = 1
    return tags, pairs


def loss_of(model, items, cls_id, sep_id, device):
    ids, feats, mask, first = batch([(x.pieces[a:b], f[a:b]) for x, f, a, b in items], cls_id, sep_id)
    ids, feats, mask, first = (t.to(device) for t in (ids, feats, mask, first))
    h = model.words(ids, feats, mask, first).float()
    width = h.shape[1]
    cue_tags = torch.zeros(len(items), width, dtype=torch.long)
    word_mask = torch.zeros(len(items), width)
    weights, which, near, rows, row_mask = [], [], [], [], []
    for n, (x, _, a, b) in enumerate(items):
        tags, pairs = targets(x, a, b)
        cue_tags[n, :b - a] = torch.tensor(tags)
        word_mask[n, :b - a] = 1
        for (s, e), row in pairs:
            w = torch.zeros(width)
            w[s:e] = 1.0 / (e - s)
            weights.append(w)
            which.append(n)
            near.append(buckets((s, e), b - a) + [0] * (width - b + a))
            rows.append(row + [0] * (width - b + a))
            row_mask.append([1.0] * (b - a) + [0.0] * (width - b + a))
    total = model.cue_crf.nll(model.cue(h), cue_tags.to(device), word_mask.to(device)).sum() / len(items)
    if which:
        scores = model.pair_scores(h, torch.stack(weights).to(device), torch.tensor(which, device=device),
                                   torch.tensor(near, device=device))
        nll = model.pair_crf.nll(scores, torch.tensor(rows, device=device), torch.tensor(row_mask, device=device))
        total = total + nll.sum() / len(items)
    return total


def load_scorer(shared):
    spec = importlib.util.spec_from_file_location("score_claims", os.path.join(shared, "tools/score_claims.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(model, examples, gold, scorer, cls_id, sep_id):
    model.eval()
    pred = {x.name: to_record(x, predict(model, x, cls_id, sep_id)) for x in examples}
    tally, _, _ = scorer.score(gold, pred)
    keys = ("spans source", "spans cue", "spans content", "detected", "usable", "strict")
    return {k: round(100 * tally.prf(k)[2], 2) for k in keys}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", required=True, help="folder with data/polnear and gold/train")
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--batch", type=int, default=16, help="windows a step")
    ap.add_argument("--lr", type=float, default=2e-4)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"

    vocab, bert = base.load()
    cls_id, sep_id = vocab["[CLS]"], vocab["[SEP]"]
    whole, nested = data.gold(args.shared, vocab)
    texts = data.polnear(args.shared, "train", vocab) + whole + nested
    dev = data.polnear(args.shared, "dev", vocab)
    gold = {d["id"]: d for d in data.read_jsonl_xz(os.path.join(args.shared, "data/polnear/dev.jsonl.xz"))}
    scorer = load_scorer(args.shared)

    model = ClaimModel(config_minilm_l6())
    model.encoder.load_bert(bert)
    model.to(device)
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    slow = list(model.encoder.layers.parameters()) + [model.encoder.word.weight, model.encoder.position.weight,
                                                      model.encoder.segment] + list(model.encoder.norm.parameters())
    slow_ids = {id(p) for p in slow}
    fast = [p for p in model.parameters() if id(p) not in slow_ids]
    opt = torch.optim.AdamW([{"params": slow, "lr": args.lr}, {"params": fast, "lr": 5 * args.lr}], weight_decay=0.01)
    room = model.config["window"] - 2
    per_epoch = math.ceil(sum(len(cut(x, room, random.Random(0))) for x in texts) / args.batch)
    steps = args.epochs * per_epoch
    schedule = lambda s: min((s + 1) / (0.06 * steps), max(0.0, (steps - s) / (0.94 * steps)))
    begin, step = 0, 0
    state_path = os.path.join(args.out, "state.pt")
    if os.path.exists(state_path):
        state = torch.load(state_path, weights_only=False)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["opt"])
        mean, begin, step = state["mean"], state["epoch"], state["step"]
        rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])

    log = open(os.path.join(args.out, "log.jsonl"), "a", encoding="utf-8")
    for epoch in range(begin, args.epochs):
        items = []
        for x in texts:
            feats = x.features
            if x.has_title and rng.random() < 0.15:        # pages whose title is missing
                feats = [(s, q, {3: 1, 2: 0}.get(p, p)) for s, q, p in feats]
            items += [(x, feats, a, b) for a, b in cut(x, room, rng)]
        rng.shuffle(items)
        chunk = 8 * args.batch                              # windows of like length together: less padding
        items = [i for c in range(0, len(items), chunk)
                 for i in sorted(items[c:c + chunk], key=lambda i: sum(map(len, i[0].pieces[i[2]:i[3]])))]
        batches = [items[i:i + args.batch] for i in range(0, len(items), args.batch)]
        rng.shuffle(batches)
        model.train()
        started, losses = time.time(), []
        for b in batches:
            for g, base_lr in zip(opt.param_groups, (args.lr, 5 * args.lr)):
                g["lr"] = base_lr * schedule(step)
            with torch.autocast(device, dtype=torch.bfloat16):
                loss = loss_of(model, b, cls_id, sep_id, device)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            keep = min(0.998, (1 + step) / (10 + step))
            for k, v in model.state_dict().items():
                mean[k].lerp_(v, 1 - keep) if v.dtype.is_floating_point else mean[k].copy_(v)
            losses.append(loss.item())
            if step % 50 == 0:
                print(f"step {step}/{steps} loss {sum(losses[-50:]) / len(losses[-50:]):.3f} {time.time() - started:.0f} s",
                      flush=True)
        averaged = ClaimModel(model.config)
        averaged.load_state_dict(mean)
        row = {"epoch": epoch + 1, "loss": sum(losses) / len(losses), "seconds": round(time.time() - started)}
        row.update(evaluate(averaged, dev, gold, scorer, cls_id, sep_id))
        print(json.dumps(row), flush=True)
        print(json.dumps(row), file=log, flush=True)
        torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "mean": mean, "epoch": epoch + 1, "step": step,
                    "rng": rng.getstate(), "torch": torch.get_rng_state()}, state_path + ".part")
        os.replace(state_path + ".part", state_path)
    torch.save({"config": model.config, "state": mean}, os.path.join(args.out, "model.pt"))


if __name__ == "__main__":
    main()
