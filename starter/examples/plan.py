"""How many tokens each language gives, and so how often its files are read."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from examples.mixture import LANGUAGE_SHARES, MAX_EPOCHS
from examples.sources import SourceFile

SAMPLE_FILES = 40
SAMPLE_CHARACTERS = 8_000


@dataclass(frozen=True)
class LanguagePlan:
    characters_per_token: float
    tokens: int
    """To be made."""
    epochs: float
    """Tokens to be made per token of the corpus."""


def plan(files: dict[str, list[SourceFile]], tokenizer: Tokenizer, tokens: int) -> dict[str, LanguagePlan]:
    density = {language: characters_per_token(rows, tokenizer) for language, rows in files.items()}
    there = {language: sum(len(file.text) for file in rows) / density[language] for language, rows in files.items()}
    shares = shares_of({language: count / tokens for language, count in there.items()})
    return {
        language: LanguagePlan(density[language], int(share * tokens), share * tokens / there[language])
        for language, share in shares.items()
    }


def characters_per_token(files: list[SourceFile], tokenizer: Tokenizer) -> float:
    sample = [file.text[:SAMPLE_CHARACTERS] for file in files[:: max(1, len(files) // SAMPLE_FILES)]]
    encoded = tokenizer.encode_batch(sample, add_special_tokens=False)
    return sum(map(len, sample)) / max(1, sum(len(each.ids) for each in encoded))


def shares_of(sizes: dict[str, float]) -> dict[str, float]:
    """The languages' shares, scaled to sum to 1. What a small language cannot give goes to the others.

    `sizes`: tokens of the corpus by language, in shares of all tokens that are wanted.
    """
    shares: dict[str, float] = {}
    left = set(sizes)
    while left:
        room = 1 - sum(shares.values())
        whole = sum(LANGUAGE_SHARES[language] for language in left)
        full = {language for language in left if LANGUAGE_SHARES[language] / whole * room > MAX_EPOCHS * sizes[language]}
        if not full:
            return shares | {language: LANGUAGE_SHARES[language] / whole * room for language in left}
        shares |= {language: MAX_EPOCHS * sizes[language] for language in full}
        left -= full
    return shares
