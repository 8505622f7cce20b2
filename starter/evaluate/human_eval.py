"""HumanEval-Infilling, single line (Bavarian et al. 2022): the share of completions that pass the program's tests.

The problems are published at github.com/openai/human-eval-infilling (data/HumanEval-SingleLineInfilling.jsonl.gz, MIT).
They are written for a suffix that begins a line; the product's begins with the end of the cursor's line, so that one
line end moves from the answer to the suffix. One greedy answer per problem.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from evaluate.metrics import exact
from evaluate.options import Options
from evaluate.places import generating
from evaluate.results import mean
from evaluate.sandbox import passing
from evaluate.workers import answers


def run(options: Options) -> dict:
    """pass@1 by model; raises SystemExit without the file of problems."""
    if options.human_eval is None:
        raise SystemExit("humaneval needs --human-eval HumanEval-SingleLineInfilling.jsonl.gz")
    found = some(problems(options.human_eval), options.limit)
    fixed = {
        "the reference": {each["task_id"]: each["canonical_solution"].rstrip("\n") for each in found},
        "an empty line": {each["task_id"]: "" for each in found},
    }
    models = {name: score(found, texts, options) for name, texts in fixed.items()}
    requests = [request_of(problem) for problem in found]
    for name, path in options.models.items():
        arguments = ("--model", str(path), *generating(name))
        written = answers("generate", f"humaneval-{name}", requests, arguments=arguments, processes=options.processes)
        models[name] = score(found, {id: answer["text"] for id, answer in written.items()}, options)
    return {"models": models}


def problems(path: Path) -> list[dict]:
    """The rows of the published file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def some(found: list[dict], limit: int | None) -> list[dict]:
    """At most `limit` problems, evenly spread."""
    if limit is None or limit >= len(found):
        return found
    return [found[at * len(found) // limit] for at in range(limit)]


def request_of(problem: dict) -> dict:
    """One line to be written at the start of a line."""
    return {
        "id": problem["task_id"],
        "kind": "line",
        "path": f"{problem['entry_point']}.py",
        "languageId": "python",
        "prefix": problem["prompt"],
        "suffix": f"\n{problem['suffix']}",
    }


def program_of(problem: dict, text: str) -> str:
    """The completed program and its tests."""
    code = f"{problem['prompt']}{text}\n{problem['suffix']}"
    return f"{code}\n{problem['test']}\ncheck({problem['entry_point']})\n"


def score(found: list[dict], texts: dict[str, str], options: Options) -> dict[str, float | int | None]:
    """The share that passes, and the share that is the reference's own line."""
    answered = [(each, texts[each["task_id"]]) for each in found if each["task_id"] in texts]
    passed = passing([program_of(problem, text) for problem, text in answered], options.processes)
    return {
        "samples": len(answered),
        "pass": mean(passed),
        "exact": mean(exact(problem["canonical_solution"], text) for problem, text in answered),
    }
