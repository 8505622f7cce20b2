"""Which pairs meet in a batch."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from embedder.bags import Bags
from embedder.pair_kinds import KINDS

# Pairs of one package in a row: they are each other's hard negatives, as in the search they are trained for.
BLOCK = 32


class Pairs(NamedTuple):
    bags: Bags  # 2i is the query of pair i, 2i + 1 its code
    kinds: np.ndarray  # (pairs,) uint8, into KINDS
    groups: np.ndarray  # (pairs,) uint32, the package
    texts: np.ndarray  # (2 * pairs,) uint32, equal for equal texts


def load_pairs(path) -> Pairs:
    stored = np.load(path)
    bags = Bags(stored["rows"], stored["counts"], stored["starts"])
    return Pairs(bags, stored["kinds"], stored["groups"], stored["texts"])


def batches(pairs: Pairs, size: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    """One epoch of arrays of `size` pair numbers; kinds come as often as `KINDS` says, a last short batch is left."""
    drawn = _draw(pairs.kinds, chance)
    order = np.lexsort((chance.random(len(drawn)), pairs.groups[drawn]))
    drawn = drawn[order]
    blocks = drawn[: len(drawn) // BLOCK * BLOCK].reshape(-1, BLOCK)
    blocks = blocks[chance.permutation(len(blocks))]
    per_batch = size // BLOCK
    for start in range(0, len(blocks) - per_batch + 1, per_batch):
        yield blocks[start : start + per_batch].reshape(-1)


def _draw(kinds: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Each pair as often as its kind's rate: the whole part surely, the rest by chance."""
    rates = np.array(list(KINDS.values()))[kinds]
    times = np.floor(rates + chance.random(len(kinds))).astype(np.int64)
    return np.repeat(np.arange(len(kinds)), times)


def not_negatives(texts: np.ndarray) -> np.ndarray:
    """(B, B) bool for `texts` (B, 2): where a query or a code equals that of another pair."""
    equal = (texts[:, None, 0] == texts[None, :, 0]) | (texts[:, None, 1] == texts[None, :, 1])
    np.fill_diagonal(equal, False)
    return equal
