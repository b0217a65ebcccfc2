"""`python -m training train`: teaches the reader from shards; goes on from its checkpoint when there is one.

The learning rate is a function of `step / steps`: a short warm-up, flat, then falling to nothing over the last part, so that a run
may be lengthened while it is still flat. What is evaluated and exported is the running mean of the weights.
"""

import copy
import csv
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from . import evaluate, labels, shards
from .augment import vary
from .net import FRAMES_PER_STEP, Reader
from .normalize import batch, padded

COLUMNS_PER_BATCH = 24_000
SHARDS_PER_ROUND = 5
SHOWN = 3  # times a shard is shown before it makes room
AVERAGE = 0.999
PEAK, WARM_UP, FALL = 2e-3, 400, 0.5


class Run:
    """All that a checkpoint holds."""

    def __init__(self, folder: Path, seed: int, start: Path | None = None, single: bool = False):
        self.folder, self.seed, self.single, self.step, self.seconds = folder, seed, single, 0, 0.0
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(seed)
        self.net = Reader(labels.CLASSES, dropout=0.05).to(self.device, memory_format=torch.channels_last)
        self.mean = copy.deepcopy(self.net).eval()
        self.optimizer = torch.optim.AdamW(self.net.parameters(), lr=PEAK, weight_decay=0.01, betas=(0.9, 0.98))
        self.shown: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self._load()
        elif start:
            self._begin_with(start)

    @property
    def path(self) -> Path:
        return self.folder / "checkpoint.pt"

    def save(self) -> None:
        beside = self.path.with_suffix(".part")
        state = {"step": self.step, "seconds": self.seconds, "net": self.net.state_dict(), "mean": self.mean.state_dict(), "optimizer": self.optimizer.state_dict(), "shown": self.shown}
        torch.save(state, beside)
        os.replace(beside, self.path)

    def _load(self) -> None:
        state = torch.load(self.path, map_location=self.device, weights_only=True)
        self.step, self.seconds, self.shown = state["step"], state["seconds"], state["shown"]
        self.net.load_state_dict(state["net"])
        self.mean.load_state_dict(state["mean"])
        self.optimizer.load_state_dict(state["optimizer"])

    def _begin_with(self, other: Path) -> None:
        """Another run's weights; what this network has beyond them begins as residual parts do: changing nothing."""
        state = torch.load(other, map_location=self.device, weights_only=True)["mean"]
        for net in (self.net, self.mean):
            foreign = net.load_state_dict(state, strict=False).unexpected_keys
            if foreign:
                raise SystemExit(f"{other}: not the weights of this network: it has no {foreign[0]}")


def train(folder: Path, sources: list[Path], validation: Path | None, steps: int, seed: int, threads: int, start: Path | None = None, peak: float = PEAK, save_every: float = 180, judge_every: int = 1000, columns: int = COLUMNS_PER_BATCH, single: bool = False) -> None:
    torch.set_num_threads(threads)
    run = Run(folder, seed, start, single)
    held_out = {p.stem: shards.load(p) for p in sorted(validation.glob("*.npz"))} if validation else {}
    saved, started, losses = time.monotonic(), time.monotonic() - run.seconds, []
    while run.step < steps:
        for lines in _round(run, sources, columns):
            losses.append(_step(run, lines, _rate(run.step, steps, peak)))
            run.seconds = time.monotonic() - started
            if run.step % 50 == 0:
                print(f"step {run.step} loss {np.mean(losses[-50:]):.4f} minutes {run.seconds / 60:.1f}", flush=True)
            if run.step % judge_every == 0 or run.step == steps:
                _judge(run, held_out, float(np.mean(losses[-500:])))
            if time.monotonic() - saved > save_every or run.step == steps:
                run.save()
                saved = time.monotonic()
            if run.step >= steps:
                break
    run.save()


def _rate(step: int, steps: int, peak: float) -> float:
    left = (steps - step) / (steps * FALL)
    return peak * min(1.0, (step + 1) / WARM_UP, max(left, 0.002))


