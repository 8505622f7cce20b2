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
    # The one it replaces: `git show <commit>:models/starter.gguf > out/previous.gguf`.
    "previous": _BUILT / "previous.gguf",
}

TRAINED_TOKENS: dict[str, int] = {"previous": 512}
"""Windows that models were trained on, where the context they declare is longer: past them they lose their way."""
ANSWER_TOKENS = 32
"""What of such a window is kept free of the prompt; without snippets a third of the prompt stays empty, too."""


FIM_FORMATS: dict[str, str] = {"starter": "starter"}
"""Rows of the product's table of formats that models are asked in; the others are asked in the first that fits."""


def generating(name: str) -> tuple[str, ...]:
    """Arguments of the worker `generate`: the model's format, and the window that it was trained on where it needs one."""
    tokens = TRAINED_TOKENS.get(name)
    window = () if tokens is None else ("--prompt-tokens", str(tokens - ANSWER_TOKENS))
    return (*(("--fim-format", FIM_FORMATS[name]) if name in FIM_FORMATS else ()), *window)
