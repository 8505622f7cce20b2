"""`python -m embedder.count_words`: the vocabulary, from the words of the training packages.

Writes `out/embedder/vocabulary.txt`, one entry per line, the most general first.
"""

from collections import Counter

from embedder.corpus_files import CORPUS, EMBEDDER, packages
from embedder.vocabulary import MIN_PIECE_LETTERS, Vocabulary
from embedder.words import is_wide, words

# 8 MB: rows of 256 bytes, a scale each, the entries' letters, the hashed rows.
ENTRIES = 27_000
_PIECE_ENTRIES = 2_000
_PIECE_LETTERS = range(MIN_PIECE_LETTERS, 5)
_LETTERS_PER_FILE = 40_000


def main() -> None:
    """Words are ranked by how many packages have them: what one package repeats is its own business."""
    in_packages: Counter[str] = Counter()
    in_files: Counter[str] = Counter()
    for _, files in packages(CORPUS / "train"):
        seen: set[str] = set()
        for file in files:
            found = {word for word in words(file.text[:_LETTERS_PER_FILE]) if not is_wide(word)}
            in_files.update(found)
            seen |= found
        in_packages.update(seen)
    entries = choose_entries(in_packages, in_files)
    EMBEDDER.mkdir(parents=True, exist_ok=True)
    (EMBEDDER / "vocabulary.txt").write_text("\n".join(entries) + "\n", encoding="utf-8")
    print(f"{len(in_files)} different words, {len(entries)} entries, the last {entries[-3:]}")


def choose_entries(in_packages: Counter[str], in_files: Counter[str]) -> list[str]:
    """The most general words, then the most frequent pieces of the words that are left."""
    ranked = sorted(in_files, key=lambda word: (-in_packages[word], -in_files[word], word))
    whole = ranked[: ENTRIES - _PIECE_ENTRIES]
    vocabulary = Vocabulary(whole)
    pieces: Counter[str] = Counter()
    for word in ranked[len(whole) :]:
        if word[0] > "9" and not vocabulary.rows_of_words([word]):
            pieces.update(_pieces(word, in_files[word]))
    known = set(whole)
    extra = [piece for piece, _ in sorted(pieces.items(), key=lambda item: (-item[1], item[0])) if piece not in known]
    return whole + (extra + ranked[len(whole) :])[: ENTRIES - len(whole)]


def _pieces(word: str, count: int) -> dict[str, int]:
    return {
        word[at : at + letters]: count * letters
        for letters in _PIECE_LETTERS
        for at in range(len(word) - letters + 1)
    }


if __name__ == "__main__":
    main()
