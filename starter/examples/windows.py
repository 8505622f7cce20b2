"""How much text around a middle is shown, as the extension shows it."""

from __future__ import annotations

from random import Random

from examples.cuts import Cut
from examples.mixture import EMPTY_SUFFIX, SUFFIX_SHARE, WINDOW_SIZES
from examples.sources import SourceFile

LEAST_AROUND = 80
"""Characters around the middle, however long it is."""


def choose_size(context: int, characters_per_token: float, rng: Random) -> int:
    """The size of a completion example in characters."""
    low, high, _ = rng.choices(WINDOW_SIZES, [weight for *_, weight in WINDOW_SIZES])[0]
    return int(context * rng.uniform(low, high) * characters_per_token)


def around(file: SourceFile, cut: Cut, size: int, rng: Random) -> tuple[str, str, str]:
    """Prefix, middle and suffix of about `size` characters. The prefix begins at the start of a line."""
    room = max(size - (cut.end - cut.start), LEAST_AROUND)
    suffix_room = 0 if rng.random() < EMPTY_SUFFIX else int(room * rng.uniform(*SUFFIX_SHARE))
    start = line_start_after(file, cut.start - (room - suffix_room), cut.start)
    suffix = first_lines(file.text[cut.end : cut.end + suffix_room + 1], suffix_room)
    return file.text[start : cut.start], file.text[cut.start : cut.end], suffix


def line_start_after(file: SourceFile, offset: int, limit: int) -> int:
    """The first start of a line at or after `offset`, but never after that of the line that `limit` lies in."""
    if offset <= 0:
        return 0
    line = file.line_at(offset)
    if file.starts[line] < offset:
        line += 1
    return file.starts[min(line, file.line_at(limit))]


def first_lines(text: str, most: int) -> str:
    """The first whole lines of at most `most` characters; a part of the first when not even that fits."""
    if len(text) <= most:
        return text
    end = text.rfind("\n", 0, most + 1)
    return text[: end if end > 0 else most]


def any_window(file: SourceFile, size: int, rng: Random) -> str:
    """The whole file when it is short enough, otherwise whole lines from anywhere in it."""
    if len(file.text) <= size:
        return file.text
    start = line_start_after(file, rng.randint(0, len(file.text) - size // 2), len(file.text) - 1)
    start = 0 if rng.random() < 0.15 else start
    return first_lines(file.text[start : start + size + 1], size)
