from __future__ import annotations

from random import Random

from examples.function import Function
from examples.mixture import LANGUAGE_NAMES
from examples.prompts import EXPLAIN
from examples.tasks.task import Task, code_block


def explain(function: Function, rng: Random) -> Task | None:
    """Code without its doc comment -> the comment as prose."""
    if not function.prose:
        return None
    request = rng.choice(EXPLAIN).format(LANGUAGE_NAMES[function.language], function.name)
    return Task(f"{request}\n\n{code_block(function.code, function.language, rng)}", function.prose, {"name": function.name})
