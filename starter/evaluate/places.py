"""Where the evaluation finds and leaves its files."""

from __future__ import annotations

import os
from pathlib import Path

STARTER = Path(__file__).resolve().parents[1]
_BUILT = Path(os.environ.get("STARTER_OUT", STARTER / "out"))
CORPUS = _BUILT / "corpus"
TASKS = _BUILT / "tasks" / "heldout.jsonl"
OUT = _BUILT / "evaluation"
RESULTS = OUT / "results.json"
REPORT = OUT / "report.md"
HOST = Path(__file__).resolve().parent / "host"

MODELS: dict[str, Path] = {
    "starter": _BUILT / "starter.gguf",
    "previous": STARTER.parent / "models" / "starter-v0.gguf",
}
