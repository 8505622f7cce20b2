from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from examples.formats import fenced
from examples.mixture import FENCES


@dataclass(frozen=True)
class Task:
    """One turn of a chat."""

    user: str
    answer: str
    facts: dict[str, str | int] = field(default_factory=dict)
    """What evaluation wants to know of it."""


def code_block(code: str, language: str, rng: Random) -> str:
    labels = FENCES[language]
    return fenced(code, labels[0] if rng.random() < 0.7 else rng.choice(labels))
