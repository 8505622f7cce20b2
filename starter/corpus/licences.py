"""Which licences the corpus takes, and whether a package carries the one it was pinned with."""

from __future__ import annotations

import re

PERMISSIVE = frozenset({
    "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC",
    "MIT", "MIT-0", "PostgreSQL", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "blessing", "curl",
})


def permissive(expression: str) -> bool:
    """Whether an SPDX expression leaves a way to use the work under permissive terms alone.

    "A OR B" needs one of them, "A AND B" needs both; anything unknown is refused.
    """
    alternatives = re.split(r"\s+OR\s+", expression.replace("(", " ").replace(")", " ").strip())
    return any(
        all(part.strip() in PERMISSIVE for part in re.split(r"\s+AND\s+", alternative))
        for alternative in alternatives
    )


def manifest_licence(manifest: dict) -> str | None:
    """The licence an npm manifest states, in its three historic spellings."""
    stated = manifest.get("license") or manifest.get("licenses")
    if isinstance(stated, list) and stated:
        stated = stated[0]
    if isinstance(stated, dict):
        stated = stated.get("type")
    return stated if isinstance(stated, str) else None


def agrees(pinned: str, stated: str | None) -> bool:
    """Whether what the archive states (None: it states nothing) is what was pinned, and permissive."""
    return permissive(pinned) and (stated is None or stated == pinned)
