"""Rows of packed tokens, read from the files that `examples.build` writes."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor


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

    def batch(self, first: int, count: int) -> tuple[Tensor, Tensor]:
        """Inputs and targets, int64 [count, context], of rows first, first+1, ... (around the end if need be).

        The target of a row's last token is -1: what follows stands in another row.
        """
        wanted = np.arange(first, first + count) % len(self.table)
        inputs = torch.from_numpy(self.table[wanted].astype(np.int64))
        targets = torch.full_like(inputs, -1)
        targets[:, :-1] = inputs[:, 1:]
        return inputs, targets
