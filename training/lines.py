"""Draws one line of a letter as layout would cut it: the band from the upper marks to the lower ones, with what intrudes.

`draw(pieces, …)` gives a grey crop and its label. The crop has the resolution of a scan (bands of 24–70 px), not the network's.
"""

import random
import re
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from . import effects, fonts, hand
from .labels import canonical
from .text import COMBINING, Writer


UNREAD = ("gap", "leader", "scribble")
ENGLISH = re.compile("([A-Za-z](?:[!-~ ]*[!-~])?)")


@dataclass
class Style:
    face: fonts.Face
    size: int  # px per em
    tracking: float  # px added after each cluster
    ink: int
    shaped: bool  # whether marks are placed over their letters or stand where the typeface has them
    english: fonts.Face | None  # the face of English words, where word processors set them in another


@dataclass
class Sheet:
    """A strip of paper around one baseline."""

    image: Image.Image
    baseline: int
    x: float
    style: Style
    rng: random.Random
    kept_out: bool
    inks: list  # (left, top, right, bottom) of what is read


def sample(writer: Writer, rng: random.Random, longest: int, wear: float, kept_out: bool = False) -> tuple[np.ndarray, str]:
    """One training line."""
    while True:
        line = draw(writer.line(longest), writer, rng, wear, kept_out)
        if line is not None:
            return line


def draw(pieces, writer, rng, wear, kept_out=False, bare=False):
    """The crop and its label, or None where nothing can be read; `bare` leaves out all that intrudes."""
    style = _style(rng, kept_out, latin=all(manner == "plain" and text.isascii() for manner, text in pieces))
    if any(not set(text) <= fonts.characters(style.face.path) for manner, text in pieces if manner not in UNREAD):
        return None
    above, below = fonts.extent(style.face.path)
    room = int(style.size * 3.2)
    baseline = int(style.size * (above + 1.2)) + 8
    length = sum(int(text) / 2 if manner in UNREAD else len(text) for manner, text in pieces)
    image = Image.new("L", (int(length * style.size * 1.0 + 6 * style.size), baseline + room), 255)
    sheet = Sheet(image, baseline, rng.uniform(4, style.size), style, rng, kept_out, [])
    start = sheet.x
    label = "".join(_put(sheet, manner, text) for manner, text in pieces)
    if not sheet.inks:  # a line of nothing: as large as letters would be
        sheet.inks.append((start, baseline - 0.5 * style.size, sheet.x, baseline))
    end = min(sheet.x, image.width - 2)
    if not bare:
        _neighbours(sheet, writer, end)
        _furniture(sheet, start, end)
    grey = np.asarray(image)[:, : int(min(end + style.size, image.width))]
    signed = any(manner == "signed" for manner, _ in pieces)
    grey = _stress(_lean(_overlay_signature(grey, sheet, 0.6 if signed else 0.03 * wear), sheet), sheet)
    top, bottom = _band(sheet, above, below)
    grey, top, bottom = _tilt(grey, top, bottom, rng)
    left = int(max(0, min(i[0] for i in sheet.inks) - rng.choice((0, 1, 2, 4, 8, 14))))
    right = int(min(grey.shape[1], max(i[2] for i in sheet.inks) + rng.choice((0, 1, 2, 4, 8, 14))))
    if any(manner == "leader" for manner, _ in pieces):
        right = int(min(grey.shape[1], max(right, end)))
    if any(manner == "hand" for manner, _ in pieces):
        wear *= 0.55  # thin strokes under the worst wear are nobody's digits any more
    squeeze = rng.choice((1, 1, 1, rng.uniform(0.85, 1.1)))
    crop = np.ascontiguousarray(grey[max(0, top) : bottom, left:right])
    if crop.shape[0] < 12 or crop.shape[1] < 4:
        return None
    if squeeze != 1:
        crop = cv2.resize(crop, (max(4, int(crop.shape[1] * squeeze)), crop.shape[0]), interpolation=cv2.INTER_AREA)
    return effects.worn(crop, rng, wear), canonical(label)


def _style(rng, kept_out, latin):
    """A typeface at the size of a scan; lines in English are half the time in one without Thai."""
    face = rng.choice(fonts.latin_faces()) if latin and not kept_out and rng.random() < 0.5 else fonts.choose(rng, kept_out)
    above, below = fonts.extent(face.path)
    band = rng.triangular(24, 72, 38)
    size = max(12, int(band / (above + below)))
    tracking = rng.choice((0, 0, 0, 0, 0, rng.uniform(-0.035, -0.01), rng.uniform(0.01, 0.12))) * size
    ink = rng.choice((0, 0, 0, 0, 40, 90))
    english = rng.choice(fonts.latin_faces()) if not kept_out and rng.random() < 0.2 else None
    return Style(face, size, tracking, ink, shaped=kept_out or rng.random() > 0.15, english=english)


