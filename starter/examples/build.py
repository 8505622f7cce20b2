"""Corpus -> packed token rows.

    python -m examples.build --context 1024 --tokens 60M --seed 1 --out out/tokens/short

Writes `tokens.bin` (uint16, rows of `context` tokens, no padding, in random order), `meta.json` and `samples.txt`.
The same corpus, tokenizer, arguments and seed give the same bytes, with any number of workers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
from tokenizers import Tokenizer

from examples.encode import KINDS, LANGUAGES, Encoded, encode, together
from examples.mixture import LANGUAGE_SHARES, MIXTURES
from examples.pack import pack
from examples.plan import LanguagePlan, plan
from examples.samples import samples
from examples.sources import Package, packages_of, read_files

GROUP_CHARACTERS = 2_000_000
"""Of source text that a worker is given at a time."""
FILLER_EVERY = 3
"""One in so many plain texts fills the gaps that whole examples leave."""
SURPLUS = 1.08
"""More than asked for, because the estimates of length are not exact; the rest is cut off."""

# What the worker processes inherit.
work: tuple[list[list[Package]], dict[str, LanguagePlan], int, Tokenizer, str, int]


def main(arguments: argparse.Namespace) -> None:
    began = time.perf_counter()
    encoded, plans, left_out = make(arguments)
    seconds = time.perf_counter() - began
    arguments.out.mkdir(parents=True, exist_ok=True)
    rows = write_rows(encoded, arguments)
    meta = {
        "context": arguments.context,
        "rows": rows,
        "tokens": rows * arguments.context,
        "mixture": arguments.mixture,
        "seed": arguments.seed,
        "corpus": corpus_hash(arguments.corpus),
        "tokenizer": sha256(arguments.tokenizer.read_bytes()).hexdigest(),
        "kinds": counts(encoded.kinds, encoded.lengths, KINDS),
        "languages": counts(encoded.languages, encoded.lengths, LANGUAGES),
        "epochs": {language: round(each.epochs, 2) for language, each in plans.items()},
        "charactersPerToken": {language: round(each.characters_per_token, 2) for language, each in plans.items()},
        "tooLong": left_out,
        "seconds": round(time.perf_counter() - began, 1),
    }
    (arguments.out / "meta.json").write_text(json.dumps(meta, indent=2) + "\n")
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    (arguments.out / "samples.txt").write_text(samples(encoded, tokenizer, Random(arguments.seed)), encoding="utf-8")
    print(json.dumps(meta, indent=2))
    print(f"{len(encoded.tokens) / seconds:,.0f} tokens per second", file=sys.stderr)


def make(arguments: argparse.Namespace) -> tuple[Encoded, dict[str, LanguagePlan], int]:
    global work
    files = read_files(arguments.corpus, LANGUAGE_SHARES)
    if not files:
        sys.exit(f"There is no corpus in {arguments.corpus}.")
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    plans = plan(files, tokenizer, int(arguments.tokens * SURPLUS))
    groups = groups_of(packages_of(files))
    work = (groups, plans, arguments.context, tokenizer, arguments.mixture, arguments.seed)
    with get_context("fork").Pool(arguments.workers) as pool:
        encoded = together(pool.imap(encode_group, range(len(groups))))
    return encoded, plans, encoded.too_long


def encode_group(number: int) -> Encoded:
    groups, plans, context, tokenizer, mixture, seed = work
    return encode(groups[number], plans, context, tokenizer, mixture, f"{seed} {number}")


def groups_of(packages: list[Package]) -> list[list[Package]]:
    """Packages of one family, some at a time; a large package stays in one piece."""
    groups: list[list[Package]] = []
    size, family = 0, ""
    for package in packages:
        if not groups or size > GROUP_CHARACTERS or package.family != family:
            groups.append([])
            size, family = 0, package.family
        groups[-1].append(package)
        size += size_of(package)
    # The largest first: none of the workers is left alone with one at the end.
    return sorted(groups, key=lambda group: -sum(map(size_of, group)))


def size_of(package: Package) -> int:
    return sum(len(file.text) for file in package.files)


def write_rows(encoded: Encoded, arguments: argparse.Namespace) -> int:
    """The number of rows."""
    ends = np.cumsum(encoded.lengths)
    order = np.random.default_rng(arguments.seed).permutation(len(ends))
    pieces = [encoded.tokens[ends[number] - encoded.lengths[number] : ends[number]] for number in order]
    is_plain = encoded.kinds[order] == KINDS.index("plain")
    is_filler = is_plain & (np.cumsum(is_plain) % FILLER_EVERY == 0)
    examples = [piece for piece, fills in zip(pieces, is_filler) if not fills]
    filler = np.concatenate([piece for piece, fills in zip(pieces, is_filler) if fills])
    most = arguments.tokens // arguments.context
    rows = 0
    with (arguments.out / "tokens.bin").open("wb") as out:
        for row in pack(examples, filler, arguments.context):
            if rows == most:
                break
            row.tofile(out)
            rows += 1
    return rows


def counts(marks: np.ndarray, lengths: np.ndarray, names: list[str]) -> dict[str, dict[str, int]]:
    """Examples and tokens made, by name."""
    return {
        name: {"examples": int((marks == number).sum()), "tokens": int(lengths[marks == number].sum())}
        for number, name in enumerate(names)
        if (marks == number).any()
    }


def corpus_hash(folder: Path) -> str:
    whole = sha256()
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
    return whole.hexdigest()


def token_count(text: str) -> int:
    return int(float(text.rstrip("M")) * 1_000_000) if text.endswith("M") else int(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--context", type=int, default=1024)
    parser.add_argument("--tokens", type=token_count, default="60M")
    parser.add_argument("--mixture", choices=MIXTURES, default="whole")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("out/tokens/short"))
    parser.add_argument("--corpus", type=Path, default=Path("out/corpus/train"))
    parser.add_argument("--tokenizer", type=Path, default=Path("out/tokenizer/tokenizer.json"))
    parser.add_argument("--workers", type=int, default=2)
    # One thread for each worker process.
    os.environ["RAYON_NUM_THREADS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    main(parser.parse_args())
