"""Whether other files help: the same lines completed without context, with what the product retrieves, and with
snippets of a stranger's package.

The lines use a name that another file of their package declares. What is retrieved is found from the text around the
cursor alone, by the product's own sources; the middle is not seen.
"""

from __future__ import annotations

import random
import re

from evaluate.cuts import Cut, FIRST_LINE, single_line
from evaluate.heldout import Row, rows, spread, written_by_hand
from evaluate.infill import score
from evaluate.metrics import exact
from evaluate.options import Options, scaled
from evaluate.places import CORPUS, generating
from evaluate.results import mean
from evaluate.samples import Sample, request_of
from evaluate.workers import answers

LANGUAGES = ("typescript", "python")
SAMPLES = 150
BUDGET_CHARACTERS = 1_500
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
_IMPORT_LINE = re.compile(r"\s*(?:import|from)\b|.*\bfrom ['\"]")


def run(options: Options) -> dict:
    """Scores by model, language and context: see `compared`."""
    packages = {language: _packages(language) for language in LANGUAGES}
    found = [each for language in LANGUAGES for each in samples_of(language, packages[language], options)]
    retrieved = retrieve(found, options)
    contexts = {"none": {}, "retrieved": retrieved, "unrelated": unrelated(found, retrieved)}
    named = {each.id for each in found if names_its_middle(each, retrieved[each.id], packages)}
    models = {}
    for name, path in options.models.items():
        arguments = ("--model", str(path), *generating(name))
        texts = {}
        for context, snippets in contexts.items():
            asked = [request_of(each, snippets.get(each.id)) for each in found]
            written = answers("generate", f"crossfile-{name}-{context}", asked, arguments=arguments,
                              processes=options.processes)
            texts[context] = {id: answer["text"] for id, answer in written.items()}
        models[name] = {group: numbers for language in LANGUAGES
                        for group, numbers in compared(language, found, named, texts).items()}
    share = {language: mean(bool(retrieved[each.id]) for each in found if each.language == language)
             for language in LANGUAGES}
    return {"retrievedShare": share, "models": models}


def compared(language: str, found: list[Sample], named: set[str], texts: dict[str, dict[str, str]]) -> dict[str, dict]:
    """Scores of each context, over all samples and over those whose declaration was retrieved (`named`).

    `won` and `lost`: how many lines are right only with the context, and only without any.
    """
    groups = {}
    for context, by_id in texts.items():
        for label, some in (("", found), (", declaration retrieved", [each for each in found if each.id in named])):
            own = [each for each in some if each.language == language]
            right = [exact(each.cut.middle, by_id[each.id]) for each in own]
            without = [exact(each.cut.middle, texts["none"][each.id]) for each in own]
            groups[f"{language}, {context}{label}"] = {
                **score([(each.cut.middle, by_id[each.id]) for each in own]),
                "won": sum(now and not before for now, before in zip(right, without)),
                "lost": sum(before and not now for now, before in zip(right, without)),
            }
    return groups


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
    imports = [at for at, line in enumerate(lines) if _IMPORT_LINE.match(line)]
    first = max(FIRST_LINE, *(at + 1 for at in imports), 0)
    candidates = [
        at
        for at, line in enumerate(lines)
        if at >= first
        and any(declared.get(word, {row["path"]}) - {row["path"]} and word not in own for word in _WORD.findall(line))
    ]
    return single_line(row["text"], rng.choice(candidates), rng) if candidates else None


def retrieve(found: list[Sample], options: Options) -> dict[str, list[dict]]:
    """What the product finds for each sample, by the sample's id."""
    requests = [
        {**request_of(each), "package": each.row["package"], "language": each.language,
         "budgetCharacters": BUDGET_CHARACTERS}
        for each in found
    ]
    arguments = ("--corpus", str(CORPUS / "heldout"))
    found_snippets = answers("context", "crossfile-context", requests, arguments=arguments,
                             processes=options.processes)
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
