"""The baseline: Okapi BM25 over words of split identifiers."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

K1, B = 1.2, 0.75


class Bm25:
    """An index of documents that are lists of words."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        lengths = np.array([len(document) for document in documents], np.float32)
        penalty = K1 * (1 - B + B * lengths / max(lengths.mean(), 1))
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for number, document in enumerate(documents):
            for word, count in Counter(document).items():
                numbers, counts = postings.setdefault(word, ([], []))
                numbers.append(number)
                counts.append(count)
        self._size = len(documents)
        self._postings = {
            word: (np.array(numbers), _idf(len(numbers), self._size) * _saturated(np.array(counts), penalty[numbers]))
            for word, (numbers, counts) in postings.items()
        }

    def scores(self, query: Sequence[str]) -> np.ndarray:
        """(documents,) float32."""
        scores = np.zeros(self._size, np.float32)
        for word, count in Counter(query).items():
            if word in self._postings:
                numbers, parts = self._postings[word]
                scores[numbers] += count * parts
        return scores


def _idf(with_word: int, documents: int) -> float:
    return math.log(1 + (documents - with_word + 0.5) / (with_word + 0.5))


def _saturated(counts: np.ndarray, penalty: np.ndarray) -> np.ndarray:
    return counts * (K1 + 1) / (counts + penalty)
