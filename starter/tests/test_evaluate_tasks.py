import sys
import unittest

from evaluate.human_eval import program_of
from evaluate.tasks import bug_lines, code_in, fix_score

FIXED = "def f(items):\n    for item in items:\n        use(item)\n    return items"
BROKEN = FIXED.replace("return items", "return item")


def fix(given: str) -> dict:
    task = {"answer": f"```python\n{FIXED}\n```", "meta": {"broken": BROKEN}}
    return fix_score(task, given)


class Fixes(unittest.TestCase):
    def test_the_right_fix_is_exact(self) -> None:
        score = fix(f"```py\n{FIXED}\n```\nDone.")
        self.assertTrue(score["exact"] and score["lineRight"] and not score["unchanged"])

    def test_the_line_may_be_right_while_the_rest_is_not(self) -> None:
        score = fix(f"```\n{FIXED.replace('use', 'drop')}\n```")
        self.assertTrue(score["lineRight"] and not score["exact"])

    def test_giving_back_the_broken_code_fixes_nothing(self) -> None:
        score = fix(f"```\n{BROKEN}\n```")
        self.assertTrue(score["unchanged"] and not score["lineRight"])
        self.assertGreater(score["similarity"], 0.9)

    def test_a_line_that_was_lost_has_to_come_back_as_often_as_it_stood(self) -> None:
        self.assertEqual(bug_lines("a\nb", "a\nb\na"), {"a": 2})

    def test_code_is_taken_from_the_fence_finished_or_not(self) -> None:
        self.assertEqual(code_in("Here:\n```ts\na\n"), "a\n")
        self.assertEqual(code_in("plain"), "plain")


@unittest.skipUnless(sys.platform == "linux", "the sandbox needs Linux")
class Sandbox(unittest.TestCase):
    def test_only_a_program_that_ends_well_passes(self) -> None:
        from evaluate.sandbox import passes

        self.assertTrue(passes("assert 1 + 1 == 2", timeout_seconds=60))
        self.assertFalse(passes("assert 1 + 1 == 3"))
        self.assertFalse(passes("import sys; sys.exit(1)"))
        self.assertFalse(passes("while True: pass", timeout_seconds=0.3))
        self.assertFalse(passes("import socket"))
        self.assertFalse(passes("with open('/tmp/x', 'w') as file: file.write('x')"))
        self.assertFalse(passes("x = bytearray(8 << 30)"))

    def test_the_problem_is_put_together_in_order(self) -> None:
        problem = {"prompt": "def f():\n", "suffix": "    return x\n", "test": "def check(f): assert f() == 1",
                   "entry_point": "f"}
        from evaluate.sandbox import passes

        self.assertTrue(passes(program_of(problem, "    x = 1"), timeout_seconds=60))
