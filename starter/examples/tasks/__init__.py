"""Instruction tasks made from functions: what the user asks and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from examples.function import Function
from examples.tasks.body import body
from examples.tasks.commit import commit
from examples.tasks.document import document
from examples.tasks.explain import explain
from examples.tasks.fix import fix
from examples.tasks.task import Task

__all__ = ["TASKS", "Task"]

TASKS: dict[str, Callable[[Function, Random], Task | None]] = {
    "explain": explain,
    "document": document,
    "fix": fix,
    "body": body,
    "commit": commit,
}
"""By kind of example. Each gives None for a function it cannot be made from."""
