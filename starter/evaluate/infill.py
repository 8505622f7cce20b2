"""Fill in the middle on held-out packages: exact match and edit similarity, per language and kind of cut."""

from __future__ import annotations

from evaluate.copying import continuation, cut_like
from evaluate.cuts import has_identifier
from evaluate.metrics import edit_similarity, exact, exact_trimmed
from evaluate.options import Options
from evaluate.places import generating
from evaluate.results import mean
from evaluate.samples import Sample, request_of, samples
from evaluate.workers import answers

LEAST_LOG_PROBABILITY = -1.8
"""Mean natural logarithm per token below which the product shows nothing unasked (completer.ts)."""


def run(options: Options) -> dict:
    """Scores by model, language and kind; `lines` is the single-line subset that has an identifier."""
    found = samples(options)
    requests = [request_of(sample) for sample in found]
    models = {"copy from context": scores(found, {each.id: copied(each) for each in found})}
    shown = {}
    for name, path in options.models.items():
        arguments = ("--model", str(path), *generating(name))
        written = answers("generate", f"infill-{name}", requests, arguments=arguments, processes=options.processes)
        models[name] = scores(found, {id: answer["text"] for id, answer in written.items()})
        shown[name] = shown_unasked(found, written)
    return {"models": models, "shown": shown}


def scores(found: list[Sample], texts: dict[str, str]) -> dict[str, dict]:
    """Means by "language kind", of the samples that were answered."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for sample in found:
        if sample.id not in texts:
            continue
        pair = (sample.cut.middle, texts[sample.id])
        groups.setdefault(f"{sample.language} {sample.kind}", []).append(pair)
        if sample.kind == "single line" and has_identifier(sample.cut.middle):
            groups.setdefault(f"{sample.language} single line with identifier", []).append(pair)
    return {group: score(pairs) for group, pairs in groups.items()}


def shown_unasked(found: list[Sample], written: dict[str, dict]) -> dict[str, dict]:
    """Of the lines that the product would show by itself, by "language kind": their share, and how many are right."""
    groups: dict[str, list[tuple[bool, bool]]] = {}
    for sample in found:
        answer = written.get(sample.id)
        if answer is None or answer.get("logProbability") is None:
            continue
        sure = answer["text"].strip() != "" and answer["logProbability"] >= LEAST_LOG_PROBABILITY
        right = exact(sample.cut.middle, answer["text"])
        groups.setdefault(f"{sample.language} {sample.kind}", []).append((sure, right))
    return {
        group: {"shown": mean(sure for sure, _ in each), "exact": mean(right for sure, right in each if sure)}
        for group, each in groups.items()
    }


def score(pairs: list[tuple[str, str]]) -> dict[str, float | int | None]:
    """Means over pairs of what was expected and what was given."""
    return {
        "samples": len(pairs),
        "exact": mean(exact(*pair) for pair in pairs),
        "exactTrimmed": mean(exact_trimmed(*pair) for pair in pairs),
        "similarity": mean(edit_similarity(*pair) for pair in pairs),
    }


def copied(sample: Sample) -> str:
    """The copy-from-context baseline's answer."""
    return cut_like(sample.kind, continuation(sample.cut.prefix), sample.cut.middle)
