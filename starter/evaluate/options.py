"""What can be chosen on the command line, the same for every step."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from evaluate.places import MODELS

MAIN_LANGUAGES = ("typescript", "tsx", "javascript", "python")


class Options(NamedTuple):
    """`samples` multiplies every sample size; `human_eval` is the file of problems, if there is one."""

    models: dict[str, Path]
    samples: float
    languages: tuple[str, ...] | None
    human_eval: Path | None
    limit: int | None
    processes: int


def parser(steps: list[str]) -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(prog="python -m evaluate", description=__doc__)
    found.add_argument("steps", nargs="+", choices=[*steps, "all"], help="what to measure, in this order")
    found.add_argument("--models", nargs="+", default=list(MODELS), help="names of the table, or name=path.gguf")
    found.add_argument("--samples", type=float, default=1.0, help="share of the usual sample sizes, e.g. 0.1")
    found.add_argument("--languages", nargs="+", help="only these")
    found.add_argument("--human-eval", type=Path, help="HumanEval-SingleLineInfilling.jsonl.gz")
    found.add_argument("--limit", type=int, help="HumanEval: only so many problems, evenly spread")
    found.add_argument("--processes", type=int, default=2)
    return found


def options_of(given: argparse.Namespace) -> Options:
    """Checks what was given; raises SystemExit for a model that is not there."""
    models = {}
    for each in given.models:
        name, _, path = each.partition("=")
        models[name] = Path(path).resolve() if path else MODELS.get(name, Path(name))
        if not models[name].exists():
            raise SystemExit(f"There is no model {models[name]}")
    languages = tuple(given.languages) if given.languages else None
    return Options(models, given.samples, languages, given.human_eval, given.limit, given.processes)


def scaled(options: Options, count: int) -> int:
    """A usual sample size as chosen on the command line, at least 1."""
    return max(1, round(count * options.samples))
