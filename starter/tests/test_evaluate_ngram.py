import random
import unittest

import numpy as np

from evaluate.context_counts import CorpusCounts, counts_so_far, keys
from evaluate.ngram import Ngram, bytes_of, greedy_line

CORPUS = ["".join(f"const value{n} = read('{n}');\n" for n in range(60)), "import x from 'y';\n" * 20]
FITTING = ["const other = read('q');\nconst value1 = read('1');\n" * 4]


class CountsOfContexts(unittest.TestCase):
    def test_counts_agree_with_counting_by_hand(self) -> None:
        data, order = bytes_of("abracadabra"), 2
        counts = CorpusCounts(data, order).of(keys(data, order))
        at = "abracadabra".index("abr", 1) + 2
        self.assertEqual([int(each[at]) for each in counts], [2, 2, 1])

    def test_counts_so_far_see_only_what_stands_before(self) -> None:
        text = "".join(random.Random(1).choices("ab", k=200))
        counts = counts_so_far(bytes_of(text), 3)
        for at in range(3, 200):
            context = text[at - 3 : at]
            followers = [text[i + 3] for i in range(at - 3) if text[i : i + 3] == context]
            expected = [followers.count(text[at]), len(followers), len(set(followers))]
            self.assertEqual([int(each[at]) for each in counts], expected)


class NgramModel(unittest.TestCase):
    model: Ngram

    @classmethod
    def setUpClass(cls) -> None:
        cls.model = Ngram(CORPUS, FITTING)

    def test_probabilities_of_the_next_byte_add_up_to_one(self) -> None:
        following = self.model.follower("const value1 = read('1');\nconst ")
        for written in (b"", b"val", b"\xff"):
            self.assertAlmostEqual(float(following(written).sum()), 1, places=4)

    def test_bits_are_those_of_the_probabilities_it_writes_with(self) -> None:
        text = "const value7 = zz(1);\n"
        step_by_step = 0.0
        for at in range(1, len(text)):
            step_by_step -= np.log2(self.model.follower(text[:at])(b"")[ord(text[at])])
        first = self.model.bits(text[0])
        self.assertAlmostEqual(self.model.bits(text), step_by_step + first, delta=0.02 * step_by_step)

    def test_repetition_becomes_cheap(self) -> None:
        line = "".join(random.Random(2).choices("abcdefghij", k=60)) + "\n"
        once = self.model.bits(line)
        self.assertLess(self.model.bits(line * 4) - once, once)

    def test_text_like_the_corpus_is_cheaper_than_noise(self) -> None:
        noise = "".join(random.Random(3).choices("qwxzj#%&", k=26))
        self.assertLess(self.model.bits("const value9 = read('9');\n") * 4, self.model.bits(noise))

    def test_greedy_line_goes_on_and_stops_at_the_end_of_the_line(self) -> None:
        self.assertEqual(greedy_line(self.model, "import x from 'y';\nimport x fr"), "om 'y';")
