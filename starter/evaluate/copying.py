"""Copy-from-context: the baseline that goes on as the file did the last time."""

from __future__ import annotations

LEAST_MATCH = 4
"""Characters; anything is found again when fewer are asked for."""


def continuation(prefix: str) -> str:
    """What followed the last earlier occurrence of the longest end of `prefix` that occurs earlier; '' without one."""
    low, high, found = LEAST_MATCH, len(prefix), -1
    while low <= high:
        length = (low + high) // 2
        at = prefix.rfind(prefix[-length:], 0, len(prefix) - 1)
        if at >= 0:
            found, low = at + length, length + 1
        else:
            high = length - 1
    return prefix[found:] if found >= 0 else ""


def cut_like(kind: str, text: str, middle: str) -> str:
    """A text that knows no end, cut to one line or, for the longer kinds, to the true length: a favour to baselines."""
    if kind in ("single line", "rest of line"):
        return text.split("\n", 1)[0]
    if kind == "multi line":
        return "\n".join(text.split("\n")[: middle.count("\n") + 1])
    return text[: len(middle)]
