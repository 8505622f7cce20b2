import random
import unittest

from evaluate.memory import SECRETS
from evaluate.overlap import SEED_BYTES, OverlapFinder


class Overlaps(unittest.TestCase):
    def test_finds_the_longest_piece_and_where_it_stands(self) -> None:
        rng = random.Random(0)
        corpus = [(f"file{n}", "".join(rng.choices("abcdef \n", k=2000))) for n in range(30)]
        copied = corpus[7][1][100:237]
        mixed = f"{'x' * 40}{copied}yy{corpus[9][1][50:90]}"
        finder = OverlapFinder([mixed, "never seen " * 9, corpus[3][1][:SEED_BYTES]])
        finder.scan(corpus)
        self.assertEqual([each.source for each in finder.best], ["file7", "", "file3"])
        self.assertEqual(finder.best[0].text.strip("x"), copied.strip("x"))
        self.assertEqual(finder.best[2].length, SEED_BYTES)

    def test_a_match_does_not_cross_from_one_file_into_the_next(self) -> None:
        one, other = "a1b2c3d4" * 5, "e5f6g7h8" * 5
        finder = OverlapFinder([one + other])
        finder.scan([("one", one), ("other", other)])
        self.assertEqual(finder.best[0].length, 40)

    def test_secrets_are_recognised_and_examples_are_not(self) -> None:
        mail = SECRETS["e-mail address"]
        self.assertTrue(mail.search("by jane.doe@company.io"))
        self.assertFalse(mail.search("user@example.com"))
        self.assertTrue(SECRETS["access key"].search("AKIA" + "A" * 16))
