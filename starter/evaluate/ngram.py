"""The n-gram baseline: prediction by partial matching over bytes, as strong as counting gets.

Every context length refines the one before it, from single bytes to 16 bytes of the training corpus, then from 2 to 32
bytes of the document itself (Pitman-Yor interpolation, which contains Witten-Bell and absolute discounting):

    p_k(s) = (max(c(s) - d, 0) + (a + d * t) * p_{k-1}(s)) / (c + a)

c(s), c: how often s, anything, followed the context; t: how many different bytes did. The discount d and the weight a
are fitted per context length, and apart for contexts seen rarely, seen often, and followed by one byte only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from evaluate.context_counts import CorpusCounts, Counts, counts_so_far, keys

CORPUS_ORDERS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16)
DOCUMENT_ORDERS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32)
WEIGHTS = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
DISCOUNTS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98)
BUCKETS = 6
LEAST_PROBABILITY = 1e-9

Floats = NDArray[np.float64]


def bytes_of(text: str) -> NDArray[np.uint8]:
    """UTF-8 as an array."""
    return np.frombuffer(text.encode("utf-8"), np.uint8)


class Ngram:
    """Counts of a corpus, and how much each context length is trusted."""

    def __init__(self, corpus: Sequence[str], fitting: Sequence[str]) -> None:
        """`fitting`: texts that are not part of `corpus`, to fit the weights and discounts on."""
        data = bytes_of("\0".join(corpus))
        self._corpus = [CorpusCounts(data, order) for order in CORPUS_ORDERS]
        self._settings = np.zeros((len(CORPUS_ORDERS) + len(DOCUMENT_ORDERS), BUCKETS, 2))
        documents = [bytes_of(text) for text in fitting]
        levels = zip(*(self._levels(each) for each in documents))
        below = np.full(sum(map(len, documents)), 1 / 256)
        for setting, level in zip(self._settings, levels):
            counts = Counts(*(np.concatenate(each) for each in zip(*level)))
            _fit(setting, counts, below)
            below = refine(below, counts, setting)

    def bits(self, text: str) -> float:
        """-log2 of the probability of a text, read from its start while learning from it."""
        data = bytes_of(text)
        probability = np.full(len(data), 1 / 256)
        for counts, setting in zip(self._levels(data), self._settings):
            probability = refine(probability, counts, setting)
        return float(-np.log2(probability).sum())

    def follower(self, prefix: str) -> Callable[[bytes], Floats]:
        """A function from the text written after `prefix` to the probabilities of the next byte (256)."""
        document = bytes_of(prefix)
        tables = self._corpus + [CorpusCounts(document, order) for order in DOCUMENT_ORDERS]
        tail = document[-max(DOCUMENT_ORDERS) :].tobytes()

        def following(written: bytes) -> Floats:
            probability = np.full(256, 1 / 256)
            for table, setting in zip(tables, self._settings):
                data = np.frombuffer((tail + written)[-table.order :] + b"\0" if table.order else b"\0", np.uint8)
                symbols, counts = table.after(keys(data, table.order)[-1])
                if len(symbols) == 0:
                    continue
                every = np.zeros(256, np.int64)
                every[symbols] = counts
                total, distinct = np.full(256, counts.sum()), np.full(256, len(symbols))
                probability = refine(probability, Counts(every, total, distinct), setting)
            return probability

        return following

    def _levels(self, data: NDArray[np.uint8]) -> list[Counts]:
        corpus = [table.of(keys(data, table.order)) for table in self._corpus]
        return corpus + [counts_so_far(data, order) for order in DOCUMENT_ORDERS]


def greedy_line(model: Ngram, prefix: str, max_bytes: int = 120) -> str:
    """The likeliest continuation of `prefix`, byte by byte up to the line's end."""
    following, written = model.follower(prefix[-8_000:]), b""
    while len(written) < max_bytes:
        byte = int(following(written).argmax())
        if byte in (0, 10):
            break
        written += bytes([byte])
    return written.decode("utf-8", "replace")


def refine(below: Floats, counts: Counts, setting: Floats) -> Floats:
    """Probabilities (N) of the longer context from those of the shorter one (N); `setting` is (BUCKETS, 2)."""
    weight, discount = setting[_buckets(counts)].T
    return _interpolate(below, counts, weight, discount)


def _fit(setting: Floats, counts: Counts, below: Floats) -> None:
    """Chooses weight and discount of each bucket by the bits they cost."""
    buckets = _buckets(counts)
    for bucket in range(BUCKETS):
        at = np.flatnonzero((buckets == bucket) & (counts.context > 0))
        some, base = Counts(*(each[at] for each in counts)), below[at]
        cost = lambda choice: -np.log2(_interpolate(base, some, *choice)).sum()
        setting[bucket] = min(product(WEIGHTS, DISCOUNTS), key=cost) if len(at) else (10.0, 0.8)


def _interpolate(below: Floats, counts: Counts, weight: Floats | float, discount: Floats | float) -> Floats:
    seen = np.maximum(counts.symbol - discount, 0)
    share = (seen + (weight + discount * counts.distinct) * below) / np.maximum(counts.context + weight, 1e-9)
    return np.maximum(np.where(counts.context > 0, share, below), LEAST_PROBABILITY)


def _buckets(counts: Counts) -> NDArray[np.int64]:
    often = np.searchsorted([2, 5], counts.context, side="right")
    return np.where(counts.distinct <= 1, often, 3 + often)
