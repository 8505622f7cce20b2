import random
import unittest

from evaluate.copying import continuation, cut_like
from evaluate.crossfile import DECLARATIONS, cross_file_cut
from evaluate.cuts import CUTS, has_identifier, line_to_cut
from evaluate.heldout import spread, written_by_hand

TEXT = "\n".join(f"    call{n}(argument, {n});" if n % 5 else "" for n in range(40)) + "\n}\n"


def row(package: str, path: str, text: str = "") -> dict:
    return {"package": package, "path": path, "language": "typescript", "licence": "MIT", "text": text}


class Cuts(unittest.TestCase):
    def test_every_cut_divides_the_file_and_begins_on_the_line(self) -> None:
        for seed in range(300):
            rng = random.Random(seed)
            line = line_to_cut(TEXT, rng)
            for kind, cut in CUTS.items():
                made = cut(TEXT, line, rng)
                if made is None:
                    continue
                self.assertEqual("".join(made), TEXT)
                self.assertEqual(made.prefix.count("\n"), line, kind)
                self.assertTrue(made.middle.strip(), kind)

    def test_lines_and_blocks_are_anchored_between_line_ends(self) -> None:
        for seed in range(100):
            rng = random.Random(seed)
            for kind in ("single line", "multi line"):
                made = CUTS[kind](TEXT, line_to_cut(TEXT, rng), rng)
                if made is not None:
                    self.assertTrue(made.prefix.endswith("\n") and made.suffix.startswith("\n"), kind)
                    self.assertIn(made.middle.count("\n") + 1, [1] if kind == "single line" else range(2, 7))

    def test_rest_of_line_leaves_something_typed_and_something_to_write(self) -> None:
        for seed in range(100):
            made = CUTS["rest of line"]("a\nb\nc\n  let x = 1;  \n", 3, random.Random(seed))
            self.assertTrue(made.prefix.split("\n")[-1].strip())
            self.assertNotIn("\n", made.middle)
            self.assertTrue(made.suffix.startswith("  \n"))

    def test_brackets_alone_have_no_identifier(self) -> None:
        self.assertFalse(has_identifier("    });"))
        self.assertTrue(has_identifier("  return x"))


class CrossFileCuts(unittest.TestCase):
    def test_the_line_uses_a_name_of_another_file_outside_of_imports(self) -> None:
        text = "import { parseLine } from './parse';\nimport b\nimport c\n\nconst a = 1;\nreturn parseLine(a);\n"
        declared = {"parseLine": {"parse.ts"}}
        cut = cross_file_cut(row("p", "main.ts", text), declared, DECLARATIONS["typescript"], random.Random(0))
        self.assertEqual(cut.middle, "return parseLine(a);")
        own = text + "export function parseLine() {}\n"
        row_of_own = row("p", "main.ts", own)
        self.assertIsNone(cross_file_cut(row_of_own, declared, DECLARATIONS["typescript"], random.Random(0)))


class Copying(unittest.TestCase):
    def test_goes_on_as_the_longest_repeated_end_did(self) -> None:
        prefix = "if (a) {\n  return one;\n}\nif (b) {\n  return two;\n}\nif (b) {\n"
        self.assertEqual(cut_like("single line", continuation(prefix), ""), "  return two;")

    def test_nothing_comes_of_nothing_repeated(self) -> None:
        self.assertEqual(continuation("abcdefgh"), "")


class HeldOut(unittest.TestCase):
    def test_packages_take_turns_and_files_come_once(self) -> None:
        found = [row("large", str(n)) for n in range(5)] + [row("small", "x")]
        order = [each["package"] for each in spread(found, seed=1, again=False)]
        self.assertEqual(sorted(order[:2]), ["large", "small"])
        self.assertEqual(len(order), 6)

    def test_declarations_and_long_lines_are_left_out(self) -> None:
        self.assertFalse(written_by_hand(row("p", "a.d.ts", "x")))
        self.assertFalse(written_by_hand(row("p", "a.ts", "x" * 500)))
        self.assertTrue(written_by_hand(row("p", "a.ts", "x\n" * 500)))
