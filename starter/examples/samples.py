"""Examples of every kind, to read."""

from __future__ import annotations

from random import Random

import numpy as np
from tokenizers import Tokenizer

from examples.encode import KINDS, LANGUAGES, Encoded

PER_KIND = 8


def samples(encoded: Encoded, tokenizer: Tokenizer, rng: Random) -> str:
    ends = np.cumsum(encoded.lengths)
    pieces = []
    for kind, name in enumerate(KINDS):
        numbers = np.flatnonzero(encoded.kinds == kind).tolist()
        for number in rng.sample(numbers, min(PER_KIND, len(numbers))):
            ids = encoded.tokens[ends[number] - encoded.lengths[number] : ends[number]]
            title = f"{name}, {LANGUAGES[encoded.languages[number]]}, {len(ids)} tokens"
            pieces.append(f"{'=' * 100}\n{title}\n{'=' * 100}\n{tokenizer.decode(ids.tolist(), skip_special_tokens=False)}")
    return "\n".join(pieces) + "\n"
