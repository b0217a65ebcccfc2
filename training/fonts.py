"""The typefaces letters are set in, and how often each is used. The family `KEPT_OUT` is never trained on.

Three sources: `../shared/fonts`, Debian's packages, and `.fonts/` (see `fonts.sh`): the Thai families of Google Fonts.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from glob import glob
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

KEPT_OUT = "Norasi"
SHARED = Path(__file__).parents[2] / "shared" / "fonts"
FETCHED = Path(__file__).parents[1] / ".fonts"
SYSTEM = ("tlwg/*.ttf", "arundina/*.ttf", "noto/NotoSansThai-*.ttf", "noto/NotoSerifThai-*.ttf", "noto/NotoLoopedThai-*.ttf")
LATIN = ("truetype/liberation/*.ttf", "truetype/crosextra/*.ttf", "truetype/charis/*.ttf", "truetype/gentium/*.ttf", "opentype/urw-base35/[CPNU]*[!S]-*.otf", "opentype/linux-libertine/LinLibertine_R*.otf")
WRITTEN = ("breip/*.ttf", "femkeklaver/*.ttf", "fifthhorseman/*.ttf", "rufscript/*.ttf", "ecolier-court/*.ttf", "tlwg/Purisa*.ttf")
HANDS = ("Mali", "Itim", "Sriracha", "Charm", "Charmonman", "Purisa")  # faces that look written and have Thai
SHOWY = HANDS + ("Pattaya", "Srisakdi", "Chonburi", "PlaypenSans", "Kanit", "Prompt", "Mitr", "KoHo", "Kodchasan", "ChakraPetch", "Fahkwang", "BaiJamjuree", "K2D")  # posters, headings: seldom met
SERIF = ("Kinnari", "Taviraj", "Trirong", "Maitree", "Pridi", "ArundinaSerif", "NotoSerifThai")  # what offices wrote in before Sarabun looks like these
STYLES = ("300Light", "400Regular", "500Medium", "700Bold", "400Regular_Italic", "500Medium_Italic", "700Bold_Italic")
SYSTEM_FONTS = "/usr/share/fonts"
TRUETYPE = f"{SYSTEM_FONTS}/truetype"
BROKEN = ("TlwgMono",)  # its marks land beside their letters when shaped
EVERYDAY = ("THSarabun", "Sarabun")  # what nearly all real letters are set in


@dataclass(frozen=True)
class Face:
    path: str
    bold: bool
    italic: bool

    @property
    def family(self) -> str:
        return re.split("[- _]", Path(self.path).stem)[0]


@cache
def faces(folder: str = str(SHARED)) -> list[Face]:
    paths = sorted(glob(f"{folder}/*.ttf") + [p for pattern in SYSTEM for p in glob(f"{TRUETYPE}/{pattern}")])
    fetched = sorted(p for p in glob(f"{FETCHED}/*.ttf") if Path(p).stem.partition("_")[2] in STYLES)
    found = [_face(path) for path in paths + fetched]
    return [face for face in found if face.family not in BROKEN and "ก" in characters(face.path)]


@cache
def latin_faces() -> list[Face]:
    """Faces without Thai, for lines in English and for English words in Thai lines."""
    return [_face(path) for path in sorted(p for pattern in LATIN for p in glob(f"{SYSTEM_FONTS}/{pattern}"))]


@cache
def narrow_faces() -> list[Face]:
    """Faces such as those whose digits stand on date stamps."""
    return [face for face in latin_faces() if "Sans" in face.family and not face.italic]


@cache
def _written() -> list[str]:
    return sorted(path for pattern in WRITTEN for path in glob(f"{TRUETYPE}/{pattern}"))


def written(rng: random.Random) -> str:
    """The file of a typeface whose Arabic digits look handwritten."""
    return rng.choice(_written())


@cache
def _hands() -> list[str]:
    return [face.path for face in faces() if face.family in HANDS]


def hand(rng: random.Random) -> str:
    """The file of a typeface whose Thai letters and digits look handwritten."""
    return rng.choice(_hands())


def _face(path: str) -> Face:
    return Face(path, "Bold" in path, "Italic" in path or "Oblique" in path)


@cache
def characters(path: str) -> frozenset[str]:
    """What the typeface has glyphs for."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def load(path: str, size: int, shaped: bool = True) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC)


@cache
def readable_unshaped(path: str) -> bool:
    """Whether tone marks that nobody places stand high, where they hit no vowel: many programs of offices print such typefaces so."""
    top = lambda text, shaped: load(path, 200, shaped).getbbox(text, anchor="ls")[1] / 200
    return top("ก่", True) - top("ก่", False) > 0.1 and top("กี่", False) - top("กี่", True) < 0.03


@cache
def extent(path: str) -> tuple[float, float]:
    """How far the tallest and deepest Thai stacks reach above and below the baseline, as shares of the font size."""
    tallest = "ปื้ญู่ฎุไโ๊" if "ก" in characters(path) else "Åjg|Q"
    _, top, _, bottom = load(path, 200).getbbox(tallest, anchor="ls")
    return -top / 200, bottom / 200


@cache
def height(path: str, letter: str) -> float:
    """How high a letter stands, as a share of the font size: "H" for capitals, "8" for Arabic digits."""
    return -load(path, 200).getbbox(letter, anchor="ls")[1] / 200


@cache
def _pools(kept_out: bool):
    chosen = [f for f in faces() if (f.family == KEPT_OUT) == kept_out]
    everyday = [f for f in chosen if f.family.startswith(EVERYDAY)]
    return chosen, everyday


def choose(rng: random.Random, kept_out: bool = False) -> Face:
    """An everyday face 45 % of the time; upright regular more often than bold or italic, families with serifs more often than others, showy ones seldom."""
    chosen, everyday = _pools(kept_out)
    if everyday and rng.random() < 0.45:
        return _style(rng, everyday)
    families = _families(kept_out)
    while True:
        family = rng.choice(list(families))
        if rng.random() < (1 if family in SERIF else 0.13 if family in SHOWY else 0.45):
            return _style(rng, families[family])


def _style(rng, pool) -> Face:
    while True:
        face = pool[rng.randrange(len(pool))]
        if rng.random() < (0.45 if face.bold else 1) * (0.35 if face.italic else 1):
            return face


@cache
def _families(kept_out: bool) -> dict[str, list[Face]]:
    families: dict[str, list[Face]] = {}
    for face in _pools(kept_out)[0]:
        families.setdefault(face.family, []).append(face)
    return families


def bold_of(face: Face) -> Face:
    """The bold face of the same family, or the face itself."""
    return next((f for f in faces() if f.family == face.family and f.bold and f.italic == face.italic), face)
