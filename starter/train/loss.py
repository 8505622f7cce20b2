"""Cross entropy over the tied head without ever holding the whole table of logits."""

import torch
from torch import Tensor

chunk_rows = 2_048


class HeadLoss(torch.autograd.Function):
    """Weighted mean of the negative log-likelihood in nats of `targets` given hidden states and head weights.

    hidden [rows, width], head [vocabulary, width] (float32), targets and weights [rows].
    Gradients are made chunk by chunk in the forward pass, so each chunk's logits live only once.
    """

    @staticmethod
    def forward(context, hidden: Tensor, head: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        head_half = head.to(hidden.dtype)
        shares = weights / weights.sum()
        hidden_gradient = torch.empty_like(hidden)
        head_gradient = torch.zeros_like(head)
        total = hidden.new_zeros((), dtype=torch.float32)
        for start in range(0, len(hidden), chunk_rows):
            part = slice(start, start + chunk_rows)
            logits = hidden[part] @ head_half.t()
            loss, gradient = _chunk(logits, targets[part], shares[part])
            total += loss
            hidden_gradient[part] = gradient @ head_half
            head_gradient += gradient.t() @ hidden[part]
        context.save_for_backward(hidden_gradient, head_gradient)
        return total

    @staticmethod
    def backward(context, outer: Tensor):
        hidden_gradient, head_gradient = context.saved_tensors
        return hidden_gradient * outer.to(hidden_gradient.dtype), head_gradient * outer, None, None


@torch.compile(dynamic=False)
def _chunk(logits: Tensor, targets: Tensor, shares: Tensor) -> tuple[Tensor, Tensor]:
    wide = logits.float()
    most = wide.max(dim=-1, keepdim=True).values
    exponentials = (wide - most).exp()
    sums = exponentials.sum(dim=-1, keepdim=True)
    picked = wide.gather(1, targets[:, None])
    loss = ((most + sums.log() - picked)[:, 0] * shares).sum()
    columns = torch.arange(wide.shape[1], device=wide.device)
    onehot = (columns[None, :] == targets[:, None]).float()
    gradient = (exponentials / sums - onehot) * shares[:, None]
    return loss, gradient.to(logits.dtype)
