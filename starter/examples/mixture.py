"""What the training text is made of. Every number that decides the mixture stands in this file."""

from __future__ import annotations

from typing import NamedTuple

LANGUAGE_SHARES: dict[str, float] = {
    "typescript": 32,
    "tsx": 8,
    "javascript": 15,
    "python": 25,
    "go": 3,
    "rust": 3,
    "java": 3,
    "c": 2,
    "cpp": 2,
    "csharp": 1,
    "shell": 1,
    "json": 1,
    "yaml": 0.5,
    "css": 1,
    "html": 0.5,
    "sql": 0.5,
    "markdown": 1.5,
}
"""Shares of tokens. They are scaled to the languages that exist, none of which is read more often than this:"""
MAX_EPOCHS = 3.0

FAMILIES: dict[str, str] = {
    "typescript": "ecmascript",
    "tsx": "ecmascript",
    "javascript": "ecmascript",
    "c": "c",
    "cpp": "c",
}
"""Languages whose files import each other. The others are families of their own."""

class Mixture(NamedTuple):
    kinds: dict[str, float]
    """Shares of tokens by kind of example."""
    suffix_first: float
    """How many of the completions have the suffix before the prefix, so that the middle runs on from the prefix."""


def tasks(share: float) -> dict[str, float]:
    """Instruction tasks that have this share together."""
    parts = {"explain": 0.30, "document": 0.15, "fix": 0.30, "body": 0.17, "commit": 0.08}
    return {kind: share * part for kind, part in parts.items()}


MIXTURES: dict[str, Mixture] = {
    "whole": Mixture({"plain": 0.22, "repo": 0.08, "fim": 0.34, "fim_cross": 0.24, **tasks(0.12)}, 0),
    "completion": Mixture({"plain": 0.04, "repo": 0.02, "fim": 0.52, "fim_cross": 0.32, **tasks(0.10)}, 0.5),
}
"""`whole` teaches the languages, `completion` at the end what the model is asked most."""

CUT_WEIGHTS: dict[str, float] = {
    "lines": 0.55 * 0.60,
    "few_lines": 0.55 * 0.20,
    "block": 0.55 * 0.20,
    "line_start": 0.15,
    "line_end": 0.15,
    "span": 0.15,
}
"""Where a middle begins and ends; shares of completion examples. The first three are whole lines."""

WINDOW_SIZES: list[tuple[float, float, float]] = [
    (0.06, 0.15, 0.10),
    (0.15, 0.40, 0.42),
    (0.40, 0.70, 0.34),
    (0.70, 0.85, 0.14),
]
"""Sizes of completion examples: from, to (shares of the context), weight."""

SUFFIX_SHARE = (0.20, 0.36)
"""How much of the window around the middle lies after it."""
EMPTY_SUFFIX = 0.10
SNIPPETS_SHARE = (0.15, 0.45)
"""How much of a cross-file example is other files."""
IRRELEVANT_SNIPPET = 0.15
SNIPPET_COUNTS = {1: 0.3, 2: 0.3, 3: 0.25, 4: 0.15}

FENCES: dict[str, tuple[str, ...]] = {
    "typescript": ("ts", "typescript"),
    "tsx": ("tsx", "typescriptreact"),
    "javascript": ("js", "javascript"),
    "python": ("python", "py"),
    "go": ("go",),
    "rust": ("rust",),
    "java": ("java",),
    "c": ("c",),
    "cpp": ("cpp",),
    "csharp": ("csharp",),
}
"""What is written behind the fence of a code block; only these languages have instruction tasks."""

LANGUAGE_NAMES: dict[str, str] = {
    "typescript": "TypeScript",
    "tsx": "TypeScript",
    "javascript": "JavaScript",
    "python": "Python",
    "go": "Go",
    "rust": "Rust",
    "java": "Java",
    "c": "C",
    "cpp": "C++",
    "csharp": "C#",
}
