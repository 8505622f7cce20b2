"""npm packages, through npm itself: it verifies each archive against the registry's sha512."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

INSTALL = (
    "npm", "install", "--ignore-scripts", "--legacy-peer-deps", "--no-bin-links",
    "--no-audit", "--no-fund", "--save-exact",
)


def manifest(entries: list[dict]) -> dict:
    """A package.json whose dependencies are the pinned entries, so npm puts each at the top level."""
    return {
        "name": "starter-corpus",
        "version": "0.0.0",
        "private": True,
        "dependencies": {entry["name"]: entry["version"] for entry in entries},
    }


def installed_version(package: Path) -> str | None:
    """The version in a package folder's manifest, or None where no package lies."""
    try:
        return json.loads((package / "package.json").read_text("utf-8")).get("version")
    except (OSError, ValueError):
        return None


def fetch_npm(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Installs the entries below `folder`, scripts never run. Raises CalledProcessError when npm fails."""
    places = {f"{e['name']}@{e['version']}": folder / "node_modules" / e["name"] for e in entries}
    missing = [key for key, place in places.items() if installed_version(place) != key.rpartition("@")[2]]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps(manifest(entries), indent=1), "utf-8")
        subprocess.run(INSTALL, cwd=folder, check=True)
    return {key: place for key, place in places.items() if installed_version(place) == key.rpartition("@")[2]}
