"""Instruction tasks from held-out packages, for evaluation.

    python -m examples.heldout

Writes one JSON object per line: `kind`, `language`, `prompt` (the user's turn, without the chat template), `answer`,
`meta` (for fix: `bug`, `message`, `line`, `broken`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from examples.functions import functions_in
from examples.mixture import FENCES, LANGUAGE_SHARES
from examples.sources import SourceFile, read_files
from examples.tasks import TASKS

KINDS = ("explain", "fix")
LONGEST = 2_400
"""Characters of prompt and answer together: with room to spare in a context of 1,024 tokens."""
MOST_TRIES = 60
"""Per task wanted; a small corpus gives fewer tasks."""


def main(arguments: argparse.Namespace) -> None:
    files = read_files(arguments.corpus, FENCES)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    rows = [row for kind in KINDS for row in tasks(kind, files, arguments.each, Random(f"{arguments.seed} {kind}"))]
    with arguments.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(rows)} tasks in {arguments.out}")


def tasks(kind: str, files: dict[str, list[SourceFile]], count: int, rng: Random) -> Iterator[dict[str, object]]:
    """Languages in the shares of the mixture, no function twice."""
    languages = sorted(files)
    weights = [LANGUAGE_SHARES[language] for language in languages]
    seen: set[str] = set()
    for _ in range(MOST_TRIES * count):
        language = rng.choices(languages, weights)[0]
        functions = functions_in(rng.choice(files[language]))
        function = rng.choice(functions) if functions else None
        if function is None or function.code in seen:
            continue
        task = TASKS[kind](function, rng)
        if task is None or len(task.user) + len(task.answer) > LONGEST:
            continue
        seen.add(function.code)
        meta = {"path": function.path, "name": function.name, **task.facts}
        yield {"kind": kind, "language": language, "prompt": task.user, "answer": task.answer, "meta": meta}
        if len(seen) == count:
            return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("out/corpus/heldout"))
    parser.add_argument("--out", type=Path, default=Path("out/tasks/heldout.jsonl"))
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
