"""Muon: momentum whose update is made orthogonal, for the matrices between embedding and head.

After Keller Jordan et al., https://kellerjordan.github.io/posts/muon/ . Needs about half the tokens AdamW needs at this size.
"""

from collections import defaultdict

import torch
from torch import Tensor

# Quintic Newton-Schulz coefficients: they push all singular values into about 0.7..1.2 within five steps.
_a, _b, _c = 3.4445, -4.7750, 2.0315
_iterations = 5


def orthogonal(updates: Tensor) -> Tensor:
    """For each of `updates` [n, rows, columns] the matrix nearest to it whose singular values are all about one.

    Computed and returned in bfloat16.
    """
    x = updates.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(_iterations):
        gram = x @ x.transpose(1, 2)
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=_b, alpha=_c), x, beta=_a)
    return x.transpose(1, 2) if tall else x


class Muon(torch.optim.Optimizer):
    """Learning rate in units of the update's spectral norm; `decay` is decoupled, as in AdamW."""

    def __init__(self, matrices, lr: float, momentum: float = 0.95, decay: float = 0.01) -> None:
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            # Matrices of one shape go through the iteration together: fewer, larger products.
            for weights in _by_shape(group["params"]).values():
                updates = torch.stack([self._nesterov(weight, group["momentum"]) for weight in weights])
                scale = max(1.0, updates.shape[1] / updates.shape[2]) ** 0.5
                for weight, update in zip(weights, orthogonal(updates), strict=True):
                    weight.mul_(1 - group["lr"] * group["decay"])
                    weight.add_(update, alpha=-group["lr"] * scale)

    def _nesterov(self, weight: Tensor, momentum: float) -> Tensor:
        state = self.state[weight]
        if not state:
            state["momentum"] = torch.zeros_like(weight)
        state["momentum"].lerp_(weight.grad, 1 - momentum)
        return weight.grad.lerp(state["momentum"], momentum)


def _by_shape(matrices: list[Tensor]) -> dict[torch.Size, list[Tensor]]:
    shapes = defaultdict(list)
    for matrix in matrices:
        if matrix.grad is not None:
            shapes[matrix.shape].append(matrix)
    return shapes
