"""What an archive itself says its licence is, beside what the pinned list says.

`python -m corpus.stated` names every fetched package whose archive says something else; a list
is checked with it when it changes. Maven's source archives and Debian's upstream archives state
licences in prose that differs from project to project: for those the list is what was read.
"""

from __future__ import annotations

import re
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from email import message_from_string
from pathlib import Path

from corpus.fetch import pinned, places

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}
# The sentence that tells a licence text from the others, the narrower one first.
SENTENCES = (
    ("Apache-2.0", r"Apache License,? Version 2\.0"),
    ("MIT", r"Permission is hereby granted, free of charge"),
    ("BSD-3-Clause", r"Redistribution and use in source.*(?:Neither (?:the )?name|names? of (?:its|their) contributors)"),
    ("BSD-2-Clause", r"Redistribution and use in source"),
    ("ISC", r"Permission to use, copy, modify, and(?:/or)? distribute this software"),
)
LICENCE_FILE = re.compile(r"^[^@]+@[^/]+/(?:LICEN[CS]E|COPYING)[^/]*$", re.IGNORECASE)


def of_text(text: str) -> str | None:
    """The licence whose sentence a licence text holds, or None."""
    flat = " ".join(text.split())
    return next((name for name, sentence in SENTENCES if re.search(sentence, flat, re.IGNORECASE)), None)


def of_wheel_metadata(metadata: str) -> str | None:
    """A wheel's licence: the SPDX expression where it has one, else its only licence classifier."""
    headers = message_from_string(metadata)
    expression = headers.get("License-Expression")
    names = [c.rpartition(" :: ")[2] for c in headers.get_all("Classifier", []) if c.startswith("License :: ")]
    named = [CLASSIFIERS.get(name, name) for name in names if name != "OSI Approved"]
    return expression or (named[0] if len(named) == 1 else None)


def of_wheel(path: Path) -> str | None:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return of_wheel_metadata(archive.read(name).decode("utf-8", "replace"))


def of_crate(path: Path) -> str | None:
    """The manifest's expression, its old slash read as OR."""
    with tarfile.open(path) as archive:
        handle = archive.extractfile(f"{path.stem}/Cargo.toml")
        stated = tomllib.loads(handle.read().decode("utf-8"))["package"].get("license") if handle else None
    return stated and re.sub(r"\s*/\s*", " OR ", stated)


def of_module(path: Path) -> str | None:
    with zipfile.ZipFile(path) as archive:
        name = next((name for name in archive.namelist() if LICENCE_FILE.match(name)), None)
        return of_text(archive.read(name).decode("utf-8", "replace")) if name else None


READERS: dict[str, Callable[[Path], str | None]] = {"pypi": of_wheel, "crates": of_crate, "go": of_module}


def disagreements(ecosystem: str) -> list[str]:
    """One line per fetched package whose archive states another licence than the list."""
    at = places(ecosystem)
    lines = []
    for entry in pinned(ecosystem):
        key = f"{entry['name']}@{entry['version']}"
        stated = READERS[ecosystem](at[key]) if key in at else None
        # A text that joins several licences is known by one of them.
        if stated is not None and stated not in (entry["licence"], *entry["licence"].split(" AND ")):
            lines.append(f"{ecosystem}: {key} is listed as {entry['licence']}, its archive says {stated}")
    return lines


def main() -> None:
    lines = [line for ecosystem in READERS for line in disagreements(ecosystem)]
    print("\n".join(lines) or "every archive agrees with the list")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