def _step(run: Run, lines: list[shards.Line], rate: float) -> float:
    run.net.train()
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    inputs = torch.from_numpy(batch([line.pixels for line in lines])).to(run.device, memory_format=torch.channels_last)
    targets = torch.from_numpy(np.concatenate([line.letters for line in lines]).astype(np.int64))
    frames = torch.tensor([padded(line.pixels.shape[1]) * FRAMES_PER_STEP // 4 for line in lines])
    lengths = torch.tensor([len(line.letters) for line in lines])
    with torch.autocast(run.device.type, torch.bfloat16, enabled=not run.single):
        scores = run.net(inputs)
    chances = scores.float().log_softmax(-1).transpose(0, 1)
    losses = F.ctc_loss(chances, targets.to(run.device), frames, lengths, reduction="none", zero_infinity=True)
    # By letters, so that a long line counts as one line; of a line of nothing by frames, else it would drown all the others.
    loss = (losses / torch.where(lengths > 0, lengths, frames).to(run.device)).mean()
    run.optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), 2.0)
    run.optimizer.step()
    run.step += 1
    _average(run)
    return float(loss.detach())


@torch.no_grad()
def _average(run: Run) -> None:
    keep = min(AVERAGE, run.step / (run.step + 20))
    mean, now = [], []
    for a, b in zip(run.mean.state_dict().values(), run.net.state_dict().values()):
        if a.is_floating_point():
            mean.append(a)
            now.append(b)
    torch._foreach_lerp_(mean, now, 1 - keep)


def _round(run: Run, sources: list[Path], columns: int):
    """Batches of lines of like width from the least-shown shards, in a random order."""
    rng = np.random.default_rng((run.seed, run.step))
    chosen = []
    while not chosen:
        for source in sources:
            chosen += _next_shards(run, source, SHARDS_PER_ROUND)
        if not chosen:
            time.sleep(5)
    yield from batches([line for path in chosen for line in _read(path)], rng, columns)


def batches(lines: list[shards.Line], rng: np.random.Generator, columns: int = COLUMNS_PER_BATCH):
    """Lines of like width together, each changed a little, in a random order."""
    lines = [shards.Line(vary(line.pixels, rng), line.letters) for line in lines]
    lines.sort(key=lambda line: line.pixels.shape[1] + rng.integers(0, 24))
    found, at = [], 0
    while at < len(lines):
        width = padded(lines[at].pixels.shape[1] + 24)
        count = max(4, columns // width)
        found.append(lines[at : at + count])
        at += count
    for i in rng.permutation(len(found)):
        yield found[i]


def _next_shards(run: Run, source: Path, count: int) -> list[Path]:
    """New shards first, else those shown least; none is shown more than `SHOWN` times while the generator still delivers."""
    paths = sorted(source.glob("*.npz"), key=lambda p: (run.shown.get(str(p), 0), -int(p.stem)))
    chosen = paths[:count]
    for path in chosen:
        run.shown[str(path)] = run.shown.get(str(path), 0) + 1
    if chosen:
        newest = max(int(p.stem) for p in paths if run.shown.get(str(p), 0))
        (source / "newest-read").write_text(str(newest))
    return chosen


def _read(path: Path) -> list[shards.Line]:
    try:
        return shards.load(path)
    except FileNotFoundError:  # the generator has dropped it meanwhile
        return []


def _judge(run: Run, held_out, loss: float) -> None:
    """Adds a row to the learning curve."""
    row = {"step": run.step, "minutes": round(run.seconds / 60, 1), "loss": round(loss, 4)}
    for name, lines in held_out.items():
        row[name] = round(evaluate.error_rate(run.mean, lines), 5)
    print(row, flush=True)
    path = run.folder / "curve.csv"
    fresh = not path.exists()
    with open(path, "a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if fresh:
            writer.writeheader()
        writer.writerow(row)
