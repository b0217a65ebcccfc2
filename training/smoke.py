"""`python -m training smoke DIR`: the whole road in miniature, for CI: one small shard, 50 steps, an export.

Leaves `DIR/model/`, as in `models/`. `SARABAN_MODEL=DIR/model cargo test what_it_was_taught` then holds the Rust reader to `reference.json`.
"""

from pathlib import Path

from . import export, generate, shards
from .train import train

STEPS, LINES, COLUMNS = 50, 160, 4_000


def smoke(folder: Path) -> None:
    lines = folder / "lines"
    lines.mkdir(parents=True, exist_ok=True)
    shards.save(lines / "000000.npz", generate.shard(seed=5, count=LINES))
    train(folder / "run", [lines], None, steps=STEPS, seed=5, threads=1, columns=COLUMNS)
    export.export(folder / "run" / "checkpoint.pt", folder / "model")
