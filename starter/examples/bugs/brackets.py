"""Lost closing brackets and quotes."""

from __future__ import annotations

import re
from random import Random

from examples.bugs.types import Bug, Messages, line_of, masked, message_for

CLOSERS = re.compile(r"[)\]}]")
OPENER = {")": "(", "]": "[", "}": "{"}
EXPECTED: Messages = {
    "ts": ("'{0}' expected.",),
    "js": ("Parsing error: '{0}' expected.", "SyntaxError: missing {0}"),
    "python": ('"{1}" was not closed', "SyntaxError: '{1}' was never closed"),
    "go": ("syntax error: unexpected newline, expected {0}", "expected '{0}'"),
    "rust": ("this file contains an unclosed delimiter", "expected `{0}`"),
    "java": ("'{0}' expected", "reached end of file while parsing"),
    "csharp": ("{0} expected",),
    "c": ("expected '{0}'",),
}
LITERAL = re.compile(r"(?<![\w\\])(\"|')[\w ./:{}%,=!?<>-]{2,60}(\1)(?![\w])")
UNTERMINATED: Messages = {
    "ts": ("Unterminated string literal.",),
    "js": ("Parsing error: Unterminated string constant", "Unterminated string literal."),
    "python": ("String literal is unterminated", "SyntaxError: unterminated string literal"),
    "go": ("string literal not terminated",),
    "rust": ("unterminated double quote string",),
    "java": ("unclosed string literal",),
    "csharp": ("Newline in constant",),
    "c": ("missing terminating '\"' character",),
}


def lost_bracket(code: str, language: str, rng: Random) -> Bug | None:
    bare = masked(code, language)
    places = [match.start() for match in CLOSERS.finditer(bare)]
    if not places:
        return None
    at = rng.choice(places)
    closer = code[at]
    opener = opening_of(bare, at)
    message = message_for(EXPECTED, language, rng, closer, OPENER[closer])
    if message is None or opener is None:
        return None
    broken = without(code, at, at + 1)
    last = broken.count("\n") + 1
    line = line_of(code, opener if language == "python" else at)
    return Bug("bracket", broken, min(line, last), message, f"Add the missing `{closer}`")


def opening_of(code: str, closing: int) -> int | None:
    """Where the bracket stands that the one at `closing` belongs to."""
    depth, closer = 0, code[closing]
    for at in range(closing, -1, -1):
        depth += (code[at] == closer) - (code[at] == OPENER[closer])
        if depth == 0:
            return at
    return None


def without(code: str, start: int, end: int) -> str:
    """The code without a piece, nor the line that it leaves empty."""
    first, after = code.rfind("\n", 0, start) + 1, code.find("\n", end)
    after = len(code) if after < 0 else after + 1
    if not (code[first:start] + code[end:after]).strip():
        return (code[:first] + code[after:]).rstrip("\n")
    return code[:start] + code[end:]


def lost_quote(code: str, language: str, rng: Random) -> Bug | None:
    bare = masked(code, language)
    found = [match for match in LITERAL.finditer(code) if bare[match.start()] == bare[match.end() - 1] == match.group(1)]
    found = [match for match in found if not bare[match.start() + 1 : match.end() - 1].strip()]
    if not found:
        return None
    at = rng.choice(found).start(2)
    message = message_for(UNTERMINATED, language, rng)
    if message is None:
        return None
    return Bug("quote", code[:at] + code[at + 1 :], line_of(code, at), message, "Close the string literal")
