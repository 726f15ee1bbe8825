"""The network in torch: the first layers of e5, a mark for each part, heads used in training."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.encodeur.e5 import Packed

POSITIONS = 160
PARTS = 4
"""The last subject, the opening, the message before, the message."""
COUNTS = 4
"""No request, one, two, more."""
_HIDDEN = -1e4
_DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of a BERT encoder; queries, keys and values in one matrix."""

    def __init__(self, packed: Packed, number: int) -> None:
        super().__init__()
        self._heads, self._each = packed.heads, packed.width // packed.heads
        three = [_linear(packed, f"l{number}.{name}", packed.width) for name in "qkv"]
        self.attention = nn.Linear(packed.width, 3 * packed.width)
        self.attention.weight.data = torch.cat([each.weight.data for each in three])
        self.attention.bias.data = torch.cat([each.bias.data for each in three])
        self.attended = _linear(packed, f"l{number}.ao", packed.width)
        self.attended_norm = _norm(packed, f"l{number}.aln")
        self.inner = _linear(packed, f"l{number}.fi", packed.width)
        self.outer = _linear(packed, f"l{number}.fo", packed.inner)
        self.outer_norm = _norm(packed, f"l{number}.oln")
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, rows: Tensor, hidden: Tensor) -> Tensor:
        batch, length, width = rows.shape[0], rows.shape[1], rows.shape[2]
        split = self.attention(rows).view(batch, length, 3, self._heads, self._each)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) / math.sqrt(self._each) + hidden
        mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(batch, length, width)
        rows = self.attended_norm(rows + self.dropout(self.attended(mixed)))
        inner = self.outer(functional.gelu(self.inner(rows)))
        return self.outer_norm(rows + self.dropout(inner))


class Network(nn.Module):
    """`encode` is what is exported; the heads only teach it, `make train` fits others."""

    def __init__(
        self, packed: Packed, vocabulary: Sequence[int], layers: int, labels: int, kinds: int
    ) -> None:
        super().__init__()
        width = packed.width
        self.word = nn.Embedding.from_pretrained(
            torch.tensor(packed.matrix("emb.word", width)[list(vocabulary)]), freeze=True
        )
        positions = packed.vector("emb.pos").reshape(-1, width)[:POSITIONS]
        self.position = nn.Parameter(torch.tensor(positions))
        part = torch.tensor(packed.vector("emb.type").reshape(-1, width)[:1])
        self.part = nn.Embedding.from_pretrained(part.repeat(PARTS, 1), freeze=False)
        self.norm = _norm(packed, "emb.ln")
        self.layers = nn.ModuleList([Layer(packed, number) for number in range(layers)])
        self.dropout = nn.Dropout(_DROPOUT)
        self.register_buffer("mean", torch.zeros(2 * width))
        self.register_buffer("spread", torch.ones(2 * width))
        self.label = nn.Linear(2 * width, labels)
        nn.init.zeros_(self.label.weight)
        nn.init.zeros_(self.label.bias)
        self.count = nn.Linear(2 * width, COUNTS)
        self.kind = nn.Linear(2 * width, kinds)

    def freeze(self, layers: int) -> None:
        """The embeddings and the first layers learn no more: a quarter less to compute."""
        kept = [self.position, *self.part.parameters(), *self.norm.parameters()]
        kept += [each for layer in self.layers[:layers] for each in layer.parameters()]
        for each in kept:
            each.requires_grad = False

    def encode(self, pieces: Tensor, parts: Tensor, present: Tensor) -> Tensor:
        """The mean over the pieces of the message, then the first position."""
        places = self.position[: pieces.shape[1]][None]
        rows = self.dropout(self.norm(self.word(pieces) + places + self.part(parts)))
        hidden = ((1 - present) * _HIDDEN)[:, None, None, :]
        for layer in self.layers:
            rows = layer(rows, hidden)
        message = ((parts == PARTS - 1).float() * present)[..., None]
        mean = (rows * message).sum(1) / message.sum(1).clamp(min=1)
        return torch.cat([mean, rows[:, 0]], -1)

    def forward(self, pieces: Tensor, parts: Tensor, present: Tensor) -> tuple[Tensor, ...]:
        """Scores of the labels, of the number of requests, of the kinds."""
        vector = self.dropout((self.encode(pieces, parts, present) - self.mean) / self.spread)
        return self.label(vector), self.count(vector), self.kind(vector)


def batch(packed: Sequence[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, parts and presence, filled up to the longest."""
    shape = (len(packed), max(len(pieces) for pieces, _ in packed))
    pieces = torch.zeros(shape, dtype=torch.long)
    parts, present = torch.zeros_like(pieces), torch.zeros(shape)
    for row, (ids, which) in enumerate(packed):
        pieces[row, : len(ids)] = torch.tensor(ids)
        parts[row, : len(which)] = torch.tensor(which)
        present[row, : len(ids)] = 1
    return pieces, parts, present


def _linear(packed: Packed, name: str, width: int) -> nn.Linear:
    weight = torch.tensor(packed.matrix(f"{name}.w", width))
    layer = nn.Linear(width, weight.shape[0])
    layer.weight.data = weight
    layer.bias.data = torch.tensor(packed.vector(f"{name}.b"))
    return layer


def _norm(packed: Packed, name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(packed.width, eps=packed.epsilon)
    layer.weight.data = torch.tensor(packed.vector(f"{name}.w"))
    layer.bias.data = torch.tensor(packed.vector(f"{name}.b"))
    return layer