def _put(sheet: Sheet, manner: str, text: str) -> str:
    """Draws a piece at the sheet's pen and gives what a reader should say for it."""
    style, rng = sheet.style, sheet.rng
    if manner == "gap":
        sheet.x += int(text) * style.size * 0.25
        return " "
    if manner == "leader":
        _leader(sheet, sheet.x, sheet.x + int(text) * style.size * 0.25)
        sheet.x += int(text) * style.size * 0.25
        return " " if int(text) > 0 else ""
    if manner == "scribble":
        mask = hand.scribble(int(int(text) * style.size * 0.25), int(style.size * rng.uniform(0.6, 1.6)), rng)
        _paste(sheet, mask, "")
        return " "
    if manner == "hand":
        mask = hand.write(text, int(style.size * sum(fonts.extent(style.face.path)) * rng.uniform(0.45, 0.85)), rng, sheet.kept_out)
        if mask is not None:
            return _paste(sheet, mask, text)
        manner = "stamp"
    face, size, shift, ink = style.face, style.size, 0.0, style.ink
    if manner == "bold":
        face = fonts.bold_of(face)
    elif manner == "loud":
        face, size = fonts.bold_of(face), int(size * rng.uniform(1, 1.3))
        ink = rng.choice((0, 60, 90))
    elif manner == "stamp":
        face = _other_face(sheet, text)
        size, shift = int(size * rng.uniform(0.9, 1.9)), rng.uniform(-0.1, 0.25) * size
        ink = rng.choice((0, 50, 80, 110))
        sheet.x += rng.uniform(-0.05, 0.3) * style.size
    elif manner == "raised":
        size, shift = int(size * 0.62), -0.3 * size
    elif manner == "dater":
        mask = _dater(text, _other_face(sheet, text), int(size * rng.uniform(0.9, 2.4)), rng, sheet.kept_out)
        return _paste(sheet, mask, text)
    _type(sheet, text, face, size, sheet.baseline + shift, ink, style.tracking)
    return text


def _other_face(sheet, text):
    """A typeface that has the text's letters: any, or that of the line."""
    face = fonts.choose(sheet.rng, sheet.kept_out)
    return face if set(text) <= fonts.characters(face.path) else sheet.style.face


def _type(sheet, text, face, size, baseline, ink, tracking):
    draw, shaped = ImageDraw.Draw(sheet.image), sheet.style.shaped or not fonts.readable_unshaped(face.path)
    for words, set_in in _by_face(text, face, sheet):
        scale = 1 if set_in is face else fonts.height(face.path, "H") / fonts.height(set_in.path, "H")
        font = fonts.load(set_in.path, max(8, int(size * scale)), shaped)
        for part in [words] if tracking == 0 else clusters(words):
            if part.strip():
                left, top, right, bottom = draw.textbbox((sheet.x, baseline), part, font=font, anchor="ls")
                draw.text((sheet.x, baseline), part, font=font, fill=ink, anchor="ls")
                sheet.inks.append((left, top, right, bottom))
            sheet.x += draw.textlength(part, font=font) + tracking


def _by_face(text, face, sheet):
    """The text in pieces of one face each: English words may have their own."""
    english = sheet.style.english
    if english is None:
        return [(text, face)]
    pieces = [(piece, english if ENGLISH.fullmatch(piece) else face) for piece in ENGLISH.split(text) if piece]
    return [(piece, set_in if set(piece) <= fonts.characters(set_in.path) else face) for piece, set_in in pieces]


def clusters(text: str) -> list[str]:
    """Letters with their marks (and ำ with what carries its ring)."""
    out = []
    for letter in text:
        if out and (letter in COMBINING or letter == "ำ"):
            out[-1] += letter
        else:
            out.append(letter)
    return out


def _dater(text, face, size, rng, kept_out):
    """What the wheels of a date stamp print: narrow letters, not quite level, digits often of another cut than the month."""
    digits = face if kept_out or rng.random() < 0.4 else rng.choice(fonts.narrow_faces())
    wheels = []
    for part in re.findall("[0-9]+|[^0-9]+", text):
        set_in = digits if part[0] in "0123456789" else face
        scale = 1 if set_in is face else fonts.height(face.path, "8") / fonts.height(set_in.path, "8") * rng.uniform(0.95, 1.3)
        wheels.append((part, fonts.load(set_in.path, max(8, int(size * scale))), rng.gauss(0, 0.03) * size))
    above, below = 1.5 * size, 0.8 * size
    width = sum(font.getlength(part) for part, font, _ in wheels)
    image = Image.new("L", (int(width) + 8, int(above + below)), 0)
    x = 4.0
    for part, font, drop in wheels:
        ImageDraw.Draw(image).text((x, above + drop), part, font=font, fill=255, anchor="ls")
        x += font.getlength(part)
    mask = np.asarray(image)
    rows = np.where(mask.max(1) > 80)[0]
    mask = mask[rows[0] : rows[-1] + 1] if len(rows) else mask
    return cv2.resize(mask, (max(4, int(mask.shape[1] * rng.uniform(0.5, 0.95))), mask.shape[0]), interpolation=cv2.INTER_AREA)


