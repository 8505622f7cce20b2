"""Instruction tasks of held-out packages: fix a seeded bug, explain a function."""

from __future__ import annotations

import random
import re

from evaluate.metrics import chrf, edit_similarity, exact_trimmed, rouge_l
from evaluate.options import Options, scaled
from evaluate.places import TASKS
from evaluate.results import mean
from evaluate.workers import answers, read

COUNTS = {"fix": 120, "explain": 80}
MAX_TOKENS = {"fix": 400, "explain": 80}
SHOWN = 6
_FENCED = re.compile(r"```[^\n]*\n(.*?)\n?```", re.DOTALL)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def run(options: Options) -> dict:
    """Scores by model, trivial baselines among them, and each model's best and worst answers."""
    found = tasks(options)
    requests = [request_of(task) for task in found]
    models = {f"baseline: {name}": scores(found, {task["id"]: make(task) for task in found})
              for name, make in BASELINES.items()}
    samples = {}
    for name, path in options.models.items():
        arguments = ("--model", str(path))
        written = answers("generate", f"tasks-{name}", requests, arguments=arguments, processes=options.processes)
        texts = {id: answer["text"] for id, answer in written.items()}
        models[name] = scores(found, texts)
        samples[name] = {kind: shown([task for task in found if task["kind"] == kind], texts) for kind in COUNTS}
    return {"models": models, "samples": samples}


def tasks(options: Options) -> list[dict]:
    """Held-out tasks, the same ones each time, with an `id`."""
    every = [{**task, "id": f"{task['kind']} {at}"} for at, task in enumerate(read(TASKS))]
    random.Random(5).shuffle(every)
    return [task for kind, count in COUNTS.items()
            for task in [each for each in every if each["kind"] == kind][: scaled(options, count)]]


def request_of(task: dict) -> dict:
    """The user's turn in the chat template; the answer ends with `<|im_end|>`."""
    prompt = [
        {"control": "<|im_start|>"},
        {"text": f"user\n{task['prompt']}"},
        {"control": "<|im_end|>"},
        {"text": "\n"},
        {"control": "<|im_start|>"},
        {"text": "assistant\n"},
    ]
    return {"id": task["id"], "kind": "prompt", "prompt": prompt, "maxTokens": MAX_TOKENS[task["kind"]]}


def scores(found: list[dict], texts: dict[str, str]) -> dict[str, dict]:
    """Means by kind of task."""
    of = {kind: [(task, texts[task["id"]]) for task in found if task["kind"] == kind and task["id"] in texts]
          for kind in COUNTS}
    fixes = [fix_score(task, text) for task, text in of["fix"]]
    return {
        "fix": {
            "samples": len(fixes),
            **({key: mean(each[key] for each in fixes) for key in fixes[0]} if fixes else {}),
        },
        "explain": {
            "samples": len(of["explain"]),
            "chrF": mean(chrf(task["answer"], text) for task, text in of["explain"]),
            "rougeL": mean(rouge_l(task["answer"], text) for task, text in of["explain"]),
        },
    }


def fix_score(task: dict, text: str) -> dict[str, float]:
    """What an answer does with the bug: the whole code right, the wrong line right, nothing changed."""
    expected, given, broken = code_in(task["answer"]), code_in(text), task["meta"]["broken"]
    wrong = bug_lines(broken, expected)
    lines = [line.strip() for line in given.split("\n")]
    return {
        "exact": exact_trimmed(expected, given),
        "lineRight": not exact_trimmed(broken, given)
        and all(lines.count(line) >= count for line, count in wrong.items()),
        "similarity": edit_similarity(expected, given),
        "unchanged": exact_trimmed(broken, given),
    }


def bug_lines(broken: str, fixed: str) -> dict[str, int]:
    """The lines of the fixed code that the broken code lacks, without indentation; how often each has to be there."""
    had = [line.strip() for line in broken.split("\n")]
    want = [line.strip() for line in fixed.split("\n")]
    return {line: want.count(line) for line in want if want.count(line) > had.count(line)}


def code_in(answer: str) -> str:
    """The first fenced block; all of an answer that has none, or its unfinished block."""
    fenced = _FENCED.search(answer)
    if fenced:
        return fenced[1]
    return re.sub(r"^.*?```[^\n]*\n", "", answer, flags=re.DOTALL)


def shown(found: list[dict], texts: dict[str, str]) -> dict[str, list[dict]]:
    """The best and the worst answers, by similarity to what was expected."""
    rated = sorted((task for task in found if task["id"] in texts), key=lambda task: _rating(task, texts[task["id"]]))
    rows = [
        {"language": task["language"], "prompt": task["prompt"], "expected": task["answer"],
         "given": texts[task["id"]], "rating": _rating(task, texts[task["id"]])}
        for task in rated
    ]
    return {"good": rows[::-1][:SHOWN], "bad": rows[:SHOWN]}


def _rating(task: dict, text: str) -> float:
    if task["kind"] == "explain":
        return chrf(task["answer"], text)
    score = fix_score(task, text)
    return score["exact"] + score["lineRight"] + score["similarity"] - score["unchanged"]


def _unchanged(task: dict) -> str:
    return task["meta"]["broken"] if task["kind"] == "fix" else code_in(task["prompt"])


def _name_in_words(task: dict) -> str:
    if task["kind"] == "fix":
        return ""
    return " ".join(_WORDS.findall(str(task["meta"].get("name", "")))).lower()


BASELINES = {"give back the code": _unchanged, "the name in words": _name_in_words}
