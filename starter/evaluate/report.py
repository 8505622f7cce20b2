"""Renders out/evaluation/results.json as Markdown. Every table names the command that made it."""

from __future__ import annotations

from collections.abc import Callable

from evaluate import report_samples
from evaluate.aims import aims
from evaluate.methods import INTRODUCTION, METHODS
from evaluate.places import REPORT
from evaluate.results import load
from evaluate.tables import command, number, percent, table
from languages import LANGUAGES

BOTH = "Exact match / exact but for indentation / edit similarity"
KINDS = ("single line", "single line with identifier", "rest of line", "multi line", "random span")


def write() -> str:
    """Writes the report; answers its path."""
    every = load()
    sections = [
        "\n\n".join([f"## {title}", *([METHODS[needs]] if needs in METHODS else []), render(every)])
        for title, needs, render in SECTIONS
        if needs in every
    ]
    text = "\n\n".join([f"# Evaluation of the starter model\n\n{INTRODUCTION}", f"## Aims\n\n{aims(every)}", *sections])
    REPORT.write_text(f"{text}\n", encoding="utf-8")
    return str(REPORT)


def bits(every: dict) -> str:
    """Bits per byte."""
    models = {**({"n-gram": every["counting"]["bits"]} if "counting" in every else {}), **every["bits"]["models"]}
    rows = [
        [language, f"{every['bits']['bytes'][language] / 1000:.0f}",
         *(number(model.get(language), 3) for model in models.values())]
        for language in _languages(every["bits"]["bytes"])
    ]
    return table(["language", "kB", *models], rows) + command(every["bits"]) + command(every.get("counting"))


def infill(every: dict) -> str:
    """Exact match and edit similarity of every kind of cut."""
    models = dict(every["infill"]["models"])
    if "counting" in every:
        models["n-gram"] = every["counting"]["infill"]
    parts = []
    for kind in KINDS:
        rows = []
        for language in _languages({group.split(" ", 1)[0] for model in models.values() for group in model}):
            scores = [model.get(f"{language} {kind}") for model in models.values()]
            count = max((score["samples"] for score in scores if score), default=0)
            if count:
                rows.append([language, str(count), *(_both(score, count) for score in scores)])
        parts.append(f"### {kind.capitalize()}\n\n" + table(["language", "samples", *models], rows))
    return f"{BOTH}.\n\n" + "\n\n".join([*parts, _shown(every["infill"].get("shown", {}))]) + command(every["infill"])


def crossfile(every: dict) -> str:
    """With and without other files."""
    step = every["crossfile"]
    groups = list(dict.fromkeys(group for model in step["models"].values() for group in model))
    rows = [[group, *(_both(model.get(group)) for model in step["models"].values())] for group in groups]
    share = ", ".join(f"{language} {percent(value)}" for language, value in step["retrievedShare"].items())
    head = f"{BOTH}, of single lines. Anything was retrieved for: {share}.\n\n"
    return head + table(["language and context", *step["models"]], rows) + command(step)


def parsing(every: dict) -> str:
    """The share of multi-line completions that parse."""
    models = every["parsing"]["models"]
    rows = [[language, *(percent(model.get(language, {}).get("parses")) for model in models.values())]
            for language in _languages({language for model in models.values() for language in model})]
    return table(["language", *models], rows) + command(every["parsing"])


def human_eval(every: dict) -> str:
    """pass@1."""
    rows = [[name, str(score["samples"]), percent(score["pass"]), percent(score["exact"])]
            for name, score in every["humaneval"]["models"].items()]
    return table(["", "problems", "pass@1", "the reference's line"], rows) + command(every["humaneval"])


def tasks(every: dict) -> str:
    """Fix and explain, and some answers."""
    models = every["tasks"]["models"]
    fixes = [
        [name, str(score["samples"]), *(percent(score.get(key)) for key in ("exact", "lineRight", "unchanged")),
         number(score.get("similarity"))]
        for name, score in ((name, model["fix"]) for name, model in models.items())
    ]
    explained = [
        [name, str(score["samples"]), number(score["chrF"]), number(score["rougeL"])]
        for name, score in ((name, model["explain"]) for name, model in models.items())
    ]
    return "\n\n".join([
        table(["fix", "tasks", "exact", "wrong line right", "unchanged", "edit similarity"], fixes),
        table(["explain", "tasks", "chrF", "ROUGE-L"], explained) + command(every["tasks"]),
        report_samples.tasks(every["tasks"]["samples"]),
    ])


def memory(every: dict) -> str:
    """Overlaps with the training corpus."""
    models = every["memory"]["models"]
    rows = [
        [name, *(str(each[key]) for key in ("outputs", "median", "longest")), percent(each["long"]),
         percent(each["veryLong"]), str(len(each["secrets"]))]
        for name, each in models.items()
    ]
    head = ["", "outputs", "median overlap", "longest", "100 characters or more", "200 or more", "look like secrets"]
    return table(head, rows) + command(every["memory"]) + report_samples.overlaps(models)


def latency(every: dict) -> str:
    """Times."""
    keys = ("coldMs", "cachedMs", "cachedP95Ms", "loadMs", "promptTokens")
    rows = [
        [name, *(number(each[key], 0) for key in keys), number((each["bytes"] or 0) / 1e6, 1), str(each["samples"])]
        for name, each in every["latency"]["models"].items()
    ]
    head = ["", "new prompt, ms", "cached prompt, ms", "cached, p95", "loading, ms", "prompt tokens", "MB", "places"]
    return table(head, rows) + command(every["latency"])


SECTIONS: tuple[tuple[str, str, Callable[[dict], str]], ...] = (
    ("Bits per byte", "bits", bits),
    ("Fill in the middle", "infill", infill),
    ("Other files as context", "crossfile", crossfile),
    ("Completions that parse", "parsing", parsing),
    ("HumanEval-Infilling, single line", "humaneval", human_eval),
    ("Fix and explain", "tasks", tasks),
    ("Memorisation", "memory", memory),
    ("Latency and size", "latency", latency),
)


def _shown(models: dict) -> str:
    groups = list(dict.fromkeys(group for model in models.values() for group in model))
    rows = [
        [group, *(f"{percent(score['shown'])}: {percent(score['exact'])}" if score else "–"
                  for score in (model.get(group) for model in models.values()))]
        for group in groups
    ]
    return "### Lines the product would show unasked: their share, and how many of them are exact\n\n" + table(
        ["language and kind", *models], rows
    )


def _languages(found) -> list[str]:
    return [each.id for each in LANGUAGES if each.id in found]


def _both(score: dict | None, count: int | None = None) -> str:
    if not score or not score["samples"]:
        return "–"
    of_fewer = "" if count in (None, score["samples"]) else f" (of {score['samples']})"
    return f"{percent(score['exact'])} / {percent(score['exactTrimmed'])} / {number(score['similarity'])}{of_fewer}"
