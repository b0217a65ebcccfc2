"""`python -m training smoke DIR`: the whole road in miniature, for CI: one small shard, 50 steps, an export, and the network's scores.

Leaves `DIR/model/` (as in `models/`) and `DIR/scores.json`: `{"lines": {shape, values}, "scores": {shape, values}}`, row-major.
The Rust test that reads the model must come within 1e-3 of these scores. Uses the typefaces at hand.
"""

import json
from pathlib import Path

import numpy as np
import torch

from . import export, generate, shards
from .train import train

STEPS, LINES = 50, 240


def smoke(folder: Path) -> None:
    lines = folder / "lines"
    lines.mkdir(parents=True, exist_ok=True)
    shards.save(lines / "000000.npz", generate.shard(seed=5, count=LINES))
    train(folder / "run", [lines], None, steps=STEPS, seed=5, threads=1)
    net = export.export(folder / "run" / "checkpoint.pt", folder / "model")
    given = export.example()
    with torch.no_grad():
        said = net(torch.from_numpy(given)).numpy()
    (folder / "scores.json").write_text(json.dumps({"lines": _array(given), "scores": _array(said)}))


def _array(values: np.ndarray) -> dict:
    return {"shape": list(values.shape), "values": [round(float(v), 6) for v in values.reshape(-1)]}
