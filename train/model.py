"""The claim model: a small BERT encoder and what is read off it.

Shapes: T pieces a window, W words a window (a word is read at its first piece), D = 384, H = pair hidden size.

1. encoder: BERT (Devlin et al. 2019) with three more embeddings a piece: letter shape, quotation state, place.
2. cue tags: O, B and I for each word, those of the page's own claims (T, top) apart from those inside what somebody
   else is credited with (N, nested); linear-chain CRF (Lafferty et al. 2001).
3. pair tags, for each cue c over all words t of its window: O, B-S, I-S, B-C, I-C; scores
       V gelu((P h_t + dist(t - c)) * (1 + G h_c) + Q h_c) + b        (feature-wise modulation, Perez et al. 2018)
   with h_c the mean over the cue's words; again a linear-chain CRF.
4. act, for each claim: which stance, and whether it is hedged; from the means of its cue's, content's and source's words.
5. kind, for each word: which kind of named entity it begins or goes on with.
6. refer, for a mention against an earlier one: do they mean the same? (mention ranking, Denis and Baldridge 2008)
7. meaning, of a content: a vector whose cosines follow those of a sentence encoder (relational distillation, Park et al. 2019).
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import words as W

CUE_TAGS = ("O", "B-T", "I-T", "B-N", "I-N")
PAIR_TAGS = ("O", "B-S", "I-S", "B-C", "I-C")
KIND_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
STANCES = ("declines", "denies", "accuses", "speculates", "intends", "urges", "asks", "shows", "believes", "asserts")
ACT_HIDDEN, REFER_DIM, MEANING_DIM = 128, 64, 128
REFER_EDGES = (1, 2, 4, 8, 16, 32, 64, 128)       # distance in words between two mentions' ends
DIST_EDGES = (1, 2, 3, 5, 9, 17, 33, 65)          # |distance| in words from the cue's nearest end; inside is 0
N_DIST = 2 * len(DIST_EDGES) + 1
FORBIDDEN = -1e4


def distance_bucket(t, start, end):
    """Bucket of word t against the cue [start, end): 0 inside, 1..8 after it, 9..16 before it."""
    if start <= t < end:
        return 0
    d = t - end + 1 if t >= end else start - t
    k = sum(d >= e for e in DIST_EDGES)
    return k if t >= end else len(DIST_EDGES) + k


class Layer(nn.Module):
    def __init__(self, dim, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)
        self.norm1 = nn.LayerNorm(dim, eps=1e-12)
        self.up = nn.Linear(dim, inner)
        self.down = nn.Linear(inner, dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-12)

    def forward(self, x, mask, drop):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = self.attend(q, k, v, mask)
        a = self.out(a.transpose(1, 2).reshape(b, t, d))
        x = self.norm1(x + F.dropout(a, drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, drop, self.training))

    def attend(self, q, k, v, mask):
        """[B, heads, T, D / heads], mask [B, 1, 1, T] → as q."""
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)


class Encoder(nn.Module):
    def __init__(self, vocab, positions, dim, layers, heads, inner):
        super().__init__()
        self.word = nn.Embedding(vocab, dim)
        self.position = nn.Embedding(positions, dim)
        self.segment = nn.Parameter(torch.zeros(dim))
        self.shape = nn.Embedding(W.N_SHAPES, dim)
        self.quote = nn.Embedding(W.N_QUOTES, dim)
        self.place = nn.Embedding(W.N_PLACES, dim)
        for e in (self.shape, self.quote, self.place):
            nn.init.zeros_(e.weight)
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dim, heads, inner) for _ in range(layers))

    def forward(self, ids, feats, mask, drop=0.1):
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(at) + self.segment
        x = x + self.shape(feats[..., 0]) + self.quote(feats[..., 1]) + self.place(feats[..., 2])
        x = F.dropout(self.norm(x), drop, self.training)
        m = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, m, drop)
        return x

    def load_bert(self, state):
        """Take over a Hugging Face BERT's tensors (names without a leading "bert.")."""
        def put(param, name):
            param.data.copy_(state[name])
        put(self.word.weight, "embeddings.word_embeddings.weight")
        put(self.position.weight, "embeddings.position_embeddings.weight")
        self.segment.data.copy_(state["embeddings.token_type_embeddings.weight"][0])
        put(self.norm.weight, "embeddings.LayerNorm.weight")
        put(self.norm.bias, "embeddings.LayerNorm.bias")
        for n, layer in enumerate(self.layers):
            p = f"encoder.layer.{n}."
            for kind in ("weight", "bias"):
                layer.qkv.__getattr__(kind).data.copy_(
                    torch.cat([state[f"{p}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]))
                put(getattr(layer.out, kind), f"{p}attention.output.dense.{kind}")
                put(getattr(layer.norm1, kind), f"{p}attention.output.LayerNorm.{kind}")
                put(getattr(layer.up, kind), f"{p}intermediate.dense.{kind}")
                put(getattr(layer.down, kind), f"{p}output.dense.{kind}")
                put(getattr(layer.norm2, kind), f"{p}output.LayerNorm.{kind}")


class Crf(nn.Module):
    """Linear-chain CRF over K tags; `allowed(a, b)` says which tag may follow which (a is None at the start)."""

    def __init__(self, tags):
        super().__init__()
        self.tags = tags
        self.start = nn.Parameter(torch.zeros(len(tags)))
        self.trans = nn.Parameter(torch.zeros(len(tags), len(tags)))
        ok = lambda a, b: not b.startswith("I") or (a is not None and a[1:] == b[1:] and a != "O")
        self.register_buffer("no_start", torch.tensor([0.0 if ok(None, b) else FORBIDDEN for b in tags]))
        self.register_buffer("no_trans", torch.tensor([[0.0 if ok(a, b) else FORBIDDEN for b in tags] for a in tags]))

    def scores(self):
        return self.start + self.no_start, self.trans + self.no_trans

    def nll(self, emit, gold, mask):
        """emit [N, T, K], gold [N, T], mask [N, T] (a prefix of ones): negative log-likelihood [N]."""
        start, trans = self.scores()
        path = (emit.gather(2, gold[..., None])[..., 0] * mask).sum(1) + start[gold[:, 0]]
        path = path + (trans[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum(1)
        alpha = start + emit[:, 0]
        keep = mask.bool()
        for t in range(1, emit.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + trans, 1) + emit[:, t]
            alpha = torch.where(keep[:, t, None], step, alpha)
        return torch.logsumexp(alpha, 1) - path

    @torch.no_grad()
    def viterbi(self, emit):
        """emit [N, T, K] → the best paths [N, T]."""
        start, trans = self.scores()
        best, back = start + emit[:, 0], []
        for t in range(1, emit.shape[1]):
            s, arg = (best[:, :, None] + trans).max(1)
            best = s + emit[:, t]
            back.append(arg)
        path = [best.argmax(1)]
        for arg in reversed(back):
            path.append(arg.gather(1, path[-1][:, None])[:, 0])
        return torch.stack(path[::-1], 1)


class ClaimModel(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        dim, h = config["dim"], config["pair"]
        self.encoder = Encoder(config["vocab"], config["positions"], dim, config["layers"], config["heads"], config["inner"])
        self.cue = nn.Linear(dim, len(CUE_TAGS))
        self.cue_crf = Crf(CUE_TAGS)
        self.P, self.Q, self.G = nn.Linear(dim, h), nn.Linear(dim, h), nn.Linear(dim, h)
        self.dist = nn.Embedding(N_DIST, h)
        self.V = nn.Linear(h, len(PAIR_TAGS))
        self.pair_crf = Crf(PAIR_TAGS)
        self.act1, self.act2 = nn.Linear(3 * dim, ACT_HIDDEN), nn.Linear(ACT_HIDDEN, len(STANCES) + 1)
        self.kind = nn.Linear(dim, len(KIND_TAGS))
        self.refer_a, self.refer_b = nn.Linear(dim, REFER_DIM), nn.Linear(dim, REFER_DIM)
        self.refer_none = nn.Linear(dim, 1)
        self.refer_dist = nn.Parameter(torch.zeros(len(REFER_EDGES) + 1))
        self.meaning = nn.Linear(dim, MEANING_DIM)
        nn.init.zeros_(self.G.weight)
        nn.init.zeros_(self.G.bias)
        nn.init.normal_(self.dist.weight, std=0.1)

    def words(self, ids, feats, mask, first, drop=0.1):
        """Hidden vectors of the words: [B, W, D]; first [B, W] is each word's first piece."""
        x = self.encoder(ids, feats, mask, drop)
        return x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))

    def pair_scores(self, h, cue_weights, which, buckets):
        """h [B, W, D], cue_weights [N, W] (means), which [N] the window of each cue, buckets [N, W] → [N, W, 5]."""
        hc = torch.einsum("nw,nwd->nd", cue_weights, h[which])
        x = self.P(h)[which] + self.dist(buckets)
        z = x * (1 + self.G(hc))[:, None] + self.Q(hc)[:, None]
        return self.V(F.gelu(z))

    def act_scores(self, cue, content, source):
        """Means [N, D] of the words of each claim's parts (zero where it has none) → [N, 11]: stances, then hedged."""
        return self.act2(F.gelu(self.act1(torch.cat((cue, content, source), 1))))

    def refer_scores(self, m, distance):
        """Means m [M, D] of mentions in order, distance [M, M] bucket of i to j → [M, M + 1]: i means j (j < i), or nothing before."""
        s = self.refer_a(m) @ self.refer_b(m).T / math.sqrt(REFER_DIM) + self.refer_dist[distance]
        later = torch.ones_like(s, dtype=torch.bool).triu()
        return torch.cat((s.masked_fill(later, FORBIDDEN), self.refer_none(m)), 1)

    def meanings(self, content):
        return F.normalize(self.meaning(content), dim=1)


def config_minilm_l6(pair=256):
    return {"vocab": 30522, "positions": 512, "dim": 384, "layers": 6, "heads": 12, "inner": 1536, "pair": pair,
            "window": 384, "lead": 64, "trail": 16}
