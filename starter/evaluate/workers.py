"""Runs the Node workers of `host/`: requests in, answers out, one process per core, resumed where they were stopped."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from evaluate.places import HOST, OUT

NODE = os.environ.get("NODE", "node")


class WorkerFailed(RuntimeError):
    """A worker ended with an error; its own report went to stderr."""


def answers(
    worker: str, name: str, requests: list[dict], *, arguments: tuple[str, ...] = (), processes: int = 2
) -> dict[str, dict]:
    """The answer to every request, by its `id`.

    `name` names the files under out/evaluation/work. Answers of an earlier run count unless their request changed.
    Raises WorkerFailed when a worker fails.
    """
    folder = OUT / "work"
    folder.mkdir(parents=True, exist_ok=True)
    asked, answered = folder / f"{name}.requests.jsonl", folder / f"{name}.answers.jsonl"
    _drop_stale(asked, answered, requests, arguments)
    _write(asked, requests)
    command = [NODE, str(HOST / f"{worker}.mjs"), "--requests", str(asked), "--answers", str(answered), *arguments]
    shards = [subprocess.Popen([*command, "--shard", f"{at}/{processes}"]) for at in range(processes)]
    if any([shard.wait() != 0 for shard in shards]):
        raise WorkerFailed(f"{worker}.mjs failed on {asked}")
    return {row["id"]: row for row in read(answered)}


def read(path: Path) -> list[dict]:
    """JSON lines; none when there is no such file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.endswith("}")]


def _drop_stale(asked: Path, answered: Path, requests: list[dict], arguments: tuple[str, ...]) -> None:
    """Forgets answers to requests that have changed, and all of them when the worker's arguments or its model have."""
    identity = asked.with_suffix(".identity.json")
    now = [[each, os.path.getmtime(each)] if os.path.exists(each) else each for each in arguments]
    same = identity.exists() and json.loads(identity.read_text()) == now
    identity.write_text(json.dumps(now))
    before = {row["id"]: row for row in read(asked)}
    kept = {row["id"] for row in requests if before.get(row["id"]) == row} if same else set()
    _write(answered, [row for row in read(answered) if row["id"] in kept])


def _write(path: Path, found: list[dict]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
