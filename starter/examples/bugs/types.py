"""What a bug is, and code with its strings and comments blanked out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random


@dataclass(frozen=True)
class Bug:
    kind: str
    broken: str
    line: int
    """One-based, in the broken code, as tools report it."""
    message: str
    repair: str
    """What repairing it does, in the imperative: the summary of a commit."""


Breaker = Callable[[str, str, Random], Bug | None]

TOOLS: dict[str, str] = {
    "typescript": "ts",
    "tsx": "ts",
    "javascript": "js",
    "python": "python",
    "go": "go",
    "rust": "rust",
    "java": "java",
    "csharp": "csharp",
    "c": "c",
    "cpp": "c",
}
"""By whose compiler or linter a language is checked."""

Messages = dict[str, tuple[str, ...]]
"""By tool; the same message may be given by several."""

PYTHON = re.compile(r'#[^\n]*|"""(?:\\.|.)*?"""|\'\'\'(?:\\.|.)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
BRACES = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)
ECMASCRIPT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
LITERALS = {"python": PYTHON, "ts": ECMASCRIPT, "js": ECMASCRIPT}


@lru_cache(maxsize=64)
def masked(code: str, language: str) -> str:
    """The code with blanks in place of strings and comments; line feeds and quotes stay."""
    pattern = LITERALS.get(TOOLS[language], BRACES)
    return pattern.sub(lambda match: blanked(match.group()), code)


def blanked(literal: str) -> str:
    if literal[0] in "\"'`" and len(literal) > 1:
        return literal[0] + re.sub(r"[^\n]", " ", literal[1:-1]) + literal[-1]
    return re.sub(r"[^\n]", " ", literal)


def line_of(code: str, offset: int) -> int:
    return code.count("\n", 0, offset) + 1


def message_for(messages: Messages, language: str, rng: Random, *names: str) -> str | None:
    """One of the messages of the language's tool; None when the tool has none."""
    choices = messages.get(TOOLS[language])
    return rng.choice(choices).format(*names) if choices else None
