"""Whether other files help: the same lines completed without context, with what the product retrieves, and with
snippets of a stranger's package.

The lines use a name that another file of their package declares. What is retrieved is found from the text around the
cursor alone, by the product's own sources; the middle is not seen.
"""

from __future__ import annotations

import random
import re

from evaluate.cuts import Cut, FIRST_LINE, single_line
from evaluate.heldout import Row, editor_id, rows, spread, written_by_hand
from evaluate.infill import score
from evaluate.options import Options, scaled
from evaluate.places import generating
from evaluate.samples import Sample, request_of
from evaluate.workers import answers

LANGUAGES = ("typescript", "python")
SAMPLES = 150
BUDGET_CHARACTERS = 1_500
MAX_FILES = 400
LEAST_NAME = 4
"""Letters; shorter names are declared everywhere."""

DECLARATIONS = {
    "typescript": re.compile(
        r"^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?"
        r"(?:class|function\*?|const|let|interface|type|enum)\s+([A-Za-z_$][\w$]*)",
        re.MULTILINE,
    ),
    "python": re.compile(r"^(?:class|(?:async\s+)?def)\s+([A-Za-z_]\w*)", re.MULTILINE),
}
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_IMPORT_LINE = re.compile(r"\s*(?:import|export|from)\b")


def run(options: Options) -> dict:
    """Scores by model, language and context; `found` is the subset for which anything was retrieved."""
    packages = {language: _packages(language) for language in LANGUAGES}
    found = [each for language in LANGUAGES for each in samples_of(language, packages[language], options)]
    retrieved = retrieve(found, packages, options)
    contexts = {"none": {}, "retrieved": retrieved, "unrelated": unrelated(found, retrieved)}
    named = {each.id for each in found if names_its_middle(each, retrieved[each.id], packages)}
    models = {}
    for name, path in options.models.items():
        models[name] = {}
        for context, snippets in contexts.items():
            asked = [request_of(each, snippets.get(each.id)) for each in found]
            written = answers("generate", f"crossfile-{name}-{context}", asked, arguments=("--model", str(path), *generating(name)),
                              processes=options.processes)
            pairs = [(each, (each.cut.middle, written[each.id]["text"])) for each in found]
            for language in LANGUAGES:
                own = [(sample, pair) for sample, pair in pairs if sample.language == language]
                models[name][f"{language} {context}"] = score([pair for _, pair in own])
                models[name][f"{language} {context}, declaration retrieved"] = score(
                    [pair for sample, pair in own if sample.id in named]
                )
    share = {language: _share([each for each in found if each.language == language], retrieved) for language in LANGUAGES}
    return {"retrievedShare": share, "models": models}


def samples_of(language: str, packages: dict[str, list[Row]], options: Options) -> list[Sample]:
    """Lines outside of imports that use a name declared in another file of their package and not in their own."""
    wanted, samples = scaled(options, SAMPLES), []
    declared = {package: _declared(language, files) for package, files in packages.items()}
    candidates = [row for files in packages.values() if len(files) > 1 for row in files if written_by_hand(row)]
    for at, row in zip(range(20 * wanted), spread(candidates, seed=4)):
        cut = cross_file_cut(row, declared[row["package"]], DECLARATIONS[language], random.Random(f"{language} {at}"))
        if cut is not None:
            samples.append(Sample(f"{language} {at}", language, "single line", row, cut))
        if len(samples) == wanted:
            break
    return samples


def cross_file_cut(
    row: Row, declared: dict[str, set[str]], pattern: re.Pattern[str], rng: random.Random
) -> Cut | None:
    """A line of the file that uses a name from elsewhere; None when it has none."""
    own = set(pattern.findall(row["text"]))
    lines = row["text"].split("\n")
    candidates = [
        at
        for at, line in enumerate(lines)
        if at >= FIRST_LINE and not _IMPORT_LINE.match(line)
        and any(declared.get(word, {row["path"]}) - {row["path"]} and word not in own for word in _WORD.findall(line))
    ]
    return single_line(row["text"], rng.choice(candidates), rng) if candidates else None


def retrieve(found: list[Sample], packages: dict[str, dict[str, list[Row]]], options: Options) -> dict[str, list[dict]]:
    """What the product finds for each sample, by the sample's id."""
    requests = []
    for each in found:
        request = {**request_of(each), "budgetCharacters": BUDGET_CHARACTERS}
        request["files"] = [
            {"path": row["path"], "text": row["text"], "languageId": editor_id(each.language)}
            for row in packages[each.language][each.row["package"]][:MAX_FILES]
        ]
        requests.append(request)
    found_snippets = answers("context", "crossfile-context", requests, processes=options.processes)
    return {id: answer["snippets"] for id, answer in found_snippets.items()}


def unrelated(found: list[Sample], retrieved: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """For each sample what was retrieved for another one, of the same language and another package."""
    strangers = {}
    for at, each in enumerate(found):
        others = [one for one in found[at + 1 :] + found[:at]
                  if one.language == each.language and one.row["package"] != each.row["package"] and retrieved[one.id]]
        strangers[each.id] = retrieved[others[0].id] if others else []
    return strangers


def names_its_middle(sample: Sample, snippets: list[dict], packages: dict[str, dict[str, list[Row]]]) -> bool:
    """Whether the snippets hold a name of the middle that another file declares."""
    declared = _declared(sample.language, packages[sample.language][sample.row["package"]])
    shown = {word for snippet in snippets for word in _WORD.findall(snippet["text"])}
    return any(word in shown and declared.get(word, set()) - {sample.row["path"]}
               for word in _WORD.findall(sample.cut.middle))


def _packages(language: str) -> dict[str, list[Row]]:
    packages: dict[str, list[Row]] = {}
    for row in rows(language):
        packages.setdefault(row["package"], []).append(row)
    return packages


def _declared(language: str, files: list[Row]) -> dict[str, set[str]]:
    """The paths that declare each name."""
    declared: dict[str, set[str]] = {}
    for row in files:
        for name in DECLARATIONS[language].findall(row["text"]):
            if len(name) >= LEAST_NAME:
                declared.setdefault(name, set()).add(row["path"])
    return declared


def _share(found: list[Sample], retrieved: dict[str, list[dict]]) -> float | None:
    return sum(bool(retrieved[each.id]) for each in found) / len(found) if found else None
