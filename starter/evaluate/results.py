"""What has been measured so far, in one JSON file: a step's numbers beside the commands that made them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from evaluate.places import RESULTS


def load() -> dict:
    """All results by step; empty before the first."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def save(step: str, numbers: dict, seconds: float) -> None:
    """Puts a step's numbers beside its earlier ones, in the place of those of the same model or language."""
    every = load()
    before = every.get(step, {})
    date = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    every[step] = {
        **{key: {**before.get(key, {}), **value} for key, value in numbers.items()},
        "runs": {**before.get("runs", {}), command(): {"seconds": round(seconds), "date": date}},
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(every, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def command() -> str:
    """How this run was started, without the folders of files."""
    return " ".join(["python -m evaluate", *(Path(each).name for each in sys.argv[1:])])


def mean(values: Iterable[float]) -> float | None:
    """The mean; None of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """The value below which this share lies; None of nothing."""
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))] if found else None
