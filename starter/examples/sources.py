"""The corpus as packages of source files."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from examples.formats import MARKERS
from examples.mixture import FAMILIES

SHORTEST = 60
"""Characters; a smaller file teaches nothing."""


@dataclass
class SourceFile:
    package: str
    path: str
    language: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the lines' first characters."""
        text, starts, at = self.text, [0], self.text.find("\n") + 1
        while 0 < at < len(text):
            starts.append(at)
            at = text.find("\n", at) + 1
        return starts

    def line_at(self, offset: int) -> int:
        """The zero-based line that an offset lies in."""
        return bisect_right(self.starts, offset) - 1

    def line_end(self, line: int) -> int:
        """The offset of a line's end, before its line feed."""
        if line + 1 < len(self.starts):
            return self.starts[line + 1] - 1
        return len(self.text) - self.text.endswith("\n")

    def line(self, line: int) -> str:
        return self.text[self.starts[line] : self.line_end(line)]

    def lines(self, start: int, end: int) -> str:
        """Lines `start` to `end` (exclusive), without the last line feed."""
        return self.text[self.starts[start] : self.line_end(min(end, len(self.starts)) - 1)]


@dataclass
class Package:
    """The files of one package in one family of languages, in the order of the corpus."""

    name: str
    family: str
    files: list[SourceFile]


def read_files(folder: Path, languages: Iterable[str]) -> dict[str, list[SourceFile]]:
    """By language; languages without a file in the corpus are absent. Files that contain a marker are left out."""
    found: dict[str, list[SourceFile]] = {}
    for language in languages:
        path = folder / f"{language}.jsonl"
        files = [file for row in path.open(encoding="utf-8") if (file := usable(row))] if path.exists() else []
        if files:
            found[language] = files
    return found


def usable(row: str) -> SourceFile | None:
    fields = json.loads(row)
    text = fields["text"].replace("\r\n", "\n")
    if len(text) < SHORTEST or any(marker in text for marker in MARKERS):
        return None
    return SourceFile(fields["package"], fields["path"], fields["language"], text)


def packages_of(files: dict[str, list[SourceFile]]) -> list[Package]:
    """Files that may import each other are put together."""
    packages: dict[tuple[str, str], Package] = {}
    for language, rows in files.items():
        family = FAMILIES.get(language, language)
        for file in rows:
            package = packages.setdefault((family, file.package), Package(file.package, family, []))
            package.files.append(file)
    return [packages[key] for key in sorted(packages)]
