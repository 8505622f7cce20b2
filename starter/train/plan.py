"""How long to train, on what, at which learning rate: pure functions of the share of the run that is done."""

from dataclasses import dataclass
from pathlib import Path

warm_up = 0.01


@dataclass(frozen=True)
class Phase:
    """A part of the run with its own data: short rows first, because attention over long ones costs more per token."""

    folder: Path
    until: float

    @staticmethod
    def parse_all(texts: list[str]) -> list["Phase"]:
        """["out/tokens/short:0.7", "out/tokens/long:0.3"] -> phases that end at 0.7 and 1.0 of the run."""
        folders, shares = zip(*(text.rsplit(":", 1) for text in texts), strict=True)
        numbers = [float(share) for share in shares]
        if abs(sum(numbers) - 1) > 1e-6:
            raise SystemExit(f"the shares of the phases add up to {sum(numbers):.3g}, not 1")
        ends = [sum(numbers[: i + 1]) for i in range(len(numbers))]
        return [Phase(Path(folder), end) for folder, end in zip(folders, ends, strict=True)]


def phase_at(phases: list[Phase], done: float) -> int:
    return next((i for i, phase in enumerate(phases) if done < phase.until), len(phases) - 1)


def rate_at(done: float) -> float:
    """Factor on every learning rate: a short warm-up, then straight down to nothing.

    Linear decay to zero beats cosine and constant schedules when tokens per parameter are few.
    """
    if done < warm_up:
        return done / warm_up
    return max(0.0, (1 - done) / (1 - warm_up))
