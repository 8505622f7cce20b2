"""Licences, copies, and which of a package's files are its sources."""

import unittest

from corpus.balance import Budget
from corpus.dedupe import Deduplicator
from corpus.licences import agrees, manifest_licence, permissive
from corpus.select import without_built
from languages import LANGUAGES, language_of


def program(name: str, lines: int) -> str:
    return "".join(f"    {name}_{n} = compute({n}, scale)\n" for n in range(lines))


class Licences(unittest.TestCase):
    def test_expressions(self) -> None:
        for expression in ("MIT", "(MIT OR GPL-3.0-only)", "Apache-2.0 AND BSD-3-Clause"):
            self.assertTrue(permissive(expression), expression)
        for expression in ("GPL-2.0-only", "MIT AND MPL-2.0", "SEE LICENSE IN LICENSE", ""):
            self.assertFalse(permissive(expression), expression)

    def test_historic_manifests(self) -> None:
        self.assertEqual(manifest_licence({"licenses": [{"type": "MIT"}]}), "MIT")
        self.assertIsNone(manifest_licence({}))

    def test_the_package_must_state_what_was_pinned(self) -> None:
        self.assertTrue(agrees("MIT", "MIT"))
        self.assertFalse(agrees("MIT", "GPL-3.0-only"))


class Duplicates(unittest.TestCase):
    def test_exact_up_to_white_space(self) -> None:
        seen = Deduplicator()
        self.assertIsNone(seen.admit(program("alpha", 40)))
        self.assertEqual(seen.admit(program("alpha", 40).replace("    ", "\t")), "exact")

    def test_a_file_with_few_edits_is_a_near_copy(self) -> None:
        seen = Deduplicator()
        text = program("alpha", 60)
        seen.admit(text)
        self.assertIn(seen.admit(text.replace("alpha_7 ", "renamed ")), ("near", "seen lines"))

    def test_a_patchwork_of_two_files_brings_nothing(self) -> None:
        seen = Deduplicator()
        first, second = program("alpha", 30), program("beta", 30)
        seen.admit(first)
        seen.admit(second)
        mixed = "".join(a + b for a, b in zip(first.splitlines(True), second.splitlines(True)))
        self.assertEqual(seen.admit(mixed), "seen lines")

    def test_new_text_is_kept(self) -> None:
        seen = Deduplicator()
        seen.admit(program("alpha", 40))
        self.assertIsNone(seen.admit(program("beta", 40)))


class Sources(unittest.TestCase):
    def test_typescript_sources_replace_what_was_built_from_them(self) -> None:
        paths = ["dist/a.js", "dist/a.d.ts", "dist/src/b.js", "src/a.ts", "src/b.ts", "README.md"]
        self.assertEqual(without_built(paths), ["src/a.ts", "src/b.ts", "README.md"])

    def test_javascript_sources_replace_the_build_folder(self) -> None:
        self.assertEqual(without_built(["dist/a.js", "src/a.js", "src/b.js"]), ["src/a.js", "src/b.js"])

    def test_a_package_that_ships_only_its_build_keeps_it(self) -> None:
        self.assertEqual(without_built(["dist/a.js", "dist/a.d.ts"]), ["dist/a.js", "dist/a.d.ts"])


class Budgets(unittest.TestCase):
    def test_a_package_may_not_fill_a_language(self) -> None:
        budget = Budget()
        row = {"package": "npm:a@1", "path": "data.json", "language": "json", "text": "x" * 50_000}
        budget.take(row)
        self.assertFalse(budget.has_room(row))
        self.assertTrue(budget.has_room({**row, "package": "npm:b@1"}))


class Languages(unittest.TestCase):
    def test_each_extension_belongs_to_one_language(self) -> None:
        extensions = [extension for language in LANGUAGES for extension in language.extensions]
        self.assertEqual(len(extensions), len(set(extensions)))
        self.assertEqual(language_of("src/App.TSX"), "tsx")
        self.assertIsNone(language_of("Makefile"))


if __name__ == "__main__":
    unittest.main()
