"""A sheet goes through copiers and a scanner; the map from the sheet's pixels to the scan's is kept exact (one affine map)."""
from dataclasses import dataclass, replace

import cv2
import numpy as np

from .fonts import DPI

cv2.setNumThreads(1)


@dataclass(frozen=True)
class Profile:
    """How a page was scanned. Angles in degrees, strengths 0-1."""

    dpi: int = 300
    mode: str = "grey"  # grey, color, bilevel
    quality: int = 50  # JPEG
    skew: float = 0.0  # most, either way
    squeeze: float = 0.0  # most change of width to height
    copies: int = 0  # generations of photocopying before the scan
    noise: float = 2.0  # grey levels
    blur: float = 0.6  # pixels
    yellow: float = 0.0
    shade: float = 0.0  # uneven light
    edge: float = 0.0  # dark scanner edges
    holes: bool = False
    specks: int = 0
    fade: float = 0.0  # uneven toner
    through: float = 0.0  # the back's print shining through
    streak: bool = False
    fold: bool = False


PROFILES = {
    "clean": Profile(quality=42, noise=0.0, skew=0.15, blur=0.5),
    "grey": Profile(quality=38, noise=0.8, skew=0.5, blur=0.7, shade=0.05, specks=10),
    "worn": Profile(dpi=200, mode="color", quality=42, skew=0.8, noise=2.0, blur=0.8, yellow=0.35, shade=0.25, edge=0.4, specks=60, fade=0.3, squeeze=0.01),
    "yellowed": Profile(dpi=200, mode="color", quality=40, skew=0.6, noise=2.0, blur=0.7, yellow=1.0, shade=0.4, specks=80, fade=0.25, through=0.10, fold=True),
    "color": Profile(dpi=200, mode="color", quality=50, skew=0.3, noise=1.0, blur=0.6),
    "skewed": Profile(dpi=200, mode="color", quality=45, skew=3.0, noise=1.5, blur=0.7, edge=0.6, shade=0.15),
    "fax": Profile(dpi=200, mode="bilevel", skew=0.5, noise=7.0, blur=0.7, specks=50, fade=0.12, squeeze=0.01, streak=True),
    "bilevel": Profile(dpi=300, mode="bilevel", skew=0.4, noise=4.0, blur=0.8, specks=40, fade=0.08, holes=True),
    "copied": Profile(dpi=300, mode="bilevel", skew=1.0, copies=2, noise=5.0, blur=0.7, specks=160, edge=0.8, fade=0.15, holes=True),
    "shadow": Profile(dpi=200, mode="grey", quality=45, skew=1.2, noise=2.0, blur=0.8, shade=0.9, edge=1.0, holes=True, specks=40, through=0.08),
}


@dataclass
class Scan:
    """`pixels`: (H, W) or (H, W, 3) RGB; `map`: 2x3 from sheet pixels to scan pixels; `skew`: degrees, clockwise positive."""

    pixels: np.ndarray
    map: np.ndarray
    dpi: int
    skew: float
    profile: Profile

    def box(self, quad, upright=False):
        """Box [left, top, right, bottom] that holds the quad, and the quad itself, both in pixels of the scan; `upright`: the box on the scan turned level."""
        moved = scanned = quad @ self.map[:, :2].T + self.map[:, 2]
        if upright:
            middle = np.array(self.pixels.shape[1::-1]) / 2
            level = cv2.getRotationMatrix2D((0, 0), self.skew, 1.0)[:, :2]
            moved = (scanned - middle) @ level.T + middle
        high, wide = self.pixels.shape[:2]
        left, top = np.clip(np.floor(moved.min(axis=0)), 0, (wide, high)).astype(int)
        right, bottom = np.clip(np.ceil(moved.max(axis=0)), 0, (wide, high)).astype(int)
        return [int(left), int(top), int(right), int(bottom)], [[round(float(x), 1), round(float(y), 1)] for x, y in scanned]


