"""The corpus, package by package, and which packages the choice of settings is made on."""

import json
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from zlib import crc32

from embedder.pair_kinds import File

# Another place lets a small corpus be tried beside the real one.
OUT = Path(os.environ.get("STARTER_OUT") or Path(__file__).resolve().parent.parent / "out")
CORPUS = OUT / "corpus"
EMBEDDER = OUT / "embedder"

# One in so many packages of the training part is kept from training, to choose settings on.
_TUNING_SHARE = 25


def packages(part: Path) -> Iterator[tuple[str, list[File]]]:
    """`(package, files)` of `<part>/<language>.jsonl`; a package with several languages comes once for each."""
    for path in sorted(part.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for package, rows in groupby(map(json.loads, lines), key=lambda row: row["package"]):
                yield package, [File(row["path"], row["language"], row["text"]) for row in rows]


def is_for_tuning(package: str) -> bool:
    """By name without version, so that it stays the same when a list is updated."""
    return crc32(package.rsplit("@", 1)[0].encode()) % _TUNING_SHARE == 0
