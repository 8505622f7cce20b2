"""Trains the byte-level BPE on a sample of the training packages.

    python -m tokenizer.train

Pre-tokenisation is Qwen's, so that llama.cpp's "qwen2" pre-tokeniser splits text exactly as this one does.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from tokenizer.special import special_tokens, vocabulary_size

qwen_split = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

#: Share of the sample per language, in percent; what is missing goes to nobody.
sample_shares = {
    "typescript": 32,
    "tsx": 8,
    "javascript": 14,
    "python": 24,
    "go": 3,
    "rust": 3,
    "java": 3,
    "c": 2.5,
    "cpp": 2.5,
    "csharp": 1,
    "shell": 1,
    "json": 0.7,
    "yaml": 0.5,
    "css": 1,
    "html": 0.5,
    "sql": 0.5,
    "markdown": 2,
}


def empty_tokenizer() -> Tokenizer:
    """A tokenizer with Qwen's splitting and no merges yet."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(qwen_split), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def sample(corpus: Path, characters: int, seed: int) -> Iterator[str]:
    """Texts of randomly chosen files, `characters` in all, each language by its share."""
    chooser = random.Random(seed)
    for language, share in sample_shares.items():
        path = corpus / f"{language}.jsonl"
        if not path.exists():
            continue
        wanted = characters * share / 100
        # A share of lines instead of a shuffle: the file is read once and never held.
        keep = min(1.0, 1.3 * wanted / path.stat().st_size)
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if chooser.random() >= keep:
                    continue
                text = json.loads(line)["text"]
                wanted -= len(text)
                yield text
                if wanted < 0:
                    break


def train(corpus: Path, characters: int, seed: int) -> Tokenizer:
    tokenizer = empty_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size - len(special_tokens),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_token_length=24,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sample(corpus, characters, seed), trainer)
    # Added after training, so that their numbers follow the merges as in Qwen's own vocabularies.
    tokenizer.add_special_tokens(special_tokens)
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("out/corpus/train"))
    parser.add_argument("--characters", type=int, default=60_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("out/tokenizer/tokenizer.json"))
    options = parser.parse_args()
    tokenizer = train(options.corpus, options.characters, options.seed)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.out))
    size = tokenizer.get_vocab_size()
    if size != vocabulary_size:
        raise SystemExit(f"the corpus sample gave {size} tokens instead of {vocabulary_size}: use more --characters")
    print(f"{options.out}: {size} tokens")


if __name__ == "__main__":
    main()
