"""Scores of a trained model on PolNeAR dev, as floats and as the program computes it: python evaluate.py MODEL.pt SHARED"""
import json
import os
import sys

import base
import data
import export
from quantised import quantised
from train import evaluate, load_scorer

if __name__ == "__main__":
    path, shared = sys.argv[1:]
    vocab, _ = base.load()
    dev = data.polnear(shared, "dev", vocab)
    gold = {d["id"]: d for d in data.read_jsonl_xz(os.path.join(shared, "data/polnear/dev.jsonl.xz"))}
    scorer = load_scorer(shared)
    model = export.load(path)
    for name, m in (("float", model), ("int8", quantised(model))):
        print(json.dumps({"model": name, **evaluate(m, dev, gold, scorer, vocab["[CLS]"], vocab["[SEP]"])}))
