import unittest

from embedder.vocabulary import Vocabulary
from embedder.words import words


class Words(unittest.TestCase):
    def test_splits_identifiers(self) -> None:
        for text, expected in {
            "parseHTTPHeaders2": "parse http headers 2",
            "getURLs IDs_x": "get urls ids x",
            "HTTPServer.close()": "http server close",
            "sha256sum": "sha 256 sum",
            "__init__ -> None": "init none",
        }.items():
            self.assertEqual(" ".join(words(text)), expected)

    def test_drops_accents_however_they_are_written(self) -> None:
        self.assertEqual(words("R\u00e9sum\u00e9 re\u0301sume\u0301"), ["resume", "resume"])

    def test_leaves_out_data(self) -> None:
        self.assertEqual(words("a" * 33 + " 12345 1234"), ["1234"])

    def test_keeps_other_scripts_whole(self) -> None:
        self.assertEqual(words("\ud30c\uc77c\uc744readFile\U0001f600"), ["\ud30c\uc77c\uc744", "read", "file"])


class Rows(unittest.TestCase):
    vocabulary = Vocabulary(["file", "name", "files", "un", "ing"], hashed_rows=8)

    def _entries(self, text: str) -> list[str]:
        return [self.vocabulary.entries[row] for row in self.vocabulary.rows(text)]

    def test_prefers_the_whole_word_then_the_longest_pieces(self) -> None:
        self.assertEqual(self._entries("fileName filename filesxing unfile"), "file name file name files ing un file".split())

    def test_knows_nothing_of_strange_words_and_numbers(self) -> None:
        self.assertEqual(self._entries("zzz 42"), [])

    def test_hashes_characters_and_their_pairs(self) -> None:
        rows = self.vocabulary.rows("\ud30c\uc77c\uc744")
        self.assertEqual(len(rows), 5)
        self.assertTrue(all(5 <= row < len(self.vocabulary) for row in rows))


if __name__ == "__main__":
    unittest.main()
