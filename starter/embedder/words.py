"""Text to words: the rule that src/codeIndex/embedder/words.ts follows to the letter.

Both are tested against test/unit/codeIndex/embedder/fixtures/parity.json. Unicode tables differ between versions of
Python and Node, so the rule names its ranges itself and asks neither for "letter" or "lower case".
"""

import re
import unicodedata

# The base letters of U+00C0..U+017F, one for one; a space where there is none.
_LATIN = (
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
)
_FOLD = {0xC0 + at: letter for at, letter in enumerate(_LATIN)}
# Greek and Cyrillic capitals.
_FOLD |= {code: chr(code + 32) for code in [*range(0x391, 0x3AA), *range(0x410, 0x430)]}
_FOLD |= {code: chr(code + 80) for code in range(0x400, 0x410)}

# Scripts without a case that identifiers could be split at. Astral characters (emoji, rare ideographs) separate words.
WIDE = "\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff\ufe70-\ufefe\uff66-\uffdc"
_WORD = re.compile(f"[A-Z]{{2,}}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[{WIDE}]+")

# Longer runs are data: digests, base64, numbers that mean nothing elsewhere.
MAX_LETTERS = 32
MAX_DIGITS = 4


def words(text: str) -> list[str]:
    """Splits at everything that is no letter or digit, at changes of case and between letters and digits.

    `parseHTTPHeaders2` is `parse http headers 2`; accents are dropped; runs of other scripts come whole.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_FOLD)
    return [word if is_wide(word) else word.lower() for word in _WORD.findall(text) if len(word) <= _longest(word)]


def is_wide(word: str) -> bool:
    """Whether the word is in a script that is hashed by its characters."""
    return word >= "\x80"


def _longest(word: str) -> int:
    if is_wide(word):
        return len(word)
    return MAX_DIGITS if word[0] <= "9" else MAX_LETTERS
