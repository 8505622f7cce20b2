"""Examples of a group of packages as token arrays: what a worker process does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from examples.formats import END
from examples.make import Example, Maker
from examples.mixture import LANGUAGE_SHARES, MIXTURES
from examples.plan import LanguagePlan
from examples.sources import Package

KINDS = list(MIXTURES["whole"].kinds)
LANGUAGES = list(LANGUAGE_SHARES)
BATCH = 256


class Encoded(NamedTuple):
    """Examples one after the other; `lengths`, `kinds` and `languages` have one entry for each."""

    tokens: NDArray[np.uint16]
    lengths: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    languages: NDArray[np.uint8]
    too_long: int
    """Examples that were left out because they do not fit the context."""


def encode(
    packages: list[Package], plans: dict[str, LanguagePlan], context: int, tokenizer: Tokenizer, mixture: str, seed: str
) -> Encoded:
    maker = Maker(plans, context, MIXTURES[mixture], Random(seed))
    end = tokenizer.token_to_id(END)
    tokens: list[NDArray[np.uint16]] = []
    marks: list[tuple[int, int, int]] = []
    too_long = 0
    for batch in batches(maker.examples(packages)):
        for example, encoding in zip(batch, tokenizer.encode_batch_fast([each.text for each in batch], add_special_tokens=False)):
            ids = np.array(encoding.ids, dtype=np.uint16)
            if len(ids) > context:
                if example.kind not in ("plain", "repo"):
                    too_long += 1
                    continue
                ids = ids[:context]
                ids[-1] = end
            tokens.append(ids)
            marks.append((len(ids), KINDS.index(example.kind), LANGUAGES.index(example.language)))
    lengths, kinds, languages = np.array(marks, dtype=np.int32).reshape(-1, 3).T
    flat = np.concatenate(tokens) if tokens else np.zeros(0, dtype=np.uint16)
    return Encoded(flat, lengths, kinds.astype(np.uint8), languages.astype(np.uint8), too_long)


def batches(examples: Iterable[Example]) -> Iterator[list[Example]]:
    source = iter(examples)
    while batch := list(islice(source, BATCH)):
        yield batch


def together(parts: Iterable[Encoded]) -> Encoded:
    *arrays, too_long = zip(*parts)
    return Encoded(*(np.concatenate(each) for each in arrays), sum(too_long))
