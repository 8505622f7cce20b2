"""Python functions: found by their `def` lines, read with `ast`."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from textwrap import dedent

from examples.function import LINES, Function
from examples.prose import prose_of
from examples.sources import SourceFile

DEFINITION = re.compile(r"^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)


def python_functions(file: SourceFile) -> Iterator[Function]:
    for match in DEFINITION.finditer(file.text):
        margin, name = match.groups()
        line = file.line_at(match.start())
        text = block(file, line, len(margin))
        if text and (function := read(file, name, dedent(text))):
            yield function


def block(file: SourceFile, first: int, depth: int) -> str:
    """The lines of a definition; empty when they are too many."""
    end = first + 1
    while end < len(file.starts):
        text = file.line(end)
        stripped = text.lstrip()
        if stripped and len(text) - len(stripped) <= depth and stripped[0] not in ")]}":
            break
        end += 1
        if end - first > 2 * LINES[1]:
            return ""
    return file.lines(first, end).rstrip()


def read(file: SourceFile, name: str, text: str) -> Function | None:
    """None for what does not parse and for functions on one line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            definition = ast.parse(text).body[0]
    except (SyntaxError, ValueError, IndexError, RecursionError):
        return None
    if not isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    first = definition.body[0]
    if first.lineno == definition.lineno:
        return None
    doc = ast.get_docstring(definition)
    lines = text.split("\n")
    code, raw = text, ""
    if doc and first.end_lineno is not None:
        raw = dedent("\n".join(lines[first.lineno - 1 : first.end_lineno]))
        code = "\n".join([*lines[: first.lineno - 1], *lines[first.end_lineno :]])
        if len(definition.body) == 1:
            return None
    parameters = ast.unparse(definition.args)
    return Function(file.language, file.path, name, parameters, code.strip("\n"), raw, prose_of(doc or "", "python"))
