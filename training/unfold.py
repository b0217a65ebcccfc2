"""`python -m training unfold`: a shipped network as a checkpoint that training goes on from, where the run's own is lost.

`export` folds each batch norm into the convolution before it. Here it is taken apart again: the norm counts what the convolution gives on
training lines and undoes it, so that the network says what the shipped one says and learns as one that was never folded.
"""

import tomllib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from . import labels, shards
from .mean import SHARDS_PER_SOURCE
from .net import Reader
from .normalize import batch
from .train import batches


def unfold(model: Path, folder: Path, sources: list[Path]) -> Reader:
    """Writes `folder/checkpoint.pt` from `model/network.onnx`; steps and time are those of its manifest."""
    net = Reader(labels.CLASSES).eval()
    layers = _layers(net)
    for (conv, norm), (weight, bias) in zip(layers, _stored(model / "network.onnx"), strict=True):
        conv.weight.data = weight
        if norm is None:
            conv.bias.data = bias
        else:
            norm.running_var.fill_(1 - norm.eps)
            norm.weight.data.fill_(1)  # a fresh net's residual parts have nothing to say
            norm.bias.data = bias
    _count(net, layers, sources)
    trained = tomllib.loads((model / "manifest.toml").read_text())["training"]
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"step": trained["steps"], "seconds": trained["minutes"] * 60.0, "mean": net.state_dict()}, folder / "checkpoint.pt")
    return net


def _layers(net: Reader) -> list[tuple[nn.Conv2d, nn.BatchNorm2d | None]]:
    """The convolutions in the order they run, each with the norm behind it."""
    parts = [part for part in net.modules() if isinstance(part, nn.Conv2d | nn.BatchNorm2d)]
    return [(part, after if isinstance(after, nn.BatchNorm2d) else None) for part, after in zip(parts, [*parts[1:], None]) if isinstance(part, nn.Conv2d)]


def _stored(path: Path) -> list[tuple[torch.Tensor, torch.Tensor]]:
    graph = onnx.load(str(path)).graph
    values = {value.name: torch.from_numpy(numpy_helper.to_array(value).copy()) for value in graph.initializer}
    return [(values[node.input[1]], values[node.input[2]]) for node in graph.node if node.op_type == "Conv"]


@torch.no_grad()
def _count(net: Reader, layers, sources: list[Path]) -> None:
    """Norms that changed nothing get the mean and spread they meet, and scale and shift that give both back. The spread is that within a batch,
    as in training: between batches of short and of long lines there is much more, and a net that reckons with it has forgotten all at its first step."""
    met: dict[nn.BatchNorm2d, list[torch.Tensor]] = {norm: [] for _, norm in layers if norm is not None}
    hooks = [norm.register_forward_pre_hook(lambda norm, given: met[norm].append(torch.stack([given[0].mean((0, 2, 3)), given[0].var((0, 2, 3))]))) for norm in met]
    lines = [line for source in sources for path in sorted(source.glob("*.npz"))[-SHARDS_PER_SOURCE:] for line in shards.load(path)]
    if not lines:
        raise SystemExit(f"unfold: no lines in {', '.join(map(str, sources))}: the norms count what they meet; hint: python -m training generate first")
    for group in batches(lines, np.random.default_rng(1)):
        net(torch.from_numpy(batch([line.pixels for line in group])))
    for hook in hooks:
        hook.remove()
    for conv, norm in layers:
        if norm is None:
            continue
        mean, spread = torch.stack(met[norm]).mean(0)
        spread = spread.clamp_min(1e-8).sqrt()
        conv.weight.data /= spread[:, None, None, None]
        norm.running_mean.copy_(mean / spread)
        norm.running_var.fill_(1)
        norm.weight.data = spread * (1 + norm.eps) ** 0.5
        norm.bias.data += mean
