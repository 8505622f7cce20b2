"""How often which byte followed which context: in a training corpus, and so far in the document.

A key is a uint64: 56 bits of the context's hash, then the byte after it. Sorted keys lie together by context.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
MIXER = np.uint64(0xD6E8FEB86659FD93)
BYTE = np.uint64(8)


class Counts(NamedTuple):
    """For each position (N): of its byte after its context, of its context, of distinct bytes after its context."""

    symbol: NDArray[np.int64]
    context: NDArray[np.int64]
    distinct: NDArray[np.int64]


def keys(data: NDArray[np.uint8], order: int) -> NDArray[np.uint64]:
    """Keys (N) of every byte and the `order` bytes before it; before the first byte there are zero bytes."""
    padded = np.concatenate([np.zeros(order, np.uint8), data])
    hashed = np.full(len(data), order, np.uint64)
    for back in range(order, 0, -1):
        # Horner's rule, the furthest byte first.
        hashed *= MULTIPLIER
        hashed += padded[order - back : len(padded) - back]
        hashed += np.uint64(1)
    hashed ^= hashed >> np.uint64(32)
    hashed *= MIXER
    hashed ^= hashed >> np.uint64(29)
    return hashed >> BYTE << BYTE | data


class CorpusCounts:
    """Counts of one order over a training corpus, as sorted keys."""

    def __init__(self, data: NDArray[np.uint8], order: int) -> None:
        self.order = order
        every = keys(data, order)
        every.sort()
        first = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
        self.keys = every[first]
        self.counts = np.diff(np.append(first, len(every))).astype(np.int32)
        self._sums = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])

    def of(self, wanted: NDArray[np.uint64]) -> Counts:
        """Counts for keys (N) of this order."""
        low = np.searchsorted(self.keys, wanted >> BYTE << BYTE)
        high = np.searchsorted(self.keys, wanted | np.uint64(255), side="right")
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        symbol = np.where(self.keys[at] == wanted, self.counts[at], 0)
        return Counts(symbol.astype(np.int64), self._sums[high] - self._sums[low], high - low)

    def after(self, context: np.uint64) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The bytes seen after a context (any key of it), and how often."""
        low = np.searchsorted(self.keys, context >> BYTE << BYTE)
        high = np.searchsorted(self.keys, context | np.uint64(255), side="right")
        return (self.keys[low:high] & np.uint64(255)).astype(np.int64), self.counts[low:high]


def counts_so_far(data: NDArray[np.uint8], order: int) -> Counts:
    """Counts at each position (N) of one document, over what stands before it."""
    every = keys(data, order)
    symbol, _ = _rank_in_group(every)
    context, by_context = _rank_in_group(every >> BYTE)
    new = (symbol == 0)[by_context].astype(np.int64)
    seen = np.cumsum(new) - new
    start = np.flatnonzero(context[by_context] == 0)
    lengths = np.diff(np.append(start, len(data)))
    distinct = np.empty(len(data), np.int64)
    distinct[by_context] = seen - np.repeat(seen[start], lengths)
    return Counts(symbol, context, distinct)


def _rank_in_group(values: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many equal values stand before each (N), and the order that puts equal ones together (N)."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    start = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    lengths = np.diff(np.append(start, len(values)))
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values)) - np.repeat(start, lengths)
    return rank, order
