"""What was aimed at beside what was reached."""

from __future__ import annotations

from math import sqrt

from evaluate.tables import number, percent, table

MODEL = "starter"
LANGUAGE = "typescript"
LEAST_EXACT = 0.25
LEAST_SAVING = 0.30


def aims(every: dict) -> str:
    """One row per aim that was measured."""
    rows = [*exact_row(every.get("infill")), *context_row(every.get("crossfile")),
            *bits_row(every.get("bits"), every.get("counting"))]
    return table(["aim", "reached", ""], rows)


def exact_row(step: dict | None) -> list[list[str]]:
    """Single lines of TypeScript, with the 95 % interval of the sample."""
    score = (step or {}).get("models", {}).get(MODEL, {}).get(f"{LANGUAGE} single line")
    if not score:
        return []
    low, high = interval(score["exact"], score["samples"])
    reached = f"{percent(score['exact'])} ({percent(low)} to {percent(high)}; of {score['samples']})"
    return [[f"{LANGUAGE}, single line, exact: at least {percent(LEAST_EXACT)}", reached,
             verdict(score["exact"] - LEAST_EXACT)]]


def context_row(step: dict | None) -> list[list[str]]:
    """The gain from retrieved snippets, on the same lines."""
    scores = (step or {}).get("models", {}).get(MODEL, {})
    rows = []
    for language in ("typescript", "python"):
        with_context, without = scores.get(f"{language}, retrieved"), scores.get(f"{language}, none")
        if with_context and with_context["samples"]:
            gain = with_context["exact"] - without["exact"]
            reached = (f"{percent(without['exact'])} -> {percent(with_context['exact'])}: "
                       f"{with_context['won']} lines won, {with_context['lost']} lost, of {with_context['samples']}; "
                       f"edit similarity {number(without['similarity'])} -> {number(with_context['similarity'])}")
            rows.append([f"{language}, a clear gain from other files", reached, f"{100 * gain:+.1f} points"])
    return rows


def bits_row(step: dict | None, counting: dict | None) -> list[list[str]]:
    """How far below the n-gram baseline, per language."""
    own, baseline = (step or {}).get("models", {}).get(MODEL), (counting or {}).get("bits")
    if not own or not baseline:
        return []
    saving = {language: 1 - own[language] / baseline[language] for language in own if language in baseline}
    reached = ", ".join(f"{language} {percent(value)}" for language, value in saving.items())
    missed = [language for language, value in saving.items() if value < LEAST_SAVING]
    label = f"bits per byte at least {percent(LEAST_SAVING)} under the n-gram baseline"
    return [[label, reached, "reached" if not missed else f"missed in {', '.join(missed)}"]]


def interval(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def verdict(over: float) -> str:
    """Reached, or missed by how much."""
    return "reached" if over >= 0 else f"missed by {-100 * over:.1f} points"
