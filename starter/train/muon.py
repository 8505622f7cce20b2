"""Muon: momentum whose update is made orthogonal, for the matrices between embedding and head.

After Keller Jordan et al., https://kellerjordan.github.io/posts/muon/ . Needs about half the tokens AdamW needs at this size.
"""

import torch
from torch import Tensor

# Quintic Newton-Schulz coefficients: they push all singular values into about 0.7..1.2 within five steps.
_a, _b, _c = 3.4445, -4.7750, 2.0315
_iterations = 5


def orthogonal(update: Tensor) -> Tensor:
    """The matrix nearest to `update` [rows, columns] whose singular values are all about one, in bfloat16."""
    x = update.bfloat16()
    wide = x if x.shape[0] <= x.shape[1] else x.t()
    wide = wide / (wide.norm() + 1e-7)
    for _ in range(_iterations):
        gram = wide @ wide.t()
        wide = _a * wide + (_b * gram + _c * (gram @ gram)) @ wide
    return wide if x.shape[0] <= x.shape[1] else wide.t()


class Muon(torch.optim.Optimizer):
    """Learning rate in units of the update's spectral norm; `decay` is decoupled, as in AdamW."""

    def __init__(self, matrices, lr: float, momentum: float = 0.95, decay: float = 0.01) -> None:
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if not state:
                    state["momentum"] = torch.zeros_like(weight)
                momentum = state["momentum"]
                momentum.lerp_(weight.grad, 1 - group["momentum"])
                nesterov = weight.grad.lerp(momentum, group["momentum"])
                scale = max(1.0, weight.shape[0] / weight.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["decay"])
                weight.add_(orthogonal(nesterov).to(weight.dtype), alpha=-group["lr"] * scale)
