"""The languages the starter model learns: one table, read by every step of the recipe."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple


class Language(NamedTuple):
    """`cap_mb` bounds the training text in MB (None: all there is)."""

    id: str
    extensions: tuple[str, ...]
    line_comment: str | None
    block_comment: tuple[str, str] | None
    cap_mb: float | None = None


C_BLOCK = ("/*", "*/")

LANGUAGES: tuple[Language, ...] = (
    Language("typescript", (".ts", ".mts", ".cts"), "//", C_BLOCK),
    Language("tsx", (".tsx",), "//", C_BLOCK),
    Language("javascript", (".js", ".mjs", ".cjs", ".jsx"), "//", C_BLOCK, cap_mb=60),
    Language("python", (".py", ".pyi"), "#", None, cap_mb=95),
    Language("go", (".go",), "//", C_BLOCK, cap_mb=20),
    Language("rust", (".rs",), "//", C_BLOCK, cap_mb=20),
    Language("java", (".java",), "//", C_BLOCK, cap_mb=20),
    Language("c", (".c", ".h"), "//", C_BLOCK, cap_mb=12),
    Language("cpp", (".cc", ".cpp", ".cxx", ".hpp", ".hh", ".hxx"), "//", C_BLOCK, cap_mb=15),
    Language("csharp", (".cs",), "//", C_BLOCK, cap_mb=8),
    Language("shell", (".sh", ".bash"), "#", None, cap_mb=3),
    Language("json", (".json", ".jsonc"), None, None, cap_mb=4),
    Language("yaml", (".yaml", ".yml"), "#", None, cap_mb=3),
    Language("css", (".css", ".scss", ".less"), None, C_BLOCK, cap_mb=8),
    Language("html", (".html", ".htm", ".vue", ".svelte"), None, ("<!--", "-->"), cap_mb=3),
    Language("sql", (".sql",), "--", C_BLOCK, cap_mb=8),
    Language("markdown", (".md", ".mdx"), None, ("<!--", "-->"), cap_mb=15),
)

BY_ID: dict[str, Language] = {language.id: language for language in LANGUAGES}
_BY_EXTENSION: dict[str, str] = {
    extension: language.id for language in LANGUAGES for extension in language.extensions
}


def language_of(path: str) -> str | None:
    """The language id of a file by its name, or None."""
    return _BY_EXTENSION.get(PurePosixPath(path).suffix.lower())
