"""Bugs that are one piece of code in another's place, by the table in `rows.py`."""

from __future__ import annotations

from random import Random

from examples.bugs.brackets import without
from examples.bugs.rows import ROWS, Swap
from examples.bugs.types import TOOLS, Bug, line_of, masked, message_for

ROWS_OF_TOOL: dict[str, list[Swap]] = {
    tool: [row for row in ROWS if tool in row.messages] for tool in set(TOOLS.values())
}


def swapped(code: str, language: str, rng: Random) -> Bug | None:
    """The first row, in random order, whose pattern is found outside of strings and comments."""
    rows = ROWS_OF_TOOL[TOOLS[language]]
    for row in rng.sample(rows, len(rows)):
        bug = apply(row, code, language, rng)
        if bug is not None:
            return bug
    return None


def apply(row: Swap, code: str, language: str, rng: Random) -> Bug | None:
    bare = masked(code, language)
    found = [match for match in row.pattern.finditer(bare) if row.accepts(bare, match)]
    if not found:
        return None
    match = found[-1] if row.last else rng.choice(found)
    names = tuple(group or "" for group in match.groups())
    message = message_for(row.messages, language, rng, *names)
    if message is None:
        return None
    start, end = match.span("x") if "x" in row.pattern.groupindex else match.span()
    piece = row.replacement.format(*names)
    broken = code[:start] + piece + code[end:] if piece else without(code, start, end)
    reported = row.reported.search(broken) if row.reported else None
    line = line_of(broken, reported.start()) if reported else line_of(code, start)
    return Bug(row.kind, broken, min(line, broken.count("\n") + 1), message, row.repair.format(*names))
