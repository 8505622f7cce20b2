"""Step 4: each piece of text once. Exactly, and nearly: by shared shingles and by lines seen before."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict

MIN_LINE = 9
SHINGLE = 5
SKETCH = 12
SHARED = 8
SEEN_SHARE = 0.85


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")


def normalised_lines(text: str) -> list[str]:
    """The lines that say something, white space squeezed."""
    squeezed = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in squeezed if len(line) >= MIN_LINE]


def sketch(lines: list[str]) -> list[int]:
    """The smallest hashes of the runs of five lines: files that share most of them are near copies."""
    if len(lines) < SHINGLE:
        return [_hash("\n".join(lines))]
    shingles = {_hash("\n".join(lines[at:at + SHINGLE])) for at in range(len(lines) - SHINGLE + 1)}
    return heapq.nsmallest(SKETCH, shingles)


class Deduplicator:
    """Remembers what was kept; `duplicate` says why a text adds nothing, `keep` remembers one that does."""

    def __init__(self) -> None:
        self._texts: set[int] = set()
        self._lines: set[int] = set()
        self._sketches: defaultdict[int, list[int]] = defaultdict(list)
        self._files = 0

    def admit(self, text: str) -> str | None:
        """None when the text is new (it is remembered), else "exact", "near" or "seen lines"."""
        lines = normalised_lines(text)
        whole = _hash("\n".join(lines))
        if whole in self._texts:
            return "exact"
        marks = sketch(lines)
        if self._is_near(marks):
            return "near"
        distinct = {_hash(line) for line in set(lines)}
        if distinct and sum(line in self._lines for line in distinct) / len(distinct) > SEEN_SHARE:
            return "seen lines"
        self._remember(whole, marks, distinct)
        return None

    def _is_near(self, marks: list[int]) -> bool:
        shared = Counter(file for mark in marks for file in self._sketches.get(mark, ()))
        if not shared:
            return False
        needed = max(1, round(len(marks) * SHARED / SKETCH))
        return shared.most_common(1)[0][1] >= needed

    def _remember(self, whole: int, marks: list[int], lines: set[int]) -> None:
        self._texts.add(whole)
        for mark in marks:
            self._sketches[mark].append(self._files)
        self._lines |= lines
        self._files += 1
