"""How much of a language one package, declarations or the whole may take."""

from __future__ import annotations

from collections import Counter

from corpus.select import is_declaration
from languages import BY_ID

MEGABYTE = 1_000_000
PACKAGE_CAP_MB = {"typescript": 6.0, "tsx": 4.0, "javascript": 2.5, "markdown": 0.3, "json": 0.08, "css": 0.5,
                  "html": 0.2, "yaml": 0.2, "python": 2.0, "go": 0.8, "rust": 0.5, "java": 0.7,
                  "c": 0.8, "cpp": 1.0, "csharp": 3.0, "shell": 0.3}
DECLARATIONS_CAP_MB = 5.0
DEFAULT_PACKAGE_CAP_MB = 6.0


def _size(row: dict) -> int:
    """Bytes of the row's text."""
    return len(row["text"].encode("utf-8"))


class Budget:
    """Counts what was taken, so that no cap is passed."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def has_room(self, row: dict) -> bool:
        """Whether the row still fits under every cap it counts against."""
        size = _size(row)
        return all(self._taken[name] + size <= cap for name, cap in self._limits(row).items())

    def take(self, row: dict) -> None:
        for name in self._limits(row):
            self._taken[name] += _size(row)

    def _limits(self, row: dict) -> dict[str, float]:
        language = row["language"]
        cap = BY_ID[language].cap_mb
        limits = {
            f"{row['package']} {language}": PACKAGE_CAP_MB.get(language, DEFAULT_PACKAGE_CAP_MB) * MEGABYTE,
        }
        if cap is not None:
            limits[language] = cap * MEGABYTE
        if is_declaration(row["path"]):
            limits["declarations"] = DECLARATIONS_CAP_MB * MEGABYTE
        return limits
