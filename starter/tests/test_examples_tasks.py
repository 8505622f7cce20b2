"""Instruction tasks: functions with their doc comments, seeded bugs, what is asked and answered."""

from __future__ import annotations

import unittest
from random import Random

from examples.bugs import seed_bug
from examples.bugs.rows import ROWS
from examples.bugs.swaps import apply
from examples.bugs.types import masked
from examples.function import Function
from examples.functions import functions_in
from examples.sources import SourceFile
from examples.tasks import TASKS

SOURCES = {
    "typescript": """
export class Store {
  /**
   * Returns the {@link Entry} of a key, or a new one.
   *
   * @param key - what to look up
   */
  async entry(key: string, fallback = '}'): Promise<Entry> {
    const found = await this.find(key);
    if (found === undefined) {
      return new Entry(key, fallback);
    }
    return found;
  }
}
""",
    "python": '''
class Store:
    def entry(self, key, fallback=None):
        """Return the entry of a key, or a new one.

        Args:
            key: what to look up
        """
        found = self.find(key)
        if found is None:
            return Entry(key, fallback)
        return found
''',
    "go": """
// Entry returns the entry of a key, or a new one.
func (s *Store) Entry(key string) (*Entry, error) {
	found, err := s.find(key)
	if err != nil {
		return nil, err
	}
	return found, nil
}
""",
    "rust": """
impl Store {
    /// Returns the [`Entry`] of a key, or a new one.
    pub fn entry(&self, key: &str) -> Entry {
        let found = self.find(key);
        found.unwrap_or_else(|| Entry::new(key))
    }
}
""",
    "java": """
class Store {
    /**
     * Returns the entry of a key, or a new one.
     */
    @Override
    public Entry entry(String key) throws IOException {
        Entry found = find(key);
        return found == null ? new Entry(key) : found;
    }
}
""",
}


def function(language: str) -> Function:
    found = functions_in(SourceFile("p", f"store.{language}", language, SOURCES[language]))
    assert len(found) == 1, found
    return found[0]


class Functions(unittest.TestCase):
    def test_every_language_gives_name_and_prose(self) -> None:
        for language in SOURCES:
            found = function(language)
            self.assertEqual(found.name.lower(), "entry")
            self.assertRegex(found.prose, r"^(Entry r|R)eturns? the `?(entry|Entry)`? of a key, or a new one\.$")

    def test_code_is_without_its_comment_and_indentation(self) -> None:
        code = function("typescript").code
        self.assertTrue(code.startswith("async entry(key: string, fallback = '}')"))
        self.assertTrue(code.endswith("\n  return found;\n}"))
        self.assertTrue(function("python").code.startswith("def entry(self, key, fallback=None):\n    found ="))

    def test_the_comment_is_kept_as_written(self) -> None:
        self.assertTrue(function("typescript").doc.startswith("/**\n * Returns the {@link Entry}"))
        self.assertTrue(function("rust").doc.startswith("/// Returns"))
        self.assertTrue(function("python").doc.startswith('"""Return'))

    def test_calls_are_no_functions(self) -> None:
        text = "expect(result).toEqual({\n  a: 1,\n  b: 2,\n  c: 3,\n})\nif (ready) {\n  run();\n  stop();\n}\n"
        self.assertEqual(functions_in(SourceFile("p", "a.ts", "typescript", text * 2)), [])


class Bugs(unittest.TestCase):
    def test_a_bug_changes_little_and_names_a_line_of_the_code(self) -> None:
        for language in SOURCES:
            code = function(language).code
            kinds = set()
            for seed in range(200):
                bug = seed_bug(code, language, Random(seed))
                if bug is None:
                    continue
                kinds.add(bug.kind)
                self.assertNotEqual(bug.broken, code)
                self.assertLess(abs(len(bug.broken) - len(code)), 80)
                self.assertTrue(1 <= bug.line <= bug.broken.count("\n") + 1)
                self.assertTrue(bug.message and bug.repair)
            self.assertGreaterEqual(len(kinds), 4, language)

    def test_strings_and_comments_are_left_alone(self) -> None:
        code = "const a = 'await f()'; // await g()\nreturn `)`;"
        bare = masked(code, "typescript")
        self.assertEqual(len(bare), len(code))
        self.assertNotIn("await", bare)
        self.assertNotIn(")", bare)

    def test_a_name_is_reported_as_the_compiler_does(self) -> None:
        row = next(row for row in ROWS if row.kind == "instance")
        bug = apply(row, "get size() {\n  return this.count;\n}", "typescript", Random(1))
        assert bug is not None
        self.assertEqual(bug.broken, "get size() {\n  return count;\n}")
        self.assertEqual(bug.message, "Cannot find name 'count'. Did you mean the instance member 'this.count'?")
        self.assertEqual(bug.line, 2)


class Tasks(unittest.TestCase):
    def test_fix_answers_with_the_code_as_it_was(self) -> None:
        for language in SOURCES:
            found = function(language)
            task = TASKS["fix"](found, Random(3))
            assert task is not None
            self.assertIn(f"\n{found.code}\n```", task.answer)
            self.assertIn(f"\n{task.facts['broken']}\n```", task.user)
            self.assertIn(str(task.facts["message"]), task.user)

    def test_explain_does_not_give_the_answer_away(self) -> None:
        for language in SOURCES:
            task = TASKS["explain"](function(language), Random(1))
            assert task is not None
            self.assertNotIn(task.answer, task.user)

    def test_body_and_document_and_commit(self) -> None:
        found = function("typescript")
        body, document, commit = (TASKS[kind](found, Random(1)) for kind in ("body", "document", "commit"))
        assert body and document and commit
        self.assertIn("that returns the Entry of a key, or a new one", body.user)
        self.assertIn(found.code, body.answer)
        self.assertEqual(document.answer, f"```ts\n{found.doc}\n```")
        self.assertIn("```diff\n--- a/store.typescript\n", commit.user)
        self.assertNotIn("\n", commit.answer)


if __name__ == "__main__":
    unittest.main()
