"""Files of training lines: scaled grey lines (40 rows) side by side, with their labels.

A shard is an `.npz` of `pixels` (40, all columns), `widths`, `letters` (class numbers, end to end) and `lengths`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import labels
from .normalize import scale, tight


@dataclass
class Line:
    pixels: np.ndarray
    letters: np.ndarray

    @property
    def text(self) -> str:
        return "".join(labels.LETTERS[k - 1] for k in self.letters)


def pack(crops: list[tuple[np.ndarray, str]]) -> dict[str, np.ndarray]:
    lines = [scale(tight(crop)) for crop, _ in crops]
    letters = [np.array(labels.encode(text), np.uint8) for _, text in crops]
    return {
        "pixels": np.concatenate(lines, 1),
        "widths": np.array([line.shape[1] for line in lines], np.int32),
        "letters": np.concatenate(letters),
        "lengths": np.array([len(text) for text in letters], np.int32),
    }


def save(path: Path, crops: list[tuple[np.ndarray, str]]) -> None:
    """Writes beside, then renames: a trainer that watches the folder never sees half a shard."""
    beside = path.with_suffix(".part")
    with open(beside, "wb") as file:
        np.savez(file, **pack(crops))
    os.replace(beside, path)


def load(path: Path) -> list[Line]:
    with np.load(path) as shard:
        pixels, widths, letters, lengths = (shard[k] for k in ("pixels", "widths", "letters", "lengths"))
    x, t, lines = 0, 0, []
    for width, length in zip(widths, lengths):
        lines.append(Line(np.ascontiguousarray(pixels[:, x : x + width]), letters[t : t + length]))
        x, t = x + width, t + length
    return lines
