"""The table of vectors while it is being trained."""

import torch
from torch import nn
from torch.nn import functional


class StaticEmbedder(nn.Module):
    """Weighted sums of rows, scaled to length 1. A row's length is its weight; both are learned."""

    def __init__(self, rows: int, dimensions: int, row_weights: torch.Tensor) -> None:
        """`row_weights`: (rows,), the length that each row begins with."""
        super().__init__()
        directions = functional.normalize(torch.randn(rows, dimensions), dim=1)
        self.directions = nn.Parameter(directions)
        # Apart from the direction, so that a rare row's weight can follow its frequency before it has been seen often.
        self.log_weights = nn.Parameter(row_weights.log())
        self.log_scale = nn.Parameter(torch.tensor(3.0))

    def forward(self, rows: torch.Tensor, weights: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """rows (entries,), weights (entries,), starts (bags + 1,) -> (bags, dimensions), each of length 1."""
        weights = weights * functional.embedding(rows, self.log_weights[:, None])[:, 0].exp()
        pooled = functional.embedding_bag(
            rows, self.directions, starts, mode="sum", per_sample_weights=weights, include_last_offset=True
        )
        return functional.normalize(pooled, dim=1)

    def table(self) -> torch.Tensor:
        """(rows, dimensions): what is left of the model after training."""
        return (self.directions * self.log_weights.exp()[:, None]).detach()


def contrastive_loss(
    queries: torch.Tensor, codes: torch.Tensor, scale: torch.Tensor, same: torch.Tensor
) -> torch.Tensor:
    """InfoNCE both ways. queries, codes (B, D); `same` (B, B) marks pairs that are no negatives: equal texts."""
    logits = (queries @ codes.T) * scale  # (B, B)
    logits = logits.masked_fill(same, float("-inf"))
    targets = torch.arange(len(queries), device=queries.device)
    return (functional.cross_entropy(logits, targets) + functional.cross_entropy(logits.T, targets)) / 2
