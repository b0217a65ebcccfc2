"""Invented pages with known lines: a set to measure line finding on, and as many as wanted to train readers on."""
import json
from pathlib import Path

import numpy as np

from . import files, truth
from .invent import Inventor
from .samples import DRAW
from .scanner import PROFILES, profile, scan

WORN = ("worn", "skewed", "yellowed", "shadow", "skewed", "worn", "fax", "copied")


def _page(sheet, settings, rng, folder, name, extra):
    scanned = scan(sheet, settings, rng)
    image = files.save(scanned, folder / name)
    page = truth.page(scanned, sheet, image, 1) | extra
    (folder / f"{name}.json").write_text(json.dumps(page, ensure_ascii=False) + "\n", encoding="utf8")


def _sheets(rng, worn):
    """Sheets of invented letters, without end."""
    while True:
        letter = Inventor(rng).letter(worn)
        for sheet in DRAW[letter["kind"]](letter, rng):
            if sheet.lines:
                yield letter["kind"], sheet


def measure(count, seed, out):
    """`count` pages: the first half clean at 300 dpi as PNG, the other half worn, skewed, stamped."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("clean", "worn"):
        rng = np.random.default_rng([seed, part == "worn"])
        sheets = _sheets(rng, part == "worn")
        for index in range(count // 2 if part == "clean" else count - count // 2):
            kind, sheet = next(sheets)
            name = WORN[index % len(WORN)]
            settings = profile("clean", quality=95) if part == "clean" else profile(name)
            _page(sheet, settings, rng, folder, f"{part}-{index + 1:03d}", {"set": part, "kind": kind, "profile": "clean" if part == "clean" else name})


def train(count, seed, out, first=0):
    """Pages first…first+count of an endless series; page k of a seed is the same in every run."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(PROFILES)
    for index in range(first, first + count):
        rng = np.random.default_rng([seed, 7, index])
        kind, sheet = next(_sheets(rng, bool(rng.random() < 0.5)))
        name = names[int(rng.integers(len(names)))]
        _page(sheet, profile(name), rng, folder, f"{index:06d}", {"kind": kind, "profile": name})
