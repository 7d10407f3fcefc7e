"""The model as the program computes it: weights and activations of the linear layers in int8 (docs/model-format.md)."""
import copy

import torch
import torch.nn as nn

from export import by_rows


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


def quantised(model):
    out = copy.deepcopy(model).eval()
    word, scale = by_rows(out.encoder.word.weight.detach().numpy())
    out.encoder.word.weight.data = torch.from_numpy(word).float() * torch.from_numpy(scale)[:, None]
    for layer in out.encoder.layers:
        for part in ("qkv", "out", "up", "down"):
            setattr(layer, part, QuantLinear(getattr(layer, part)))
    out.P = QuantLinear(out.P)
    return out
