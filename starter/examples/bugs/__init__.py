"""Seeded bugs of the common kinds, with the message a compiler or linter would give."""

from __future__ import annotations

from random import Random

from examples.bugs.brackets import lost_bracket, lost_quote
from examples.bugs.names import misspelt_name, wrong_variable
from examples.bugs.swaps import swapped
from examples.bugs.types import Breaker, Bug

__all__ = ["Bug", "seed_bug"]

BREAKERS: list[tuple[Breaker, float]] = [
    (lost_bracket, 0.18),
    (lost_quote, 0.04),
    (misspelt_name, 0.24),
    (wrong_variable, 0.08),
    (swapped, 0.46),
]
TRIES = 6


def seed_bug(code: str, language: str, rng: Random) -> Bug | None:
    """One bug in `code`; None where nothing can be broken. The repaired code is `code` itself."""
    breakers, weights = zip(*BREAKERS)
    for _ in range(TRIES):
        bug = rng.choices(breakers, weights)[0](code, language, rng)
        if bug is not None and bug.broken != code:
            return bug
    return None
