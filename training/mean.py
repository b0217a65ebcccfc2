"""`python -m training mean`: one checkpoint whose weights are the mean of two runs', the second having begun with the first's."""

import shutil
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import labels, shards
from .net import Reader
from .normalize import batch
from .train import batches

SHARDS_PER_SOURCE = 2


def mean(first: Path, second: Path, folder: Path, sources: list[Path]) -> None:
    """Writes `folder/checkpoint.pt`, to evaluate and export, and the second run's learning curve; steps and time add up."""
    one, other = (torch.load(path, map_location="cpu", weights_only=True) for path in (first, second))
    weights = {name: (value + other["mean"][name]) / 2 if value.is_floating_point() else value for name, value in one["mean"].items()}
    net = Reader(labels.CLASSES)
    net.load_state_dict(weights)
    settle(net, sources)
    folder.mkdir(parents=True, exist_ok=True)
    state = {"step": one["step"] + other["step"], "seconds": one["seconds"] + other["seconds"], "mean": net.state_dict()}
    torch.save(state, folder / "checkpoint.pt")
    if (second.parent / "curve.csv").exists():
        shutil.copy(second.parent / "curve.csv", folder / "curve.csv")


@torch.no_grad()
def settle(net: Reader, sources: list[Path]) -> None:
    """Counts anew what the batch norms meet: the mean of two nets' statistics is not what the mean of their weights sees."""
    norms = [part for part in net.modules() if isinstance(part, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the plain mean over all batches
    lines = [line for source in sources for path in sorted(source.glob("*.npz"))[-SHARDS_PER_SOURCE:] for line in shards.load(path)]
    net.train()
    for group in batches(lines, np.random.default_rng(1)):
        net(torch.from_numpy(batch([line.pixels for line in group])).to(memory_format=torch.channels_last))
    net.eval()
