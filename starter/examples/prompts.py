"""How instructions are worded. `{0}` is the first argument, and so on."""

from __future__ import annotations

EXPLAIN = (
    "Explain this code.",
    "Explain this code.",
    "What does this code do?",
    "What does this function do?",
    "Explain this {0} function.",
    "Explain what `{1}` does.",
    "Describe this function in one or two sentences.",
    "이 코드를 설명해줘.",
    "이 함수가 무엇을 하는지 설명해줘.",
)
"""Language, name."""

DOCUMENT = (
    "Write a doc comment for this function.",
    "Write a doc comment for this function.",
    "Document this function.",
    "Add documentation to `{1}`.",
    "Write the documentation comment of this {0} function.",
    "이 함수의 문서 주석을 작성해줘.",
)
"""Language, name."""

FIX = (
    "Fix this problem: {0} (line {1})",
    "Fix this problem: {0} (line {1})",
    "Fix this problem: {0}",
    "Fix this code. Line {1}: {0}",
    "Fix the bug in this code.\nDiagnostic on line {1}: {0}",
    "이 문제를 고쳐줘: {0} ({1}번째 줄)",
)
"""Message, line."""

BODY_THIRD_PERSON = (
    "Write a {0} function `{1}({2})` that {3}.",
    "Write a function `{1}({2})` that {3}.",
    "{0} function `{1}({2})` that {3}. Write it.",
)
BODY_OTHER = (
    "Write a {0} function `{1}({2})`: {3}.",
    "Write a function `{1}({2})`: {3}.",
    "`{1}({2})` 함수를 작성해줘: {3}.",
)
"""Language, name, parameters, what it does."""

COMMIT = (
    "Write a commit message for this change.",
    "Write a one-line commit message for this diff.",
    "Summarize this change in one line.",
    "이 변경 사항의 커밋 메시지를 작성해줘.",
)
