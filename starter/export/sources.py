"""The list of packages the starter models learned from, with their licences, as it goes with the models.

    python -m export.sources
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

introduction = """\
# What the starter models learned from

Sources of these packages, each pinned to the version named and published under the licence named. Their authors have
nothing to do with Hearth. How the files were chosen is described in `starter/README.md` of Hearth's repository.
"""


def table(rows: list[dict]) -> str:
    """`rows` of licences.tsv (package, licence, split, files, bytes) that were trained on, as Markdown."""
    trained = [row for row in rows if row["split"] == "train"]
    licences = Counter(row["licence"] for row in trained)
    summary = ", ".join(f"{licence} {count}" for licence, count in licences.most_common())
    lines = [f"| {row['package']} | {row['licence']} | {row['files']} |" for row in trained]
    head = [f"{len(trained)} packages: {summary}.", "", "| package | licence | files |", "|---|---|---|"]
    return "\n".join([*head, *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--licences", type=Path, default=Path("out/corpus/licences.tsv"))
    parser.add_argument("--out", type=Path, default=Path("../models/starter-sources.md"))
    options = parser.parse_args()
    with options.licences.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    options.out.write_text(f"{introduction}\n{table(rows)}\n", encoding="utf-8")
    print(f"{options.out}: {len(rows)} packages")


if __name__ == "__main__":
    main()
