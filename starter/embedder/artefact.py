"""The trained embedder as a file: safetensors, read by src/codeIndex/embedder/ in the extension.

Tensors: `vectors` int8 (rows, dimensions), `scales` float32 (rows), `entries` uint8: the vocabulary, a line each.
Row i is `vectors[i] * scales[i]`. The metadata says the rules (`words`), and a SHA-256 of all tensors' bytes.
"""

import hashlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from embedder.bags import Bags
from embedder.vocabulary import Vocabulary

# Another rule in words.py, vocabulary.py or bags.py needs another number here and in the extension.
RULES = "1"
_TYPES = {"I8": np.int8, "F32": np.float32, "U8": np.uint8}
_NAMES = {np.dtype(of): name for name, of in _TYPES.items()}


class Embedder(NamedTuple):
    """A table as it is used: dequantised."""

    vocabulary: Vocabulary
    table: np.ndarray  # (rows, dimensions) float32

    @property
    def dimensions(self) -> int:
        return self.table.shape[1]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """(texts, dimensions) float32, each of length 1, or all zeros for a text without words."""
        return Bags.of_texts(texts, self.vocabulary).pooled(self.table)


def save(path: Path, table: np.ndarray, vocabulary: Vocabulary) -> None:
    """Quantises `table` (rows, dimensions) row by row and writes it."""
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    vectors = np.rint(table / scales[:, None]).astype(np.int8)
    entries = np.frombuffer("\n".join(vocabulary.entries).encode(), np.uint8)
    _write(path, {"scales": scales, "vectors": vectors, "entries": entries})


def load(path: Path) -> Embedder:
    """Raises ValueError for a file that is none of these, or damaged."""
    tensors = _read(path)
    entries = tensors["entries"].tobytes().decode().split("\n")
    table = tensors["vectors"].astype(np.float32) * tensors["scales"][:, None]
    return Embedder(Vocabulary(entries, hashed_rows=len(table) - len(entries)), table)


def _write(path: Path, tensors: dict[str, np.ndarray]) -> None:
    data = b"".join(tensor.tobytes() for tensor in tensors.values())
    described, at = {}, 0
    for name, tensor in tensors.items():
        offsets = [at, at + tensor.nbytes]
        described[name] = {"dtype": _NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        at += tensor.nbytes
    metadata = {"format": "hearth-static-embedder", "rules": RULES, "sha256": hashlib.sha256(data).hexdigest()}
    header = json.dumps({"__metadata__": metadata, **described}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    path.write_bytes(struct.pack("<Q", len(header)) + header + data)


def _read(path: Path) -> dict[str, np.ndarray]:
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    described = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    metadata = described.pop("__metadata__")
    if metadata.get("rules") != RULES or hashlib.sha256(data).hexdigest() != metadata["sha256"]:
        raise ValueError(f"{path} is damaged or follows other rules")
    return {
        name: np.frombuffer(data[slice(*of["data_offsets"])], _TYPES[of["dtype"]]).reshape(of["shape"])
        for name, of in described.items()
    }
