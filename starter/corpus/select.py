"""Which of a package's files are its sources, where it ships sources and what was built from them."""

from __future__ import annotations

import re

from languages import language_of

BUILT = re.compile(
    r"(?:^|/)(?:dist|build|out|lib-esm|esm?|cjs|umd|bundles?|module|commonjs|es\d+|_esm|_cjs|fesm\w*|node_modules)/"
)
PLAIN_LIB = re.compile(r"(?:^|/)lib/")
SOURCES = re.compile(r"(?:^|/)src(?:\.ts)?/")
SCRIPT = ("javascript",)


def is_declaration(path: str) -> bool:
    """Whether the file only declares types (.d.ts and its kin)."""
    return path.endswith((".d.ts", ".d.mts", ".d.cts"))


def is_typescript_source(path: str) -> bool:
    return language_of(path) in ("typescript", "tsx") and not is_declaration(path)


def in_sources(path: str) -> bool:
    """Whether the file lies under src/ that is not itself inside a build folder (dist/src/)."""
    return SOURCES.search(path) is not None and BUILT.search(path) is None


def without_built(paths: list[str]) -> list[str]:
    """The paths without what a compiler made of the others.

    A package with TypeScript sources keeps no JavaScript and no declarations beside them;
    one with JavaScript under src/ (or anywhere outside its build folders) keeps no build folder.
    """
    typescript = [path for path in paths if is_typescript_source(path)]
    if len(typescript) >= 2 or (typescript and not any(language_of(path) in SCRIPT for path in paths)):
        return [
            path for path in paths
            if not is_declaration(path) and (language_of(path) not in SCRIPT or in_sources(path))
        ]
    scripts = [path for path in paths if language_of(path) in SCRIPT]
    in_src = [path for path in scripts if in_sources(path)]
    outside = [path for path in scripts if not BUILT.search(path)]
    kept = set(scripts)
    if len(in_src) >= 2:
        kept = {path for path in outside if not PLAIN_LIB.search(path)}
    elif len(outside) >= 2:
        kept = set(outside)
    return [path for path in paths if language_of(path) not in SCRIPT or path in kept]
