"""The examples of a few packages, with the kinds in their shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from random import Random
from typing import NamedTuple

from examples import formats
from examples.crossfile import snippets_for
from examples.cuts import choose_cut
from examples.function import Function
from examples.functions import functions_in
from examples.mixture import FENCES, SNIPPETS_SHARE, Mixture
from examples.package_index import PackageIndex
from examples.plan import LanguagePlan
from examples.sources import Package, SourceFile
from examples.tasks import TASKS
from examples.windows import any_window, around, choose_size


class Example(NamedTuple):
    kind: str
    language: str
    text: str


FULL = 0.95
"""Of the context: room for what the estimate of the length gets wrong."""


class Maker:
    """Makes one example after the other and keeps the kinds in balance."""

    def __init__(self, plans: dict[str, LanguagePlan], context: int, mixture: Mixture, rng: Random) -> None:
        self.plans = plans
        self.context = context
        self.mixture = mixture
        self.rng = rng
        self.made: dict[str, Counter[str]] = {}

    def examples(self, packages: Sequence[Package]) -> Iterator[Example]:
        for package in packages:
            index = PackageIndex(package)
            for number, file in enumerate(package.files):
                yield from self.examples_of(FileInPackage(file, number, index))

    def examples_of(self, place: FileInPackage) -> Iterator[Example]:
        """As many as the file's share of its language asks for; the last one is left to chance."""
        plan = self.plans[place.file.language]
        quota = plan.epochs * len(place.file.text)
        made = self.made.setdefault(place.file.language, Counter())
        usual = min(len(place.file.text), self.context * plan.characters_per_token * 0.4)
        while quota >= usual or self.rng.random() < quota / usual:
            example = self.example(place, plan, made)
            if example is None:
                return
            made[example.kind] += len(example.text)
            quota -= max(len(example.text), 1)
            yield example
            if quota <= 0:
                return

    def example(self, place: FileInPackage, plan: LanguagePlan, made: Counter[str]) -> Example | None:
        """Of the kind that is most behind its share and can be made here."""
        total = made.total()
        shares = self.mixture.kinds
        behind = sorted(shares, key=lambda kind: made[kind] - shares[kind] * total)
        for kind in behind:
            if kind in TASKS and place.file.language not in FENCES:
                continue
            text = self.text_of(kind, place, plan)
            if text is not None:
                return Example(kind, place.file.language, text)
        return None

    def text_of(self, kind: str, place: FileInPackage, plan: LanguagePlan) -> str | None:
        full = int(self.context * FULL * plan.characters_per_token)
        if kind == "plain":
            size = full if self.rng.random() < 0.5 else int(full * self.rng.uniform(0.2, 1))
            return formats.plain(any_window(place.file, size, self.rng))
        if kind == "repo":
            return repository(place, full, self.rng)
        if kind in TASKS:
            return instruction(kind, place, full, self.rng)
        size = choose_size(self.context, plan.characters_per_token, self.rng)
        suffix_first = self.rng.random() < self.mixture.suffix_first
        return completion(place, size, kind == "fim_cross", suffix_first, self.rng)


class FileInPackage:
    def __init__(self, file: SourceFile, number: int, index: PackageIndex) -> None:
        self.file = file
        self.number = number
        self.index = index

    @cached_property
    def functions(self) -> list[Function]:
        return functions_in(self.file)

    @cached_property
    def telling_lines(self) -> list[int]:
        """Lines that use what other files declare."""
        return sorted({line for lines in self.index.used(self.number).values() for line in lines})


def completion(place: FileInPackage, size: int, with_others: bool, suffix_first: bool, rng: Random) -> str | None:
    """None where there is nothing to cut or, with other files, nothing in them that is of use."""
    cut = choose_cut(place.file, rng, place.telling_lines if with_others else ())
    if cut is None:
        return None
    snippets = []
    if with_others:
        snippets = snippets_for(place.index, place.number, cut, int(size * rng.uniform(*SNIPPETS_SHARE)), rng)
        if not snippets:
            return None
        size -= sum(len(path) + len(text) + 2 for path, text in snippets)
    prefix, middle, suffix = around(place.file, cut, size, rng)
    return formats.completion(prefix, middle, suffix, place.file.path, snippets, suffix_first)


def repository(place: FileInPackage, size: int, rng: Random) -> str | None:
    """Files that belong together, the file itself last."""
    others = place.index.neighbours(place.number)
    if not others:
        return None
    count = min(len(others), rng.randint(1, 3))
    files = [place.index.files[other] for other in rng.sample(others[:6], min(count, len(others[:6])))]
    part = size // (len(files) + 1) - 60
    return formats.repository([(file.path, any_window(file, part, rng)) for file in (*files, place.file)])


def instruction(kind: str, place: FileInPackage, size: int, rng: Random) -> str | None:
    for function in rng.sample(place.functions, min(4, len(place.functions))):
        task = TASKS[kind](function, rng)
        if task is not None and len(task.user) + len(task.answer) < size:
            return formats.chat(task.user, task.answer)
    return None
