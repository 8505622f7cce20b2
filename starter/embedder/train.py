"""`python -m embedder.train`: contrastive training of the table; goes on from its last checkpoint.

Reads `out/embedder/pairs.npz`; writes `checkpoint.pt` and `loss.jsonl` beside it.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch

from embedder.bags import saturated
from embedder.batches import Pairs, batches, load_pairs, not_negatives
from embedder.corpus_files import EMBEDDER
from embedder.model import StaticEmbedder, contrastive_loss
from embedder.pairs import read_vocabulary
from embedder.vocabulary import HASHED_ROWS

DIMENSIONS = 256
# SIF's a (Arora et al. 2017): a row's first weight is a / (a + its share of all rows).
SIF = 1e-4
WARMUP_STEPS = 100
CHECKPOINT_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    pairs = load_pairs(EMBEDDER / "pairs.npz")
    rows = len(read_vocabulary()) + HASHED_ROWS
    model = StaticEmbedder(rows, DIMENSIONS, first_weights(pairs, rows)).to(given.device)
    Training(model, pairs, given).run(EMBEDDER)


def first_weights(pairs: Pairs, rows: int) -> torch.Tensor:
    """(rows,) float32."""
    counts = np.bincount(pairs.bags.rows, minlength=rows)
    share = counts / counts.sum()
    return torch.tensor(SIF / (SIF + share), dtype=torch.float32)


class Training:
    """The steps, and what is needed to take them up again."""

    def __init__(self, model: StaticEmbedder, pairs: Pairs, given: argparse.Namespace) -> None:
        self.model, self.pairs, self.given = model, pairs, given
        self.optimizer = torch.optim.Adam(model.parameters(), lr=given.rate, betas=(0.9, 0.99), fused=True)
        self.step = 0
        self.epoch = 0

    def run(self, folder: Path) -> None:
        """To the last step, with a checkpoint a minute; an epoch that was interrupted begins anew."""
        checkpoint = folder / "checkpoint.pt"
        if checkpoint.exists():
            self._restore(checkpoint)
        began = saved = time.monotonic()
        with (folder / "loss.jsonl").open("a") as log:
            while self.step < self.given.steps:
                chance = np.random.default_rng((self.given.seed, self.epoch))
                for batch in batches(self.pairs, self.given.batch, chance):
                    loss = self._step(batch)
                    if self.step % 50 == 0:
                        seconds = round(time.monotonic() - began, 1)
                        line = json.dumps({"step": self.step, "loss": round(loss.item(), 4), "seconds": seconds})
                        print(line, flush=True)
                        log.write(line + "\n")
                    if time.monotonic() - saved > CHECKPOINT_SECONDS:
                        self._save(checkpoint)
                        saved = time.monotonic()
                    if self.step >= self.given.steps:
                        break
                self.epoch += 1
        self._save(checkpoint)

    def _step(self, batch: np.ndarray) -> torch.Tensor:
        device = self.given.device
        vectors = self.model(*self._inputs(np.concatenate((2 * batch, 2 * batch + 1))))  # (2B, D)
        queries, codes = vectors.chunk(2)
        texts = self.pairs.texts.reshape(-1, 2)[batch]
        same = torch.from_numpy(not_negatives(texts)).to(device)
        loss = contrastive_loss(queries, codes, self.model.log_scale.exp().clamp(max=100), same)
        for group in self.optimizer.param_groups:
            group["lr"] = self.given.rate * schedule(self.step, self.given.steps)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.step += 1
        return loss.detach()

    def _inputs(self, numbers: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        bags = self.pairs.bags.take(numbers)
        arrays = (bags.rows.astype(np.int64), saturated(bags.counts), bags.starts)
        return tuple(torch.from_numpy(array).to(self.given.device) for array in arrays)

    def _save(self, path: Path) -> None:
        state = {
            "step": self.step,
            "epoch": self.epoch,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        partial = path.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(path)

    def _restore(self, path: Path) -> None:
        state = torch.load(path, map_location=self.given.device, weights_only=True)
        self.step, self.epoch = state["step"], state["epoch"]
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        print(f"goes on at step {self.step}")


def schedule(step: int, steps: int) -> float:
    """Share of the highest rate: linear warm-up, then half a cosine down to nothing."""
    if step < WARMUP_STEPS:
        return (step + 1) / WARMUP_STEPS
    return 0.5 * (1 + math.cos(math.pi * (step - WARMUP_STEPS) / max(1, steps - WARMUP_STEPS)))


if __name__ == "__main__":
    main()
