"""The longest piece of a text that stands verbatim in a corpus, found exactly, without an index of the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED_BYTES = 32
"""Shorter overlaps are not looked for: any two programs share them."""
_FILTER_BITS = 22
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Overlap(NamedTuple):
    """`length` characters of the text, and the file they stand in; 0 and '' when nothing is as long as a seed."""

    length: int
    text: str
    source: str


class OverlapFinder:
    """Holds the texts that are looked for; the corpus streams by."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = [text.encode("utf-8") for text in texts]
        self.best = [Overlap(0, "", "")] * len(texts)
        places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for which, text in enumerate(self._texts):
            for at, value in enumerate(window_hashes(text).tolist()):
                places[value].append((which, at))
        self._places = dict(places)
        self._filter = np.zeros(1 << _FILTER_BITS, bool)
        if places:
            self._filter[_short(np.fromiter(places, np.uint64))] = True

    def scan(self, files: Iterable[tuple[str, str]]) -> None:
        """Looks through files (name, text), a few megabytes at a time."""
        batch: list[tuple[str, bytes]] = []
        for name, text in files:
            batch.append((name, text.encode("utf-8")))
            if sum(len(each) for _, each in batch) > 4_000_000:
                self._scan(batch)
                batch = []
        self._scan(batch)

    def _scan(self, batch: list[tuple[str, bytes]]) -> None:
        data = b"\0".join(text for _, text in batch)
        hashes = window_hashes(data)
        starts = np.cumsum([0] + [len(text) + 1 for _, text in batch])
        for at in np.flatnonzero(self._filter[_short(hashes)]).tolist():
            for which, begin in self._places.get(int(hashes[at]), ()):
                self._note(which, begin, data, at, lambda: batch[int(np.searchsorted(starts, at, side="right")) - 1][0])

    def _note(self, which: int, begin: int, data: bytes, at: int, source) -> None:
        text = self._texts[which]
        # The inside of a match that was measured from its beginning.
        if begin > 0 and at > 0 and text[begin - 1] == data[at - 1]:
            return
        length = _common(text[begin:], data[at : at + len(text) - begin])
        found = text[begin : begin + length].decode("utf-8", "ignore")
        if length >= SEED_BYTES and len(found) > self.best[which].length:
            self.best[which] = Overlap(len(found), found, source())


def window_hashes(data: bytes) -> NDArray[np.uint64]:
    """A hash of every SEED_BYTES bytes in a row (N - SEED_BYTES + 1)."""
    hashed = np.frombuffer(data, np.uint8).astype(np.uint64) + np.uint64(1)
    width, multiplier = 1, int(_MULTIPLIER)
    # Doubling: the hash of 2w bytes from those of w bytes, w apart.
    while width < SEED_BYTES:
        hashed = hashed[:-width] * np.uint64(multiplier) + hashed[width:] if len(hashed) > width else hashed[:0]
        multiplier = (multiplier * multiplier + 2) % (1 << 64)
        width *= 2
    return hashed


def _short(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return hashes * _MULTIPLIER >> np.uint64(64 - _FILTER_BITS)


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common from their start."""
    length = min(len(one), len(other))
    different = np.frombuffer(one[:length], np.uint8) != np.frombuffer(other[:length], np.uint8)
    return int(different.argmax()) if different.any() else length
