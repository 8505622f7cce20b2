"""How each ecosystem's own client brings the pinned packages: one row per ecosystem.

A row is `fetch(entries, folder) -> {"name@version": path}`: it runs the package manager,
which checks what it downloads, and says where each package now lies (a folder or an archive).
A package that did not come is missing from the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.sources_crates import fetch_crates
from corpus.sources_debian import fetch_debian
from corpus.sources_go import fetch_go
from corpus.sources_maven import fetch_maven
from corpus.sources_npm import fetch_npm
from corpus.sources_pypi import fetch_pypi

Fetch = Callable[[list[dict], Path], dict[str, Path]]

ECOSYSTEMS: dict[str, Fetch] = {
    "crates": fetch_crates,
    "debian": fetch_debian,
    "go": fetch_go,
    "maven": fetch_maven,
    "pypi": fetch_pypi,
    "npm": fetch_npm,
}
