"""Doubtful lines read five times, and one reading elected: as `src/recognize/network/glance.rs`, `reading.rs` and `src/recognize/vote.rs` do it."""

import cv2
import numpy as np

from . import evaluate, labels
from .normalize import HEIGHT, levels

AGAIN = ((1.04, 1.04, 0.0), (0.96, 0.96, 0.0), (1.08, 1.0, 0.0), (1.0, 1.0, 1.2))  # width and height of letters, rows downward
SHORT, SURE, UNSURE = 40, 0.98, 0.7


def read(net, lines: list[np.ndarray]) -> list[str]:
    """What the reader makes of scaled grey lines, but for wording."""
    first = evaluate.scores(net, lines)
    texts = [labels.decode(frames.argmax(-1)) for frames in first]
    doubtful = [i for i, frames in enumerate(first) if is_doubtful([sure for _, sure in evaluate.letters(frames)])]
    looks = [evaluate.scores(net, [glance(lines[i], *change) for i in doubtful]) for change in AGAIN]
    for at, i in enumerate(doubtful):
        texts[i] = elect([texts[i]] + [labels.decode(look[at].argmax(-1)) for look in looks])
    return texts


def is_doubtful(sure: list[float]) -> bool:
    """Any doubt on a short line, more than a little on a long one."""
    return any(chance < (SURE if len(sure) <= SHORT else UNSURE) for chance in sure)


def glance(line: np.ndarray, across: float, up: float, shift: float) -> np.ndarray:
    change = np.float32([[across, 0, 0], [0, up, (1 - up) * HEIGHT / 2 + shift]])
    width = max(1, round(line.shape[1] * across))
    return cv2.warpAffine(line, change, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=levels(line)[0])


def elect(texts: list[str]) -> str:
    """The one that differs least from all others, the earliest of equals."""
    return min(texts, key=lambda text: sum(evaluate.distance(text, other) for other in texts))
