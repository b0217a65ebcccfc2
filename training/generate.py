"""`python -m training generate`: writes shards of training lines until told to stop, or the fixed validation sets."""

import random
import time
from pathlib import Path

from . import lines, shards
from .text import Writer

LINES_PER_SHARD = 1500
LONGEST = (8, 16, 30, 30, 45, 60, 90)
VALIDATION_LINES = 400


def endless(folder: Path, seed: int, keep: int, count: int | None, pause_above: int, only: str | None = None) -> None:
    """Adds shards to `folder`, dropping the oldest beyond `keep`; waits while `pause_above` are unread (see `train`)."""
    folder.mkdir(parents=True, exist_ok=True)
    made = 0
    number = 1 + max((int(p.stem) for p in folder.glob("*.npz")), default=-1)
    while count is None or made < count:
        while unread(folder) > pause_above:
            time.sleep(5)
        shards.save(folder / f"{number:06}.npz", shard(seed * 1_000_003 + number, only=only))
        number, made = number + 1, made + 1
        for old in sorted(folder.glob("*.npz"))[:-keep]:
            old.unlink()


def unread(folder: Path) -> int:
    try:
        seen = int((folder / "newest-read").read_text())
    except FileNotFoundError:
        seen = -1
    return sum(int(p.stem) > seen for p in folder.glob("*.npz"))


def shard(seed: int, count: int = LINES_PER_SHARD, only: str | None = None):
    """Lines of all kinds, or `only` "hands" or rows of "stamps": short ones, so that many are learned in the time of one page."""
    rng = random.Random(seed)
    writer = Writer(rng)
    crops = []
    while len(crops) < count:
        wear = rng.random() ** 1.3
        if only:
            line = lines.draw(writer.written() if only == "hands" else writer.stamped(), writer, rng, wear)
        else:
            line = lines.sample(writer, rng, rng.choice(LONGEST), wear)
        if line and fits(*line):
            crops.append(line)
    return crops


def fits(crop, text) -> bool:
    """Readable at all: frames enough for its letters, and not absurdly long. An empty text is a line of nothing."""
    width = crop.shape[1] * 40 / crop.shape[0]
    return width / 2 > 1.3 * len(text) and 8 <= width < 2400


def validation(folder: Path, seed: int = 7) -> None:
    """Lines nothing is trained on: the kept-out typeface clean and worn, kept-out handwriting, everyday lines, rows of receiving stamps."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (("clean", _clean), ("everyday", _everyday), ("hand", _hand), ("stamp", _stamp), ("worn", _worn)):
        rng = random.Random(f"{seed} {name}")
        writer, crops = Writer(rng), []
        while len(crops) < VALIDATION_LINES:
            line = make(writer, rng)
            if line and fits(*line):
                crops.append(line)
        shards.save(folder / f"{name}.npz", crops)


def _clean(writer, rng):
    """Print alone, the kept-out typeface, hardly touched."""
    pieces = writer.line(rng.choice(LONGEST))
    if any(manner not in ("plain", "gap") for manner, _ in pieces):
        return None
    return lines.draw(pieces, writer, rng, 0.0, kept_out=True, bare=True)


def _worn(writer, rng):
    """The kept-out typeface with all that befalls a line."""
    return lines.sample(writer, rng, rng.choice(LONGEST), 0.7, kept_out=True)


def _everyday(writer, rng):
    return lines.sample(writer, rng, rng.choice(LONGEST), 0.5)


def _hand(writer, rng):
    """Handwritten serials and days, alone, from sheets kept out."""
    return lines.draw([("hand", writer.run(1, 5))], writer, rng, 0.5, kept_out=True)


def _stamp(writer, rng):
    """Rows of receiving stamps, in everyday typefaces and hands."""
    return lines.draw(writer.stamped(), writer, rng, 0.5)