def _clouds(rng, shape, cells):
    """A smooth field of 0-1, about `cells` clouds down the page."""
    coarse = rng.random((cells + 2, max(3, cells * shape[1] // shape[0] + 2))).astype(np.float32)
    return np.clip(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), 0, 1)


def _noise(rng, shape, strength):
    tile = rng.normal(0, strength, (257, 263)).astype(np.float32)
    rows, cols = -(-shape[0] // 257), -(-shape[1] // 263)
    return np.tile(tile, (rows, cols))[: shape[0], : shape[1]]


def scan(sheet, profile, rng):
    pixels = np.asarray(sheet.image)
    if profile.mode != "color":
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    skew = float(rng.uniform(-profile.skew, profile.skew))
    if profile.skew >= 2:
        skew = float(np.sign(skew or 1) * rng.uniform(0.8, profile.skew))
    high, wide = pixels.shape[:2]
    scale = profile.dpi / DPI
    out = round(high * scale), round(wide * scale)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -skew, scale)
    turn[0] *= 1 + float(rng.uniform(-profile.squeeze, profile.squeeze))
    center = turn @ np.array([wide / 2, high / 2, 1.0])
    turn[:, 2] += np.array([out[1] / 2, out[0] / 2]) - center + rng.uniform(-1, 1, 2) * 0.006 * out[1] * (profile.skew > 0.2)
    if scale < 1:
        pixels = cv2.GaussianBlur(pixels, (0, 0), 0.45 / scale)
    page = cv2.warpAffine(pixels, turn, (out[1], out[0]), flags=cv2.INTER_LINEAR if scale < 1 else cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    ink = _ink(page, profile, rng)
    page = _paper(ink, profile, rng)
    if profile.mode == "bilevel":
        page = ((page > 172 + rng.uniform(-14, 14)) * 255).astype(np.uint8)
    return Scan(page, turn, profile.dpi, skew, profile)


def _ink(page, profile, rng):
    """Toner: faded in places, then copied over and over."""
    shape = page.shape[:2]
    page = page.astype(np.float32)
    if profile.fade:
        lack = np.clip(_clouds(rng, shape, 18) - 0.45, 0, 1) * 1.5 * profile.fade
        lack = lack[..., None] if page.ndim == 3 else lack
        page += (255 - page) * lack
    for _ in range(profile.copies):
        page = cv2.GaussianBlur(page, (0, 0), 1.1) + _noise(rng, shape, 12)
        page = 255 / (1 + np.exp(-(page - rng.uniform(135, 165)) / 22))
    if profile.blur:
        page = cv2.GaussianBlur(page, (0, 0), profile.blur)
    return page


def _paper(page, profile, rng):
    """What the paper and the scanner add; `page` is float, 255 white."""
    shape = page.shape[:2]
    high, wide = shape
    color = page.ndim == 3
    if profile.through:
        back = cv2.GaussianBlur(page[:, ::-1], (0, 0), 3)
        page = page - (255 - back) * profile.through
    light = np.ones(shape, np.float32)
    if profile.shade:
        slope = np.linspace(0, 1, wide, dtype=np.float32)[None] if rng.random() < 0.5 else np.linspace(1, 0, wide, dtype=np.float32)[None]
        light -= profile.shade * 0.16 * (slope**2 + _clouds(rng, shape, 3) * 0.7)
    if profile.edge:
        reach = max(4, round(0.02 * wide * profile.edge))
        for side in rng.choice(4, 2, replace=False):
            ramp = np.exp(-np.arange(wide if side < 2 else high, dtype=np.float32) / reach * 2.2) * 0.75 * profile.edge
            ramp = ramp if side % 2 == 0 else ramp[::-1]
            light *= 1 - (ramp[None] if side < 2 else ramp[:, None])
    if profile.fold:
        for y in (high / 3, 2 * high / 3):
            band = np.abs(np.arange(high, dtype=np.float32) - y - rng.uniform(-9, 9))
            light *= (1 - 0.13 * np.exp(-band / 2.5))[:, None]
    if profile.yellow:
        tint = _clouds(rng, shape, 5) * 0.4 + 0.6
        if color:
            drop = np.array([10, 22, 58], np.float32) * profile.yellow
            page = page * (1 - tint[..., None] * drop / 255)
        else:
            light *= 1 - 0.09 * tint * profile.yellow
    page = page * (light[..., None] if color else light)
    if profile.noise:
        noise = _noise(rng, shape, profile.noise)
        page = page + (noise[..., None] if color else noise)
    page = np.ascontiguousarray(page.clip(0, 255).astype(np.uint8))
    _dirt(page, profile, rng)
    return page


def _dirt(page, profile, rng):
    high, wide = page.shape[:2]
    unit = profile.dpi / 25.4
    for _ in range(profile.specks):
        radius = max(1, round(float(rng.exponential(0.11)) * unit))
        spot = int(rng.integers(wide)), int(rng.integers(high))
        cv2.circle(page, spot, radius, (int(rng.integers(30, 150)),) * 3, -1)
    if profile.holes:
        x = round(float(rng.uniform(9, 13)) * unit)
        for y in (high / 2 - 40 * unit, high / 2 + 40 * unit):
            cv2.circle(page, (x, round(y)), round(3 * unit), (25, 25, 25) if profile.edge else (90, 90, 90), -1 if profile.edge else 2)
    if profile.streak:
        x = round(float(rng.uniform(0.03, 0.1)) * wide)
        cv2.line(page, (x, 0), (x, high), (120,) * 3, 1)


def profile(name, **changes):
    return replace(PROFILES[name], **changes)
