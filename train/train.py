"""Train the claim model: python train.py --shared DIR --out DIR --stage 1, then again with --stage 2.

Stage 1 learns claims from PolNeAR's articles and from the contents of gold/train as texts of their own. Stage 2 starts from it, takes
for nested claims what it finds in PolNeAR's contents, and learns all that docs/model-format.md names in one pass over whole texts.
Same seed, same data, same machine: same weights. Writes OUT/stageN.pt (the averaged weights; of stage 2, their mean over its epochs) and OUT/stageN.jsonl (loss and scores
by epoch); resumes from OUT/stageN.state, and keeps what stage 2 reads in OUT/stage2.texts.
"""
import argparse
import collections
import importlib.util
import json
import math
import os
import random
import time

import torch

import base
import data
import silver
import words as W
from losses import Window, loss_of
from model import ClaimModel, config_minilm_l6
from windows import predict, to_record, windows

EPOCHS, RATES = {1: 6, 2: 2.5}, {1: 2e-4, 2: 1.2e-4}
AVERAGE = 0.99      # how much of the running average stays at a step
NO_TITLE = {W.PLACE_FIRST: W.PLACE_PARAGRAPH, W.PLACE_TITLE: W.PLACE_IN}


def windows_of(example, config, rng):
    """The windows of a text, of the full size or, as often, of a random one, with or without its title."""
    features, starts = example.features, example.starts
    if example.has_title and rng.random() < 0.15:           # pages whose title is missing
        features = [(s, q, NO_TITLE.get(p, p)) for s, q, p in features]
    full = config["window"] - 2
    room = rng.randint(full // 3, full) if rng.random() < 0.5 else full
    cuts = windows([len(p) for p in example.pieces], starts, room, config["lead"], config["trail"]) if example.words else []
    return [Window(example, features, *c) for c in cuts]


def load_scorer(shared):
    spec = importlib.util.spec_from_file_location("score_claims", os.path.join(shared, "tools/score_claims.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(model, examples, gold, scorer, cls_id, sep_id):
    model.eval()
    pred = {x.name: to_record(x, found) for x, found in zip(examples, predict(model, examples, cls_id, sep_id))}
    tally, _, _ = scorer.score(gold, pred)
    keys = ("spans source", "spans cue", "spans content", "detected", "usable", "strict")
    return {k: round(100 * tally.prf(k)[2], 2) for k in keys}


def first_stage_texts(shared, vocab):
    whole, nested = data.gold_contents(shared, vocab)
    return data.polnear(shared, "train", vocab) + whole + nested


def second_stage_texts(shared, vocab, bert, teacher):
    """gold/train stands in twice: there is little of it, and it alone knows stances and depths."""
    articles, gold = data.polnear(shared, "train", vocab), data.gold(shared, vocab)
    parses = data.parses(shared, "train")
    for x in articles + gold:
        parse = parses.get(x.name.removeprefix("polnear-"))
        if parse:
            chains = x.chains
            x.add_parse(parse)
            x.chains = chains + x.chains
    with torch.autocast("cpu", dtype=torch.bfloat16):
        silver.add_nested(articles, teacher, vocab)
    encoder = silver.sentence_encoder(teacher.config, bert)
    silver.add_meanings(articles + gold, encoder, vocab["[CLS]"], vocab["[SEP]"])
    return articles + gold + gold


def load(path):
    saved = torch.load(path, weights_only=True)
    model = ClaimModel(saved["config"])
    model.load_state_dict(saved["state"])
    return model.eval()


def batches_of(texts, config, size, rng):
    items = [w for x in texts for w in windows_of(x, config, rng)]
    rng.shuffle(items)
    chunk = 8 * size                                        # windows of like length together: less padding
    items = [i for c in range(0, len(items), chunk) for i in sorted(items[c:c + chunk], key=lambda w: w.size)]
    batches = [items[i:i + size] for i in range(0, len(items), size)]
    rng.shuffle(batches)
    return batches


class Run:
    """A model in training: weights, their running average, optimiser, and where it stands."""

    def __init__(self, model, rate, device):
        self.model, self.rate = model, rate
        self.mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
        enc = model.encoder
        slow = list(enc.layers.parameters()) + [enc.word.weight, enc.position.weight, enc.segment] + list(enc.norm.parameters())
        ids = {id(p) for p in slow}
        fast = [p for p in model.parameters() if id(p) not in ids]
        self.opt = torch.optim.AdamW([{"params": slow}, {"params": fast}], lr=rate, weight_decay=0.01)
        self.epochs = []            # the averages as they stood after each epoch
        self.epoch = self.step = 0
        self.device = device

    def take_step(self, loss, share):
        """share: of the whole training that is done."""
        rate = self.rate * min(share / 0.06, (1 - share) / 0.94)
        for group, times in zip(self.opt.param_groups, (1, 5)):
            group["lr"] = rate * times
        self.opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.opt.step()
        self.step += 1
        keep = min(AVERAGE, (1 + self.step) / (10 + self.step))
        for k, v in self.model.state_dict().items():
            self.mean[k].lerp_(v, 1 - keep) if v.dtype.is_floating_point else self.mean[k].copy_(v)

    def averaged(self):
        out = ClaimModel(self.model.config)
        out.load_state_dict(self.mean)
        return out

    def over_epochs(self):
        """The mean of what the epochs left behind: better than the last of them (Wortsman et al. 2022)."""
        whole = lambda v: not v.dtype.is_floating_point
        return {k: v if whole(v) else sum(e[k] for e in self.epochs) / len(self.epochs) for k, v in self.mean.items()}

    def save(self, path, rng):
        torch.save({"model": self.model.state_dict(), "opt": self.opt.state_dict(), "mean": self.mean, "epochs": self.epochs, "epoch": self.epoch,
                    "step": self.step, "rng": rng.getstate(), "torch": torch.get_rng_state()}, path + ".part")
        os.replace(path + ".part", path)

    def resume(self, path, rng):
        state = torch.load(path, weights_only=False)
        self.model.load_state_dict(state["model"])
        self.opt.load_state_dict(state["opt"])
        self.mean, self.epochs, self.epoch, self.step = (state[k] for k in ("mean", "epochs", "epoch", "step"))
        rng.setstate(state["rng"])
        torch.set_rng_state(state["torch"])


def train_epoch(run, batches, epochs, everything, ids):
    """The last epoch may be a part of one."""
    part = min(1, epochs - run.epoch)
    batches = batches[:round(len(batches) * part)]
    run.model.train()
    started, losses, parts = time.time(), [], collections.Counter()
    for n, items in enumerate(batches):
        with torch.autocast(run.device, dtype=torch.bfloat16):
            loss, by_part = loss_of(run.model, items, *ids, run.device, everything)
        run.take_step(loss, (run.epoch + part * (n + 1) / len(batches)) / epochs)
        losses.append(loss.item())
        parts.update(by_part)
        if (n + 1) % 50 == 0:
            print(f"epoch {run.epoch + 1}: {n + 1}/{len(batches)}, loss {sum(losses[-50:]) / 50:.3f}, {time.time() - started:.0f} s",
                  flush=True)
    run.epoch += 1
    return {"epoch": run.epoch, "loss": round(sum(losses) / len(losses), 3), "seconds": round(time.time() - started),
            "parts": {k: round(v / len(batches), 3) for k, v in parts.items()}}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", required=True, help="folder with data/polnear and gold/train")
    ap.add_argument("--out", required=True)
    ap.add_argument("--stage", type=int, required=True, choices=(1, 2))
    ap.add_argument("--batch", type=int, default=16, help="windows a step")
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    name = os.path.join(args.out, f"stage{args.stage}")
    vocab, bert = base.load()
    ids = vocab["[CLS]"], vocab["[SEP]"]
    if args.stage == 1:
        model = ClaimModel(config_minilm_l6())
        model.encoder.load_bert(bert)
        texts = first_stage_texts(args.shared, vocab)
    else:
        model = load(os.path.join(args.out, "stage1.pt"))
        if not os.path.exists(name + ".texts"):
            torch.save(second_stage_texts(args.shared, vocab, bert, model), name + ".texts")
        texts = torch.load(name + ".texts", weights_only=False)
    dev = data.polnear(args.shared, "dev", vocab)
    gold = {d["id"]: d for d in data.read_jsonl_xz(os.path.join(args.shared, "data/polnear/dev.jsonl.xz"))}
    scorer = load_scorer(args.shared)
    run = Run(model.to(device), RATES[args.stage], device)
    if os.path.exists(name + ".state"):
        run.resume(name + ".state", rng)
    epochs = EPOCHS[args.stage]
    while run.epoch < epochs:
        row = train_epoch(run, batches_of(texts, model.config, args.batch, rng), epochs, args.stage == 2, ids)
        row.update(evaluate(run.averaged(), dev, gold, scorer, *ids))
        print(json.dumps(row), flush=True)
        with open(name + ".jsonl", "a", encoding="utf-8") as log:
            print(json.dumps(row), file=log)
        run.epochs.append({k: v.clone() for k, v in run.mean.items()})
        run.save(name + ".state", rng)
    state = run.over_epochs() if args.stage == 2 else run.mean
    torch.save({"config": model.config, "state": state}, name + ".pt")


if __name__ == "__main__":
    main()
