"""Functions of languages with braces: found by the look of their headers, their bodies by matching brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from examples.function import LINES, Function, without_indent
from examples.prose import prose_of
from examples.sources import SourceFile

NOT_NAMES = frozenset("if for while switch catch function return new typeof await super with else match loop sizeof do".split())
MODIFIERS = r"(?:(?:public|private|protected|internal|static|final|abstract|override|virtual|async|synchronized|sealed|readonly|get|set)\s+)"
ECMASCRIPT = re.compile(
    r"^([ \t]*)(?:(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)"
    r"|(?:export\s+)?const\s+([A-Za-z_$][\w$]*)\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:function\s*\*?)?"
    rf"|{MODIFIERS}*(?:async\s+)?\*?(#?[A-Za-z_$][\w$]*))\s*(?:<[^<>()\n]*(?:<[^<>()\n]*>[^<>()\n]*)*>)?\(",
    re.MULTILINE,
)
C = re.compile(r"^()(?:[A-Za-z_][\w:<>,]*[ \t*&]+)+\*?((?:\w+::)*~?\w+)[ \t]*\(", re.MULTILINE)
JAVA = re.compile(rf"^([ \t]+){MODIFIERS}+(?:<[^>\n]+>\s+)?[\w<>\[\], .?]+?\s+(\w+)\s*\(", re.MULTILINE)

HEADERS: dict[str, re.Pattern[str]] = {
    "typescript": ECMASCRIPT,
    "tsx": ECMASCRIPT,
    "javascript": ECMASCRIPT,
    "go": re.compile(r"^()func\s+(?:\([^)]*\)\s*)?(\w+)(?:\[[^\]\n]*\])?\(", re.MULTILINE),
    "rust": re.compile(
        r"^([ \t]*)(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)\s*(?:<[^()]*?>)?\(", re.MULTILINE
    ),
    "java": JAVA,
    "csharp": JAVA,
    "c": C,
    "cpp": C,
}
"""Each ends at the opening parenthesis; the first group is the indentation, one of the others the name."""

TOKENS = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.[^'\n]{0,8}|[^'\\\n])'|`(?:\\.|[^`\\])*`|[{}()\[\]]""", re.DOTALL
)
ECMASCRIPT_TOKENS = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?<=[=(,:!&|?;] )/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/|(?<=\()/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/|[{}()\[\]]""",
    re.DOTALL,
)
CLOSING = {"(": ")", "[": "]", "{": "}"}
BETWEEN = re.compile(r"\s*(?:=>|(?![.,)\]+*/?&|=<]))[^{};]{0,200}\Z", re.DOTALL)
BLOCK_DOC = re.compile(r"/\*\*(?:(?!\*/).)*\*/[ \t]*\n(?:[ \t]*[@\[][^\n]*\n)*\Z", re.DOTALL)
LINE_DOCS = {"rust": "///", "go": "//", "csharp": "///", "cpp": "///"}
LONGEST_DOC = 3_000


def brace_functions(file: SourceFile) -> Iterator[Function]:
    text = file.text
    after = 0
    for match in HEADERS[file.language].finditer(text):
        margin, *names = match.groups()
        name = next((name for name in names if name), "")
        if match.start() < after or name in NOT_NAMES:
            continue
        tokens = ECMASCRIPT_TOKENS if names[1:] else TOKENS
        closed = matching(text, match.end() - 1, tokens)
        opened = text.find("{", closed) if closed else -1
        if not closed or opened < 0 or not BETWEEN.match(text[closed:opened]):
            continue
        end = matching(text, opened, tokens)
        if not end or file.line(file.line_at(end - 1))[: len(margin) + 1].strip(" \t") not in ("}", ""):
            continue
        header = match.start() + len(margin)
        after = opened
        end += text[end : end + 1] == ";"
        code = without_indent(text[header:end], margin)
        doc = doc_before(text, match.start(), LINE_DOCS.get(file.language))
        parameters = " ".join(text[match.end() : closed - 1].split())
        prose = prose_of(doc, file.language)
        yield Function(file.language, file.path, name, parameters, code, without_indent(doc.lstrip(), margin), prose)


def matching(text: str, opening: int, tokens: re.Pattern[str]) -> int | None:
    """The offset after the bracket that closes the one at `opening`; None when they do not match or it is far away."""
    expected: list[str] = []
    for match in tokens.finditer(text, opening, opening + 120 * LINES[1]):
        token = match.group()
        if token in CLOSING:
            expected.append(CLOSING[token])
        elif token in ")]}":
            if not expected or expected.pop() != token:
                return None
            if not expected:
                return match.end()
    return None


def doc_before(text: str, start: int, mark: str | None) -> str:
    """The doc comment that ends right before `start`, where a line begins."""
    before = text[max(0, start - LONGEST_DOC) : start]
    found = BLOCK_DOC.search(before) if "*/" in before else None
    if found:
        return found.group()[: found.group().rindex("*/") + 2]
    if mark is None:
        return ""
    lines = before.split("\n")[:-1]
    while lines and lines[-1].lstrip().startswith(("#[", "[")):
        lines.pop()
    first = len(lines)
    while first and lines[first - 1].strip().startswith(mark):
        first -= 1
    return "\n".join(lines[first:])
