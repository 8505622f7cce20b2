r"""Small mistakes of the common kinds, one row each, with what tools say about them.

`{0}`, `{1}` ... in replacements, messages and repairs are the pattern's groups. The group `x`, always the last, is what
is replaced; without it the whole match is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from examples.bugs.types import Messages


def anywhere(code: str, match: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class Swap:
    kind: str
    pattern: re.Pattern[str]
    replacement: str
    messages: Messages
    repair: str
    accepts: Callable[[str, re.Match[str]], bool] = anywhere
    last: bool = False
    """Only the last match will do."""
    reported: re.Pattern[str] | None = None
    """Where the tool reports it, when not at the match."""


def row(kind: str, pattern: str, replacement: str, messages: dict[str, str], repair: str, **more: object) -> Swap:
    found = {tool: tuple(text.split(" || ")) for tools, text in messages.items() for tool in tools.split()}
    return Swap(kind, re.compile(pattern, re.MULTILINE), replacement, found, repair, **more)  # type: ignore[arg-type]


def is_assigned_again(code: str, match: re.Match[str]) -> bool:
    """For patterns whose second group is the variable; its declaration comes right after the match."""
    name = match.group(2)
    return bool(re.search(rf"(?<![\w.]){name}\s*(?:[-+*/|&?]{{0,2}}=(?![=>])|\+\+|--)", code[match.end() + len(name) + 3 :]))


def has_await(code: str, match: re.Match[str]) -> bool:
    return "await " in code[match.end() :]


OUT_OF_RANGE = {
    "ts": "Object is possibly 'undefined'. || The loop reads one element too many",
    "js": "TypeError: Cannot read properties of undefined || The loop reads one element too many",
    "go": "panic: runtime error: index out of range",
    "rust": "index out of bounds",
    "java": "ArrayIndexOutOfBoundsException: index out of bounds",
    "csharp": "IndexOutOfRangeException: Index was outside the bounds of the array",
    "c": "heap-buffer-overflow || index is past the end of the array",
}
LENGTH = r"[\w.]*(?:[lL]ength|len|size|Size|count|Count|[nN])\b(?:\(\))?"

ROWS: list[Swap] = [
    row("await", r"\b(?P<x>await )(?=([\w.]+)\()", "", {
        "ts": "Promises must be awaited, end with a call to .catch, or be explicitly marked as ignored with the `void` "
        "operator. || Missing await for an async function call.",
        "js": "Promises must be awaited || Missing await for an async function call.",
        "python": 'Result of async function call is not used; use "await" or assign result to variable'
        " || RuntimeWarning: coroutine was never awaited",
    }, "Add the missing `await`"),
    row("async", r"\basync (?=def |function|\(|\w+\()", "", {
        "ts": "'await' expressions are only allowed within async functions and at the top levels of modules.",
        "js": "Parsing error: Cannot use keyword 'await' outside an async function",
        "python": '"await" allowed only within async function',
    }, "Make the function async", accepts=has_await, reported=re.compile(r"\bawait ")),
    row("return", r"^[ \t]*(?P<x>return )(?=[^;\s][^;\n]{2,})", "", {
        "ts": "A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value."
        " || Expected an assignment or function call and instead saw an expression.",
        "js": "Expected an assignment or function call and instead saw an expression. || Expected to return a value.",
        "python": "Expression value is unused || Function with declared return type must return value",
        "go": "missing return", "java": "missing return statement", "csharp": "not all code paths return a value",
        "c": "non-void function does not return a value",
    }, "Return the result", last=True),
    row("assignment", r"\b(?:if|while)\b[^\n]*?[\w)\]] (?P<x>===?)(?= )", "=", {
        "ts": "Expected a conditional expression and instead saw an assignment.",
        "js": "Expected a conditional expression and instead saw an assignment.",
        "python": "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        "go": "cannot use assignment as value", "rust": "mismatched types: expected `bool`, found `()`",
        "java": "incompatible types", "c": "using the result of an assignment as a condition without parentheses",
    }, "Compare instead of assigning"),
    row("equality", r"(?<=[\w)\]\"'] )(?P<x>===)(?= )", "==", {"ts js": "Expected '===' and instead saw '=='."}, "Compare strictly"),
    row("declared value", r"^[ \t]*(?:const|let|var) (\w+) (?P<x>=)(?= )", "==", {
        "ts": "'const' declarations must be initialized. || ',' expected.",
        "js": "Parsing error: Missing initializer in const declaration",
    }, "Fix the declaration of `{0}`"),
    row("optional chain", r"\b(\w+)(?P<x>\?\.)(?=\w)", ".", {
        "ts": "'{0}' is possibly 'undefined'. || Object is possibly 'null'.",
        "js": "TypeError: Cannot read properties of undefined",
    }, "Check that `{0}` exists"),
    row("guard", r"^(?P<x>[ \t]*if \(!(\w+)\) (?:return|throw)[^\n]*\n)", "", {
        "ts": "'{1}' is possibly 'undefined'.", "js": "TypeError: Cannot read properties of undefined",
    }, "Check that `{1}` exists"),
    row("guard", r"^(?P<x>[ \t]*if (?:not (\w+)|(?:\w+) is None):\n[ \t]+(?:return|raise|continue)[^\n]*\n)", "", {
        "python": 'Attribute is not known on "None" || TypeError: \'NoneType\' object is not subscriptable',
    }, "Handle a missing value"),
    row("guard", r"^(?P<x>[ \t]*if err != nil \{\n[^}]*\}\n)", "", {"go": "declared and not used: err"}, "Handle the error"),
    row("instance", r"\b(?P<x>this\.)(?=(\w+))", "", {
        "ts": "Cannot find name '{1}'. Did you mean the instance member 'this.{1}'?", "js": "'{1}' is not defined.",
    }, "Read `{1}` from the instance"),
    row("instance", r"\b(?P<x>self\.)(?=(\w+))", "", {
        "python": '"{1}" is not defined', "rust": "cannot find value `{1}` in this scope",
    }, "Read `{1}` from the instance"),
    row("undeclared", r"^[ \t]*(?P<x>(?:const|let|var) )(?=(\w+) =)", "", {
        "ts": "Cannot find name '{1}'.", "js": "'{1}' is not defined.",
    }, "Declare `{1}`"),
    row("undeclared", r"^[ \t]*(\w+) (?P<x>:=)(?= )", "=", {"go": "undefined: {0}"}, "Declare `{0}`"),
    row("undeclared", r"^[ \t]*(?P<x>let (?:mut )?)(?=(\w+) =)", "", {"rust": "cannot find value `{1}` in this scope"}, "Declare `{1}`"),
    row("off by one", rf"\b\w+ (?P<x><)(?= {LENGTH})", "<=", OUT_OF_RANGE, "Fix the bound of the loop"),
    row("off by one", rf"{LENGTH}(?P<x> - 1)\b(?=\])", "", OUT_OF_RANGE, "Fix the index of the last element"),
    row("off by one", r"\brange\((len\(\w+\))(?P<x>)\)", " + 1", {"python": "IndexError: list index out of range"}, "Fix the range"),
    row("null check", r"\b(\w+) (?P<x>&&)(?= \1[.\[])", "||", {
        "ts": "'{0}' is possibly 'undefined'.", "js": "TypeError: Cannot read properties of undefined",
    }, "Check `{0}` before it is used"),
    row("null check", r"\b(\w+) (?P<x>and)(?= \1[.\[])", "or", {"python": '"{0}" is possibly None'}, "Check `{0}` first"),
    row("condition", r"\bif \((?P<x>!)(?=\w)", "", {"ts js java csharp c": "The condition is inverted"}, "Invert the condition"),
    row("condition", r"\bif (?P<x>not )(?=\w)", "", {"python": "The condition is inverted"}, "Invert the condition"),
    row("colon", r"^[ \t]*(?:if|for|while|def|else|elif|try|except|with|async def)\b[^\n]*(?P<x>:)$", "", {
        "python": 'Expected ":" || SyntaxError: expected \':\'',
    }, "Add the missing colon"),
    row("indentation", r":\n(?P<x>[ \t]+)(?=\w)", "", {
        "python": "Expected indented block || IndentationError: expected an indented block",
    }, "Indent the block", accepts=lambda code, match: match.start() > code.find("(")),
    row("semicolon", r"[\w)\]](?P<x>;)$", "", {
        "java": "';' expected", "csharp": "; expected", "c": "expected ';' after expression", "rust": "expected `;`",
    }, "Add the missing semicolon"),
    row("comma", r"\w(?P<x>,)(?= \w)", "", {
        "ts": "',' expected.", "js": "Parsing error: ',' expected.", "java": "')' or ',' expected", "csharp": ", expected",
        "python": "SyntaxError: invalid syntax. Perhaps you forgot a comma?", "rust": "expected `,`", "c": "expected ')'",
        "go": "syntax error: unexpected name, expected comma",
    }, "Add the missing comma"),
    row("constant", r"\b(?P<x>let)(?= (\w+)\b)", "const", {
        "ts": "Cannot assign to '{1}' because it is a constant.", "js": "'{1}' is constant.",
    }, "Make `{1}` a variable", accepts=is_assigned_again),
    row("mutable", r"\blet (?P<x>mut )(?=(\w+))", "", {
        "rust": "cannot borrow `{1}` as mutable, as it is not declared as mutable || cannot assign twice to immutable variable `{1}`",
    }, "Make `{1}` mutable"),
    row("new", r"\b(?P<x>new )(?=([A-Z]\w*)\()", "", {
        "ts": "Value of type 'typeof {1}' is not callable. Did you mean to include 'new'?",
        "js": "TypeError: Class constructor {1} cannot be invoked without 'new'", "java": "cannot find symbol: {1}",
    }, "Create `{1}` with `new`"),
    row("other language", r"\bNone\b", "null", {"python": '"null" is not defined'}, "Use `None`"),
    row("other language", r"\bTrue\b", "true", {"python": '"true" is not defined'}, "Use `True`"),
    row("other language", r"\belif\b", "else if", {"python": 'Expected ":"'}, "Use `elif`"),
    row("other language", r"\blen\((\w+)\)", "{0}.length", {"python": 'Cannot access attribute "length" for class "list"'}, "Use `len`"),
    row("other language", r"(?<=\w)\.append\(", ".push(", {"python": 'Cannot access attribute "push" for class "list"'}, "Use `append`"),
    row("other language", r"(?<=\w)\.push\(", ".append(", {
        "ts": "Property 'append' does not exist on type 'any[]'.", "js": "TypeError: append is not a function",
    }, "Use `push`"),
    row("other language", r"(?<=[\w)\]])\.length\b", ".size", {"ts": "Property 'size' does not exist on type 'any[]'."}, "Use `length`"),
    row("other language", r"\bnull\b", "None", {"ts": "Cannot find name 'None'.", "js": "'None' is not defined."}, "Use `null`"),
    row("other language", r"\bnil\b", "null", {"go": "undefined: null"}, "Use `nil`"),
]  # fmt: skip
"""A kind may have several rows."""
