"""Questions with one right answer among the functions of packages: comments for their code, names for bodies."""

import random
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from embedder.comments import summary
from embedder.functions import definitions
from embedder.pair_kinds import File
from embedder.words import words

MIN_LINES, MIN_WORDS = 3, 12
MIN_NAME_WORDS = 2
MAX_FUNCTIONS, MAX_QUESTIONS = 20_000, 1_000
# A language with fewer questions gives chance, not a number.
MIN_QUESTIONS = 50


class Questions(NamedTuple):
    """`answers[i]` is the number of the text that `queries[i]` asks for."""

    kind: str
    language: str
    texts: list[str]
    queries: list[str]
    answers: list[int]


def questions(packages: Iterable[tuple[str, list[File]]], seed: int = 1) -> list[Questions]:
    """For each language a set of comments and one of names; a question that two functions would answer is left out."""
    by_language: dict[str, list[tuple[str, str, str]]] = {}
    for _, files in packages:
        for file in files:
            found = (of for of in definitions(file.text, file.language) if of.is_function)
            by_language.setdefault(file.language, []).extend(
                (of.name, summary(of.comment, of.name), of.code)
                for of in found
                if of.code.count("\n") + 1 >= MIN_LINES and len(words(of.code)) >= MIN_WORDS
            )
    sets = []
    for language, functions in by_language.items():
        chosen = _distinct(functions)
        chance = random.Random(seed)
        if len(chosen) > MAX_FUNCTIONS:
            chosen = chance.sample(chosen, MAX_FUNCTIONS)
        comments = [query for _, query, _ in chosen]
        names = [" ".join(words(name)) if len(words(name)) >= MIN_NAME_WORDS else "" for name, _, _ in chosen]
        nameless = [re.sub(rf"(?<![\w$]){re.escape(name)}(?![\w$])", " ", code) for name, _, code in chosen]
        sets.append(_set("comment", language, [code for _, _, code in chosen], comments, chance))
        sets.append(_set("name", language, nameless, names, chance))
    return [each for each in sets if len(each.queries) >= MIN_QUESTIONS]


def _distinct(functions: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return list({tuple(words(code)): (name, comment, code) for name, comment, code in functions}.values())


def _set(kind: str, language: str, texts: list[str], queries: list[str], chance: random.Random) -> Questions:
    times = Counter(queries)
    asked = [number for number, query in enumerate(queries) if query and times[query] == 1]
    if len(asked) > MAX_QUESTIONS:
        asked = sorted(chance.sample(asked, MAX_QUESTIONS))
    return Questions(kind, language, texts, [queries[number] for number in asked], asked)
