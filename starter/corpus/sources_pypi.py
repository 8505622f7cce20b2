"""PyPI packages, through pip: wheels, so no build script of a package ever runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

DOWNLOAD = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:")


def normal(name: str) -> str:
    """A project name as wheels spell it: lower case, runs of - _ . as one underscore."""
    return re.sub(r"[-_.]+", "_", name).lower()


def wheels(folder: Path) -> dict[tuple[str, str], Path]:
    """The wheels in a folder by (normal name, version)."""
    parts = ((path, path.name.split("-")) for path in sorted(folder.glob("*.whl")))
    return {(normal(name), version): path for path, (name, version, *_) in parts}


def fetch_pypi(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Downloads what is not there yet. Raises CalledProcessError when pip fails."""
    folder.mkdir(parents=True, exist_ok=True)
    have = wheels(folder)
    missing = [f"{e['name']}=={e['version']}" for e in entries if (normal(e["name"]), e["version"]) not in have]
    if missing:
        subprocess.run([*DOWNLOAD, "--dest", str(folder), *missing], check=True)
        have = wheels(folder)
    found = ((e, have.get((normal(e["name"]), e["version"]))) for e in entries)
    return {f"{e['name']}@{e['version']}": path for e, path in found if path}
