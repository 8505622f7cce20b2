"""From a documentation comment to the sentence that says what the function is for."""

import re

# Where the description ends: parameters, examples, sections.
_END = re.compile(
    r"^\s*(?:@\w|\\(?:param|return|brief\s*$)|:\w+[ :]|<(?:param|returns|exception|remarks|example)\b|```|>>>|\.\. "
    r"|#+ |-{3,}|={3,}|(?:args|arguments|parameters?|params|returns?|raises|yields|examples?|notes?|usage|see also|"
    r"errors?|panics|safety|throws)\s*:?\s*$)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^\s*(?:/\*+!?|\*+/|\*(?!\*)|//+!?|#+!?(?=\s|$))?\s?|\s*\*+/\s*$")
_LINK = re.compile(r"\{@\w+\s+([^}]*)\}|\[`?([^\]`]+)`?\](?:\([^)]*\)|\[[^\]]*\])?|:\w+:`~?([^`]*)`")
_TAG = re.compile(r"</?[A-Za-z][^>]{0,80}>")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|。")
_NO_DESCRIPTION = re.compile(
    r"^(?:todo|fixme|xxx|hack|copyright|licen[sc]e|deprecated|eslint|istanbul|nolint|noqa|type:|see\b|override|"
    r"\{@?inherit|generated|auto-?generated|region\b|pragma)|all rights reserved|code generated",
    re.IGNORECASE,
)

MIN_WORDS, MAX_WORDS = 3, 60
# A first sentence shorter than this takes the next one along: "Private." says nothing.
MIN_SENTENCE_CHARACTERS = 30


def summary(comment: str, name: str = "") -> str:
    """The first sentence or two of a comment, marks and markup removed; '' when it describes nothing.

    The function's own name is taken out of its beginning ("Foo returns ..."): people ask without knowing it.
    """
    paragraph = _first_paragraph(_MARKS.sub("", line) for line in comment.splitlines())
    text = " ".join(_TAG.sub(" ", _LINK.sub(_shown, paragraph)).replace("`", "").replace("*", "").split())
    text = _first_sentences(text)
    if name and text.split(" ", 1)[0].rstrip(":(),") == name:
        text = text[len(name) :].lstrip(":(), -")
    if _NO_DESCRIPTION.search(text) or not MIN_WORDS <= len(text.split()) <= MAX_WORDS:
        return ""
    letters = sum(character.isalpha() or character == " " for character in text)
    return text if letters > 0.75 * len(text) else ""


def _first_paragraph(lines) -> str:
    kept: list[str] = []
    for line in lines:
        line = re.sub(r"^[@\\]brief\s+", "", line.strip())
        if _END.match(line) or (kept and not line):
            break
        if line:
            kept.append(line)
    return " ".join(kept)


def _shown(link: re.Match[str]) -> str:
    return next(group for group in link.groups() if group is not None)


def _first_sentences(text: str) -> str:
    for end in _SENTENCE_END.finditer(text):
        if end.end() >= MIN_SENTENCE_CHARACTERS:
            return text[: end.end()]
    return text
