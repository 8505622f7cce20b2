"""Words to rows of the embedding table."""

from collections.abc import Iterable, Sequence

from embedder.words import is_wide, words

# Rows after those of the vocabulary: characters and pairs of characters of other scripts share them by hash.
HASHED_ROWS = 2048
MIN_PIECE_LETTERS = 2


class Vocabulary:
    """Row `i < len(entries)` belongs to `entries[i]`, the rows after them to hashes.

    A word that is no entry is cut into entries, the longest first, from its start; what fits none is left out.
    """

    def __init__(self, entries: Sequence[str], hashed_rows: int = HASHED_ROWS) -> None:
        self.entries = list(entries)
        self.hashed_rows = hashed_rows
        self._rows = {entry: row for row, entry in enumerate(self.entries)}
        self._longest = max(map(len, self.entries), default=0)
        self._known: dict[str, list[int]] = {}

    def __len__(self) -> int:
        """Rows of the table."""
        return len(self.entries) + self.hashed_rows

    def rows(self, text: str) -> list[int]:
        """One row per word, piece or hashed character, in the order of the text."""
        return self.rows_of_words(words(text))

    def rows_of_words(self, found: Iterable[str]) -> list[int]:
        """The same for words that were split before."""
        rows: list[int] = []
        known = self._known
        for word in found:
            of_word = known.get(word)
            if of_word is None:
                of_word = known[word] = self._rows_of(word)
            rows += of_word
        return rows

    def _rows_of(self, word: str) -> list[int]:
        if is_wide(word):
            return [len(self.entries) + hashed % self.hashed_rows for hashed in character_hashes(word)]
        row = self._rows.get(word)
        if row is not None:
            return [row]
        return [] if word[0] <= "9" else list(self._pieces(word))

    def _pieces(self, word: str) -> Iterable[int]:
        at = 0
        while at <= len(word) - MIN_PIECE_LETTERS:
            for end in range(min(len(word), at + self._longest), at + MIN_PIECE_LETTERS - 1, -1):
                row = self._rows.get(word[at:end])
                if row is not None:
                    yield row
                    at = end
                    break
            else:
                at += 1


def character_hashes(word: str) -> Iterable[int]:
    """FNV-1a (32 bits, over code points) of each character, and of each with the one before it."""
    before = None
    for character in word:
        code = ord(character)
        yield _finished(_mix(_OFFSET, code))
        if before is not None:
            yield _finished(_mix(_mix(_OFFSET, before), code))
        before = code


_OFFSET = 0x811C9DC5
_PRIME = 0x01000193


def _mix(state: int, value: int) -> int:
    return ((state ^ value) * _PRIME) & 0xFFFFFFFF


def _finished(state: int) -> int:
    # The low bits of FNV know only the low bits of what went in; the table is indexed by them.
    return state ^ (state >> 15)
