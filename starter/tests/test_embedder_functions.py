import unittest

from embedder.comments import summary
from embedder.functions import definitions

SOURCES = {
    "typescript": """\
/** Reads the whole file. Slowly. */
export async function readAll(
  path: string,
): Promise<string> {
  return read(path);
}

declare function overloaded(a: string): void;

class Store {
  // Forgets everything it was told so far.
  private clear(): void {
    if (this.open) {
      this.items = [];
    }
  }
}

const twice = (n: number) => {
  return n * 2;
};

test('clears the store', () => {
  clear();
});
""",
    "python": '''\
class Store:
    """Keeps things."""

    @cached
    def read(self, path):
        """Return the text of a file.

        More about it.
        """
        return open(path).read()
''',
    "go": """\
// ReadAll returns the text of a file.
func (s *Store) ReadAll(path string) (string, error) {
\tif path == "" {
\t\treturn "", nil
\t}
\treturn s.read(path)
}
""",
    "rust": """\
/// Reads the text of a file.
#[inline]
pub fn read_all<P: AsRef<Path>>(path: P) -> io::Result<String>
where
    P: Copy,
{
    read(path)
}
""",
    "java": """\
    /**
     * Reads the text of a {@link File}.
     * @param path where it is
     */
    @Override
    public String readAll(Path path) throws IOException {
        return read(path);
    }
""",
    "c": """\
/* Reads the text of a file. */
static char *
read_all(const char *path)
{
\treturn read(path);
}

int declared(void);
""",
}


class Definitions(unittest.TestCase):
    def _found(self, language: str) -> list[tuple[str, str]]:
        return [(of.name, summary(of.comment, of.name)) for of in definitions(SOURCES[language], language)]

    def test_finds_functions_with_their_comments(self) -> None:
        expected = {
            "typescript": [
                ("readAll", "Reads the whole file. Slowly."),
                ("Store", ""),
                ("clear", "Forgets everything it was told so far."),
                ("twice", ""),
            ],
            "python": [("Store", ""), ("read", "Return the text of a file.")],
            "go": [("ReadAll", "returns the text of a file.")],
            "rust": [("read_all", "Reads the text of a file.")],
            "java": [("readAll", "Reads the text of a File.")],
        }
        for language, names in expected.items():
            self.assertEqual(self._found(language), names, language)

    def test_finds_c_functions_whose_type_has_its_own_line(self) -> None:
        self.assertEqual([of.name for of in definitions(SOURCES["c"], "c")], ["read_all"])

    def test_leaves_the_comment_out_of_the_code(self) -> None:
        for language in SOURCES:
            for of in definitions(SOURCES[language], language):
                if of.is_function:
                    self.assertNotIn("file.", of.code.lower().replace("read(", ""), language)

    def test_survives_what_it_cannot_parse(self) -> None:
        self.assertEqual(list(definitions("def (:\n", "python")), [])
        self.assertEqual(list(definitions("function f( {\n" * 50, "javascript")), [])
        self.assertEqual(list(definitions("a: 1\n", "yaml")), [])


class Summary(unittest.TestCase):
    def test_says_nothing_of_what_describes_nothing(self) -> None:
        for comment in ("// TODO: make it quicker than it is", "/** @inheritDoc */", "# Copyright 2020 by somebody", "// x"):
            self.assertEqual(summary(comment), "")

    def test_ends_before_parameters_and_examples(self) -> None:
        comment = "/**\n * Joins all *parts* with <b>a comma</b> between them.\n *\n * @param parts what to join\n */"
        self.assertEqual(summary(comment), "Joins all parts with a comma between them.")


if __name__ == "__main__":
    unittest.main()
