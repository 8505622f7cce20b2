"""Held-out files, sampled so that no large package decides the result."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TypedDict

from evaluate.places import CORPUS

MAX_CHARACTERS = 60_000
MAX_LINE_CHARACTERS = 400

EDITOR_IDS = {"tsx": "typescriptreact", "shell": "shellscript"}
"""Language ids of VS Code where they differ from the corpus's."""


class Row(TypedDict):
    """One file of the corpus."""

    package: str
    path: str
    language: str
    licence: str
    text: str


def editor_id(language: str) -> str:
    """The language id that an editor would send."""
    return EDITOR_IDS.get(language, language)


def rows(language: str, split: str = "heldout", corpus: Path = CORPUS) -> Iterator[Row]:
    """Every file of a language; nothing when the corpus has none."""
    path = corpus / split / f"{language}.jsonl"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def written_by_hand(row: Row) -> bool:
    """Whether somebody may have typed the file: what a compiler made and data are left out."""
    text = row["text"]
    if row["language"] == "javascript" and (row["package"], PurePosixPath(row["path"]).stem) in typescript_names():
        return False
    if row["path"].endswith((".d.ts", ".d.mts", ".d.cts")) or len(text) > MAX_CHARACTERS:
        return False
    # Prose is often not wrapped.
    return row["language"] == "markdown" or max(map(len, text.split("\n"))) <= MAX_LINE_CHARACTERS


@cache
def typescript_names() -> frozenset[tuple[str, str]]:
    """Package and name of every TypeScript source: JavaScript of the same name beside it was compiled from it."""
    sources = (row for row in rows("typescript") if not row["path"].endswith(".d.ts"))
    return frozenset((row["package"], PurePosixPath(row["path"]).stem) for row in sources)


def spread(found: list[Row], seed: int, again: bool = True) -> Iterator[Row]:
    """One file of each package in turn, packages and files in an order drawn once; endlessly, or each file once."""
    rng = random.Random(seed)
    by_package: dict[str, list[Row]] = {}
    for row in found:
        by_package.setdefault(row["package"], []).append(row)
    packages = list(by_package.values())
    rng.shuffle(packages)
    for files in packages:
        rng.shuffle(files)
    turn = 0
    while packages and (again or any(turn < len(files) for files in packages)):
        for files in packages:
            if again or turn < len(files):
                yield files[turn % len(files)]
        turn += 1
