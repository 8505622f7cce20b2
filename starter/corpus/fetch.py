"""Step 1: every pinned package, brought by its ecosystem's own client.

`python -m corpus.fetch [ecosystem ...]` writes out/archives/<ecosystem>/ and, beside it,
<ecosystem>.places.json: {"name@version": path}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus.ecosystems import ECOSYSTEMS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "packages"
ARCHIVES = ROOT / "out" / "archives"


def pinned(ecosystem: str) -> list[dict]:
    """The pinned list of one ecosystem; [] where there is none."""
    path = PACKAGES / f"{ecosystem}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def places_file(ecosystem: str) -> Path:
    return ARCHIVES / f"{ecosystem}.places.json"


def places(ecosystem: str) -> dict[str, Path]:
    """Where the fetched packages of an ecosystem lie; {} before the fetch."""
    path = places_file(ecosystem)
    if not path.exists():
        return {}
    return {key: Path(place) for key, place in json.loads(path.read_text("utf-8")).items()}


def fetch(ecosystem: str) -> None:
    """Fetches one ecosystem and names, on stderr, the packages that did not come."""
    entries = pinned(ecosystem)
    found = ECOSYSTEMS[ecosystem](entries, ARCHIVES / ecosystem)
    for entry in entries:
        if f"{entry['name']}@{entry['version']}" not in found:
            print(f"{ecosystem}: {entry['name']}@{entry['version']} did not come", file=sys.stderr)
    places_file(ecosystem).write_text(json.dumps({key: str(at) for key, at in found.items()}, indent=1), "utf-8")
    print(f"{ecosystem}: {len(found)} of {len(entries)} packages")


def main(wanted: list[str]) -> None:
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    for ecosystem in wanted or [name for name in ECOSYSTEMS if pinned(name)]:
        fetch(ecosystem)


if __name__ == "__main__":
    main(sys.argv[1:])
