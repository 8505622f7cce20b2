"""Completion examples: cuts, windows, snippets, packing."""

from __future__ import annotations

import unittest
from collections import Counter
from random import Random

import numpy as np

from examples import formats
from examples.crossfile import snippets_for
from examples.cuts import Cut, choose_cut
from examples.make import FileInPackage, Maker, completion
from examples.mixture import MIXTURES
from examples.pack import pack
from examples.package_index import PackageIndex
from examples.plan import LanguagePlan, shares_of
from examples.sources import Package, SourceFile, packages_of, usable
from examples.windows import around, first_lines

QUEUE = """import { Clock } from './clock.ts';

/** Jobs that wait for their time. */
export class JobQueue {
  #waiting: Job[] = [];

  constructor(readonly clock: Clock) {}

  add(job: Job): void {
    this.#waiting.push(job);
    this.#waiting.sort((a, b) => a.dueMs - b.dueMs);
  }

  due(): Job[] {
    const now = this.clock.nowMs();
    return this.#waiting.filter((job) => job.dueMs <= now);
  }
}
"""
CLOCK = """/** Tells the time. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
};
"""


def package() -> Package:
    files = [
        SourceFile("npm:jobs@1.0.0", "src/queue.ts", "typescript", QUEUE),
        SourceFile("npm:jobs@1.0.0", "src/clock.ts", "typescript", CLOCK),
    ]
    return packages_of({"typescript": files})[0]


class Cuts(unittest.TestCase):
    def cuts(self) -> list[Cut]:
        rng = Random(1)
        file = package().files[0]
        return [cut for _ in range(600) if (cut := choose_cut(file, rng))]

    def test_parts_make_up_a_piece_of_the_file(self) -> None:
        rng = Random(2)
        file = package().files[0]
        for cut in self.cuts():
            prefix, middle, suffix = around(file, cut, rng.randint(50, 900), rng)
            self.assertIn(prefix + middle + suffix, QUEUE)
            self.assertTrue(QUEUE.startswith(prefix) or "\n" + prefix in QUEUE)
            self.assertTrue(middle)

    def test_whole_lines_begin_and_end_at_line_ends(self) -> None:
        for cut in self.cuts():
            if cut.kind in ("lines", "few_lines", "block"):
                self.assertTrue(cut.start == 0 or QUEUE[cut.start - 1] == "\n")
                self.assertEqual(QUEUE[cut.end], "\n")

    def test_mid_line_cuts_share_one_end_with_lines(self) -> None:
        for cut in self.cuts():
            if cut.kind == "line_start":
                self.assertTrue(cut.start == 0 or QUEUE[cut.start - 1] == "\n")
            if cut.kind == "line_end":
                self.assertEqual(QUEUE[cut.end], "\n")
                self.assertNotEqual(QUEUE[cut.start - 1], "\n")

    def test_more_than_half_are_whole_lines(self) -> None:
        kinds = Counter(cut.kind for cut in self.cuts())
        whole = kinds["lines"] + kinds["few_lines"] + kinds["block"]
        self.assertAlmostEqual(whole / kinds.total(), 0.55, delta=0.06)

    def test_a_suffix_ends_with_a_whole_line_if_one_fits(self) -> None:
        self.assertEqual(first_lines("\n  one\n  two", 8), "\n  one")
        self.assertEqual(first_lines("one two", 3), "one")


class Formats(unittest.TestCase):
    def test_in_file_completion_has_no_path(self) -> None:
        self.assertEqual(
            formats.completion("a\n", "b", "\nc", "x.py"),
            "<|fim_prefix|>a\n<|fim_suffix|>\nc<|fim_middle|>b<|endoftext|>",
        )

    def test_cross_file_completion_has_all_paths(self) -> None:
        self.assertEqual(
            formats.completion("a\n", "b", "\nc", "x.py", [("y.py", "def f():")]),
            "<|repo_name|>workspace\n<|file_sep|>y.py\ndef f():\n<|file_sep|>x.py\n"
            "<|fim_prefix|>a\n<|fim_suffix|>\nc<|fim_middle|>b<|endoftext|>",
        )

    def test_files_with_markers_are_left_out(self) -> None:
        row = '{"package": "p", "path": "a.py", "language": "python", "text": "' + "x" * 80 + '<|fim_pad|>"}'
        self.assertIsNone(usable(row))


