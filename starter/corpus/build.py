"""The corpus, step by step: packages -> files -> filtered -> each once -> out/corpus/{train,heldout}.

`python -m corpus.build` after `python -m corpus.fetch`. Whole packages are held out, never files;
held-out files that nearly repeat a training file are dropped too.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from corpus.balance import Budget
from corpus.dedupe import Deduplicator
from corpus.fetch import PACKAGES, ROOT, pinned, places
from corpus.licences import permissive
from corpus.report import write_licences, write_summary
from corpus.remembered import remembered_rows
from corpus.rows import Package, PackageRows

CORPUS = ROOT / "out" / "corpus"
PROCESSES = 2


def packages() -> list[Package]:
    """The pinned packages that were fetched under a permissive licence.

    Training packages come first, each half in an order that does not follow the alphabet,
    so that a cap takes a fair sample.
    """
    found = []
    for ecosystem in sorted(path.stem for path in PACKAGES.glob("*.json")):
        at = places(ecosystem)
        for entry in pinned(ecosystem):
            place = at.get(f"{entry['name']}@{entry['version']}")
            if place is not None and permissive(entry["licence"]):
                held_out = bool(entry.get("heldOut"))
                found.append(Package(ecosystem, entry["name"], entry["version"], entry["licence"], held_out, place))
    return sorted(found, key=lambda p: (p.held_out, hashlib.sha256(p.name.encode()).digest()))


def kept_rows(results: Iterable[PackageRows], dropped: Counter[str]) -> Iterator[tuple[Package, dict]]:
    """The rows that are new and fit their caps; what falls is counted by its reason."""
    seen, budgets = Deduplicator(), {False: Budget(), True: Budget()}
    for package, rows, reasons in results:
        dropped.update(reasons)
        budget = budgets[package.held_out]
        for row in rows:
            # The cheap question first: most of what a cap refuses need not be compared with anything.
            if not budget.has_room(row):
                dropped["over a cap"] += 1
            elif copy := seen.admit(row["text"]):
                dropped[f"duplicate: {copy}"] += 1
            else:
                budget.take(row)
                yield package, row


def write(rows: Iterable[tuple[Package, dict]], folder: Path) -> dict[tuple[str, str], list[int]]:
    """Writes <split>/<language>.jsonl; returns [files, bytes] by (split, language) and by package key."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    handles: dict[tuple[str, str], IO[str]] = {}
    for package, row in rows:
        split = "heldout" if package.held_out else "train"
        where = (split, row["language"])
        if where not in handles:
            (folder / split).mkdir(parents=True, exist_ok=True)
            handles[where] = open(folder / split / f"{row['language']}.jsonl", "w", encoding="utf-8")
        handles[where].write(json.dumps(row, ensure_ascii=False) + "\n")
        for key in (where, ("package", package.key)):
            counts[key][0] += 1
            counts[key][1] += len(row["text"].encode("utf-8"))
    for handle in handles.values():
        handle.close()
    return counts


def main() -> None:
    chosen = packages()
    fresh = CORPUS.with_name("corpus.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    dropped: Counter[str] = Counter()
    with multiprocessing.Pool(PROCESSES) as pool:
        counts = write(kept_rows(pool.imap(remembered_rows, chosen), dropped), fresh)
    write_licences(fresh / "licences.tsv", chosen, counts)
    print(write_summary(fresh / "summary.json", counts, dropped))
    shutil.rmtree(CORPUS, ignore_errors=True)
    fresh.rename(CORPUS)


if __name__ == "__main__":
    main()
