"""How a file is cut into prefix, middle and suffix: the same rules for every model.

All cuts of one sample begin on the same line, as the product anchors them: the prefix ends at a line's start, or on the
line where the cursor stands.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import NamedTuple

FIRST_LINE = 3
"""Lines above which nothing is cut out: there is too little to go by."""
SPAN_CHARACTERS = (10, 200)
BLOCK_LINES = (2, 6)

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
# What editors insert by themselves; the product does not show it to the model as suffix.
_ONLY_CLOSERS = re.compile(r"[\s)\]}>'\"`;,]*")


class Cut(NamedTuple):
    """`prefix + middle + suffix` is the file."""

    prefix: str
    middle: str
    suffix: str


def line_to_cut(text: str, rng: random.Random) -> int | None:
    """A line with something on it, drawn at random; None when the file is too short."""
    lines = text.split("\n")
    candidates = [at for at, line in enumerate(lines) if at >= FIRST_LINE and line.strip()]
    return rng.choice(candidates) if candidates else None


def single_line(text: str, line: int, _rng: random.Random) -> Cut | None:
    """The whole line, its indentation included, without its line end."""
    return _lines(text, line, line + 1)


def rest_of_line(text: str, line: int, rng: random.Random) -> Cut | None:
    """From anywhere between the line's second and last character, words not spared; spaces at its end stay out."""
    whole = _lines(text, line, line + 1)
    written = whole.middle.rstrip()
    first = len(written) - len(written.lstrip()) + 1
    if first >= len(written):
        return None
    at = rng.randrange(first, len(written))
    return Cut(whole.prefix + written[:at], written[at:], whole.middle[len(written):] + whole.suffix)


def multi_line(text: str, line: int, rng: random.Random) -> Cut | None:
    """Two to six whole lines, the last one not blank."""
    lines = text.split("\n")
    count = rng.randint(*BLOCK_LINES)
    end = line + count
    if end > len(lines) or not lines[end - 1].strip():
        return None
    return _lines(text, line, end)


def random_span(text: str, line: int, rng: random.Random) -> Cut | None:
    """10 to 200 characters from anywhere on the line; what is right of them on their last line is not only closers."""
    start = _start(text, line) + rng.randrange(max(1, len(text.split("\n")[line])))
    end = start + rng.randint(*SPAN_CHARACTERS)
    right = text[end:].split("\n", 1)[0]
    if end > len(text) or not text[start:end].strip() or (right and _ONLY_CLOSERS.fullmatch(right)):
        return None
    return Cut(text[:start], text[start:end], text[end:])


CUTS: dict[str, Callable[[str, int, random.Random], Cut | None]] = {
    "single line": single_line,
    "rest of line": rest_of_line,
    "multi line": multi_line,
    "random span": random_span,
}


def has_identifier(text: str) -> bool:
    """Whether there is more to predict than brackets and punctuation."""
    return _IDENTIFIER.search(text) is not None


def _start(text: str, line: int) -> int:
    return sum(len(each) + 1 for each in text.split("\n")[:line])


def _lines(text: str, first: int, end: int) -> Cut:
    lines = text.split("\n")
    start = _start(text, first)
    middle = "\n".join(lines[first:end])
    return Cut(text[:start], middle, text[start + len(middle):])
