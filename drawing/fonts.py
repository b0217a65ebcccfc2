"""Faces by family and weight, all brought to the letter height of TH Sarabun, so that "16 pt" looks the same in each."""
import functools
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont, features

DPI = 300
MM = DPI / 25.4

SARABUN = Path("../shared/fonts")
TLWG = Path("/usr/share/fonts/truetype/tlwg")

FAMILIES = {
    "sarabun-new": ("THSarabunNew.ttf", "THSarabunNew Bold.ttf"),
    "sarabun-psk": ("THSarabun.ttf", "THSarabunNew Bold.ttf"),
    "sarabun": ("Sarabun-Regular.ttf", "Sarabun-Bold.ttf"),
    "laksaman": ("Laksaman.ttf", "Laksaman-Bold.ttf"),
    "norasi": ("Norasi.ttf", "Norasi-Bold.ttf"),
    "garuda": ("Garuda.ttf", "Garuda-Bold.ttf"),
    "loma": ("Loma.ttf", "Loma-Bold.ttf"),
    "kinnari": ("Kinnari.ttf", "Kinnari-Bold.ttf"),
    "waree": ("Waree.ttf", "Waree-Bold.ttf"),
    "umpush": ("Umpush.ttf", "Umpush-Bold.ttf"),
}


def use(sarabun, tlwg):
    """Where the font files lie."""
    global SARABUN, TLWG
    SARABUN, TLWG = Path(sarabun), Path(tlwg)
    if not features.check("raqm"):
        raise SystemExit("fonts: Pillow has no Raqm: Thai marks would be misplaced; hint: install the wheels of requirements.txt")


@functools.lru_cache(maxsize=None)
def _path(file):
    for folder in (SARABUN, TLWG):
        if (folder / file).is_file():
            return str(folder / file)
    raise SystemExit(f"{file}: no such font in {SARABUN} or {TLWG}; hint: --fonts DIR, --tlwg DIR")


@functools.lru_cache(maxsize=None)
def _height(file):
    left, top, right, bottom = ImageFont.truetype(_path(file), 1000).getbbox("ก", anchor="ls")
    return bottom - top


@functools.lru_cache(maxsize=256)
def _truetype(file, pixels):
    return ImageFont.truetype(_path(file), pixels, layout_engine=ImageFont.Layout.RAQM)


@dataclass(frozen=True)
class Face:
    """A typeface at a size in points of TH Sarabun."""

    family: str = "sarabun-new"
    points: float = 16
    bold: bool = False

    @property
    def font(self):
        file = FAMILIES[self.family][self.bold]
        scale = _height(FAMILIES["sarabun-new"][0]) / _height(file)
        return _truetype(file, round(self.points * DPI / 72 * scale))

    def width(self, text):
        """Advance in mm."""
        return self.font.getlength(text) / MM

    def at(self, points, bold=None):
        return Face(self.family, points, self.bold if bold is None else bold)

    @property
    def heavy(self):
        return Face(self.family, self.points, True)
