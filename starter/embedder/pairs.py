"""`python -m embedder.pairs [--limit-mb N]`: the training pairs, as bags of rows.

Reads the training packages and `out/embedder/vocabulary.txt`; writes `out/embedder/pairs.npz`.
"""

import argparse
import random
import time
from array import array
from collections import Counter
from zlib import crc32

import numpy as np

from embedder.bags import MAX_COUNT
from embedder.corpus_files import CORPUS, EMBEDDER, File, is_for_tuning, packages
from embedder.pair_kinds import KINDS, pairs_of_package
from embedder.vocabulary import Vocabulary

MIN_QUERY_ROWS, MIN_CODE_ROWS = 1, 5
MAX_ROWS = 192
# A package with more pairs than this would teach its own words to the table.
MAX_PAIRS_PER_PACKAGE = 30_000


class Collected:
    """Growing arrays; two bags (query, code) for each pair."""

    def __init__(self) -> None:
        self.rows, self.counts, self.sizes = array("H"), array("B"), array("I")
        self.kinds, self.groups, self.texts = array("B"), array("I"), array("I")

    def add_bag(self, rows: list[int], text: str) -> None:
        counted = list(Counter(rows).items())[:MAX_ROWS]
        self.rows.extend(row for row, _ in counted)
        self.counts.extend(min(count, MAX_COUNT) for _, count in counted)
        self.sizes.append(len(counted))
        self.texts.append(crc32(text.encode("utf-8", "replace")))

    def save(self) -> None:
        """`starts` bounds bags; bags 2i and 2i + 1 are pair i; `texts` tells equal texts."""
        starts = np.concatenate(([0], np.cumsum(np.array(self.sizes, np.int64))))
        arrays = {name: np.array(getattr(self, name)) for name in ("rows", "counts", "kinds", "groups", "texts")}
        np.savez(EMBEDDER / "pairs.npz", starts=starts, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit-mb", type=float, default=float("inf"), help="stop after so much text per language")
    limit = parser.parse_args().limit_mb * 1e6
    vocabulary = Vocabulary(read_vocabulary())
    collected = Collected()
    kinds = list(KINDS)
    counts: Counter[str] = Counter()
    began = time.monotonic()
    read: Counter[str] = Counter()
    for group, (package, files) in enumerate(packages(CORPUS / "train")):
        language = files[0].language
        if is_for_tuning(package) or read[language] > limit:
            continue
        read[language] += sum(len(file.text) for file in files)
        for kind, query, code in _some_pairs(package, files):
            query_rows, code_rows = vocabulary.rows(query), vocabulary.rows(code)
            if len(query_rows) >= MIN_QUERY_ROWS and len(code_rows) >= MIN_CODE_ROWS:
                collected.add_bag(query_rows, query)
                collected.add_bag(code_rows, code)
                collected.kinds.append(kinds.index(kind))
                collected.groups.append(group)
                counts[kind] += 1
    collected.save()
    seconds = time.monotonic() - began
    print(f"{read.total() / 1e6:.0f} MB, {counts.total()} pairs, {dict(counts)}, {seconds:.0f} s")


def _some_pairs(package: str, files: list[File]) -> list:
    chance = random.Random(crc32(package.encode()))
    found = list(pairs_of_package(files, chance))
    return found if len(found) <= MAX_PAIRS_PER_PACKAGE else chance.sample(found, MAX_PAIRS_PER_PACKAGE)


def read_vocabulary() -> list[str]:
    """The entries that `embedder.count_words` chose."""
    return (EMBEDDER / "vocabulary.txt").read_text(encoding="utf-8").split()


if __name__ == "__main__":
    main()
