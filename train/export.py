"""Write a trained model as a weights file: python export.py MODEL.pt FILE.hsw (docs/model-format.md, section 1)."""
import struct
import sys

import numpy as np
import torch

import base
from train import load

F32, S8, S32, BYTES, PACKED = range(5)


def by_rows(w):
    """Symmetric int8 by row: (s8 array, f32 scales)."""
    scale = np.maximum(np.abs(w).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale


def product(name, linear):
    q, scale = by_rows(linear.weight.detach().numpy())
    n, k = q.shape
    assert n % 16 == 0 and k % 64 == 0, name
    packed = np.ascontiguousarray(q.reshape(n // 16, 16, k // 4, 4).transpose(0, 2, 1, 3))
    return [(name, PACKED, (n, k), packed.tobytes()), plain(name + ".scale", scale),
            (name + ".sum", S32, (n, 1), q.astype(np.int32).sum(axis=1).astype(np.int32).tobytes()),
            plain(name + ".bias", linear.bias)]


def plain(name, value):
    a = value.detach().numpy() if torch.is_tensor(value) else value
    a = np.ascontiguousarray(a, dtype=np.float32)
    return (name, F32, (a.shape[0], a.shape[1] if a.ndim == 2 else 1), a.tobytes())


def tensors(model, vocab):
    c, enc = model.config, model.encoder
    config = np.array([c[k] for k in ("vocab", "positions", "dim", "layers", "heads", "inner", "pair", "window", "lead", "trail")],
                      dtype=np.int32)
    text = "".join(piece + "\n" for piece in sorted(vocab, key=vocab.get)).encode()
    word, scale = by_rows(enc.word.weight.detach().numpy())
    out = [("config", S32, (10, 1), config.tobytes()), ("vocab", BYTES, (len(text), 1), text),
           ("embed.word", S8, word.shape, word.tobytes()), plain("embed.word.scale", scale),
           plain("embed.position", enc.position.weight + enc.segment)]
    out += [plain("embed." + k, getattr(enc, k).weight) for k in ("shape", "quote", "place")]
    out += [plain("embed.norm.weight", enc.norm.weight), plain("embed.norm.bias", enc.norm.bias)]
    for n, layer in enumerate(enc.layers):
        for part in ("qkv", "out", "up", "down"):
            out += product(f"layer.{n}.{part}", getattr(layer, part))
        for norm in ("norm1", "norm2"):
            out += [plain(f"layer.{n}.{norm}.{k}", getattr(getattr(layer, norm), k)) for k in ("weight", "bias")]
    out += [plain("cue", model.cue.weight), plain("cue.bias", model.cue.bias)]
    out += product("pair.P", model.P)
    for part in ("Q", "G", "V"):
        out += [plain("pair." + part, getattr(model, part).weight), plain(f"pair.{part}.bias", getattr(model, part).bias)]
    out.append(plain("pair.dist", model.dist.weight))
    for name, crf in (("cue", model.cue_crf), ("pair", model.pair_crf)):
        start, trans = crf.scores()
        out += [plain(name + ".start", start), plain(name + ".trans", trans)]
    out += [plain("refer.dist", model.refer_dist)]
    for name, part in (("act.1", "act1"), ("act.2", "act2"), ("kind", "kind"), ("refer.a", "refer_a"), ("refer.b", "refer_b"),
                       ("refer.none", "refer_none"), ("meaning", "meaning")):
        linear = getattr(model, part)
        out += [plain(name, linear.weight), plain(name + ".bias", linear.bias)]
    return out


def digest(data):
    words = np.frombuffer(data + b"\0" * (-len(data) % 32), dtype="<u8").reshape(-1, 4)
    lanes = np.array([1, 2, 3, 4], dtype=np.uint64)
    prime, half = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
    with np.errstate(over="ignore"):
        for row in words:
            lanes = (lanes ^ row) * prime
            lanes ^= lanes >> half
        l0, l1, l2, l3 = lanes
        k = np.uint64(31)
        return int(((l0 * k + l1) * k + l2) * k + l3)


def write(path, items):
    at = 64 + 96 * len(items)
    table, body = b"", b""
    base_at = at + (-at % 64)
    for name, kind, (rows, cols), data in items:
        offset = base_at + len(body)
        table += struct.pack("<48sIIQQQQ8x", name.encode(), kind, 2 if cols > 1 else 1, rows, cols, offset, len(data))
        body += data + b"\0" * (-len(data) % 64)
    rest = table + b"\0" * (base_at - at) + body
    head = struct.pack("<8sIIQQ32x", b"HSWEIGHT", 2, len(items), 64 + len(rest), digest(rest))
    with open(path, "wb") as f:
        f.write(head + rest)


if __name__ == "__main__":
    vocab, _ = base.load()
    write(sys.argv[2], tensors(load(sys.argv[1]), vocab))
