"""How packages/npm.json was chosen: of everything an npm folder holds, what brings enough source text.

`python -m corpus.propose FOLDER...` prints a pinned list. FOLDER holds node_modules, as `npm install` of a few
well-known packages leaves it: their dependencies come along, and those that ship sources are kept.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from pathlib import Path

from corpus.licences import manifest_licence, permissive
from corpus.remembered import remembered_rows
from corpus.rows import Package

# Bytes of filtered text from which a package pays for its place in the list.
ENOUGH = {"typescript": 15_000, "tsx": 5_000, "javascript": 60_000, "css": 40_000, "markdown": 60_000}


def installed(folder: Path) -> list[Package]:
    """The top-level packages of a node_modules folder that state a permissive licence."""
    found = []
    manifests = (*folder.glob("node_modules/*/package.json"), *folder.glob("node_modules/@*/*/package.json"))
    for manifest_path in sorted(manifests):
        manifest = json.loads(manifest_path.read_text("utf-8"))
        licence = manifest_licence(manifest)
        if licence and permissive(licence) and manifest.get("name") and manifest.get("version"):
            found.append(Package("npm", manifest["name"], manifest["version"], licence, False, manifest_path.parent))
    return found


def sizes(package: Package) -> tuple[Package, Counter[str]]:
    """Bytes of filtered text by language."""
    bytes_of: Counter[str] = Counter()
    for row in remembered_rows(package).rows:
        if not row["path"].endswith(".d.ts"):
            bytes_of[row["language"]] += len(row["text"])
    return package, bytes_of


def main(folders: list[str]) -> None:
    packages = {package.name: package for folder in folders for package in installed(Path(folder))}
    with multiprocessing.Pool(2) as pool:
        measured = pool.map(sizes, packages.values(), chunksize=4)
    entries = []
    for package, bytes_of in sorted(measured, key=lambda item: item[0].name):
        if any(bytes_of[language] >= enough for language, enough in ENOUGH.items()):
            entries.append({"name": package.name, "version": package.version, "licence": package.licence})
            print(package.name, dict(bytes_of), package.place, sep="\t", file=sys.stderr)
    print(json.dumps(entries, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