def _paste(sheet, mask, text):
    rng, size = sheet.rng, sheet.style.size
    x, y = int(sheet.x), int(sheet.baseline - mask.shape[0] * rng.uniform(0.72, 0.98) + rng.uniform(-0.1, 0.12) * size)
    y = max(0, y)
    ink = Image.fromarray((mask * rng.uniform(0.7, 1.0)).astype(np.uint8))
    sheet.image.paste(rng.randint(0, 70), (x, y), ink)
    rows = np.where(mask.max(1) > 80)[0]
    columns = np.where(mask.max(0) > 80)[0]
    if len(rows) and len(columns):
        sheet.inks.append((x + columns[0], y + rows[0], x + columns[-1], y + rows[-1]))
    sheet.x += mask.shape[1] + rng.uniform(-0.1, 0.2) * size
    return text


def _leader(sheet, start, end):
    rng, style = sheet.rng, sheet.style
    y = sheet.baseline + rng.choice((0, 0, 0, 0.04, 0.1, 0.18)) * style.size
    draw = ImageDraw.Draw(sheet.image)
    if rng.random() < 0.5:
        font = fonts.load(style.face.path, style.size)
        step = draw.textlength(".", font=font)
        draw.text((start, y), "." * max(1, int((end - start) / step)), font=font, fill=style.ink, anchor="ls")
        return
    radius, step = style.size * rng.uniform(0.02, 0.05), style.size * rng.uniform(0.1, 0.2)
    dash = rng.choice((0, 0, style.size * 0.06))
    x = start
    while x < end:
        draw.ellipse((x - radius - dash, y - radius, x + radius + dash, y + radius), fill=style.ink)
        x += step + 2 * dash


def _neighbours(sheet, writer, end):
    """Lines above and below, whose marks reach into the band."""
    if "ก" not in fonts.characters(sheet.style.face.path):
        return
    rng, style = sheet.rng, sheet.style
    above, below = fonts.extent(style.face.path)
    for side in (-1, 1):
        if rng.random() < 0.45:
            pitch = style.size * (above + below) * rng.uniform(0.82, 1.3)
            ghost = Sheet(sheet.image, sheet.baseline + int(side * pitch), rng.uniform(0, style.size), style, rng, False, [])
            while ghost.x < end and rng.random() < 0.97:
                _type(ghost, writer.phrase() + " ", style.face, style.size, ghost.baseline, style.ink, 0)
                ghost.x += rng.choice((0, 0, 0, 4)) * style.size


def _furniture(sheet, start, end):
    """Leaders under the text, underlines, borders of stamps and tables."""
    rng, style = sheet.rng, sheet.style
    draw = ImageDraw.Draw(sheet.image)
    above, below = fonts.extent(style.face.path)
    if rng.random() < 0.12:
        _leader(sheet, start, end)
    if rng.random() < 0.04:
        y = sheet.baseline + rng.uniform(0.06, 0.25) * style.size
        draw.line((start, y, end, y + rng.uniform(-1, 1)), fill=style.ink, width=rng.choice((1, 1, 2)))
    if rng.random() < 0.05:
        y = sheet.baseline + rng.choice((-above * rng.uniform(0.95, 1.1), below * rng.uniform(0.9, 1.3))) * style.size
        draw.line((0, y, sheet.image.width, y), fill=rng.choice((0, 0, 90)), width=rng.choice((1, 2, 3)))
    if rng.random() < 0.08:
        x = rng.choice((start - 3, end + 3, start - 0.3 * style.size, end + 0.3 * style.size))
        reach = rng.choice((3, rng.uniform(0.1, 0.6))) * style.size  # a border's whole height, or what cleaning left of it
        middle = sheet.baseline - rng.uniform(-0.2, 0.6) * style.size
        draw.line((x, middle - reach, x, middle + reach), fill=rng.choice((0, 0, 90)), width=rng.choice((1, 2, 3)))
    if rng.random() < 0.12:
        _specks(sheet, draw, start, end, above, below)