class CrossFile(unittest.TestCase):
    def test_the_declaration_of_what_the_middle_uses_is_shown(self) -> None:
        index = PackageIndex(package())
        start = QUEUE.index("  constructor")
        found = snippets_for(index, 0, Cut("lines", start, QUEUE.index("\n", start)), 2_000, Random(1))
        self.assertTrue(found)
        self.assertTrue(all(path == "src/clock.ts" for path, _ in found))
        self.assertTrue(any("nowMs(): number;" in text for _, text in found))

    def test_snippets_keep_to_their_budget(self) -> None:
        index = PackageIndex(package())
        for seed in range(50):
            found = snippets_for(index, 0, Cut("lines", 150, 170), 90, Random(seed))
            self.assertLessEqual(sum(len(path) + len(text) + 2 for path, text in found), 90)

    def test_a_lonely_file_gives_no_cross_file_example(self) -> None:
        lonely = packages_of({"typescript": [SourceFile("p", "queue.ts", "typescript", QUEUE)]})[0]
        place = FileInPackage(lonely.files[0], 0, PackageIndex(lonely))
        self.assertIsNone(completion(place, 500, True, False, Random(1)))


class Order(unittest.TestCase):
    def test_the_middle_comes_last_in_both_orders(self) -> None:
        prefix_first = formats.completion("a(", "b", ")")
        suffix_first = formats.completion("a(", "b", ")", suffix_first=True)
        self.assertEqual(prefix_first, "<|fim_prefix|>a(<|fim_suffix|>)<|fim_middle|>b<|endoftext|>")
        self.assertEqual(suffix_first, "<|fim_suffix|>)<|fim_prefix|>a(<|fim_middle|>b<|endoftext|>")


class Making(unittest.TestCase):
    def examples(self) -> list[tuple[str, str, str]]:
        plans = {"typescript": LanguagePlan(3.0, 0, 60.0)}
        return list(Maker(plans, 256, MIXTURES["whole"], Random("1 0")).examples([package()]))

    def test_the_same_seed_makes_the_same_examples(self) -> None:
        self.assertEqual(self.examples(), self.examples())

    def test_kinds_come_in_their_shares(self) -> None:
        sizes: Counter[str] = Counter()
        for kind, _, text in self.examples():
            sizes[kind] += len(text)
            self.assertTrue(text.endswith("<|endoftext|>"))
        for kind in ("plain", "fim", "fim_cross"):
            self.assertAlmostEqual(sizes[kind] / sizes.total(), MIXTURES["whole"].kinds[kind], delta=0.06)

    def test_a_small_language_gives_what_it_has_and_others_the_rest(self) -> None:
        shares = shares_of({"typescript": 1.0, "python": 1.0, "css": 0.001})
        self.assertAlmostEqual(shares["css"], 0.003)
        self.assertAlmostEqual(sum(shares.values()), 1)
        self.assertAlmostEqual(shares["typescript"] / shares["python"], 32 / 25)


class Packing(unittest.TestCase):
    def setUp(self) -> None:
        rng = np.random.default_rng(1)
        self.examples = [np.full(rng.integers(5, 64), 1 + number, dtype=np.uint16) for number in range(3_000)]
        self.filler = np.zeros(20_000, dtype=np.uint16)
        self.rows = list(pack(self.examples, self.filler, 256))

    def test_rows_are_full_and_use_nearly_everything(self) -> None:
        self.assertTrue(all(row.shape == (256,) for row in self.rows))
        there = sum(map(len, self.examples)) + len(self.filler)
        self.assertGreater(256 * len(self.rows), 0.98 * there)

    def test_no_example_is_torn_or_repeated(self) -> None:
        for row in self.rows:
            self.assertTrue(all(count == len(self.examples[number - 1]) for number, count in Counter(row.tolist()).items() if number))
        placed = np.unique(np.concatenate(self.rows))
        self.assertGreater(len(placed), 2_950)
        self.assertEqual(sum(len(np.unique(row[row > 0])) for row in self.rows), len(placed) - 1)


if __name__ == "__main__":
    unittest.main()
