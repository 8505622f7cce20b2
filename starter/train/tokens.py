"""Rows of packed tokens, read from the files that `examples.build` writes."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from tokenizer.special import end_of_text, fim_middle, special_tokens, vocabulary_size


# Special tokens follow the merges in their order.
end, middle = (vocabulary_size - len(special_tokens) + special_tokens.index(each) for each in (end_of_text, fim_middle))


@dataclass(frozen=True)
class Rows:
    """All rows of one build: uint16 [rows, context], already shuffled."""

    table: np.ndarray
    context: int

    @staticmethod
    def open(folder: Path) -> "Rows":
        meta = json.loads((folder / "meta.json").read_text())
        context = meta["context"]
        flat = np.memmap(folder / "tokens.bin", dtype=np.uint16, mode="r")
        if len(flat) == 0 or len(flat) % context:
            raise SystemExit(f"{folder}/tokens.bin is not whole rows of {context} tokens: build it again")
        return Rows(flat.reshape(-1, context), context)

    def batch(self, first: int, count: int, other_weight: float = 1.0) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs and targets, int64 [count, context], of rows first, first+1, ... (around the end if need be), and the
        weight of each target: 1 in a middle, up to the end of text after it, `other_weight` elsewhere, 0 for a row's
        last token, whose target stands in another row.
        """
        wanted = np.arange(first, first + count) % len(self.table)
        inputs = torch.from_numpy(self.table[wanted].astype(np.int64))
        targets = inputs.roll(-1, dims=1)
        weights = torch.where(in_middle(inputs), 1.0, other_weight)
        weights[:, -1] = 0
        return inputs, targets, weights


def in_middle(tokens: Tensor) -> Tensor:
    """Which of `tokens` [rows, context] come after a middle's marker and before the next end of text, marker included."""
    positions = torch.arange(1, tokens.shape[1] + 1)
    opened = torch.where(tokens == middle, positions, 0).cummax(dim=1).values
    closed = torch.where(tokens == end, positions, 0).cummax(dim=1).values
    return opened > closed
