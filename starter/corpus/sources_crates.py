"""Rust crates, through cargo: it checks each archive against the index's sha256."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def manifest(entries: list[dict]) -> str:
    """A Cargo.toml that depends on exactly the pinned versions, without their default features."""
    head = '[package]\nname = "starter-corpus"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n'
    return head + "".join(
        f'{e["name"]} = {{ version = "={e["version"]}", default-features = false }}\n' for e in entries
    )


def archives(home: Path) -> dict[str, Path]:
    """The .crate archives in a cargo home by their "name-version"."""
    return {path.stem: path for path in sorted(home.glob("registry/cache/*/*.crate"))}


def fetch_crates(entries: list[dict], folder: Path) -> dict[str, Path]:
    """Fetches what is not there yet; cargo brings dependencies too, the answer holds only the pinned.

    Raises CalledProcessError when cargo fails.
    """
    home = (folder / "home").resolve()
    stems = {f"{e['name']}@{e['version']}": f"{e['name']}-{e['version']}" for e in entries}
    if any(stem not in archives(home) for stem in stems.values()):
        (folder / "src").mkdir(parents=True, exist_ok=True)
        (folder / "src" / "lib.rs").write_text("", "utf-8")
        (folder / "Cargo.toml").write_text(manifest(entries), "utf-8")
        subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, env={**os.environ, "CARGO_HOME": str(home)}, check=True)
    have = archives(home)
    return {key: have[stem] for key, stem in stems.items() if stem in have}
