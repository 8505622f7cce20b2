"""What is known of a function."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

LINES = (3, 60)
"""Of functions that are of use."""


@dataclass(frozen=True)
class Function:
    """All texts are without the indentation of the function in its file."""

    language: str
    path: str
    name: str
    parameters: str
    """The text between the parentheses."""
    code: str
    """Without the doc comment."""
    doc: str
    """The doc comment as it is written, marks included; empty where there is none."""
    prose: str
    """The doc comment's first paragraph as plain text; empty where it says nothing of use."""

    @property
    def line_count(self) -> int:
        return self.code.count("\n") + 1


def without_indent(text: str, margin: str) -> str:
    """`text`, whose first line is already without its indentation, with that indentation taken off all lines."""
    return dedent(margin + text).strip("\n")
