"""The model as the program computes it: weights and activations of the linear layers in int8 (docs/model-format.md)."""
import copy
import math

import torch
import torch.nn as nn

from export import by_rows
from model import Layer


class QuantLinear(nn.Module):
    def __init__(self, linear):
        super().__init__()
        q, scale = by_rows(linear.weight.detach().numpy())
        self.register_buffer("q", torch.from_numpy(q).double())
        self.register_buffer("scale", torch.from_numpy(scale))
        self.bias = linear.bias

    def forward(self, x):
        s = x.abs().amax(-1, keepdim=True) / 127
        u = torch.where(s > 0, torch.round(x / s), torch.zeros_like(x)).clamp(-127, 127)
        acc = u.double() @ self.q.T          # whole numbers below 2^53: exact
        return acc.float() * (s * self.scale) + self.bias


def rounded(x, dim):
    """x in the 255 steps of its largest along dim."""
    s = x.abs().amax(dim, keepdim=True) / 127
    return torch.where(s > 0, torch.round(x / s), torch.zeros_like(x)) * s


class QuantLayer(Layer):
    """A layer whose attention is in bytes: queries and keys by row, values by dimension, shares in steps of 1/255 of the largest."""

    def attend(self, q, k, v, mask):
        k, v = k * mask[:, :, 0, :, None], v * mask[:, :, 0, :, None]
        scores = rounded(q, -1) @ rounded(k, -1).transpose(-1, -2) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(~mask, -math.inf)
        u = torch.round(255 * torch.exp(scores - scores.amax(-1, keepdim=True)))
        return u @ rounded(v, -2) / u.sum(-1, keepdim=True)


def quantised(model):
    out = copy.deepcopy(model).eval()
    word, scale = by_rows(out.encoder.word.weight.detach().numpy())
    out.encoder.word.weight.data = torch.from_numpy(word).float() * torch.from_numpy(scale)[:, None]
    for layer in out.encoder.layers:
        layer.__class__ = QuantLayer
        for part in ("qkv", "out", "up", "down"):
            setattr(layer, part, QuantLinear(getattr(layer, part)))
    out.P = QuantLinear(out.P)
    return out
