"""Names that a file declares at its outer levels, found by the look of the lines."""

from __future__ import annotations

import re

from examples.sources import SourceFile

IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]{2,}")

COMMON = frozenset(
    """abstract and any async await bool boolean break case catch char class const continue def default delete del double
    elif else end enum export extends extern false final finally float for foreach from func function global goto impl
    implements import instanceof int interface lambda let long match mod module mut namespace new nil none None not null
    number object operator override package pass print private protected pub public raise readonly require return self
    short signed sizeof static str string struct super switch template then this throw throws trait True False true try
    type typedef typeof undefined union unless unsafe unsigned until use using val var virtual void when where while with
    yield constructor toString module exports index value key name data result args kwargs options test init main
    __init__""".split()
)
"""Words that tell nothing about what code is about."""

ECMASCRIPT = re.compile(
    r"^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?"
    r"(?:function\*?|class|interface|type|enum|const|let|var|namespace)\s+([A-Za-z_$][\w$]*)",
    re.MULTILINE,
)
C = re.compile(
    r"^(?:typedef\s+)?(?:struct|class|enum(?:\s+class)?|union|namespace)\s+(\w+)|^#define\s+(\w+)"
    r"|^[A-Za-z_][\w\s*&:<>,]*?\b(\w+)\s*\([^;{}]*$",
    re.MULTILINE,
)
JAVA = re.compile(
    r"^[ \t]*(?:(?:public|private|protected|internal|static|final|abstract|sealed|partial|override|virtual|async)\s+)+"
    r"(?:(?:class|interface|enum|record|struct)\s+(\w+)|[\w<>\[\], .?]+?\s+(\w+)\s*\()",
    re.MULTILINE,
)

DECLARATIONS: dict[str, re.Pattern[str]] = {
    "ecmascript": ECMASCRIPT,
    "python": re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)|^([A-Z][A-Z_0-9]{2,})\s*(?::[^=\n]+)?=", re.MULTILINE),
    "go": re.compile(r"^func\s+(?:\([^)]*\)\s*)?(\w+)|^type\s+(\w+)|^(?:var|const)\s+(\w+)", re.MULTILINE),
    "rust": re.compile(
        r"^[ \t]{0,4}(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?"
        r"(?:fn|struct|enum|trait|type|static|mod|macro_rules!)\s+(\w+)",
        re.MULTILINE,
    ),
    "java": JAVA,
    "csharp": JAVA,
    "c": C,
    "shell": re.compile(r"^(?:function\s+)?(\w+)\s*\(\)|^(?:export\s+)?([A-Z_]{3,})=", re.MULTILINE),
    "sql": re.compile(r"^CREATE\s+(?:OR\s+REPLACE\s+)?\w+\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.MULTILINE | re.IGNORECASE),
}
"""By family of languages."""


def declarations_in(file: SourceFile, family: str) -> list[tuple[str, int]]:
    """Telling names with the zero-based lines that declare them, in their order."""
    pattern = DECLARATIONS.get(family)
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(file.text):
        name = match.group(match.lastindex) if match.lastindex else ""
        if len(name) > 2 and name not in COMMON:
            found.append((name, file.line_at(match.start())))
    return found


def identifiers_in(text: str) -> set[str]:
    return set(IDENTIFIER.findall(text)) - COMMON
