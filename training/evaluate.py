"""`python -m training evaluate`: character errors, exact lines and calibration on held-out lines."""

from pathlib import Path

import numpy as np
import torch

from . import labels, shards
from .normalize import batch, padded


@torch.no_grad()
def scores(net, lines: list[np.ndarray]) -> list[np.ndarray]:
    """Per line, `(frames, classes)` probabilities; lines of one padded width share a batch, so none depends on its neighbours."""
    device = next(net.parameters()).device
    order = sorted(range(len(lines)), key=lambda i: padded(lines[i].shape[1]))
    out: list = [None] * len(lines)
    at = 0
    while at < len(order):
        width = padded(lines[order[at]].shape[1])
        group = [i for i in order[at : at + 32] if padded(lines[i].shape[1]) == width]
        inputs = torch.from_numpy(batch([lines[i] for i in group])).to(device, memory_format=torch.channels_last)
        for i, frames in zip(group, net(inputs).softmax(-1).cpu().numpy()):
            out[i] = frames
        at += len(group)
    return out


def error_rate(net, lines: list[shards.Line]) -> float:
    """Character errors over characters."""
    read = [labels.decode(frames.argmax(-1)) for frames in scores(net, [line.pixels for line in lines])]
    return sum(distance(a, line.text) for a, line in zip(read, lines)) / sum(len(line.text) for line in lines)


def distance(a: str, b: str) -> int:
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
