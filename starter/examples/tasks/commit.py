from __future__ import annotations

import re
from difflib import unified_diff
from random import Random

from examples.bugs import seed_bug
from examples.bugs.names import is_declared, occurrences
from examples.declarations import COMMON
from examples.function import Function
from examples.prompts import COMMIT
from examples.tasks.task import Task

Change = tuple[str, str, str]
"""Before, after, summary."""

LOGGING = re.compile(r"^[ \t]*(?:console\.\w+|print|logger\.\w+|log\.\w+|fmt\.Print\w*|System\.out\.\w+)\(.*\);?\n", re.MULTILINE)


def commit(function: Function, rng: Random) -> Task | None:
    """The diff of a seeded change -> its summary in the imperative."""
    makers = [repaired, repaired, renamed, documented, parameter_added, logging_removed]
    for make in rng.sample(makers, len(makers)):
        change = make(function, rng)
        if change is not None:
            before, after, summary = change
            diff = "\n".join(unified_diff(before.split("\n"), after.split("\n"), f"a/{function.path}", f"b/{function.path}", lineterm=""))
            return Task(f"{rng.choice(COMMIT)}\n\n```diff\n{diff}\n```", summary)
    return None


def repaired(function: Function, rng: Random) -> Change | None:
    bug = seed_bug(function.code, function.language, rng)
    return bug and (bug.broken, function.code, f"{bug.repair} in `{function.name}`")


def renamed(function: Function, rng: Random) -> Change | None:
    """A local name takes the place of a shortened one."""
    names = [
        name
        for name, found in occurrences(function.code, function.language).items()
        if 2 <= len(found) <= 6 and len(name) > 4 and name not in COMMON and is_local(function.code, name, found)
    ]
    if not names:
        return None
    name = rng.choice(sorted(names))
    old = rng.choice((name[:3], name[0], f"{name}_", "tmp", "value", "item"))
    if re.search(rf"\b{old}\b", function.code):
        return None
    return re.sub(rf"(?<![\w$]){re.escape(name)}(?![\w$])", old, function.code), function.code, f"Rename `{old}` to `{name}`"


def is_local(code: str, name: str, places: list[int]) -> bool:
    return is_declared(code, places[0], name) and all(code[at - 1 : at] not in (".", "'", '"') for at in places)


def documented(function: Function, rng: Random) -> Change | None:
    if not function.prose or function.language == "python" or len(function.doc) > 500:
        return None
    return function.code, f"{function.doc}\n{function.code}", f"Document `{function.name}`"


def parameter_added(function: Function, rng: Random) -> Change | None:
    """The last parameter of the header is the new one."""
    header, line_feed, rest = function.code.partition("\n")
    found = re.search(r", (?:\w+ )?(\w+)\??(?:: ?[\w\[\]<>| ]+)?(?: ?= ?[\w'\"\[\]{}.]+)?(?=\) ?(?:->|:|\{|=>|$))", header)
    if not found:
        return None
    before = header[: found.start()] + header[found.end() :] + line_feed + rest
    return before, function.code, f"Add parameter `{found.group(1)}` to `{function.name}`"


def logging_removed(function: Function, rng: Random) -> Change | None:
    found = LOGGING.search(function.code)
    if not found:
        return None
    after = function.code[: found.start()] + function.code[found.end() :]
    return function.code, after, f"Remove logging from `{function.name}`"
