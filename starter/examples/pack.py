"""Examples into rows of exactly `context` tokens, without padding and without tearing what must stay whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.uint16]

POOL = 2_000
"""Examples that the next row is chosen from."""


def pack(examples: Sequence[Tokens], filler: Tokens, context: int) -> Iterator[Tokens]:
    """Rows of shape [context] until the examples, or what is needed to fill a row, come to an end.

    A row begins with the next example. Then come, as long as they fit, the longest of those that are waiting. The gap at
    the end is filled from `filler`, a stream of plain text, which can be torn anywhere. Gaps are left as large as it
    takes to use all of the stream.
    """
    waiting = Waiting(examples)
    left = sum(len(example) for example in examples)
    used = 0
    while waiting.order:
        gap = context * (len(filler) - used) / max(left + len(filler) - used, 1)
        row = [waiting.next()]
        room = context - len(row[0])
        while room > gap and (piece := waiting.longest(room)) is not None:
            row.append(piece)
            room -= len(piece)
        if used + room > len(filler):
            return
        row.append(filler[used : used + room])
        left -= context - room
        used += room
        yield np.concatenate(row)


class Waiting:
    """A window that moves over the examples; what was taken from it is replaced by the next."""

    def __init__(self, examples: Sequence[Tokens]) -> None:
        self.examples = examples
        self.following = min(POOL, len(examples))
        self.oldest = 0
        self.taken: set[int] = set()
        self.order = sorted((len(examples[number]), number) for number in range(self.following))

    def next(self) -> Tokens:
        """The example that has been waiting longest."""
        while self.oldest in self.taken:
            self.taken.remove(self.oldest)
            self.oldest += 1
        return self.take(bisect_left(self.order, (len(self.examples[self.oldest]), self.oldest)))

    def longest(self, room: int) -> Tokens | None:
        """The longest of at most `room` tokens."""
        fitting = bisect_right(self.order, room, key=lambda waiting: waiting[0])
        return self.take(fitting - 1) if fitting else None

    def take(self, at: int) -> Tokens:
        number = self.order.pop(at)[1]
        self.taken.add(number)
        if self.following < len(self.examples):
            insort(self.order, (len(self.examples[self.following]), self.following))
            self.following += 1
        return self.examples[number]
