"""Step 3, second half: what is taken out of a file that stays (licence headers, addresses, names)."""

from __future__ import annotations

import re
from collections.abc import Callable

EMAIL = re.compile(r"(?<![\w.+/:@-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,12}\b")
KEPT_HOSTS = ("example.com", "example.org", "example.net", "github.com")
NOTICE = re.compile(r"copyright|licen[cs]e|SPDX|all rights reserved|\(c\) \d{4}|@author", re.IGNORECASE)
# One leading comment, of whichever kind, with the blank lines after it.
LEADING_COMMENT = re.compile(
    r"\s*(?:/\*.*?\*/|<!--.*?-->|(?:[ \t]*//[^\n]*(?:\n|$))+|"
    r"(?:[ \t]*#(?!!|include|define|if|pragma)[^\n]*(?:\n|$))+)[ \t]*\n*",
    re.DOTALL,
)
AUTHOR_LINE = re.compile(
    r"^[ \t]*(?:\*|//|#+|--)[ \t]*(?:@author\b|Authors?:|Copyright (?:\(c\)|©|\d)).*\n",
    re.MULTILINE | re.IGNORECASE,
)
SHEBANG = re.compile(r"#![^\n]*\n")


def unix_newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def without_notice(text: str) -> str:
    """Drops the comment blocks with a copyright or licence notice at the top of a file."""
    shebang = SHEBANG.match(text)
    start = shebang.end() if shebang else 0
    at = start
    for _ in range(3):
        comment = LEADING_COMMENT.match(text, at)
        if comment is None or comment.end() == at or not NOTICE.search(comment.group()):
            break
        at = comment.end()
    return text[:start] + text[at:] if at > start else text


def without_authors(text: str) -> str:
    """Drops the comment lines that name an author or a holder of rights."""
    return AUTHOR_LINE.sub("", text)


def without_emails(text: str) -> str:
    """Puts user@example.com where an e-mail address stood."""
    return EMAIL.sub(lambda m: m.group() if m.group().lower().endswith(KEPT_HOSTS) else "user@example.com", text)


def tidy_ends(text: str) -> str:
    """One newline at the end, no white space at the ends of lines."""
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n"


STEPS: tuple[Callable[[str], str], ...] = (
    unix_newlines,
    without_notice,
    without_authors,
    without_emails,
    tidy_ends,
)


def clean(text: str) -> str:
    """The text with every step done, in order."""
    for step in STEPS:
        text = step(text)
    return text
