import random
import unittest

from evaluate.metrics import chrf, edit_similarity, exact, exact_trimmed, levenshtein, rouge_l


def by_table(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for at, char in enumerate(one):
        row = [at + 1]
        for back, each in enumerate(other):
            row.append(min(before[back] + (char != each), before[back + 1] + 1, row[back] + 1))
        before = row
    return before[-1]


class Metrics(unittest.TestCase):
    def test_levenshtein_agrees_with_the_table_of_the_textbook(self) -> None:
        rng = random.Random(0)
        for _ in range(500):
            one, other = ("".join(rng.choices("abc", k=rng.randrange(14))) for _ in range(2))
            self.assertEqual(levenshtein(one, other), by_table(one, other), (one, other))

    def test_indentation_counts_unless_trimmed(self) -> None:
        self.assertTrue(exact("  a = 1", "  a = 1  "))
        self.assertFalse(exact("  a = 1", "a = 1"))
        self.assertTrue(exact_trimmed("  a = 1", "a = 1"))

    def test_similarity_is_1_for_equal_texts_and_0_for_different_ones(self) -> None:
        self.assertEqual(edit_similarity("", ""), 1)
        self.assertEqual(edit_similarity("abc", "xyz"), 0)
        self.assertAlmostEqual(edit_similarity("abcd", "abxd"), 0.75)

    def test_prose_scores_are_between_nothing_in_common_and_equal(self) -> None:
        for score in (chrf, rouge_l):
            self.assertEqual(score("the first one", "qqqqq"), 0)
            self.assertAlmostEqual(score("the first one", "the first one"), 1)
            self.assertTrue(0.3 < score("returns the first item", "gives the first element") < 0.9)
