from __future__ import annotations

from random import Random

from examples.formats import fenced
from examples.function import Function
from examples.mixture import FENCES, LANGUAGE_NAMES
from examples.prompts import DOCUMENT
from examples.tasks.task import Task, code_block

LONGEST = 900
"""Characters of a doc comment."""


def document(function: Function, rng: Random) -> Task | None:
    """Code without its doc comment -> the comment in the form of the language."""
    if not function.prose or len(function.doc) > LONGEST:
        return None
    request = rng.choice(DOCUMENT).format(LANGUAGE_NAMES[function.language], function.name)
    answer = fenced(function.doc, FENCES[function.language][0])
    return Task(f"{request}\n\n{code_block(function.code, function.language, rng)}", answer, {"name": function.name})
