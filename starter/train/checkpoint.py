"""Everything a run needs to go on after an interruption."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from train.model import Model, Shape, longest_context


@dataclass
class Progress:
    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    phase: int = 0
    #: Next row of the current phase.
    row: int = 0


def save(path: Path, model: Model, optimizers: list, progress: Progress) -> None:
    """Atomic: a run that is killed while saving keeps its previous checkpoint."""
    part = path.with_suffix(".part")
    torch.save(
        {
            "shape": asdict(model.shape),
            "model": model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in optimizers],
            "progress": asdict(progress),
        },
        part,
    )
    os.replace(part, path)


def load(path: Path, model: Model, optimizers: list) -> Progress:
    saved = torch.load(path, map_location="cpu", weights_only=True)
    if saved["shape"] != asdict(model.shape):
        raise SystemExit(f"{path} holds a model of another shape: {saved['shape']}; choose another --out")
    model.load_state_dict(saved["model"])
    for optimizer, state in zip(optimizers, saved["optimizers"], strict=True):
        optimizer.load_state_dict(state)
    return Progress(**saved["progress"])


def load_model(path: Path) -> Model:
    """The model alone, in float32."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = Model(Shape(**saved["shape"]), positions=longest_context)
    model.load_state_dict(saved["model"])
    return model
