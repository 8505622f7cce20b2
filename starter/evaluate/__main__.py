"""The driver: `python -m evaluate counting bits infill ... report`, run in starter/."""

from __future__ import annotations

import time

from evaluate import bits, counting, crossfile, human_eval, infill, latency, memory, parsing, report, tasks
from evaluate.options import Options, options_of, parser
from evaluate.results import save

STEPS = {
    "counting": counting.run,
    "bits": bits.run,
    "infill": infill.run,
    "parsing": parsing.run,
    "crossfile": crossfile.run,
    "humaneval": human_eval.run,
    "tasks": tasks.run,
    "memory": memory.run,
    "latency": latency.run,
}


def chosen(given: list[str], options: Options) -> list[str]:
    """The steps to run; of all of them those for which there is what they need."""
    if "all" in given:
        return [name for name in STEPS if name != "humaneval" or options.human_eval is not None]
    return [name for name in given if name != "report"]


def main() -> None:
    """Runs the steps that were asked for, each adding to out/evaluation/results.json, and renders the report."""
    given = parser([*STEPS, "report"]).parse_args()
    if given.steps != ["report"]:
        options = options_of(given)
        for name in chosen(given.steps, options):
            print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
            start = time.monotonic()
            save(name, STEPS[name](options), time.monotonic() - start)
    print(report.write())


if __name__ == "__main__":
    main()
