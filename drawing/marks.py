"""What is not set in type: the emblem, seals, receiving stamps, signatures, handwriting, QR codes."""
import functools
import math
from pathlib import Path

import cv2
import numpy as np
import segno
from PIL import Image, ImageChops, ImageDraw

from .fonts import MM, Face
from .sheet import BLUE, RED, Run, Sheet, clusters
from .wording import date_words, digits

HANDWRITING = Path("../shared/handwriting")
# Columns (writers) of the second row of each sheet of digits whose ten digits are well formed and rightly labelled.
WRITERS = (0, 2, 4, 7, 9, 10, 12, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 30, 31)


def use(handwriting):
    global HANDWRITING
    HANDWRITING = Path(handwriting)


def _curve(points, steps=24):
    """A quadratic curve through control points a, b, c."""
    (ax, ay), (bx, by), (cx, cy) = points
    ts = [i / steps for i in range(steps + 1)]
    return [((1 - t) ** 2 * ax + 2 * t * (1 - t) * bx + t * t * cx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * by + t * t * cy) for t in ts]


@functools.lru_cache(maxsize=4)
def emblem(width):
    """A bird-man with spread wings in the manner of the ครุฑ, `width` mm wide and 1.08 times as high: an ink mask."""
    scale = 600
    image = Image.new("L", (2 * scale, round(2.16 * scale)), 0)
    pen = ImageDraw.Draw(image)
    place = lambda pts: [((x + 1) * scale, y * scale) for x, y in pts]

    def leaf(root, bend, tip, thick):
        out = _curve([root, bend, tip])
        back = _curve([tip, (bend[0] * 0.96, bend[1] + thick), (root[0], root[1] + thick * 0.8)])
        pen.polygon(place(out + back), fill=255)
        vein = _curve([root, (bend[0] * 0.98, bend[1] + thick * 0.5), tip])
        pen.line(place(vein), fill=0, width=7)

    for side in (-1, 1):
        hub, rim, edge = (0.12, 0.9), [], 9
        for i in range(2 * edge + 1):
            angle = math.radians(74 - i * 104 / (2 * edge))
            reach = (0.93 if i % 2 == 0 else 0.76) * (1 + 0.12 * math.cos(angle - 0.9))
            rim.append((side * min(0.98, hub[0] + reach * math.cos(angle)), max(0.02, hub[1] - reach * math.sin(angle))))
        pen.polygon(place([(side * 0.1, 0.62), *rim, (side * 0.12, 1.2)]), fill=255)
        for i in range(1, 2 * edge, 2):
            pen.line(place([(side * hub[0], hub[1]), rim[i]]), fill=0, width=11)
        for share in (0.42, 0.66):
            pen.line(place([(side * hub[0] + (x - side * hub[0]) * share, hub[1] + (y - hub[1]) * share) for x, y in rim[:-2]]), fill=0, width=9)
        arm = _curve([(side * 0.12, 0.66), (side * 0.52, 0.72), (side * 0.44, 0.26)])
        pen.line(place(arm), fill=0, width=92)
        pen.line(place(arm), fill=255, width=62)
        hand = (side * 0.44, 0.24)
        pen.ellipse(place([(hand[0] - 0.06, hand[1] - 0.07), (hand[0] + 0.06, hand[1] + 0.05)]), fill=255)
        leg = _curve([(side * 0.1, 1.28), (side * 0.5, 1.42), (side * 0.3, 1.9)])
        pen.line(place(leg), fill=0, width=120)
        pen.line(place(leg), fill=255, width=84)
        for toe in (-0.14, 0.0, 0.14):
            pen.line(place([(side * 0.3, 1.88), (side * (0.34 + toe), 2.06)]), fill=255, width=34)
        for i in range(3):
            leaf((side * 0.06, 1.3), (side * (0.16 + 0.1 * i), 1.7), (side * (0.1 + 0.13 * i), 2.0 - 0.1 * i), 0.05)
    pen.polygon(place([(-0.24, 0.6), (0.24, 0.6), (0.15, 1.0), (0.2, 1.32), (-0.2, 1.32), (-0.15, 1.0)]), fill=255)
    for y in (0.76, 0.9, 1.06, 1.2):
        pen.arc([*place([(-0.17, y - 0.1), (0.17, y + 0.05)])[0], *place([(-0.17, y - 0.1), (0.17, y + 0.05)])[1]], 20, 160, fill=0, width=9)
    pen.ellipse(place([(-0.14, 0.32), (0.14, 0.62)]), fill=255)
    pen.polygon(place([(-0.15, 0.36), (0.15, 0.36), (0.04, 0.16), (0.0, 0.02), (-0.04, 0.16)]), fill=255)
    for y in (0.36, 0.29, 0.22):
        pen.line(place([(-0.12, y), (0.12, y)]), fill=0, width=8)
    pen.polygon(place([(-0.04, 0.46), (0.04, 0.46), (0.0, 0.56)]), fill=0)
    for x in (-0.06, 0.06):
        pen.ellipse(place([(x - 0.025, 0.42), (x + 0.025, 0.46)]), fill=0)
    for i in range(3):
        leaf((0, 1.3), (0.04 * (i - 1), 1.6), (0.1 * (i - 1), 2.02), 0.06)
    pixels = round(width * MM)
    return image.resize((pixels, round(pixels * 1.08)), Image.Resampling.LANCZOS)


