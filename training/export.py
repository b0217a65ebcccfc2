"""`python -m training export`: the checkpoint as ONNX, with its alphabet, manifest and learning curve, into `models/<name>/`."""

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from . import curve, labels, normalize
from .net import FRAMES_PER_STEP, Reader, Residual

MANIFEST = """\
# What the reader needs to know of this model. Made by `python -m training export`; see README.md for what it can do.
name = "{name}"
created = "{created}"

[network]
file = "network.onnx"
sha256 = "{network}"
input = "lines"    # f32 (lines, 1, height, width)
output = "scores"  # f32 (lines, frames, classes), before softmax
{looks}
[alphabet]
file = "alphabet.txt"  # line n is the letter of class n; class 0 is the CTC blank
sha256 = "{alphabet}"
classes = {classes}

{wording}{names}[input]
height = {height}
width_multiple = {multiple}
paper_share = {paper}
ink_share = {ink}
least_contrast = {contrast}
low = {low}
high = {high}

[input.tight]  # rows above and below the ink that are left out before scaling
ink_depth = {depth}
ink_pixels = {pixels}
loose = {loose}
margin = {margin}
least = {least}

[output]
frame_width = {frame}  # px of the scaled line for each CTC frame
blank = 0
temperature = {temperature}  # what scores are divided by before softmax, so that confidences come true

[training]
steps = {steps}
minutes = {minutes}
seed = {seed}
data = "synthetic lines only; see README.md"
"""

WORDING = """\
[wording]
file = "wording.bin"  # which letters follow which, for letters in doubt
sha256 = "{sha256}"
weight = 0.4  # exponent of a letter's chance after those before it; chosen on the development samples
bonus = 1.2   # natural logarithm of what every letter is worth by itself

"""

NAMES = """\
[names]
file = "names.bin"  # which letters follow which in persons' names
sha256 = "{sha256}"
weight = 0.8  # as of wording; chosen on drawn scans that others made
bonus = 1.8

"""

LOOK = """
[[network.looks]]  # a depthwise convolution, which saraban runs itself
input = "{input}"
output = "{output}"
kernel = {kernel}  # channels, rows, columns
"""


def export(checkpoint: Path | None, folder: Path, seed: int = 1, temperature: float = 1.0, wording: Path | None = None, names: Path | None = None) -> Reader:
    """Writes the model; without a checkpoint an untrained one, for tests of the plumbing."""
    torch.manual_seed(seed)
    net = Reader(labels.CLASSES)
    state = {"step": 0, "seconds": 0.0}
    if checkpoint:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        net.load_state_dict(state["mean"])
    net = fused(net.eval())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "alphabet.txt").write_text("".join(f"{letter}\n" for letter in labels.LETTERS), encoding="utf-8")
    (folder / "calibration.toml").write_text("# Not measured yet: training/calibrate.sh\n", encoding="utf-8")
    _write_onnx(net, folder / "network.onnx")
    if wording:
        shutil.copy(wording, folder / "wording.bin")
    if names:
        shutil.copy(names, folder / "names.bin")
    (folder / "manifest.toml").write_text(MANIFEST.format(
        name=folder.name, created=date.today().isoformat(), network=_sha256(folder / "network.onnx"), alphabet=_sha256(folder / "alphabet.txt"),
        classes=labels.CLASSES, looks=_looks(folder / "network.onnx"), wording=WORDING.format(sha256=_sha256(wording)) if wording else "", names=NAMES.format(sha256=_sha256(names)) if names else "", height=normalize.HEIGHT, multiple=normalize.WIDTH_MULTIPLE, paper=normalize.PAPER_SHARE, ink=normalize.INK_SHARE,
        depth=normalize.INK_DEPTH, pixels=normalize.INK_PIXELS, loose=normalize.LOOSE, margin=normalize.MARGIN, least=normalize.LEAST_BAND,
        contrast=normalize.LEAST_CONTRAST, low=normalize.LOW, high=normalize.HIGH, frame=4 // FRAMES_PER_STEP, temperature=temperature,
        steps=state["step"], minutes=round(state["seconds"] / 60), seed=seed), encoding="utf-8")
    _write_reference(net, folder / "reference.json")
    if checkpoint and (checkpoint.parent / "curve.csv").exists():
        shutil.copy(checkpoint.parent / "curve.csv", folder / "curve.csv")
        curve.draw(folder / "curve.csv", folder / "curve.png")
    return net


def fused(net: Reader) -> Reader:
    """Batch norms folded into the convolutions before them: the same function, fewer steps."""
    stem, parts = [], iter(net.stem)
    for part in parts:
        if isinstance(part, Residual):
            stem.append(part)
        else:
            stem += [fuse_conv_bn_eval(part, next(parts)), next(parts)]
    net.stem = nn.Sequential(*stem)
    for part in net.modules():
        if isinstance(part, Residual):
            part.along, part.norm = fuse_conv_bn_eval(part.along, part.norm), nn.Identity()
            part.narrow, part.settle = fuse_conv_bn_eval(part.narrow, part.settle), nn.Identity()
    return net


def _write_reference(net: Reader, path: Path) -> None:
    """What the network says of one made-up scaled line: the Rust reader must say the same within 1e-3, normalization and padding included.
    And which rows of a loose crop stay: the same there too."""
    grey = np.random.default_rng(3).integers(0, 256, (normalize.HEIGHT, 60), dtype=np.uint8)
    with torch.no_grad():
        scores = net(torch.from_numpy(normalize.batch([grey])))[0].numpy()
    loose = np.full((50, 24), 230, np.uint8)
    loose[17:36, 3:21:2] = 40
    about = {"width": grey.shape[1], "grey": grey.reshape(-1).tolist(), "loose": loose.reshape(-1).tolist(), "tight": normalize.tight(loose).reshape(-1).tolist(), "scores": [round(float(v), 5) for v in scores.reshape(-1)]}
    path.write_text(json.dumps(about, separators=(",", ":")) + "\n")


def _write_onnx(net: Reader, path: Path) -> None:
    torch.onnx.export(
        net, (torch.zeros(2, 1, normalize.HEIGHT, 256),), str(path), input_names=["lines"], output_names=["scores"], opset_version=17, dynamo=False,
        dynamic_axes={"lines": {0: "lines", 3: "width"}, "scores": {0: "lines", 1: "frames"}},
    )


def _looks(path: Path) -> str:
    """The depthwise convolutions of an exported network, as the manifest names them."""
    graph = onnx.load(str(path)).graph
    shapes = {weights.name: list(weights.dims) for weights in graph.initializer}
    found = []
    for node in graph.node:
        groups = next((a.i for a in node.attribute if a.name == "group"), 1)
        if node.op_type == "Conv" and groups > 1:
            channels, _, rows, columns = shapes[node.input[1]]
            found.append(LOOK.format(input=node.input[0], output=node.output[0], kernel=[channels, rows, columns]))
    return "".join(found)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
