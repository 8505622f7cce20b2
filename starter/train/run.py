"""Trains the completion model, or goes on where the last run stopped.

    python -m train.run --phase out/tokens/512:0.6 --phase out/tokens/1024:0.25 --phase out/tokens/2048:0.15 \
        --minutes 80 --out out/run

The same script runs on CPU (bf16 matrix units) and CUDA. The run's length is given in minutes of training, so that it
fits the machine; every step's loss, rate, tokens and time stand in log.csv.
"""

import argparse
import csv
import time
from pathlib import Path
from typing import TextIO

import torch
from torch import Tensor

from train import checkpoint
from train.loss import HeadLoss
from train.model import Model, Shape, longest_context
from train.muon import Muon
from train.plan import Phase, phase_at, rate_at
from train.tokens import Rows

log_columns = ["step", "seconds", "tokens", "context", "rate", "loss", "validation"]


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    phases = Phase.parse_all(options.phase)
    model = checkpoint.load_model(options.start) if options.start else Model(Shape(), positions=longest_context)
    model = model.to(device)
    optimizers = make_optimizers(model, options)
    options.out.mkdir(parents=True, exist_ok=True)
    saved = options.out / "checkpoint.pt"
    progress = checkpoint.load(saved, model, optimizers) if saved.exists() else checkpoint.Progress()
    validation = Rows.open(options.validation) if options.validation else None
    forward = torch.compile(model, dynamic=False)
    print(f"{model.shape.parameters / 1e6:.1f}M parameters on {device}, step {progress.step}", flush=True)

    budget = options.minutes * 60
    with open_log(options.out / "log.csv", progress.step) as file:
        log = csv.writer(file)
        last_save = last_validation = progress.seconds
        rows = Rows.open(phases[progress.phase].folder)
        while progress.seconds < budget:
            done = progress.seconds / budget
            if phase_at(phases, done) != progress.phase:
                progress.phase, progress.row = phase_at(phases, done), 0
                rows = Rows.open(phases[progress.phase].folder)
            count = max(1, options.batch_tokens // rows.context)
            set_rates(optimizers, rate_at(done))
            started = time.monotonic()
            loss = step(forward, model, optimizers, rows.batch(progress.row, count, options.other_weight), device)
            # The first step of a shape compiles; that is not training time, or a short run would be all compiling.
            spent = time.monotonic() - started
            progress.seconds += min(spent, options.longest_step)
            progress.step += 1
            progress.tokens += count * rows.context
            progress.row += count
            checked = ""
            if validation and progress.seconds - last_validation > options.validate_every:
                checked = f"{validate(model, validation, device):.4f}"
                last_validation = progress.seconds
            log.writerow(
                [progress.step, f"{progress.seconds:.1f}", progress.tokens, rows.context, f"{rate_at(done):.4f}",
                 f"{loss:.4f}", checked]
            )  # fmt: skip
            if progress.step % 20 == 0 or checked:
                file.flush()
                print(f"{progress.step} {done:.3f} {progress.tokens / 1e6:.2f}M loss {loss:.3f} {checked} "
                      f"{count * rows.context / spent:.0f} tokens/s", flush=True)  # fmt: skip
            if progress.seconds - last_save > options.save_every:
                checkpoint.save(saved, model, optimizers, progress)
                last_save = progress.seconds
    checkpoint.save(saved, model, optimizers, progress)
    print("done", flush=True)


def open_log(path: Path, step: int) -> TextIO:
    """The log up to and including `step`, open for more: steps after the last checkpoint are taken again."""
    rows = list(csv.reader(path.open(newline=""))) if path.exists() else [log_columns]
    file = path.open("w", newline="")
    csv.writer(file).writerows(row for row in rows if row == log_columns or int(row[0]) <= step)
    return file


def step(forward, model: Model, optimizers: list, batch, device: torch.device) -> float:
    """One optimizer step on one batch; returns the mean loss in nats per token."""
    inputs, targets, weights = (part.to(device) for part in batch)
    loss = mean_loss(forward(inputs), model, targets, weights)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
    model.zero_grad(set_to_none=False)
    return loss.item()


def mean_loss(hidden: Tensor, model: Model, targets: Tensor, weights: Tensor) -> Tensor:
    flat = hidden.reshape(-1, hidden.shape[-1])
    return HeadLoss.apply(flat, model.embedding.weight, targets.reshape(-1), weights.reshape(-1))


@torch.no_grad()
def validate(model: Model, rows: Rows, device: torch.device) -> float:
    """Mean loss in nats per token over the first rows of the validation build."""
    losses = []
    for first in range(0, min(32, len(rows.table)), 8):
        inputs, targets, weights = (part.to(device) for part in rows.batch(first, 8))
        losses.append(mean_loss(model(inputs), model, targets, weights))
    return torch.stack(losses).mean().item()


def make_optimizers(model: Model, options: argparse.Namespace) -> list:
    """Muon for the matrices of the blocks, AdamW for the embedding (which is also the head) and the norms."""
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2]
    gains = [p for p in model.parameters() if p.ndim == 1]
    adam = torch.optim.AdamW(
        [
            {"params": [model.embedding.weight], "lr": options.embedding_rate, "weight_decay": 0.01},
            {"params": gains, "lr": options.embedding_rate, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
        eps=1e-10,
        fused=True,
    )
    optimizers = [Muon(matrices, lr=options.matrix_rate), adam]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["full_rate"] = group["lr"]
    return optimizers


def set_rates(optimizers: list, factor: float) -> None:
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group["full_rate"] * factor


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phase", action="append", required=True, help="FOLDER:SHARE, in order")
    parser.add_argument("--start", type=Path, help="a checkpoint whose weights to start from")
    parser.add_argument("--other-weight", type=float, default=1.0, help="weight of the loss outside of middles")
    parser.add_argument("--validation", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch-tokens", type=int, default=12_288)
    parser.add_argument("--matrix-rate", type=float, default=0.025)
    parser.add_argument("--embedding-rate", type=float, default=5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-every", type=float, default=300, help="seconds")
    parser.add_argument("--validate-every", type=float, default=600, help="seconds")
    parser.add_argument("--longest-step", type=float, default=10, help="seconds counted at most for one step")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
