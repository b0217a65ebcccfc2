"""What printing, stamping, copying and scanning do to a line. Every function takes and gives a grey image, paper 255."""

import random

import cv2
import numpy as np


def worn(grey: np.ndarray, rng: random.Random, wear: float) -> np.ndarray:
    """A scan of the drawn line; `wear` 0 leaves it almost clean, 1 is the worst that an office keeps."""
    noise = np.random.default_rng(rng.getrandbits(32))
    chance = lambda p: rng.random() < p * wear
    if chance(0.25):
        grey = spread(grey, rng)
    if chance(0.15):
        grey = break_up(grey, rng, noise)
    if chance(0.12):
        grey = bleed_through(grey, rng)
    if rng.random() < 0.2 + 0.5 * wear:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 0.5 + 0.7 * wear))
    if chance(0.2):
        grey = resample(grey, rng)
    grey = tones(grey, rng, wear)
    if chance(0.25):
        grey = uneven(grey, rng, noise)
    if chance(0.08):
        grey = streak(grey, rng)
    if rng.random() < 0.3 + 0.5 * wear:
        grey = grain(grey, noise, rng.uniform(1, 3 + 14 * wear * rng.random()))
    if chance(0.15):
        grey = pepper(grey, rng, noise)
    if chance(0.16):
        grey = one_bit(grey, rng)
    if rng.random() < 0.3 + 0.4 * wear:
        grey = jpeg(grey, rng.randint(30, 90))
    return grey


def spread(grey, rng):
    """Ink that ran, or thin ink."""
    kernel = cv2.getStructuringElement(rng.choice((cv2.MORPH_RECT, cv2.MORPH_CROSS)), rng.choice(((2, 2), (3, 3), (2, 1), (1, 2))))
    other = cv2.erode(grey, kernel) if rng.random() < 0.6 else cv2.dilate(grey, kernel)
    share = rng.uniform(0.25, 1 if other.mean() < grey.mean() else 0.6)
    return cv2.addWeighted(grey, 1 - share, other, share, 0)


def break_up(grey, rng, noise):
    """Patches where toner or stamp ink did not take."""
    rows, columns = grey.shape
    size = rng.choice((2, 3, 4, 8))
    patch = noise.random((rows // size + 2, columns // size + 2), dtype=np.float32)
    mask = cv2.resize(patch, (columns, rows), interpolation=cv2.INTER_LINEAR) < rng.uniform(0.15, 0.35)
    faded = 255 - ((255 - grey) * rng.uniform(0.1, 0.6)).astype(np.uint8)
    return np.where(mask, faded, grey)


def bleed_through(grey, rng):
    ghost = np.roll(cv2.GaussianBlur(grey[:, ::-1], (0, 0), 1.2), rng.randint(-12, 12), (0))
    return np.minimum(grey, 255 - ((255 - ghost) * rng.uniform(0.05, 0.25)).astype(np.uint8))


def resample(grey, rng):
    """A copy of a copy: shrunk, and enlarged again."""
    rows, columns = grey.shape
    factor = rng.uniform(0.55, 0.9)
    small = cv2.resize(grey, (max(4, int(columns * factor)), max(4, int(rows * factor))), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (columns, rows), interpolation=rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC)))


def tones(grey, rng, wear):
    paper, ink = rng.randint(255 - int(60 * wear), 255), rng.randint(0, 20 + int(90 * wear))
    levels = np.linspace(0, 1, 256, dtype=np.float32) ** rng.uniform(0.7, 1.0 + 0.5 * wear)
    return cv2.LUT(grey, (ink + (paper - ink) * levels).astype(np.uint8))


def uneven(grey, rng, noise):
    """Light that falls off across the page, or stained paper."""
    rows, columns = grey.shape
    field = cv2.resize(noise.random((2, rng.randint(2, 5)), dtype=np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR)
    return (grey * (1 - rng.uniform(0.05, 0.3) * field)).astype(np.uint8)


def streak(grey, rng):
    rows, columns = grey.shape
    out = grey.copy()
    for _ in range(rng.randint(1, 3)):
        shade = rng.randint(0, 200)
        if rng.random() < 0.6:
            x = rng.randrange(columns)
            cv2.line(out, (x, 0), (x + rng.randint(-2, 2), rows), shade, rng.choice((1, 1, 2)))
        else:
            y = rng.randrange(rows)
            cv2.line(out, (0, y), (columns, y + rng.randint(-2, 2)), shade, 1)
    return out


def grain(grey, noise, strength):
    return np.clip(grey + noise.normal(0, strength, grey.shape).astype(np.float32), 0, 255).astype(np.uint8)


def pepper(grey, rng, noise):
    out, draw = grey.copy(), noise.random(grey.shape, dtype=np.float32)
    share = rng.uniform(0.0005, 0.008)
    out[draw < share] = rng.randint(0, 120)
    out[draw > 1 - share] = 255
    return out


def one_bit(grey, rng):
    if rng.random() < 0.3:
        return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, rng.choice((15, 25, 41)), rng.randint(8, 25))
    low, high = int(np.percentile(grey, 1)), int(np.percentile(grey, 70))
    return cv2.threshold(grey, low + (high - low) * rng.uniform(0.4, 0.75), 255, cv2.THRESH_BINARY)[1]


def jpeg(grey, quality):
    return cv2.imdecode(cv2.imencode(".jpg", grey, (cv2.IMWRITE_JPEG_QUALITY, quality))[1], cv2.IMREAD_GRAYSCALE)