def _specks(sheet, draw, start, end, above, below):
    """Dirt as large as full stops, anywhere but on the baseline, where only a full stop can be."""
    rng, size = sheet.rng, sheet.style.size
    for _ in range(rng.randint(1, 6)):
        x, radius = rng.uniform(start - size / 2, end + size / 2), rng.uniform(0.5, 0.045 * size)
        y = sheet.baseline + rng.choice((-rng.uniform(0.2, above), rng.uniform(0.12, max(0.13, below)))) * size
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=rng.choice((0, 60, 120)))


def _overlay_signature(grey, sheet, chance):
    """A pen that runs from above into the line: black over the letters, or already lifted off them by layout, with a gap where it went."""
    rng, size = sheet.rng, sheet.style.size
    if rng.random() > chance:
        return grey
    width, height = int(rng.uniform(1.5, 8) * size), int(rng.uniform(0.8, 3) * size)
    mask = hand.scribble(width, height, rng, pen=max(1, round(size * rng.uniform(0.03, 0.12))))
    left, right = min(i[0] for i in sheet.inks), max(i[2] for i in sheet.inks)
    x = max(0, int(rng.uniform(left - 0.5 * width, right - 0.3 * width)))
    y = max(0, int(sheet.baseline + rng.uniform(-0.7, 0.6) * size) - height)
    out = grey.copy()
    spot = out[y : y + height, x : x + width]
    mask = mask[: spot.shape[0], : spot.shape[1]]
    if rng.random() < 0.3:
        spot[cv2.dilate(mask, np.ones((2, 2), np.uint8)) > 60] = 255
    else:
        np.minimum(spot, 255 - (mask * rng.uniform(0.5, 1.0)).astype(np.uint8), out=spot)
    return out


def _lean(grey, sheet):
    """Italics of typefaces that have none."""
    rng = sheet.rng
    if sheet.kept_out or sheet.style.face.italic or rng.random() > 0.08:
        return grey
    slope = rng.uniform(0.05, 0.3)
    turn = np.float32([[1, -slope, slope * sheet.baseline], [0, 1, 0]])
    return cv2.warpAffine(grey, turn, (grey.shape[1], grey.shape[0]), flags=cv2.INTER_LINEAR, borderValue=255)


def _stress(grey, sheet):
    """Strokes that swell and thin more than the typeface's own: hairlines across with stout stems, or the other way round."""
    rng = sheet.rng
    if sheet.kept_out or rng.random() > 0.12:
        return grey
    kernels = [np.ones((2, 1), np.uint8), np.ones((1, 2), np.uint8)]
    rng.shuffle(kernels)
    share = rng.uniform(0.2, 0.8)
    grey = cv2.addWeighted(cv2.dilate(grey, kernels[0]), share, grey, 1 - share, 0)
    share = rng.uniform(0.0, 0.8)
    return cv2.addWeighted(cv2.erode(grey, kernels[1]), share, grey, 1 - share, 0)


def _band(sheet, above, below):
    """Top and bottom rows of the crop: mostly the ink with a margin, else the typeface's full reach, else carelessly."""
    rng, size = sheet.rng, sheet.style.size
    ink_top, ink_bottom = min(i[1] for i in sheet.inks), max(i[3] for i in sheet.inks)
    full_top, full_bottom = sheet.baseline - above * size, sheet.baseline + below * size
    policy, reach = rng.random(), (above + below) * size
    if policy < 0.45:
        top, bottom = ink_top, ink_bottom
    else:
        slack = 0.0 if policy < 0.75 else 0.25 if policy < 0.93 else 0.6
        top, bottom = min(ink_top, full_top) - rng.uniform(0, slack) * reach, max(ink_bottom, full_bottom) + rng.uniform(0, slack) * reach
    top, bottom = top - rng.uniform(-0.02, 0.1) * reach, bottom + rng.uniform(-0.02, 0.1) * reach
    short = 0.62 * reach - (bottom - top)
    if short > 0:  # a band is never cut closer than the letters' own height: a lone full stop keeps its line
        top, bottom = top - short * 0.7, bottom + short * 0.3
    return int(top), int(bottom + 1)


def _tilt(grey, top, bottom, rng):
    if rng.random() < 0.6:
        return grey, top, bottom
    rows, columns = grey.shape
    most = min(1.2, 180 / 3.1416 * 0.25 * (bottom - top) / max(columns, 1))
    angle = rng.gauss(0, 0.4) * most
    turn = cv2.getRotationMatrix2D((columns / 2, (top + bottom) / 2), angle, 1)
    grow = int(abs(np.tan(np.radians(angle))) * columns * 0.35)
    return cv2.warpAffine(grey, turn, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=255), top - grow, bottom + grow
