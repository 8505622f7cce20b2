"""What the embedder learns from: texts that mean the same, made from one package's files."""

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from embedder.comments import summary
from embedder.functions import Definition, definitions


class File(NamedTuple):
    """One row of the corpus."""

    path: str
    language: str
    text: str


class Pair(NamedTuple):
    """`kind` is a key of `KINDS`."""

    kind: str
    query: str
    code: str


class Parsed(NamedTuple):
    file: File
    definitions: list[Definition]


MAX_CODE_CHARACTERS = 4000
_MIN_CODE_WORDS = 5
_CALL = re.compile(r"\b([A-Za-z_]\w{3,})\s*\(")
_REMARK = re.compile(r"^[ \t]+(?://|#)[ \t]*([A-Z].{12,160})$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,4})[ \t]+(.+?)[ \t#]*$")
_MAX_CALLS_PER_FUNCTION = 2
_WINDOW_LINES = 40
_HALVES_MIN_LINES = 10


def pairs_of_package(files: list[File], chance: random.Random) -> Iterator[Pair]:
    """All pairs of one package; `chance` decides about names and cuts."""
    parsed = [Parsed(file, list(definitions(file.text, file.language))) for file in files]
    for each in parsed:
        for kind in (_comments, _names, _halves, _remarks, _paths):
            yield from kind(each, chance)
        if each.file.language == "markdown":
            yield from _headings(each.file)
    yield from _calls(parsed, chance)


def _comments(each: Parsed, chance: random.Random) -> Iterator[Pair]:
    for of in each.definitions:
        query = summary(of.comment, of.name)
        if query:
            # With the name always there, the table would learn names only.
            yield Pair("comment", query, _code(of, without_name=chance.random() < 0.4))


def _names(each: Parsed, chance: random.Random) -> Iterator[Pair]:
    for of in each.definitions:
        if of.is_function and len(of.name) > 3 and of.code.count("\n") > 2 and chance.random() < 0.5:
            yield Pair("name", of.name, _code(of, without_name=True))


def _halves(each: Parsed, chance: random.Random) -> Iterator[Pair]:
    for of in each.definitions:
        lines = of.code.split("\n")
        if of.is_function and len(lines) >= _HALVES_MIN_LINES and chance.random() < 0.3:
            cut = chance.randint(len(lines) // 3, 2 * len(lines) // 3)
            yield Pair("half", "\n".join(lines[:cut]), "\n".join(lines[cut:])[:MAX_CODE_CHARACTERS])


def _remarks(each: Parsed, chance: random.Random) -> Iterator[Pair]:
    """A comment inside code, and the lines up to the next blank line."""
    if each.file.language not in _LANGUAGES_WITH_REMARKS:
        return
    for remark in _REMARK.finditer(each.file.text):
        below = each.file.text[remark.end() + 1 : remark.end() + 600].split("\n\n", 1)[0]
        query = summary(remark[1])
        if query and below.count("\n") > 0 and "//" not in below.split("\n", 1)[0]:
            yield Pair("remark", query, "\n".join(below.split("\n")[:10]))


def _paths(each: Parsed, chance: random.Random) -> Iterator[Pair]:
    """The last folder and the name of a file, and a window of its text."""
    lines = each.file.text.split("\n")
    if len(lines) < 12:
        return
    start = chance.randrange(max(1, len(lines) - _WINDOW_LINES))
    window = "\n".join(lines[start : start + _WINDOW_LINES])
    stem = re.sub(r"(\.d)?\.\w+$", "", "/".join(each.file.path.split("/")[-2:]))
    yield Pair("path", stem, window[:MAX_CODE_CHARACTERS])


def _headings(file: File) -> Iterator[Pair]:
    """A heading with those above it, and the text below."""
    above: dict[int, str] = {}
    for section in re.split(r"(?m)^(?=#{1,4}[ \t])", file.text):
        heading, _, below = section.partition("\n")
        found = _HEADING.match(heading)
        if not found:
            continue
        level = len(found[1])
        above = {depth: title for depth, title in above.items() if depth < level} | {level: found[2]}
        yield Pair("heading", " ".join(list(above.values())[-2:]), below[:1500])


def _calls(parsed: list[Parsed], chance: random.Random) -> Iterator[Pair]:
    """The lines around a call, and the definition, for names that the package defines once."""
    by_name: dict[str, list[Definition]] = {}
    for each in parsed:
        for of in each.definitions:
            if of.is_function:
                by_name.setdefault(of.name, []).append(of)
    unique = {name: found[0] for name, found in by_name.items() if len(found) == 1}
    left = dict.fromkeys(unique, _MAX_CALLS_PER_FUNCTION)
    for each in parsed:
        lines = each.file.text.split("\n")
        for at, line in enumerate(lines):
            for name in _CALL.findall(line):
                if left.get(name, 0) > 0 and not _is_inside(unique[name], lines, at):
                    left[name] -= 1
                    around = "\n".join(lines[max(0, at - 4) : at + 3])
                    query = _without(around, name) if chance.random() < 0.5 else around
                    yield Pair("call", query, _code(unique[name], without_name=False))


def _is_inside(of: Definition, lines: list[str], at: int) -> bool:
    return of.start <= at < of.end and lines[of.start : of.start + 1] == of.code.split("\n", 1)[:1]


def _code(of: Definition, without_name: bool) -> str:
    code = of.code[:MAX_CODE_CHARACTERS]
    return _without(code, of.name) if without_name else code


def _without(code: str, name: str) -> str:
    return re.sub(rf"(?<![\w$]){re.escape(name)}(?![\w$])", " ", code)


_LANGUAGES_WITH_REMARKS = frozenset(
    ("typescript", "tsx", "javascript", "python", "go", "rust", "java", "c", "cpp", "csharp", "shell")
)
# How often a pair of the kind is drawn for each time that it is there.
KINDS = {"comment": 2.0, "name": 0.7, "call": 1.0, "remark": 1.0, "half": 0.5, "heading": 1.0, "path": 0.5}
