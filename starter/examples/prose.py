"""Doc comments as plain prose."""

from __future__ import annotations

import re

LENGTH = (20, 420)
"""Characters."""
LEAST_WORDS = 4

COMMENT_MARKS = re.compile(r"^[ \t]*(?:/\*\*?!?|\*/|\*(?!/)|///?!?)[ \t]?|[ \t]*\*/[ \t]*$", re.MULTILINE)
SECTIONS = re.compile(
    r"^\s*(?:@\w|:\w+[^:\n]*:|(?:Args|Arguments|Parameters|Params|Returns?|Raises|Yields|Examples?|Notes?|See Also|Usage|"
    r"References|Attributes|Warnings?|Errors|Panics|Safety)(?:[ \t]*:[^\n]*)?$|[-=~]{3,}|#+ |```|>>> |\.\. )",
    re.MULTILINE,
)
TAGS = re.compile(r"</?[a-zA-Z][^>\n]*>")
LINKS = re.compile(r"\{@\w+\s+([^}|]+)(?:\|[^}]*)?\}")
ROLES = re.compile(r":[\w:]+:`~?([^`<]+)(?:<[^>]*>)?`")
INTRA_LINKS = re.compile(r"\[(`?[\w.:()]+`?)\](?:\([^)]*\))?")
DOUBLE_TICKS = re.compile(r"``([^`\n]+)``")
USELESS = re.compile(r"(?i)todo|fixme|inherit|deprecated|\bconstructor\b|instance of|https?://|copyright|eslint|lint:|^see |generated|[{}]{2}|\S{60}")


def prose_of(comment: str, language: str) -> str:
    """The first paragraph without marks, tags and links, cut after whole sentences; empty when it says too little."""
    text = comment if language == "python" else COMMENT_MARKS.sub("", comment)
    section = SECTIONS.search(text)
    text = (text[: section.start()] if section else text).strip()
    paragraph = re.split(r"\n\s*\n", text)[0]
    for pattern, with_ in ((LINKS, r"\1"), (ROLES, r"`\1`"), (INTRA_LINKS, r"\1"), (DOUBLE_TICKS, r"`\1`"), (TAGS, "")):
        paragraph = pattern.sub(with_, paragraph)
    return worth(whole_sentences(" ".join(paragraph.split())))


def whole_sentences(text: str) -> str:
    if len(text) <= LENGTH[1]:
        return text
    end = text.rfind(". ", 0, LENGTH[1])
    return text[: end + 1]


def first_sentence(text: str) -> str:
    end = text.find(". ")
    return (text if end < 0 else text[:end]).rstrip(" .:")


def worth(text: str) -> str:
    """The text with a capital first letter and a full stop, or nothing."""
    if not LENGTH[0] <= len(text) or len(text.split()) < LEAST_WORDS or not text[0].isalpha() or USELESS.search(text):
        return ""
    if text[-1] in ":,;":
        text = text[:-1]
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?`)" else ".")
