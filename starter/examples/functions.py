"""Functions with their doc comments, in all languages that have instruction tasks."""

from __future__ import annotations

from itertools import islice

from examples.brace_functions import HEADERS, brace_functions
from examples.function import LINES, Function
from examples.python_functions import python_functions
from examples.sources import SourceFile

MOST_PER_FILE = 40


def functions_in(file: SourceFile) -> list[Function]:
    """At most `MOST_PER_FILE`, in the order of the file; empty for languages without instruction tasks."""
    if file.language == "python":
        found = python_functions(file)
    elif file.language in HEADERS:
        found = brace_functions(file)
    else:
        return []
    least, most = LINES
    fitting = (function for function in found if least <= function.line_count <= most and "```" not in function.code)
    return list(islice(fitting, MOST_PER_FILE))
