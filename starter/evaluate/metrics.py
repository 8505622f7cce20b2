"""How near a text is to the one that was expected."""

from __future__ import annotations

import re
from collections import Counter


def exact(expected: str, given: str) -> bool:
    """Equal but for white space at the end; indentation counts."""
    return expected.rstrip() == given.rstrip()


def exact_trimmed(expected: str, given: str) -> bool:
    """Equal but for white space at both ends."""
    return expected.strip() == given.strip()


def edit_similarity(expected: str, given: str) -> float:
    """1 - Levenshtein distance / length of the longer one, in characters, without white space at the end; 0 to 1."""
    one, other = expected.rstrip(), given.rstrip()
    longer = max(len(one), len(other))
    return 1.0 if longer == 0 else 1 - levenshtein(one, other) / longer


def levenshtein(one: str, other: str) -> int:
    """Edits of one character (insert, delete, replace) between two texts: Myers' bit vectors in Hyyrö's form."""
    if len(one) < len(other):
        one, other = other, one
    if not other:
        return len(one)
    masks: dict[str, int] = {}
    for at, char in enumerate(other):
        masks[char] = masks.get(char, 0) | 1 << at
    full, last = (1 << len(other)) - 1, 1 << (len(other) - 1)
    positive, negative, distance = full, 0, len(other)
    for char in one:
        match = masks.get(char, 0)
        diagonal = (((match & positive) + positive) ^ positive) | match | negative
        up = negative | ~(diagonal | positive) & full
        down = positive & diagonal
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & full, down << 1 & full
        positive, negative = down | ~(diagonal | up) & full, up & diagonal
    return distance


def chrf(expected: str, given: str, order: int = 6, beta: float = 2.0) -> float:
    """chrF (Popović 2015): F-beta of the character n-grams up to `order`, white space left out; 0 to 1."""
    one, other = re.sub(r"\s+", "", expected), re.sub(r"\s+", "", given)
    precisions, recalls = [], []
    for n in range(1, order + 1):
        wanted, got = _grams(one, n), _grams(other, n)
        shared = (wanted & got).total()
        if wanted:
            recalls.append(shared / wanted.total())
        if got:
            precisions.append(shared / got.total())
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    if precision + recall == 0:
        return 0.0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def rouge_l(expected: str, given: str) -> float:
    """ROUGE-L (Lin 2004): F1 of the longest common subsequence of words, lower case; 0 to 1."""
    one, other = re.findall(r"\w+", expected.lower()), re.findall(r"\w+", given.lower())
    if not one or not other:
        return 0.0
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, each in enumerate(other):
            row.append(before[at] + 1 if word == each else max(before[at + 1], row[at]))
        before = row
    return 2 * before[-1] / (len(one) + len(other))


def _grams(text: str, n: int) -> Counter[str]:
    return Counter(text[at : at + n] for at in range(len(text) - n + 1))
