"""Where the middle of a completion example begins and ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from examples.mixture import CUT_WEIGHTS
from examples.sources import SourceFile

LONGEST_LINE = 300
BLOCK_LINES = 12
TRIES = 12
ONLY_BRACKETS = re.compile(r"[\s(){}\[\];,]*\Z")
COMMENT = re.compile(r"\s*(?://|/\*|\*(?:\s|/|\Z)|# |<!--)")
BOUNDARY = re.compile(r"\b|(?<=\W)(?=\W)")
AFTER_OPENER = re.compile(r"(?<=[(.=, ])(?=\S)")


@dataclass(frozen=True)
class Cut:
    """Offsets of the middle in its file."""

    kind: str
    start: int
    end: int


def choose_cut(file: SourceFile, rng: Random, preferred: Sequence[int] = ()) -> Cut | None:
    """A cut whose first line is, where there are `preferred` lines, usually one of them. None in hopeless files."""
    line = choose_line(file, rng, preferred)
    if line is None:
        return None
    kind = rng.choices(list(CUT_WEIGHTS), list(CUT_WEIGHTS.values()))[0]
    span = KINDS[kind](file, line, rng)
    return Cut(kind, *span) if span and span[1] > span[0] else None


def choose_line(file: SourceFile, rng: Random, preferred: Sequence[int]) -> int | None:
    for _ in range(TRIES):
        line = rng.choice(preferred) if preferred and rng.random() < 0.6 else rng.randrange(len(file.starts))
        text = file.line(line)
        if not text.strip() or len(text) > LONGEST_LINE:
            continue
        if rng.random() > weight(text):
            continue
        return line
    return None


def weight(line: str) -> float:
    """How often a line is taken where it is met: code is what people ask for."""
    if ONLY_BRACKETS.match(line):
        return 0.25
    return 0.5 if COMMENT.match(line) else 1


Span = tuple[int, int]


def whole_lines(file: SourceFile, first: int, count: int) -> Span:
    last = min(first + count, len(file.starts)) - 1
    while last > first and not file.line(last).strip():
        last -= 1
    return file.starts[first], file.line_end(last)


def one_line(file: SourceFile, line: int, rng: Random) -> Span:
    return whole_lines(file, line, 1)


def few_lines(file: SourceFile, line: int, rng: Random) -> Span:
    return whole_lines(file, line, rng.choice((2, 2, 3)))


def rest_of_block(file: SourceFile, line: int, rng: Random) -> Span:
    """To the last line that is indented at least as much."""
    depth = indent(file.line(line))
    count = 1
    while count < BLOCK_LINES and line + count < len(file.starts):
        text = file.line(line + count)
        if text.strip() and indent(text) < depth:
            break
        count += 1
    return whole_lines(file, line, count)


def from_line_start(file: SourceFile, line: int, rng: Random) -> Span | None:
    """From the line's start into it or into one of the next lines, mostly to the boundary of a word."""
    last = line if rng.random() < 0.75 else min(line + rng.randint(1, 3), len(file.starts) - 1)
    start = file.starts[last] + (indent(file.line(line)) + 1 if last == line else 0)
    end = inner_place(file, start, file.line_end(last), BOUNDARY if rng.random() < 0.75 else None, rng)
    return None if end is None else (file.starts[line], end)


def to_line_end(file: SourceFile, line: int, rng: Random) -> Span | None:
    """From inside the line, identifiers included, to its end."""
    first = file.starts[line] + indent(file.line(line)) + 1
    start = inner_place(file, first, file.line_end(line), AFTER_OPENER if rng.random() < 0.5 else None, rng)
    return None if start is None else (start, file.line_end(line))


def any_span(file: SourceFile, line: int, rng: Random) -> Span:
    start = rng.randint(file.starts[line], file.line_end(line))
    return start, min(len(file.text), start + int(5 * 40 ** rng.random()))


KINDS: dict[str, Callable[[SourceFile, int, Random], Span | None]] = {
    "lines": one_line,
    "few_lines": few_lines,
    "block": rest_of_block,
    "line_start": from_line_start,
    "line_end": to_line_end,
    "span": any_span,
}


def inner_place(file: SourceFile, start: int, end: int, at: re.Pattern[str] | None, rng: Random) -> int | None:
    """An offset in [start, end), at a match of `at` where there is one; None in an empty range."""
    if start >= end:
        return None
    places = [start + match.start() for match in at.finditer(file.text[start:end])] if at else []
    places = [place for place in places if start <= place < end]
    return rng.choice(places) if places else rng.randrange(start, end)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())
