"""Rows of packages already read, kept on disk: a second build reads only what is new."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path

from corpus.rows import Package, PackageRows, package_rows

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "out" / "rows"
DECIDING = ("rows.py", "extract.py", "select.py", "filters.py", "credentials.py", "clean.py", "licences.py",
            "../languages.py")


@cache
def fingerprint() -> str:
    """Changes with every module that decides what a package's rows are."""
    return hashlib.sha256(b"".join((HERE / name).read_bytes() for name in DECIDING)).hexdigest()[:12]


def remembered_rows(package: Package) -> PackageRows:
    """`package_rows`, from disk where this version of the recipe has read the package before."""
    slug = hashlib.sha256(f"{package.key} {package.licence}".encode()).hexdigest()[:24]
    path = FOLDER / fingerprint() / f"{slug}.json"
    if path.exists():
        kept = json.loads(path.read_text("utf-8"))
        return PackageRows(package, kept["rows"], Counter(kept["dropped"]))
    fresh = package_rows(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps({"rows": fresh.rows, "dropped": fresh.dropped}, ensure_ascii=False), "utf-8")
    scratch.rename(path)
    return fresh
