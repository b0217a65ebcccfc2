"""`python -m training evaluate`: character errors, exact lines and calibration on held-out lines."""

import os
import re
import subprocess
import tempfile
from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy as np
import torch

from . import labels, shards, vote
from .net import Reader
from .normalize import batch, padded

THAI_NUMBER = re.compile("[๐-๙][๐-๙./]*[๐-๙]|[๐-๙]")


def trained(checkpoint: Path) -> Reader:
    """The running mean of a checkpoint's weights."""
    net = Reader(labels.CLASSES)
    net.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["mean"])
    return net.eval()


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


def report(net, folder: Path, beside: bool = False) -> str:
    """A Markdown table over the sets of a folder, without the vote and with it, Tesseract on the same lines `beside` it, and how far the reader's own confidence can be trusted."""
    rows = ["| set | reader | lines | letters | CER | lines exact | Thai digits exact |", "|---|---|---|---|---|---|---|"]
    confident = []
    for path in sorted(folder.glob("*.npz")):
        lines = shards.load(path)
        chances = scores(net, [line.pixels for line in lines])
        rows.append(_row(path.stem, "this", lines, [labels.decode(frames.argmax(-1)) for frames in chances]))
        rows.append(_row(path.stem, "this, doubtful lines voted", lines, vote.read(net, [line.pixels for line in lines])))
        if beside:
            rows.append(_row(path.stem, "Tesseract `tha`", lines, by_tesseract([line.pixels for line in lines])))
        confident += [pair for frames, line in zip(chances, lines) for pair in judged(frames, line.text)]
    return "\n".join(rows + ["", *_calibration(confident)])


def _row(name: str, reader: str, lines: list[shards.Line], read: list[str]) -> str:
    wrong, letters = sum(distance(a, line.text) for a, line in zip(read, lines)), sum(len(line.text) for line in lines)
    exact = sum(a == line.text for a, line in zip(read, lines))
    runs = [(run, a) for a, line in zip(read, lines) for run in THAI_NUMBER.findall(line.text)]
    whole = sum(run in THAI_NUMBER.findall(a) for run, a in runs)
    digits = f"{whole / len(runs):.2%}" if runs else "–"
    return f"| {name} | {reader} | {len(lines)} | {letters} | {wrong / letters:.2%} | {exact / len(lines):.1%} | {digits} |"


def by_tesseract(lines: list[np.ndarray]) -> list[str]:
    """What the `tesseract` command reads in scaled grey lines, each taken for one line of text with a white border."""
    with tempfile.TemporaryDirectory() as scratch:
        names = []
        for number, line in enumerate(lines):
            names.append(f"{scratch}/{number:05}.png")
            cv2.imwrite(names[-1], cv2.copyMakeBorder(line, 10, 10, 10, 10, cv2.BORDER_REPLICATE))
        listed = Path(scratch) / "names.txt"
        listed.write_text("\n".join(names) + "\n")
        command = ["tesseract", str(listed), "stdout", "-l", "tha", "--psm", "7"]
        text = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout
    return [labels.canonical(page) for page in text.split("\f")[: len(lines)]]


def letters(frames: np.ndarray) -> list[tuple[str, float]]:
    """The letters of the best path, each with the confidence that the Rust reader gives it (`src/recognize/decode.rs`)."""
    runs = _runs(frames.argmax(-1))
    ends = [0] + [end for _, _, end in runs]
    starts = [start for _, start, _ in runs] + [len(frames)]
    gaps = []
    for i, (end, start) in enumerate(zip(ends, starts)):
        neighbours = {k for k, _, _ in runs[max(0, i - 1) : i + 1]}
        between = frames[end:start][:, [labels.BLANK, *neighbours]].sum(1)
        gaps.append(float(between.min(initial=1.0)))
    return [(labels.LETTERS[k - 1], float(frames[s:e, k].max()) * gaps[i] * gaps[i + 1]) for i, (k, s, e) in enumerate(runs)]


def judged(frames: np.ndarray, truth: str) -> list[tuple[float, bool]]:
    """For each letter read its confidence, and whether the letter is right."""
    found = letters(frames)
    read = "".join(letter for letter, _ in found)
    right = [False] * len(read)
    for start, _, size in SequenceMatcher(None, read, truth, autojunk=False).get_matching_blocks():
        right[start : start + size] = [True] * size
    return [(sure, right[i]) for i, (_, sure) in enumerate(found)]


def _runs(best: np.ndarray) -> list[tuple[int, int, int]]:
    """Class, first frame and end of every letter on the best path."""
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    return [(int(best[a]), a, b) for a, b in zip(edges, edges[1:]) if best[a] != labels.BLANK]


def _calibration(judgements: list[tuple[float, bool]]) -> list[str]:
    rows = ["| confidence | letters | right |", "|---|---|---|"]
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
        within = [ok for chance, ok in judgements if low <= chance < high]
        rows.append(f"| {low:.2f}–{min(high, 1):.2f} | {len(within)} | {sum(within) / max(1, len(within)):.1%} |")
    return rows
