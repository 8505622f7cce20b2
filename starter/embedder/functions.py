"""The functions and types of a source file, by line patterns and indentation: enough for formatted code."""

from collections.abc import Iterator
from dataclasses import dataclass

from embedder.braces import BRACE_LANGUAGES, brace_definitions
from embedder.indents import python_definitions


@dataclass(frozen=True)
class Definition:
    """`code` begins with its head and lacks its documentation; `start` and `end` are lines, from 0, end exclusive."""

    name: str
    comment: str
    code: str
    start: int
    end: int
    is_function: bool


def definitions(text: str, language: str) -> Iterator[Definition]:
    """In the order of the file; a function's inner functions are part of it. Unparsable files have none."""
    if language == "python":
        found = python_definitions(text)
    elif language in BRACE_LANGUAGES:
        found = brace_definitions(text, language)
    else:
        return
    for parts in found:
        yield Definition(*parts)
