"""Go modules, through the go command: it checks each zip against the checksum database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def escaped(module: str) -> str:
    """A module path as the module cache spells it: !x for an upper-case X."""
    return "".join(f"!{c.lower()}" if c.isupper() else c for c in module)


def zip_path(cache: Path, module: str, version: str) -> Path:
    return cache / "cache" / "download" / escaped(module) / "@v" / f"{escaped(version)}.zip"


def fetch_go(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Downloads the zips into a module cache below `folder`; a module that fails is left out."""
    cache = (folder / "cache").resolve()
    cache.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "GOMODCACHE": str(cache), "GOFLAGS": "-modcacherw", "GOTOOLCHAIN": "local"}
    places = {f"{e['name']}@{e['version']}": zip_path(cache, e["name"], e["version"]) for e in entries}
    missing = [key for key, path in places.items() if not path.exists()]
    if missing:
        subprocess.run(["go", "mod", "download", "-json", *missing], cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    return {key: path for key, path in places.items() if path.exists()}
