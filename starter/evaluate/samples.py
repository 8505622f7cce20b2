"""The places that every model completes: cut once, the same for all."""

from __future__ import annotations

import random
from typing import NamedTuple

from evaluate.cuts import CUTS, Cut, line_to_cut
from evaluate.heldout import Row, editor_id, rows, spread, written_by_hand
from evaluate.options import MAIN_LANGUAGES, Options, scaled
from languages import LANGUAGES

COUNTS = {
    "typescript": {"single line": 300, "rest of line": 300, "multi line": 150, "random span": 150},
    "main": {"single line": 200, "rest of line": 200, "multi line": 100, "random span": 100},
    "other": {"single line": 60, "rest of line": 60, "multi line": 30, "random span": 30},
}
MAX_TOKENS = {"multi line": 160, "random span": 96}
TRIES = 20


class Sample(NamedTuple):
    """One place to complete; `id` names language, number and kind."""

    id: str
    language: str
    kind: str
    row: Row
    cut: Cut


def samples(options: Options) -> list[Sample]:
    """The samples of every language that has held-out files."""
    languages = [each.id for each in LANGUAGES if options.languages is None or each.id in options.languages]
    return [sample for language in languages for sample in samples_of(language, options)]


def samples_of(language: str, options: Options) -> list[Sample]:
    """All kinds of cuts on the same lines, each kind up to its count."""
    row_of_table = language if language in COUNTS else "main" if language in MAIN_LANGUAGES else "other"
    counts = {kind: scaled(options, count) for kind, count in COUNTS[row_of_table].items()}
    files = spread([row for row in rows(language) if written_by_hand(row)], seed=2)
    found: list[Sample] = []
    for at, row in zip(range(TRIES * max(counts.values())), files):
        rng = random.Random(f"{language} {at}")
        line = line_to_cut(row["text"], rng)
        for kind, cut in CUTS.items():
            if line is None or counts[kind] == 0:
                continue
            made = cut(row["text"], line, rng)
            if made is not None:
                found.append(Sample(f"{language} {at} {kind}", language, kind, row, made))
                counts[kind] -= 1
        if not any(counts.values()):
            break
    return found


def request_of(sample: Sample, snippets: list[dict] | None = None) -> dict:
    """What the worker `generate` is asked."""
    line = sample.kind not in MAX_TOKENS
    return {
        "id": sample.id,
        "kind": "line" if line else "block",
        "path": sample.row["path"],
        "languageId": editor_id(sample.language),
        "prefix": sample.cut.prefix,
        "suffix": sample.cut.suffix,
        **({} if line else {"maxTokens": MAX_TOKENS[sample.kind]}),
        **({} if snippets is None else {"snippets": snippets}),
    }
