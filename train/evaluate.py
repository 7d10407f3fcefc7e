"""Scores of a trained model, as floats and as the program computes it: python evaluate.py MODEL.pt SHARED

claims: on PolNeAR dev. heads, each given the spans of those who annotated: stance and hedged on gold/dev; kind (F1 of whole names) and refer (share
of mentions that pick one of their chain, or rightly nothing) against CoreNLP on PolNeAR dev; meaning: correlation with the sentence encoder's cosines there.
"""
import glob
import json
import os
import sys

import torch

import base
import data
import losses
import silver
from model import KIND_TAGS, STANCES
from quantised import quantised
from train import evaluate, load, load_scorer
from windows import batch, cut, mean_weights


def gold_dev(shared, vocab):
    docs = [json.load(open(p, encoding="utf-8")) for p in sorted(glob.glob(os.path.join(shared, "gold/dev/*.json")))]
    return [data.Example(d["doc"], d["text"], d["claims"], vocab, True) for d in docs]


@torch.no_grad()
def window_vectors(model, x, ids):
    for c in cut(model, x):
        w = losses.Window(x, x.features, *c)
        yield w, model.words(*batch([w.rows()], *ids), 0.0)[0].float()


def act_scores(model, examples, ids):
    right = hedged = n = 0
    for x in examples:
        for w, h in window_vectors(model, x, ids):
            mean = lambda spans: mean_weights([[s for s in spans if s[0] < w.stop and s[1] > w.first]], w.first, len(h)) @ h
            for c in w.claims():
                s = model.act_scores(mean([c.cue]), mean(c.content), mean(c.source))[0]
                right += int(s[:len(STANCES)].argmax()) == c.stance
                hedged += bool(s[len(STANCES)] > 0) == c.hedged
                n += 1
    return {"stance": right / n, "hedged": hedged / n}


def names(tags):
    out, begin = set(), None
    for t, tag in enumerate(list(tags) + [0]):
        if begin is not None and not (tag and tag % 2 == 0):
            out.add((begin, t, KIND_TAGS[tags[begin]]))
            begin = None
        if tag % 2:
            begin = t
    return out


def parse_scores(model, examples, ids):
    hit = found = gold = right = mentions = 0
    own, teacher = [], []
    for x in examples:
        for w, h in window_vectors(model, x, ids):
            if x.kinds:
                a, b = names(model.kind(h).argmax(1).tolist()), names(x.kinds[w.first:w.stop])
                hit, found, gold = hit + len(a & b), found + len(a), gold + len(b)
            some = losses.mentions_of(w)
            if len(some) > 1:
                m = mean_weights([[s] for s, _ in some], w.first, len(h)) @ h
                ends = torch.tensor([s[1] for s, _ in some])
                near = torch.bucketize((ends[:, None] - ends[None]).clamp(min=0), torch.tensor(losses.REFER_EDGES), right=True)
                best = model.refer_scores(m, near).argmax(1).tolist()
                for i, (_, chain) in enumerate(some):
                    if chain is not None:
                        before = any(c == chain for _, c in some[:i])
                        right += some[best[i]][1] == chain if best[i] < len(some) else not before
                        mentions += 1
            for c in w.claims():
                if c.meaning is not None and all(w.holds(s) for s in c.content):
                    own.append(model.meanings(mean_weights([c.content], w.first, len(h)) @ h)[0])
                    teacher.append(c.meaning)
    own, teacher = torch.stack(own), torch.stack(teacher)
    above = torch.ones(len(own), len(own), dtype=torch.bool).triu(1)
    both = torch.stack(((own @ own.T)[above], (teacher @ teacher.T)[above]))
    return {"kind": 2 * hit / (found + gold), "refer": right / mentions, "meaning": float(torch.corrcoef(both)[0, 1])}


def main():
    path, shared = sys.argv[1:]
    vocab, bert = base.load()
    ids = vocab["[CLS]"], vocab["[SEP]"]
    model = load(path)
    dev = data.polnear(shared, "dev", vocab)
    parses = data.parses(shared, "dev")
    for x in dev:
        if x.name in parses:
            x.add_parse(parses[x.name])
    silver.add_meanings(dev, silver.sentence_encoder(model.config, bert), *ids)
    gold = {d["id"]: d for d in data.read_jsonl_xz(os.path.join(shared, "data/polnear/dev.jsonl.xz"))}
    scorer = load_scorer(shared)
    own = gold_dev(shared, vocab)
    for name, m in (("float", model), ("int8", quantised(model))):
        heads = {**act_scores(m, own, ids), **parse_scores(m, dev, ids)}
        print(json.dumps({"model": name, **evaluate(m, dev, gold, scorer, *ids), **{k: round(100 * v, 2) for k, v in heads.items()}}), flush=True)


if __name__ == "__main__":
    main()
