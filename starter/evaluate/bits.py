"""Bits per byte of held-out text, per language.

Files are read in pieces that fit the context window; every peer sees the same pieces and starts each anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaluate.heldout import rows, spread, written_by_hand
from evaluate.options import MAIN_LANGUAGES, Options, scaled
from evaluate.places import TRAINED_TOKENS
from evaluate.workers import answers
from languages import LANGUAGES

PIECE_BYTES = 6_000
MAIN_BYTES, OTHER_BYTES = 120_000, 40_000
WINDOW_TOKENS = 2048


def run(options: Options) -> dict:
    """Bits per byte of every model and language."""
    pieces = {each.id: list(pieces_of(each.id, options)) for each in LANGUAGES if wanted(each.id, options)}
    pieces = {language: found for language, found in pieces.items() if found}
    requests = [
        {"id": f"{language} {at}", "text": text} for language, found in pieces.items() for at, text in enumerate(found)
    ]
    models = {}
    for name, path in options.models.items():
        for window in windows(name):
            arguments = ("--model", str(path), "--window", str(window))
            found = answers("score", f"bits-{name}-{window}", requests, arguments=arguments,
                            processes=options.processes)
            label = name if window == WINDOW_TOKENS else f"{name}, window {window}"
            models[label] = {language: _per_byte(language, texts, found) for language, texts in pieces.items()}
    return {"bytes": {language: size(texts) for language, texts in pieces.items()}, "models": models}


def windows(name: str) -> tuple[int, ...]:
    """Window lengths in tokens to read with."""
    return (WINDOW_TOKENS, *([TRAINED_TOKENS[name]] if name in TRAINED_TOKENS else []))


def wanted(language: str, options: Options) -> bool:
    """Whether a language was asked for."""
    return options.languages is None or language in options.languages


def pieces_of(language: str, options: Options) -> Iterator[str]:
    """Pieces of held-out files up to the language's budget, each file once."""
    budget = scaled(options, MAIN_BYTES if language in MAIN_LANGUAGES else OTHER_BYTES)
    found = [row for row in rows(language) if written_by_hand(row)]
    for row in spread(found, seed=1, again=False):
        for piece in split(row["text"]):
            if budget <= 0:
                return
            budget -= len(piece.encode("utf-8"))
            yield piece


def split(text: str) -> list[str]:
    """Runs of whole lines of about PIECE_BYTES; no more than two of one file, so that many files are heard."""
    pieces, piece, size = [], [], 0
    for line in text.splitlines(keepends=True):
        if size + len(line) > PIECE_BYTES and piece:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    return [*pieces, "".join(piece)][:2]


def _per_byte(language: str, pieces: list[str], found: dict[str, dict]) -> float:
    return sum(found[f"{language} {at}"]["bits"] for at in range(len(pieces))) / size(pieces)


def size(pieces: list[str]) -> int:
    """Bytes of UTF-8."""
    return sum(len(piece.encode("utf-8")) for piece in pieces)
