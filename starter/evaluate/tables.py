"""Markdown, in small pieces."""

from __future__ import annotations


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table; its first column to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def command(step: dict | None) -> str:
    """The lines below a table that say how it was made; '' for a step that was not run."""
    runs = (step or {}).get("runs", {})
    return "".join(f"\n\n`{made}`, {run['seconds']} s, {run['date']}" for made, run in runs.items())


def percent(value: float | None) -> str:
    """A share as a percentage with one digit."""
    return "–" if value is None else f"{100 * value:.1f} %"


def number(value: float | None, digits: int = 2) -> str:
    """A number with so many digits."""
    return "–" if value is None else f"{value:.{digits}f}"


def quoted(text: str, max_characters: int = 700) -> str:
    """Text in a fence that it cannot end, cut when it is long."""
    cut = text if len(text) <= max_characters else text[:max_characters] + " …"
    return f"````text\n{cut}\n````"
