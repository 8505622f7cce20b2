from __future__ import annotations

import re
from random import Random

from examples.function import Function
from examples.mixture import LANGUAGE_NAMES
from examples.prompts import BODY_OTHER, BODY_THIRD_PERSON
from examples.prose import first_sentence
from examples.tasks.task import Task, code_block

LONGEST_PARAMETERS = 160
THIRD_PERSON = re.compile(r"[A-Z][a-z]+[^s\W]s\Z")
NOT_VERBS = frozenset("This Is Was Has Always Does".split())


def body(function: Function, rng: Random) -> Task | None:
    """Name, parameters and the first sentence of the doc comment -> the whole function."""
    if not function.prose or len(function.parameters) > LONGEST_PARAMETERS:
        return None
    sentence = first_sentence(function.prose)
    verb = sentence.split()[0]
    is_third_person = bool(THIRD_PERSON.match(verb)) and verb not in NOT_VERBS
    what = sentence[0].lower() + sentence[1:] if is_third_person else sentence
    request = rng.choice(BODY_THIRD_PERSON if is_third_person else BODY_OTHER)
    user = request.format(LANGUAGE_NAMES[function.language], function.name, function.parameters, what)
    return Task(user, code_block(function.code, function.language, rng), {"name": function.name})
