"""A qwen3-shaped decoder: RMSNorm, grouped-query attention with QK norm and rotary positions, SwiGLU, tied embeddings."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


query_block = 256
#: Positions the rotary table covers, and what the GGUF declares.
longest_context = 2_048


@dataclass(frozen=True)
class Shape:
    """Sizes of the network. All widths are multiples of 32, the block of Q8_0."""

    vocabulary: int = 8_192
    width: int = 384
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    head_width: int = 96
    feed_forward: int = 1_024
    rope_base: float = 100_000.0
    norm_epsilon: float = 1e-6

    @property
    def parameters(self) -> int:
        attention = self.width * self.head_width * (2 * self.heads + 2 * self.kv_heads)
        return self.vocabulary * self.width + self.layers * (attention + 3 * self.width * self.feed_forward)


class RmsNorm(nn.Module):
    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.epsilon)


class Linear(nn.Linear):
    """Keeps its weight in float32 for the optimizer and multiplies in the input's type."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype))


def rotary_table(positions: int, head_width: int, base: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines of shape [positions, head_width], halves repeated (the "NeoX" pairing llama.cpp uses for qwen)."""
    frequencies = base ** (-torch.arange(0, head_width, 2).float() / head_width)
    angles = torch.outer(torch.arange(positions).float(), frequencies)
    angles = torch.cat((angles, angles), dim=-1)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Applies rotary positions to x of shape [batch, heads, positions, head_width]."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


def causal_attention(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """query [batch, heads, positions, head_width], key and value with kv_heads <= heads -> shape of query.

    Written as plain products per block of queries: on CPUs with bf16 matrix units this is three times as fast, forward
    and backward, as the fused kernel, and a block never looks at keys that all lie ahead of it.
    """
    batch, heads, positions, width = query.shape
    if query.device.type != "cpu":
        return F.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
    kv_heads = key.shape[1]
    grouped = query.reshape(batch * kv_heads, heads // kv_heads, positions, width) * width**-0.5
    keys = key.reshape(batch * kv_heads, positions, width).transpose(1, 2)
    values = value.reshape(batch * kv_heads, positions, width)
    blocks = []
    for start in range(0, positions, query_block):
        end = min(start + query_block, positions)
        rows = grouped[:, :, start:end].reshape(batch * kv_heads, -1, width)
        scores = (rows @ keys[:, :, :end]).view(batch * kv_heads, heads // kv_heads, end - start, end).float()
        ahead = torch.arange(end)[None, :] > torch.arange(start, end)[:, None]
        weights = scores.masked_fill(ahead, float("-inf")).softmax(dim=-1).to(query.dtype)
        mixed = weights.view(batch * kv_heads, -1, end) @ values[:, :end]
        blocks.append(mixed.view(batch, heads, end - start, width))
    return torch.cat(blocks, dim=2)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.query = Linear(shape.width, shape.heads * shape.head_width)
        self.key = Linear(shape.width, shape.kv_heads * shape.head_width)
        self.value = Linear(shape.width, shape.kv_heads * shape.head_width)
        self.output = Linear(shape.heads * shape.head_width, shape.width)
        self.query_norm = RmsNorm(shape.head_width, shape.norm_epsilon)
        self.key_norm = RmsNorm(shape.head_width, shape.norm_epsilon)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, positions, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, positions, -1, self.shape.head_width)

        query = rotate(self.query_norm(split(self.query(x))).transpose(1, 2), cos, sin)
        key = rotate(self.key_norm(split(self.key(x))).transpose(1, 2), cos, sin)
        value = split(self.value(x)).transpose(1, 2)
        mixed = causal_attention(query, key, value)
        return self.output(mixed.transpose(1, 2).reshape(batch, positions, -1))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate = Linear(shape.width, shape.feed_forward)
        self.up = Linear(shape.width, shape.feed_forward)
        self.down = Linear(shape.feed_forward, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.silu(self.gate(x)) * self.up(x))


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.attention = Attention(shape)
        self.feed_forward_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.feed_forward = FeedForward(shape)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.attention(self.attention_norm(x), cos, sin)
        return x + self.feed_forward(self.feed_forward_norm(x))


class Model(nn.Module):
    def __init__(self, shape: Shape, positions: int) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RmsNorm(shape.width, shape.norm_epsilon)
        cos, sin = rotary_table(positions, shape.head_width, shape.rope_base)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.embedding.weight, std=0.02)
        for name, parameter in self.named_parameters():
            if parameter.ndim != 2 or name.startswith("embedding"):
                continue
            if name.endswith(("output.weight", "down.weight")):
                # A block that adds nothing at first: the residual stream starts as the embedding itself.
                nn.init.zeros_(parameter)
            else:
                nn.init.normal_(parameter, std=parameter.shape[1] ** -0.5)

    def forward(self, tokens: Tensor, dtype: torch.dtype = torch.bfloat16) -> Tensor:
        """tokens [batch, positions] -> normed hidden states [batch, positions, width]; the head is the embedding."""
        positions = tokens.shape[1]
        cos, sin = self.cos[:positions].to(dtype), self.sin[:positions].to(dtype)
        x = F.embedding(tokens, self.embedding.weight).to(dtype)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.norm(x)
