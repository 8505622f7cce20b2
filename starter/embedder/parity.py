"""`python -m embedder.parity`: a small embedder, texts and their vectors, for the tests of the extension's loader.

Writes `test/unit/codeIndex/embedder/fixtures/`. What TypeScript makes of the same texts must be the same.
"""

import json
import random
from pathlib import Path

import numpy as np

from embedder.artefact import load, save
from embedder.vocabulary import Vocabulary
from embedder.words import words

FIXTURES = Path(__file__).resolve().parents[2] / "test/unit/codeIndex/embedder/fixtures"
DIMENSIONS = 16
HASHED_ROWS = 64
ENTRIES = (
    "get set url urls id ids http server name parse headers file path read the of to for x 2 32 404 utf sha base64 "
    "open str string ing able un do sum total error naive resume strasse line lines function return const let if ss ser"
).split()
TEXTS = (
    "",
    "  \n\t{}();",
    "parseHTTPHeaders2",
    "getURLs IDs URLsFor HTTPServer_name XMLs aB Ab AB",
    "const total = readFile(path, 'utf-8'); // 404 12345 sha256",
    "the the the the of the file",
    "unreadable filestringing zzzz serverless",
    "na\u00efve r\u00e9sum\u00e9 Stra\u00dfe \u00c9t\u00e9 \u0141\u00f3d\u017a",
    "re\u0301sume\u0301 \u212a \uff21",
    "\ud30c\uc77c\uc744 \uc77d\ub294 \ud568\uc218 // \ud55c\uad6d\uc5b4 readFile",
    "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 "
    "\u0401\u043b\u043a\u0430 \u0391\u0392\u0393\u03b1\u03b2\u03b3",
    "\u6587\u4ef6\u8def\u5f84\u3002\u8aad\u307f\u8fbc\u3080\u30d5\u30a1\u30a4\u30eb",
    "emoji \U0001f600 file \U00020000 path\u2028line\u00a0x\u00d7y",
    "a" * 33 + " " + "file" * 8 + " " + "9" * 5,
    "x" * 300 + "get " * 300,
)


def main() -> None:
    """The table is random but the same each time."""
    table = np.random.default_rng(7).standard_normal((len(ENTRIES) + HASHED_ROWS, DIMENSIONS)).astype(np.float32)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    save(FIXTURES / "small.safetensors", table, Vocabulary(ENTRIES, HASHED_ROWS))
    embedder = load(FIXTURES / "small.safetensors")
    texts = [*TEXTS, *_random_texts(random.Random(7))]
    cases = [
        {
            "text": text,
            "words": words(text),
            "rows": embedder.vocabulary.rows(text),
            "vector": [round(float(value), 6) for value in embedder.embed([text])[0]],
        }
        for text in texts
    ]
    (FIXTURES / "parity.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
    print(f"{len(cases)} texts in {FIXTURES}")


def _random_texts(chance: random.Random) -> list[str]:
    """Letters of all kinds next to each other, where the rules meet."""
    alphabet = "abcsSABC019_ -\u00e9\u00c9\u00df\u00d7\u0301\u0411\u0434\u0395\ud55c\uae00\u6587\u3042\uff76\U0001f600"
    return ["".join(chance.choices(alphabet, k=chance.randint(1, 30))) for _ in range(120)]


if __name__ == "__main__":
    main()
