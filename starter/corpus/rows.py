"""Steps 2 and 3 for one package: its files, chosen, filtered and cleaned, as rows of the corpus."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from corpus.clean import clean
from corpus.extract import MIN_BYTES, package_files
from corpus.filters import reason_to_drop
from corpus.licences import agrees, manifest_licence
from corpus.select import without_built
from languages import language_of


class Package(NamedTuple):
    """One fetched package of the pinned list."""

    ecosystem: str
    name: str
    version: str
    licence: str
    held_out: bool
    place: Path

    @property
    def key(self) -> str:
        return f"{self.ecosystem}:{self.name}@{self.version}"


class PackageRows(NamedTuple):
    package: Package
    rows: list[dict]
    dropped: Counter[str]


def stated_licence(files: dict[str, bytes], place: Path) -> str | None:
    """What the package's own package.json says, or None where it has none."""
    data = files.get("package.json")
    if data is None and place.is_dir() and (place / "package.json").exists():
        data = (place / "package.json").read_bytes()
    try:
        return manifest_licence(json.loads(data)) if data else None
    except ValueError:
        return None


def decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def package_rows(package: Package) -> PackageRows:
    """Every file worth learning from, in path order, and how many fell to each filter."""
    files = package_files(package.place)
    dropped: Counter[str] = Counter()
    if package.ecosystem == "npm" and not agrees(package.licence, stated_licence(files, package.place)):
        return PackageRows(package, [], Counter({"licence": len(files)}))
    chosen = without_built(sorted(files)) if package.ecosystem == "npm" else sorted(files)
    dropped["built"] = len(files) - len(chosen)
    rows = []
    for path in chosen:
        text = decoded(files[path])
        if text is None or "\0" in text:
            dropped["not UTF-8"] += 1
            continue
        text = clean(text)
        reason = "too short" if len(text) < MIN_BYTES else reason_to_drop(path, text)
        if reason:
            dropped[reason] += 1
            continue
        rows.append({
            "package": package.key, "path": path, "language": language_of(path),
            "licence": package.licence, "text": text,
        })
    return PackageRows(package, rows, dropped)
