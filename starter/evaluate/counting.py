"""What the n-gram baseline reaches, per language: bits per byte, and lines it writes greedily.

It needs no model, so it can run while the model is still being trained.
"""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor

from evaluate.bits import pieces_of, size, wanted
from evaluate.bits import split as pieces_in
from evaluate.heldout import rows
from evaluate.infill import scores
from evaluate.ngram import Ngram, greedy_line
from evaluate.options import Options, scaled
from evaluate.places import CORPUS
from evaluate.results import load
from evaluate.samples import Sample, samples_of
from languages import LANGUAGES

TRAINING_BYTES = 30_000_000
FITTING_PIECES = 40
KINDS = ("single line", "rest of line")
SAMPLES = 60
"""Per language and kind: it writes slowly."""


def run(options: Options) -> dict:
    """Bits per byte by language, and scores as `infill` has them; what was measured on the same files stays."""
    stamps = {each.id: stamp(each.id, options) for each in LANGUAGES if wanted(each.id, options)}
    done = load().get("counting", {}).get("stamps", {})
    languages = [language for language, value in stamps.items() if value != done.get(language)]
    with ProcessPoolExecutor(options.processes) as pool:
        measured = dict(zip(languages, pool.map(measure, languages, [options] * len(languages))))
    measured = {language: numbers for language, numbers in measured.items() if numbers is not None}
    return {
        "stamps": {language: stamps[language] for language in measured},
        "trainingBytes": {language: numbers["trainingBytes"] for language, numbers in measured.items()},
        "bits": {language: numbers["bits"] for language, numbers in measured.items()},
        "infill": {group: score for numbers in measured.values() for group, score in numbers["infill"].items()},
    }


def measure(language: str, options: Options) -> dict | None:
    """One language; None where the training or the held-out corpus has nothing of it."""
    fitting, training = corpus_of(language)
    pieces, some = list(pieces_of(language, options)), some_samples(language, options)
    if not training or not pieces:
        return None
    model = Ngram(training, fitting)
    return {
        "trainingBytes": size(training),
        "bits": sum(map(model.bits, pieces)) / size(pieces),
        "infill": scores(some, {sample.id: greedy_line(model, sample.cut.prefix) for sample in some}),
    }


def stamp(language: str, options: Options) -> str:
    """Changes when the corpus or the sample sizes do."""
    files = [CORPUS / split / f"{language}.jsonl" for split in ("train", "heldout")]
    return " ".join([str(options.samples), *(str(file.stat().st_mtime) for file in files if file.exists())])


def some_samples(language: str, options: Options) -> list[Sample]:
    """The first samples of each kind."""
    every = samples_of(language, options)
    return [each for kind in KINDS for each in [one for one in every if one.kind == kind][: scaled(options, SAMPLES)]]


def corpus_of(language: str) -> tuple[list[str], list[str]]:
    """Pieces to fit on, and training files up to TRAINING_BYTES in an order drawn once."""
    corpus = list(rows(language, "train"))
    random.Random(1).shuffle(corpus)
    fitting = [pieces_in(row["text"])[0] for row in corpus[:FITTING_PIECES]]
    texts, total = [], 0
    for row in corpus[FITTING_PIECES:]:
        texts.append(row["text"])
        total += len(row["text"])
        if total >= TRAINING_BYTES:
            break
    return fitting, texts