@functools.lru_cache(maxsize=8)
def round_seal(width, words, seed):
    """A school's or university's round seal with its name around the rim: an ink mask."""
    size = round(width * MM) * 2
    image = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(image)
    half = size / 2
    for radius, weight in ((0.98, 8), (0.92, 3), (0.66, 4)):
        pen.ellipse([half - half * radius, half - half * radius, half + half * radius, half + half * radius], outline=255, width=weight)
    face = Face("sarabun-new", 22, True).font
    letters = clusters(words)
    for i, letter in enumerate(letters):
        turn = (i - (len(letters) - 1) / 2) * min(13, 250 / len(letters))
        stamp = Image.new("L", (size, size), 0)
        ImageDraw.Draw(stamp).text((half, half - half * 0.73), letter, font=face, fill=255, anchor="ms")
        image = ImageChops.lighter(image, stamp.rotate(-turn))
    pen = ImageDraw.Draw(image)
    petals = 6 + seed % 5
    for i in range(petals):
        angle = 2 * math.pi * i / petals
        x, y = half + half * 0.3 * math.cos(angle), half + half * 0.3 * math.sin(angle)
        pen.ellipse([x - half * 0.24, y - half * 0.24, x + half * 0.24, y + half * 0.24], outline=255, width=6)
    pen.polygon([(half, half * 0.55), (half * 1.2, half * 1.25), (half * 0.8, half * 1.25)], fill=255)
    return image.resize((size // 2, size // 2), Image.Resampling.LANCZOS)


def worn(sheet, rng, strength=0.5):
    """Uneven ink of a rubber stamp."""
    pixels = np.asarray(sheet.image).astype(np.float32)
    coarse = rng.random((max(2, pixels.shape[0] // 24), max(2, pixels.shape[1] // 24))).astype(np.float32)
    lack = cv2.resize(coarse, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_CUBIC)
    lack = np.clip((lack - 0.45) * 2, 0, 1)[..., None] * strength
    sheet.image = Image.fromarray((pixels + (255 - pixels) * lack).clip(0, 255).astype(np.uint8))
    sheet.pen = ImageDraw.Draw(sheet.image)
    return sheet


def handwriting(text, height, rng):
    """Thai digits (and `/ . -`) as one writer would write them: an ink mask, `height` mm high."""
    writer = WRITERS[int(rng.integers(len(WRITERS)))]
    pixels = round(height * MM)
    cells = []
    for letter in text:
        if letter in "๐๑๒๓๔๕๖๗๘๙":
            cell = _digit("๐๑๒๓๔๕๖๗๘๙".index(letter), writer)
            wide = max(4, round(cell.width * pixels * float(rng.uniform(0.92, 1.08)) / cell.height))
            tall = pixels
            if letter == "๐":
                wide, tall = round(wide * 0.7), round(pixels * 0.7)
            cells.append(cell.resize((wide, tall), Image.Resampling.LANCZOS))
        else:
            cell = Image.new("L", (pixels // 2, pixels), 0)
            pen = ImageDraw.Draw(cell)
            stroke = max(3, pixels // 12)
            if letter == "/":
                pen.line((pixels * 0.08, pixels, pixels * 0.42, 0), fill=255, width=stroke)
            elif letter == ".":
                pen.ellipse((pixels * 0.15, pixels - 2 * stroke, pixels * 0.15 + 1.6 * stroke, pixels), fill=255)
            elif letter == "-":
                pen.line((pixels * 0.08, pixels * 0.6, pixels * 0.42, pixels * 0.56), fill=255, width=stroke)
            cells.append(cell)
    gap = round(0.12 * pixels)
    mask = Image.new("L", (sum(c.width for c in cells) + gap * max(0, len(cells) - 1), pixels), 0)
    x = 0
    for cell in cells:
        mask.paste(cell, (x, min(pixels - cell.height, round((pixels - cell.height) * 0.8))))
        x += cell.width + gap
    return mask


@functools.lru_cache(maxsize=512)
def _digit(value, writer):
    with Image.open(HANDWRITING / f"digit-{value}.png") as sheet:
        cell = sheet.convert("L").crop((writer * 64, 64, writer * 64 + 64, 128))
    ink = ImageChops.invert(cell)
    return ink.crop(ink.point(lambda v: 255 if v > 90 else 0).getbbox())


def signature(sheet, center, y, rng, color=BLUE, width=None):
    """A scribble in ink over the space above the name (and often over the name)."""
    width = width or float(rng.uniform(22, 40))
    count = int(rng.integers(9, 17))
    xs = np.cumsum(rng.uniform(0.3, 1.0, count))
    xs = center - width / 2 + width * (xs - xs[0]) / (xs[-1] - xs[0]) + rng.normal(0, 3.2, count)
    ys = y + rng.normal(0, 3.4, count) * np.linspace(1.3, 0.5, count)
    knots = np.stack([xs, ys], axis=1)
    path = []
    for i in range(1, count - 1):
        start, end = (knots[i - 1] + knots[i]) / 2, (knots[i] + knots[i + 1]) / 2
        path += _curve([start, knots[i], end], 16)
    path += [tuple(knots[-1]), (knots[-1][0] + rng.uniform(4, 12), knots[-1][1] + rng.uniform(-3, 2))]
    weight = max(2, round(float(rng.uniform(0.3, 0.6)) * MM))
    sheet.pen.line([(x * MM, y * MM) for x, y in path], fill=color, width=weight, joint="curve")
    array = np.array(path)
    sheet.note("signature", *array.min(axis=0), *array.max(axis=0))


def qr(sheet, left, top, size, content):
    code = segno.make(content, error="m")
    matrix = np.array([[255 if cell else 0 for cell in row] for row in code.matrix], dtype=np.uint8)
    pixels = round(size * MM)
    mask = Image.fromarray(cv2.resize(matrix, (pixels, pixels), interpolation=cv2.INTER_NEAREST))
    sheet.paste(mask, left, top, "qr")


STAMP_LABELS = {
    "เลขรับ": ("เลขรับ", "วันที่", "เวลา"),
    "เลขที่รับ": ("เลขที่รับ", "วันที่", "เวลา"),
    "เลขรับที่": ("เลขรับที่", "วันที่", "เวลา"),
    "รับที่": ("รับที่", "วันที่", "เวลา"),
    "เลขทะเบียนรับ": ("เลขทะเบียนรับ", "ลงวันที่", "เวลา"),
    "none": ("", "", ""),
}


def receiving_stamp(receipt, rng):
    """The ruled box of a receiving office, 50 x 25 mm. Its values: typed into the stamp, or handwritten (`by = "hand"`)."""
    thai = receipt.get("thai", True)
    color = {"blue": BLUE, "violet": (92, 50, 150), "black": (40, 40, 44), "red": RED}[receipt.get("color", "blue")]
    face = Face(receipt.get("family", "sarabun-new"), 14, True)
    wide = max(50.0, face.width(receipt["office"]) + 5)
    sheet = Sheet(wide + 1, 27)
    sheet.box(0.5, 0.5, wide + 0.5, 26.2, 0.45, color)
    sheet.text(wide / 2, 6.4, receipt["office"], face, "stamp", color, "c")
    labels = STAMP_LABELS[receipt.get("label", "เลขรับ")]
    values = [digits(receipt["number"], thai), None, None]
    values[1] = " ".join(w for w in date_words(receipt["date"], receipt.get("date_style", "short"), thai) if w)
    values[2] = digits(receipt["time"].replace(":", "."), thai) + " น." if receipt.get("time") else ""
    for index, (label, value) in enumerate(zip(labels, values)):
        y = 12.6 + index * 5.6
        plain = face.at(14, False)
        runs = [Run(3, y, label, plain, color)] if label else []
        x = 4.5 + plain.width(label)
        if receipt.get("dots", True):
            sheet.leader(x, wide - 2, y + 0.7, color)
        hand = receipt.get("by") == "hand" and index != 1 and value
        if hand and set(value.removesuffix(" น.")) <= set("๐๑๒๓๔๕๖๗๘๙/.-"):
            mask = handwriting(value.removesuffix(" น."), 4.2, rng)
            runs.append(Run(x + 3, y + 0.4, value.removesuffix(" น."), None, BLUE, mask=mask, ink="hand"))
            if value.endswith(" น."):
                runs.append(Run(wide - 9, y, "น.", plain, color))
        elif value:
            runs.append(Run(x + 3, y, value, face, color))
        if runs:
            sheet.put(runs, "stamp")
    return worn(sheet, rng, 0.45)


def office_seal(words, rng):
    """The red seal of a stamped letter, 45 mm across."""
    sheet = Sheet(45, 45)
    sheet.paste(round_seal(44, words, int(rng.integers(100))), 0.5, 0.5, color=RED)
    return worn(sheet, rng, 0.4)
