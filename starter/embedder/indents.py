"""Python's functions and classes, through its own parser."""

import ast
import warnings
from collections.abc import Iterator

Parts = tuple[str, str, str, int, int, bool]


def python_definitions(text: str) -> Iterator[Parts]:
    """The fields of `Definition`; nothing for a file that this Python cannot parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = text.split("\n")
    yield from _of_body(tree.body, lines)


def _of_body(body: list[ast.stmt], lines: list[str]) -> Iterator[Parts]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield _parts(node, lines)
            yield from _of_body(node.body, lines)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _parts(node, lines)


def _parts(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> Parts:
    start, end = node.lineno - 1, node.end_lineno or node.lineno
    comment = ast.get_docstring(node) or ""
    code = lines[start:end]
    if comment:
        documentation = node.body[0]
        code = lines[start : documentation.lineno - 1] + lines[documentation.end_lineno : end]
    return node.name, comment, "\n".join(code), start, end, not isinstance(node, ast.ClassDef)
