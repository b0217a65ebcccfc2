"""Cheap changes made anew each time a stored line is shown: size, place, contrast, blur, noise."""

import cv2
import numpy as np

from .normalize import HEIGHT


def vary(line: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Takes and gives a scaled grey line (40 rows)."""
    draw = rng.random(8)
    paper = int(np.percentile(line[:, :: max(1, line.shape[1] // 64)], 75))
    across = 1 + (draw[0] - 0.5) * 0.26 if draw[1] < 0.6 else 1.0
    up = 1 + (draw[2] - 0.5) * 0.22 if draw[3] < 0.5 else 1.0
    shift = rng.normal(0, 1.2) if draw[4] < 0.6 else 0.0
    if across != 1 or up != 1 or shift:
        width = max(8, int(line.shape[1] * across))
        change = np.float32([[across, 0, 0], [0, up, (1 - up) * HEIGHT / 2 + shift]])
        line = cv2.warpAffine(line, change, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    if draw[5] < 0.12:
        line = cv2.GaussianBlur(line, (0, 0), rng.uniform(0.3, 0.9))
    if draw[6] < 0.3:
        line = np.clip(line + rng.normal(0, rng.uniform(1, 10), line.shape), 0, 255).astype(np.uint8)
    return line
