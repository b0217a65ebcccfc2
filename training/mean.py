"""`python -m training mean`: one checkpoint whose weights are the mean of two runs', the second having begun with the first's."""

import shutil
from pathlib import Path

import torch


def mean(first: Path, second: Path, folder: Path) -> None:
    """Writes `folder/checkpoint.pt`, to evaluate and export, and the first run's learning curve; steps and time add up."""
    one, other = (torch.load(path, map_location="cpu", weights_only=True) for path in (first, second))
    weights = {name: (value + other["mean"][name]) / 2 if value.is_floating_point() else value for name, value in one["mean"].items()}
    folder.mkdir(parents=True, exist_ok=True)
    state = {"step": one["step"] + other["step"], "seconds": one["seconds"] + other["seconds"], "mean": weights}
    torch.save(state, folder / "checkpoint.pt")
    if (first.parent / "curve.csv").exists():
        shutil.copy(first.parent / "curve.csv", folder / "curve.csv")
