"""How long a completion takes: 24 tokens after about 600, with the threads that the product chooses by itself."""

from __future__ import annotations

from evaluate.heldout import rows, spread, written_by_hand
from evaluate.options import Options, scaled
from evaluate.results import mean, percentile
from evaluate.samples import Sample, request_of
from evaluate.cuts import single_line
from evaluate.workers import answers

PLACES = 60
THREADS = {"the product's choice": 0, "2 threads": 2}


def run(options: Options) -> dict:
    """Times in ms by model and threads. One process, nothing beside it."""
    requests = [request_of(each) for each in places(scaled(options, PLACES))]
    models = {}
    for name, path in options.models.items():
        for label, threads in THREADS.items():
            arguments = ("--model", str(path), "--threads", str(threads))
            measured = answers("latency", f"latency-{name}-{threads}", requests, arguments=arguments, processes=1)
            models[f"{name}, {label}"] = summary(list(measured.values()))
    return {"models": models}


def places(count: int) -> list[Sample]:
    """Middles of large TypeScript files: enough to fill the prompt."""
    large = [row for row in rows("typescript") if written_by_hand(row) and len(row["text"]) > 6_000]
    found = []
    for at, row in zip(range(count), spread(large, seed=7)):
        line = row["text"].count("\n") * 2 // 3
        found.append(Sample(f"place {at}", "typescript", "single line", row, single_line(row["text"], line, None)))
    return found


def summary(measured: list[dict]) -> dict:
    """Medians and 95th percentiles, over the places at which the model wrote all 24 tokens."""
    full = [each for each in measured if each["coldMs"] is not None]
    return {
        "samples": len(full),
        "coldMs": percentile((each["coldMs"] for each in full), 0.5),
        "cachedMs": percentile((each["cachedMs"] for each in full), 0.5),
        "cachedP95Ms": percentile((each["cachedMs"] for each in full), 0.95),
        "prefillMs": percentile((each["prefillMs"] for each in full), 0.5),
        "promptTokens": mean(each["promptTokens"] for each in full),
        "loadMs": measured[0]["loadMs"] if measured else None,
        "bytes": measured[0]["bytes"] if measured else None,
    }
