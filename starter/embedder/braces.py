"""Functions and types of languages with braces: a head by its pattern, an end by its indentation."""

import re
from collections.abc import Iterator

_NAME = r"(?P<name>[A-Za-z_$][\w$]*)"
_NOT_A_NAME = (
    r"(?!(?:if|for|while|switch|catch|return|else|do|new|delete|throw|case|function|constructor|sizeof|using|lock|"
    r"foreach|await|yield|super|this|typeof|defined|match|loop|require|import)\b)"
)
_SCRIPT = (
    rf"(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?function\s*\*?\s*{_NAME}",
    rf"(?:export\s+)?(?:const|let|var)\s+{_NAME}\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>|<)",
    rf"(?:[\w$]+\.)+{_NAME}\s*=\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*=>)",
    rf"{_NAME}\s*:\s*(?:async\s*)?function\b",
    r"(?:(?:public|private|protected|static|async|override|get|set|\*)\s+)*"
    rf"{_NOT_A_NAME}{_NAME}\s*(?:<[^>]*>)?\((?!['\"`])(?=[^()]*(?:\)\s*(?::.*)?\{{|$|[^;]*$))",
)
_SCRIPT_TYPES = (rf"(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:class|interface|enum)\s+{_NAME}",)
_MODIFIERS = (
    r"(?:(?:public|private|protected|internal|static|final|abstract|synchronized|override|virtual|async|sealed|"
    r"partial|default|unsafe|extern|native|strictfp|new|readonly)\s+)"
)
_CURLY = (rf"{_MODIFIERS}+(?:<[^>]*>\s*)?[\w<>\[\],.?: ]+?\s+{_NOT_A_NAME}{_NAME}\s*(?:<[^>]*>)?\(",)
_CURLY_TYPES = (rf"{_MODIFIERS}*(?:class|interface|enum|record|struct)\s+{_NAME}",)
_C = (rf"(?![\s#}}])(?:[\w:<>,*&~\[\] ]*[\s*&:])?{_NOT_A_NAME}{_NAME}\s*\((?!.*;\s*$)",)
_C_TYPES = (rf"(?:typedef\s+)?(?:template\s*<.*>\s*)?(?:struct|class|union|enum(?:\s+class)?)\s+{_NAME}",)
_GO = (rf"func\s+(?:\([^)]*\)\s*)?{_NAME}\s*[\[(]",)
_RUST_PUBLIC = r"(?:pub(?:\([^)]*\))?\s+)?"
_RUST = (rf'{_RUST_PUBLIC}(?:(?:const|async|unsafe|default|extern(?:\s+"\w+")?)\s+)*fn\s+{_NAME}',)

# Per language: patterns of functions, patterns of types, tried at the first character of a line that is no space.
_HEADS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "typescript": (_SCRIPT, _SCRIPT_TYPES),
    "tsx": (_SCRIPT, _SCRIPT_TYPES),
    "javascript": (_SCRIPT, _SCRIPT_TYPES),
    "java": (_CURLY, _CURLY_TYPES),
    "csharp": (_CURLY, _CURLY_TYPES),
    "c": (_C, _C_TYPES),
    "cpp": (_C, _C_TYPES),
    "go": (_GO, (rf"type\s+{_NAME}\s+(?:struct|interface)\b",)),
    "rust": (_RUST, (rf"{_RUST_PUBLIC}(?:struct|enum|trait|union)\s+{_NAME}",)),
    "shell": ((r"(?:function\s+)?(?P<name>[A-Za-z_][\w:-]*)\s*\(\)",), ()),
}
BRACE_LANGUAGES = frozenset(_HEADS)
_COMPILED = {
    language: [(re.compile(each), True) for each in functions] + [(re.compile(each), False) for each in types]
    for language, (functions, types) in _HEADS.items()
}
# Longer heads and bodies are macros, tables or a lost brace.
_MAX_HEAD_LINES, _MAX_LINES = 16, 400
_ATTRIBUTE = re.compile(r"\s*(?:@\w|#!?\[|\[[A-Z]|template\s*<|export\s*$)")
_SHELL_COMMENT = re.compile(r"\s*#(?!!)")
_LINE_COMMENT = re.compile(r"\s*//")


def brace_definitions(text: str, language: str) -> Iterator[tuple[str, str, str, int, int, bool]]:
    """The fields of `Definition`, in the order of the file."""
    lines = text.split("\n")
    line_comment = _SHELL_COMMENT if language == "shell" else _LINE_COMMENT
    at = 0
    while at < len(lines):
        head = _head(lines[at], language)
        end = _end(lines, at) if head else None
        if head is None or end is None:
            at += 1
            continue
        name, is_function = head
        yield name, _comment_above(lines, at, line_comment), "\n".join(lines[at:end]), at, end, is_function
        at = end if is_function else at + 1


def _head(line: str, language: str) -> tuple[str, bool] | None:
    bare = line.lstrip()
    if not bare or bare[0] in "/*#})]+-.,;'\"<" or len(line) > 300:
        return None
    for pattern, is_function in _COMPILED[language]:
        found = pattern.match(bare)
        if found:
            return found["name"], is_function
    return None


def _end(lines: list[str], start: int) -> int | None:
    """The line after the closing brace; None for a declaration without a body."""
    opening = _opening(lines, start)
    if opening is None:
        return None
    bare = lines[opening].rstrip()
    if bare.endswith(("}", "};", "},")):
        return opening + 1
    indent = _indent(lines[start])
    for at in range(opening + 1, min(len(lines), opening + _MAX_LINES)):
        if lines[at].startswith("}", indent) and _indent(lines[at]) == indent:
            return at + 1
    return None


def _opening(lines: list[str], start: int) -> int | None:
    for at in range(start, min(len(lines), start + _MAX_HEAD_LINES)):
        bare = lines[at].split("//")[0].rstrip()
        if bare.endswith("{") or ("{" in bare and bare.endswith(("}", "};", "},"))):
            return at
        if bare.endswith((";", "}")) or (not bare and at > start):
            return None
    return None


def _comment_above(lines: list[str], start: int, line_comment: re.Pattern[str]) -> str:
    at = start - 1
    while at >= 0 and _ATTRIBUTE.match(lines[at]):
        at -= 1
    last = at
    if at >= 0 and lines[at].rstrip().endswith("*/"):
        while at >= 0 and "/*" not in lines[at]:
            at -= 1
        return "\n".join(lines[max(at, 0) : last + 1])
    while at >= 0 and line_comment.match(lines[at]):
        at -= 1
    return "\n".join(lines[at + 1 : last + 1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
