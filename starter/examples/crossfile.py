"""Pieces of other files for a completion example, chosen as the extension chooses them."""

from __future__ import annotations

from random import Random

from examples.cuts import Cut, indent
from examples.declarations import IDENTIFIER, identifiers_in
from examples.formats import Snippet
from examples.mixture import IRRELEVANT_SNIPPET, SNIPPET_COUNTS
from examples.package_index import PackageIndex
from examples.windows import first_lines

AROUND_LINES = 20
LONGEST_LINES = 40
LEAST_LINES = 3
SHORT_LINES = (1, 8)
DECLARATION_CHARACTERS = (200, 1_100)
LEAST_SIMILARITY = 0.05


def snippets_for(index: PackageIndex, number: int, cut: Cut, budget: int, rng: Random) -> list[Snippet]:
    """One to four snippets of at most `budget` characters; empty where the package has nothing to offer."""
    wanted = rng.choices(list(SNIPPET_COUNTS), list(SNIPPET_COUNTS.values()))[0]
    found: list[Snippet] = []
    definitions = definitions_for(index, number, cut, rng)
    similar = similar_pieces(index, number, cut)
    while len(found) < wanted and (definitions or similar):
        source = definitions if definitions and (not similar or rng.random() < 0.5) else similar
        snippet = source.pop(0)
        if not any(snippet[1] in text or text in snippet[1] for _, text in found):
            found.append(snippet)
    if rng.random() < IRRELEVANT_SNIPPET:
        found += irrelevant(index, number, rng)
    fitting = within(found, budget)
    # The extension lays the most relevant out last; some disorder keeps the model from relying on it.
    fitting.reverse()
    if rng.random() < 0.4:
        rng.shuffle(fitting)
    return fitting


def definitions_for(index: PackageIndex, number: int, cut: Cut, rng: Random) -> list[Snippet]:
    """Declarations of what the middle uses, then of what is used nearest to it."""
    file = index.files[number]
    used = index.used(number)
    first, last = file.line_at(cut.start), file.line_at(cut.end)
    near = [
        (max(0, min(abs(line - first) for line in lines)), name)
        for name, lines in used.items()
        if any(first - 3 * AROUND_LINES <= line <= last + 3 * AROUND_LINES for line in lines)
    ]
    inside = {match for match in IDENTIFIER.findall(file.text[cut.start : cut.end]) if match in used}
    names = sorted(inside) + [name for _, name in sorted(near) if name not in inside]
    return [declaration(index, *rng.choice(index.declared[name]), rng) for name in names[:5]]


def declaration(index: PackageIndex, number: int, line: int, rng: Random) -> Snippet:
    """The declaration's lines up to the end of its block, or a part of them."""
    file = index.files[number]
    depth, end = indent(file.line(line)), line + 1
    while end < min(line + LONGEST_LINES, len(file.starts)):
        text = file.line(end)
        if text.strip() and indent(text) <= depth:
            # The closing bracket belongs to the block.
            end += text.strip()[0] in ")}]"
            break
        end += 1
    if end - line < LEAST_LINES:
        # Constants and one-line types say more with what is declared next to them.
        end = min(line + rng.randint(*SHORT_LINES), len(file.starts))
    text = file.lines(line, end).rstrip()
    return file.path, first_lines(text, rng.randint(*DECLARATION_CHARACTERS)).rstrip()


def similar_pieces(index: PackageIndex, number: int, cut: Cut) -> list[Snippet]:
    """From each neighbour the piece that shares most with the code around the cut, by weighted Jaccard similarity."""
    file = index.files[number]
    first, last = file.line_at(cut.start), file.line_at(cut.end)
    above = file.text[file.starts[max(0, first - AROUND_LINES)] : cut.start]
    below = file.text[cut.end : file.line_end(min(last + AROUND_LINES, len(file.starts) - 1))]
    wanted = identifiers_in(above) | identifiers_in(below)
    ranked: list[tuple[float, int, int, int]] = []
    for other in index.neighbours(number):
        best = max(
            (
                (sum(map(index.rarity, wanted & words)) / (1 + len(wanted | words)), other, start, end)
                for start, end, words in index.chunks(other)
            ),
            default=(0.0, other, 0, 0),
        )
        if best[0] >= LEAST_SIMILARITY:
            ranked.append(best)
    ranked.sort(key=lambda piece: -piece[0])
    return [(index.files[other].path, index.files[other].lines(a, b).rstrip()) for _, other, a, b in ranked[:4]]


def irrelevant(index: PackageIndex, number: int, rng: Random) -> list[Snippet]:
    other = index.random_other(number, rng)
    chunks = index.chunks(other) if other is not None else []
    if other is None or not chunks:
        return []
    start, end, _ = rng.choice(chunks)
    return [(index.files[other].path, index.files[other].lines(start, end).rstrip())]


def within(snippets: list[Snippet], budget: int) -> list[Snippet]:
    """The snippets that fit, the last ones cut to their first lines. The first are the most important."""
    chosen = []
    for path, text in snippets:
        room = budget - len(path) - 2
        fitting = first_lines(text, max(room, 0)).rstrip()
        if fitting != text and fitting.count("\n") + 1 < LEAST_LINES or not fitting.strip():
            continue
        chosen.append((path, fitting))
        budget = room - len(fitting)
    return chosen
