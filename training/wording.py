"""`python -m training wording`: which letters follow which in Thai official text, for the reader's doubtful letters; with `--names`, in persons' names.

Counts runs of up to six letters in text of the grammar and in the word lists of `pythainlp`, and writes `wording.bin` (or `names.bin`): a tree of the runs
that are met often enough, each with the chance of its last letter after the others. All digits count as one: wording never
says which digit stands somewhere. `src/recognize/wording.rs` reads the file; the format is described there.
"""

import random
import struct
from collections import Counter
from pathlib import Path

import numpy as np

from . import labels, words
from .text import Writer

ORDER = 6
LEAST_COUNT = (1, 2, 3, 4, 5, 6)  # a run of n letters is kept when it is met so often
EDGE = 0  # before a line's first letter and after its last
DIGIT = labels.INDEX["๐"]
STEP = 0.1  # natural logarithm units of one step of a stored chance
MAGIC = b"saraban wording 1\n"

NAME_ROUNDS = 4  # each given name and each surname so often, beside another at random

RUNNING_WORDS, NAMES, ROWS, TITLES = 900_000, 60_000, 60_000, 150_000


def texts(rng: random.Random):
    """What is counted: words in a row as often as they are used, words alone, titles, names, and lines of the grammar."""
    frequent, upto = words.frequent()
    drawn = np.searchsorted(upto, np.random.default_rng(rng.randrange(1 << 30)).random(RUNNING_WORDS))
    at = 0
    while at < len(drawn):
        count = rng.randint(3, 14)
        yield "".join(frequent[k] + (" " if rng.random() < 0.06 else "") for k in drawn[at : at + count])
        at += count
    yield from frequent
    titles = words.titles()
    yield from (titles[k] for k in rng.sample(range(len(titles)), TITLES))
    writer = Writer(rng)
    yield from (writer.person() for _ in range(NAMES))
    yield from (name for name in words.provinces() for _ in range(50))
    for _ in range(ROWS):
        pieces = writer.line(rng.choice((16, 30, 45, 60, 90)))
        yield "".join(" " if manner in ("leader", "gap", "scribble") else text for manner, text in pieces)


def names(rng: random.Random):
    """Given names and surnames as they stand behind a title, at times closed by a bracket."""
    given, families = words.names(), words.families()
    close = lambda: rng.choice(("", ")", ")"))
    for _ in range(NAME_ROUNDS):
        yield from (f"{name}{rng.choice((' ', ' ', ' ', '  '))}{rng.choice(families)}{close()}" for name in given)
        yield from (f"{rng.choice(given)} {name}{close()}" for name in families)


def classes(text: str) -> bytes:
    """A text as the classes of its letters between two edges; digits are one class."""
    inner = (DIGIT if letter.isdigit() else labels.INDEX[letter] for letter in text)
    return bytes((EDGE, *inner, EDGE))


def count(lines) -> list[Counter]:
    counts = [Counter() for _ in range(ORDER)]
    for line in lines:
        row = classes(line)
        for n, runs in enumerate(counts, 1):
            runs.update(row[at : at + n] for at in range(len(row) - n + 1))
    return counts


class Tree:
    """Chances of kept runs (Witten-Bell, from short runs to long) and what a context gives to letters it was not met with."""

    def __init__(self, counts: list[Counter]):
        self.kept = [{run: n for run, n in runs.items() if n >= least} for runs, least in zip(counts, LEAST_COUNT)]
        self.chance: dict[bytes, float] = {}
        self.rest: dict[bytes, float] = {}
        seen, kinds = Counter(), Counter()
        for runs in counts:
            for run, n in runs.items():
                seen[run[:-1]] += n
                kinds[run[:-1]] += 1
        for runs in self.kept:
            given, spared = Counter(), Counter()
            for run, n in runs.items():
                context = run[:-1]
                shorter = self.of(run[1:-1], run[-1]) if context else 1 / labels.CLASSES
                chance = (n + kinds[context] * shorter) / (seen[context] + kinds[context])
                self.chance[run] = chance
                given[context] += chance
                spared[context] += shorter
            for context in given:
                self.rest[context] = max(1 - given[context], 1e-6) / max(1 - spared[context], 1e-6) if context else 1.0

    def of(self, context: bytes, letter: int) -> float:
        """Chance of `letter` after `context`."""
        context, weight = context[-(ORDER - 1) :], 1.0
        while True:
            known = self.chance.get(context + bytes((letter,)))
            if known is not None:
                return weight * known
            if not context:
                return weight / labels.CLASSES
            weight *= min(self.rest.get(context, 1.0), 1.0)
            context = context[1:]


def pack(tree: Tree) -> bytes:
    """Level by level, runs in order: letters, chances; and for all but the last level what the run gives to others, and how many runs go on from it."""
    parts = [MAGIC, struct.pack("<B", ORDER)]
    levels = [sorted(runs) for runs in tree.kept]
    for n, runs in enumerate(levels, 1):
        parts.append(struct.pack("<I", len(runs)))
        parts.append(bytes(run[-1] for run in runs))
        parts.append(bytes(_step(tree.chance[run]) for run in runs))
        if n < ORDER:
            longer = Counter(run[:-1] for run in levels[n])
            parts.append(bytes(_step(tree.rest.get(run, 1.0)) for run in runs))
            parts.append(bytes(longer[run] for run in runs))
    return b"".join(parts)


def _step(chance: float) -> int:
    return int(min(255, max(0, round(-np.log(chance) / STEP))))


def wording(path: Path, of_names: bool = False, seed: int = 11) -> None:
    lines = names if of_names else texts
    tree = Tree(count(lines(random.Random(seed))))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(tree))
    print(f"{path}: {sum(map(len, tree.kept))} runs, {path.stat().st_size / 1e6:.1f} MB")
