"""The parts of the report that print texts: answers to tasks, good and bad, and the longest overlaps."""

from __future__ import annotations

from evaluate.tables import quoted


def tasks(samples: dict) -> str:
    """Every model's best and worst answers."""
    return "\n\n".join(
        f"### {name}, {kind}: {quality} answers\n\n" + "\n\n".join(map(_answer, answers))
        for name, kinds in samples.items()
        for kind, qualities in kinds.items()
        for quality, answers in qualities.items()
        if answers
    )


def overlaps(models: dict) -> str:
    """The longest overlaps of each model, with where they stand in the corpus."""
    found = [
        f"{name}: {each['length']} characters of `{each['source']}`\n\n{quoted(each['text'], 300)}"
        for name, summary in models.items()
        for each in summary["worst"]
    ]
    secrets = [f"- {name}: `{each}`" for name, summary in models.items() for each in summary["secrets"]]
    return "".join(f"\n\n{part}" for part in [*found, *(["\n".join(secrets)] if secrets else [])])


def _answer(row: dict) -> str:
    return "\n\n".join([
        f"{row['language']}, rating {row['rating']:.2f}. Asked:",
        quoted(row["prompt"]),
        "Expected:",
        quoted(row["expected"]),
        "Given:",
        quoted(row["given"]),
    ])
