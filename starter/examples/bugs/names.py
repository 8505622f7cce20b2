"""Misspelt names and variables in each other's place."""

from __future__ import annotations

import re
from collections import defaultdict
from random import Random

from examples.bugs.types import Bug, Messages, line_of, masked, message_for
from examples.declarations import COMMON

NAME = re.compile(r"(?<![\w$#@])[A-Za-z_$][\w$]*")
LEAST = 4
"""Characters of a name that is misspelt."""

UNKNOWN: Messages = {
    "ts": ("Cannot find name '{0}'. Did you mean '{1}'?", "Cannot find name '{0}'."),
    "js": ("'{0}' is not defined.", "ReferenceError: {0} is not defined"),
    "python": ('"{0}" is not defined', "NameError: name '{0}' is not defined. Did you mean: '{1}'?"),
    "go": ("undefined: {0}",),
    "rust": ("cannot find value `{0}` in this scope",),
    "java": ("cannot find symbol: {0}",),
    "csharp": ("The name '{0}' does not exist in the current context",),
    "c": ("use of undeclared identifier '{0}'; did you mean '{1}'?", "'{0}' undeclared (first use in this function)"),
}
UNKNOWN_MEMBER: Messages = {
    "ts": (
        "Property '{0}' does not exist on type '{2}'. Did you mean '{1}'?",
        "Property '{0}' does not exist on type '{2}'.",
    ),
    "js": ("Cannot read properties of undefined (reading '{0}')", "TypeError: {0} is not a function"),
    "python": ('Cannot access attribute "{0}" for class "{2}"', "AttributeError: '{2}' object has no attribute '{0}'"),
    "go": ("type {2} has no field or method {0}",),
    "rust": ("no method named `{0}` found for struct `{2}` in the current scope", "no field `{0}` on type `{2}`"),
    "java": ("cannot find symbol: {0}",),
    "csharp": ("'{2}' does not contain a definition for '{0}'",),
    "c": ("no member named '{0}' in '{2}'; did you mean '{1}'?",),
}
UNUSED: Messages = {
    "ts": ("'{0}' is declared but its value is never read.", "'{0}' is defined but never used."),
    "js": ("'{0}' is defined but never used.", "'{0}' is assigned a value but never used."),
    "python": ('Variable "{0}" is not accessed', "Local variable `{0}` is assigned to but never used"),
    "go": ("declared and not used: {0}",),
    "rust": ("unused variable: `{0}`",),
    "java": ("The value of the local variable {0} is not used",),
    "csharp": ("The variable '{0}' is assigned but its value is never used",),
    "c": ("unused variable '{0}'",),
}


def misspelt_name(code: str, language: str, rng: Random) -> Bug | None:
    """One occurrence, not the first, of a name that occurs more often; members also where they occur once."""
    uses = occurrences(code, language)
    places = [
        (at, name)
        for name, found in uses.items()
        if len(name) >= LEAST and name not in COMMON
        for at in found
        if at != found[0] or code[at - 1 : at] == "."
    ]
    if not places:
        return None
    at, name = rng.choice(places)
    wrong = misspelt(name, rng)
    if wrong in uses or wrong == name:
        return None
    is_member = code[at - 1 : at] == "."
    owner = re.search(r"([A-Za-z_]\w*)[?!]?\.$", code[:at])
    type_name = owner.group(1)[:1].upper() + owner.group(1)[1:] if owner else "object"
    message = message_for(UNKNOWN_MEMBER if is_member else UNKNOWN, language, rng, wrong, name, type_name)
    if message is None:
        return None
    broken = code[:at] + wrong + code[at + len(name) :]
    return Bug("typo", broken, line_of(code, at), message, f"Fix the misspelt `{name}`")


def misspelt(name: str, rng: Random) -> str:
    """As fingers do it: two letters swapped, one lost, one doubled, a capital or an ending lost."""
    at = rng.randrange(1, len(name) - 1)
    return rng.choice(
        (
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + name[at + 1 :],
            name[: at + 1] + name[at:],
            name[:at] + name[at].swapcase() + name[at + 1 :],
            name[:-1] if name.endswith("s") else name + "s",
        )
    )


def wrong_variable(code: str, language: str, rng: Random) -> Bug | None:
    """The only use of a variable replaced by another variable, so that the first one is unused."""
    uses = {
        name: found
        for name, found in occurrences(code, language).items()
        if name not in COMMON and len(name) > 1 and all(code[at - 1 : at] != "." for at in found)
    }
    once = [name for name, found in uses.items() if len(found) == 2 and is_declared(code, found[0], name)]
    if not once:
        return None
    name = rng.choice(once)
    first, at = uses[name]
    others = [other for other, found in uses.items() if other != name and found[0] < at and is_declared(code, found[0], other)]
    message = message_for(UNUSED, language, rng, name)
    if not others or message is None or line_of(code, first) == line_of(code, at):
        return None
    other = rng.choice(others)
    broken = code[:at] + other + code[at + len(name) :]
    return Bug("wrong variable", broken, line_of(code, first), message, f"Use `{name}` instead of `{other}`")


DECLARED = re.compile(r"(?:\b(?:const|let|var|mut|int|for|auto|double|char|float|bool|String|string)\s+\*?|[(,]\s*|^[ \t]*)\Z", re.MULTILINE)
ASSIGNED = re.compile(r"\s*(?::=|[:,)]|=[^=]|in\b|of\b)")


def is_declared(code: str, at: int, name: str) -> bool:
    """Whether the look of the code says that a variable or parameter is introduced here."""
    line_start = code.rfind("\n", 0, at) + 1
    return bool(DECLARED.search(code[line_start:at]) and ASSIGNED.match(code, at + len(name)))


def occurrences(code: str, language: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for match in NAME.finditer(masked(code, language)):
        found[match.group()].append(match.start())
    return found
