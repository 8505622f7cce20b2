"""What the corpus holds: the licence of every package in it, and a table by language."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from corpus.rows import Package
from languages import LANGUAGES

Counts = dict[tuple[str, str], list[int]]


def write_licences(path: Path, packages: list[Package], counts: Counts) -> None:
    """A line per package: key, licence, split, files kept, bytes kept."""
    lines = ["package\tlicence\tsplit\tfiles\tbytes"]
    for package in sorted(packages, key=lambda p: p.key):
        files, size = counts.get(("package", package.key), (0, 0))
        if files:
            split = "heldout" if package.held_out else "train"
            lines.append(f"{package.key}\t{package.licence}\t{split}\t{files}\t{size}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_summary(path: Path, counts: Counts, dropped: Counter[str]) -> str:
    """Writes the numbers as JSON and returns them as a table to print."""
    table = {
        split: {lang.id: counts[split, lang.id] for lang in LANGUAGES if (split, lang.id) in counts}
        for split in ("train", "heldout")
    }
    path.write_text(json.dumps({**table, "dropped": dict(dropped)}, indent=1) + "\n", "utf-8")
    lines = [f"{'language':<12}{'files':>8}{'MB':>9}{'held out':>10}{'MB':>8}"]
    for language in LANGUAGES:
        files, size = table["train"].get(language.id, (0, 0))
        out_files, out_size = table["heldout"].get(language.id, (0, 0))
        if files or out_files:
            lines.append(f"{language.id:<12}{files:>8}{size / 1e6:>9.2f}{out_files:>10}{out_size / 1e6:>8.2f}")
    lines.append("dropped: " + ", ".join(f"{name} {count}" for name, count in dropped.most_common() if count))
    return "\n".join(lines)
