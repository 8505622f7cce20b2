"""Who declares what in a package, and which pieces of its files are about the same things."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from math import log
from posixpath import dirname
from random import Random

from examples.declarations import IDENTIFIER, declarations_in, identifiers_in
from examples.sources import Package

MOST_DECLARERS = 3
"""A name that more files declare says nothing about which of them is meant."""
CHUNK_LINES = (8, 30)
MOST_CHUNKS = 60
MOST_NEIGHBOURS = 12

Chunk = tuple[int, int, frozenset[str]]
"""First line, line after the last, identifiers."""


class PackageIndex:
    """Everything is found out when it is first asked for. Files are known by their place in the package."""

    def __init__(self, package: Package) -> None:
        self.files = package.files
        self.family = package.family
        self._used: dict[int, dict[str, list[int]]] = {}
        self._chunks: dict[int, list[Chunk]] = {}
        self._neighbours: dict[int, list[int]] = {}

    @cached_property
    def declarations(self) -> list[list[tuple[str, int]]]:
        return [declarations_in(file, self.family) for file in self.files]

    @cached_property
    def declared(self) -> dict[str, list[tuple[int, int]]]:
        """File and line of every telling name that few files declare."""
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, names in enumerate(self.declarations):
            for name, line in names:
                if all(number != other for other, _ in places[name]):
                    places[name].append((number, line))
        return {name: found for name, found in places.items() if len(found) <= MOST_DECLARERS}

    @cached_property
    def folders(self) -> dict[str, list[int]]:
        folders: dict[str, list[int]] = defaultdict(list)
        for number, file in enumerate(self.files):
            folders[dirname(file.path)].append(number)
        return folders

    def used(self, number: int) -> dict[str, list[int]]:
        """Names of other files that a file uses, with the lines that use them."""
        if number not in self._used:
            own = {name for name, _ in self.declarations[number]}
            file, found = self.files[number], defaultdict(list)
            for match in IDENTIFIER.finditer(file.text):
                name = match.group()
                if name in self.declared and name not in own:
                    found[name].append(file.line_at(match.start()))
            self._used[number] = dict(found)
        return self._used[number]

    def neighbours(self, number: int) -> list[int]:
        """Other files, those first that declare most of what this one uses, then those of the same folder."""
        if number not in self._neighbours:
            counts: Counter[int] = Counter()
            for name in self.used(number):
                for other, _ in self.declared[name]:
                    counts[other] += 1
            ranked = [other for other, _ in counts.most_common(MOST_NEIGHBOURS)]
            siblings = self.folders[dirname(self.files[number].path)]
            at = siblings.index(number)
            near = siblings[max(0, at - 4) : at] + siblings[at + 1 : at + 5]
            self._neighbours[number] = ranked + [other for other in near if other not in counts]
        return self._neighbours[number]

    def chunks(self, number: int) -> list[Chunk]:
        """Pieces of a file that begin at declarations."""
        if number not in self._chunks:
            file = self.files[number]
            least, most = CHUNK_LINES
            firsts = [line for _, line in self.declarations[number]] or list(range(0, len(file.starts), most))
            chunks: list[Chunk] = []
            for line, following in zip(firsts, [*firsts[1:], len(file.starts)]):
                end = min(len(file.starts), line + most, max(following, line + least))
                if not chunks or line >= chunks[-1][1] - least:
                    chunks.append((line, end, frozenset(identifiers_in(file.lines(line, end)))))
            self._chunks[number] = chunks[:MOST_CHUNKS]
        return self._chunks[number]

    def rarity(self, name: str) -> float:
        """The weight of a shared identifier; names that the package declares tell the most."""
        return 1 + log(1 + len(self.files) / len(self.declared[name])) if name in self.declared else 0.5

    def random_other(self, number: int, rng: Random) -> int | None:
        """Any other file."""
        if len(self.files) < 2:
            return None
        return (number + rng.randrange(1, len(self.files))) % len(self.files)
