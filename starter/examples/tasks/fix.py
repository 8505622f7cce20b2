from __future__ import annotations

from random import Random

from examples.bugs import seed_bug
from examples.function import Function
from examples.prompts import FIX
from examples.tasks.task import Task, code_block

MOST_LINES = 40


def fix(function: Function, rng: Random) -> Task | None:
    """Code with a seeded bug and its diagnostic -> the code as it was."""
    if function.line_count > MOST_LINES:
        return None
    bug = seed_bug(function.code, function.language, rng)
    if bug is None:
        return None
    request = rng.choice(FIX).format(bug.message, bug.line)
    broken = code_block(bug.broken, function.language, rng)
    label = broken[3 : broken.index("\n")]
    facts = {"bug": bug.kind, "message": bug.message, "line": bug.line, "broken": bug.broken}
    return Task(f"{request}\n\n{broken}", f"```{label}\n{function.code}\n```", facts)
