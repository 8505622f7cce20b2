"""`python -m embedder.export [path]`: the last checkpoint as the file that the extension carries."""

import sys
from pathlib import Path

import torch

from embedder.artefact import save
from embedder.corpus_files import EMBEDDER
from embedder.pairs import read_vocabulary
from embedder.vocabulary import HASHED_ROWS, Vocabulary

MAX_BYTES = 8_000_000


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else EMBEDDER / "starter-embedder.safetensors"
    state = torch.load(EMBEDDER / "checkpoint.pt", map_location="cpu", weights_only=True)
    model = state["model"]
    table = model["directions"] * model["log_weights"].exp()[:, None]
    # Only directions count, so any scale will do; this one keeps sums near 1.
    table = table / table.norm(dim=1).mean()
    save(path, table.numpy(), Vocabulary(read_vocabulary(), HASHED_ROWS))
    size = path.stat().st_size
    print(f"{path}: step {state['step']}, {size:,} bytes")
    if size > MAX_BYTES:
        raise SystemExit(f"larger than {MAX_BYTES:,} bytes")


if __name__ == "__main__":
    main()
