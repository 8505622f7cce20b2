"""The other baseline: an embedder that was never trained."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from embedder.bags import Bags
from embedder.words import words

_ROWS = 30_000
_LETTERS = range(3, 5)


class HashedEmbedder:
    """Mean of random rows of the words and their letter trigrams and tetragrams, chosen by hash; scaled to length 1."""

    def __init__(self, dimensions: int, seed: int = 1) -> None:
        table = np.random.default_rng(seed).standard_normal((_ROWS, dimensions), np.float32)
        self._table = table / np.linalg.norm(table, axis=1, keepdims=True)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """(texts, dimensions) float32."""
        return Bags.of_rows([_row(part) for word in words(text) for part in _parts(word)] for text in texts).pooled(
            self._table
        )


def _parts(word: str) -> list[str]:
    marked = f"<{word}>"
    return [marked, *(marked[at : at + size] for size in _LETTERS for at in range(len(marked) - size + 1))]


def _row(part: str) -> int:
    return crc32(part.encode()) % _ROWS
