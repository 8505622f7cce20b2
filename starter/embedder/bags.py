"""Texts as bags of rows: which rows of the table, and how much of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np

from embedder.vocabulary import Vocabulary

# BM25's saturation: the tenth `self` of a function says little that the first did not.
TERM_SATURATION = 1.2
MAX_COUNT = 255


def saturated(counts: np.ndarray) -> np.ndarray:
    """`count (k + 1) / (count + k)`: 1 for one occurrence, k + 1 for endless many. float32, the shape of `counts`."""
    counts = counts.astype(np.float32)
    return counts * np.float32(TERM_SATURATION + 1) / (counts + np.float32(TERM_SATURATION))


class Bags:
    """Many bags in three arrays: bag `i` is `rows[starts[i]:starts[i + 1]]`, each row once, with its `counts`."""

    def __init__(self, rows: np.ndarray, counts: np.ndarray, starts: np.ndarray) -> None:
        self.rows = rows  # (entries,) uint16
        self.counts = counts  # (entries,) uint8, at most MAX_COUNT
        self.starts = starts  # (bags + 1,) int64

    @classmethod
    def of_texts(cls, texts: Iterable[str], vocabulary: Vocabulary, max_rows: int | None = None) -> Self:
        """Bags of the first `max_rows` different rows of each text."""
        return cls.of_rows((vocabulary.rows(text) for text in texts), max_rows)

    @classmethod
    def of_rows(cls, bags: Iterable[Sequence[int]], max_rows: int | None = None) -> Self:
        rows: list[np.ndarray] = [np.empty(0, np.uint16)]
        counts: list[np.ndarray] = [np.empty(0, np.uint8)]
        sizes = [0]
        for bag in bags:
            counted = list(Counter(bag).items())[:max_rows]
            rows.append(np.array([row for row, _ in counted], np.uint16))
            counts.append(np.array([min(count, MAX_COUNT) for _, count in counted], np.uint8))
            sizes.append(len(counted))
        return cls(np.concatenate(rows), np.concatenate(counts), np.cumsum(sizes, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, wanted: np.ndarray) -> Self:
        """The bags with these numbers, in this order."""
        sizes = self.starts[wanted + 1] - self.starts[wanted]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        places = np.repeat(self.starts[wanted] - starts[:-1], sizes) + np.arange(starts[-1])
        return type(self)(self.rows[places], self.counts[places], starts)

    def pooled(self, table: np.ndarray) -> np.ndarray:
        """(bags, dimensions) float32: weighted sums of `table`'s rows, of length 1; all zeros for an empty bag."""
        sums = np.zeros((len(self), table.shape[1]), np.float32)
        weights = saturated(self.counts)
        for bag, (start, end) in enumerate(zip(self.starts, self.starts[1:], strict=False)):
            sums[bag] = weights[start:end] @ table[self.rows[start:end]]
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        return np.divide(sums, lengths, out=sums, where=lengths > 0)
