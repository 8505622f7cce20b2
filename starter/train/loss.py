"""Cross entropy over the tied head without ever holding the whole table of logits."""

import torch
from torch import Tensor

chunk_rows = 2_048


class HeadLoss(torch.autograd.Function):
    """Mean negative log-likelihood in nats of `targets` given hidden states and head weights.

    hidden [rows, width], head [vocabulary, width] (float32), targets [rows]; targets below 0 do not count.
    Gradients are made chunk by chunk in the forward pass, so each chunk's logits live only once.
    """

    @staticmethod
    def forward(context, hidden: Tensor, head: Tensor, targets: Tensor) -> Tensor:
        weights = head.to(hidden.dtype)
        counted = targets >= 0
        scale = 1.0 / counted.sum().clamp(min=1)
        hidden_gradient = torch.empty_like(hidden)
        head_gradient = torch.zeros_like(head)
        total = hidden.new_zeros((), dtype=torch.float32)
        for start in range(0, len(hidden), chunk_rows):
            part = slice(start, start + chunk_rows)
            logits = hidden[part] @ weights.t()
            loss, gradient = _chunk(logits, targets[part], counted[part], scale)
            total += loss
            hidden_gradient[part] = gradient @ weights
            head_gradient += gradient.t() @ hidden[part]
        context.save_for_backward(hidden_gradient, head_gradient)
        return total * scale

    @staticmethod
    def backward(context, outer: Tensor):
        hidden_gradient, head_gradient = context.saved_tensors
        return hidden_gradient * outer.to(hidden_gradient.dtype), head_gradient * outer, None


@torch.compile(dynamic=False)
def _chunk(logits: Tensor, targets: Tensor, counted: Tensor, scale: Tensor) -> tuple[Tensor, Tensor]:
    wide = logits.float()
    most = wide.max(dim=-1, keepdim=True).values
    exponentials = (wide - most).exp()
    sums = exponentials.sum(dim=-1, keepdim=True)
    safe = targets.clamp(min=0)
    picked = wide.gather(1, safe[:, None])
    loss = ((most + sums.log() - picked)[:, 0] * counted).sum()
    columns = torch.arange(wide.shape[1], device=wide.device)
    onehot = (columns[None, :] == safe[:, None]).float()
    gradient = (exponentials / sums - onehot) * (counted[:, None] * scale)
    return loss, gradient.to(logits.dtype)
