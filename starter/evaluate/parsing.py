"""Whether completions parse: each multi-line completion put back into its file, beside the file as it was."""

from __future__ import annotations

from evaluate.copying import continuation, cut_like
from evaluate.heldout import editor_id
from evaluate.options import Options
from evaluate.results import mean
from evaluate.samples import Sample, samples
from evaluate.workers import answers, read
from evaluate.places import OUT

KIND = "multi line"


def run(options: Options) -> dict:
    """By model and language: the share of completions that add no syntax error; needs the texts of `infill`."""
    found = [each for each in samples(options) if each.kind == KIND]
    texts = {"empty": {each.id: "" for each in found}}
    texts["copy from context"] = {
        each.id: cut_like(KIND, continuation(each.cut.prefix), each.cut.middle) for each in found
    }
    for name in options.models:
        written = read(OUT / "work" / f"infill-{name}.answers.jsonl")
        texts[name] = {row["id"]: row["text"] for row in written}
    original = errors(found, {each.id: each.cut.middle for each in found}, "original", options)
    models = {}
    for name, by_id in texts.items():
        with_text = errors(found, by_id, name, options)
        models[name] = {}
        for language in sorted({each.language for each in found}):
            own = [each.id for each in found if each.language == language and original.get(each.id) is not None]
            parsed = [with_text[id] <= original[id] for id in own if with_text.get(id) is not None]
            if parsed:
                models[name][language] = {"samples": len(parsed), "parses": mean(parsed)}
    return {"models": models}


def errors(found: list[Sample], texts: dict[str, str], name: str, options: Options) -> dict[str, int | None]:
    """Syntax errors of each file with the text in the place of its middle; None where no grammar is packaged."""
    requests = [
        {
            "id": each.id,
            "languageId": editor_id(each.language),
            "text": each.cut.prefix + texts[each.id] + each.cut.suffix,
        }
        for each in found
        if each.id in texts
    ]
    counted = answers("parse", f"parse-{name.replace(' ', '-')}", requests, processes=options.processes)
    return {id: answer["errors"] for id, answer in counted.items()}
