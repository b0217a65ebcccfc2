"""`python -m training smoke DIR`: the whole road in miniature, for CI: one small shard, 50 steps, an export.

Leaves `DIR/model/`, as in `models/`. `SARABAN_MODEL=DIR/model cargo test what_it_was_taught` then holds the Rust reader to `reference.json`.
"""

import json
import re
from pathlib import Path

import numpy as np
import torch

from . import export, generate, labels, normalize, shards
from .net import Reader
from .train import train
from .unfold import unfold

STEPS, LINES, COLUMNS = 50, 160, 4_000


def smoke(folder: Path) -> None:
    _both_numerals()
    lines = folder / "lines"
    lines.mkdir(parents=True, exist_ok=True)
    shards.save(lines / "000000.npz", generate.shard(seed=5, count=LINES))
    train(folder / "run", [lines], None, steps=STEPS, seed=5, threads=1, columns=COLUMNS)
    export.export(folder / "run" / "checkpoint.pt", folder / "model")
    unfold(folder / "model", folder / "again", [lines])
    _same(folder / "again" / "checkpoint.pt", folder / "model" / "reference.json")


def _both_numerals() -> None:
    """Shards of one kind hold Thai numerals and Arabic ones to their last line: one line's choice is not the next one's."""
    for only in ("hands", "stamps"):
        texts = [text for _, text in generate.shard(seed=5, count=LINES, only=only)][LINES // 2 :]
        for numerals in ("[๐-๙]", "[0-9]"):
            share = sum(bool(re.search(numerals, text)) for text in texts) / len(texts)
            if share < 0.08:
                raise SystemExit(f"generate --only {only}: {numerals} stands in {share:.0%} of the later lines; hint: see thai_digits in training/text.py")


def _same(checkpoint: Path, reference: Path) -> None:
    """An unfolded model says what the model says."""
    net = Reader(labels.CLASSES).eval()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["mean"])
    told = json.loads(reference.read_text())
    grey = np.array(told["grey"], np.uint8).reshape(normalize.HEIGHT, told["width"])
    with torch.no_grad():
        scores = net(torch.from_numpy(normalize.batch([grey]))).numpy().reshape(-1)
    worst = float(np.abs(scores - np.array(told["scores"])).max())
    if worst > 1e-3:
        raise SystemExit(f"{checkpoint}: says something else than {reference}: scores differ by up to {worst:.5f}; hint: look at training/unfold.py")
