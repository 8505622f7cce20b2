"""The text of an example, marker by marker, as the extension's prompts are laid out."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizer.special import end_of_text, file_separator, special_tokens

REPOSITORY = "<|repo_name|>workspace\n"
FILE = file_separator
END = end_of_text
MARKERS = tuple(special_tokens)
Snippet = tuple[str, str]
"""A path and a piece of that file."""


def plain(text: str) -> str:
    return text + END


def repository(files: Sequence[Snippet]) -> str:
    return REPOSITORY + "\n".join(f"{FILE}{path}\n{text}" for path, text in files) + END


def completion(
    prefix: str, middle: str, suffix: str, path: str = "", snippets: Sequence[Snippet] = (), suffix_first: bool = False
) -> str:
    """Prefix, suffix, middle; other files before them, where there are any, and then also this file's path."""
    others = "".join(f"{FILE}{other}\n{text}\n" for other, text in snippets)
    before = f"{REPOSITORY}{others}{FILE}{path}\n" if snippets else ""
    parts = [f"<|fim_prefix|>{prefix}", f"<|fim_suffix|>{suffix}"]
    around = "".join(reversed(parts) if suffix_first else parts)
    return f"{before}{around}<|fim_middle|>{middle}{END}"


def prompt(user: str) -> str:
    """What the model reads before it answers."""
    return f"<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"


def chat(user: str, answer: str) -> str:
    return f"{prompt(user)}{answer}<|im_end|>\n{END}"


def fenced(code: str, label: str) -> str:
    return f"```{label}\n{code}\n```"
