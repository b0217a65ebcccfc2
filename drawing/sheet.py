"""A sheet of paper at 300 dpi: ink goes on in millimetres, and every line of text is remembered with its box.

Coordinates: origin at the paper's top left corner, x to the right, y down; text is placed by its baseline.
"""
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from .fonts import MM

BLACK, RED, BLUE, PENCIL = (22, 22, 24), (205, 32, 44), (38, 62, 160), (90, 90, 96)


@dataclass
class Line:
    """One printed line. `quad`: its four corners in pixels of the sheet, from the top left, clockwise."""

    text: str
    quad: np.ndarray
    zone: str
    row: int
    inks: tuple = ()


@dataclass
class Furniture:
    what: str
    quad: np.ndarray


def corners(left, top, right, bottom):
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float64)


def union(boxes):
    boxes = list(boxes)
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def clusters(text):
    """Letters with the marks above and below them; ำ stays with the letter that carries it."""
    found = []
    for letter in text:
        if found and letter in "ัิีึืฺุู็่้๊๋์ํำ":
            found[-1] += letter
        else:
            found.append(letter)
    return found


@dataclass
class Run:
    """A piece of a line: text in one face, or a drawn mask (handwriting). `glue` joins it to the run before it in the line's text."""

    x: float
    y: float
    text: str
    face: object = None
    color: tuple = BLACK
    glue: str = " "
    anchor: str = "l"
    mask: Image.Image = None
    ink: str = "print"


class Sheet:
    def __init__(self, width=210.0, height=297.0):
        self.width, self.height = width, height
        self.image = Image.new("RGB", (round(width * MM), round(height * MM)), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.lines, self.furniture, self.rows = [], [], 0

    def _ink(self, run):
        x, y = run.x * MM, run.y * MM
        if run.mask is not None:
            left, top = round(x), round(y - run.mask.height)
            self.image.paste(run.color, (left, top), run.mask)
            return left, top, left + run.mask.width, top + run.mask.height
        font = run.face.font
        if run.anchor != "l":
            x -= font.getlength(run.text) * {"c": 0.5, "r": 1}[run.anchor]
        self.pen.text((x, y), run.text, fill=run.color, font=font, anchor="ls")
        left, top, right, bottom = font.getbbox(run.text, anchor="ls")
        return x + left, y + top, x + right, y + bottom

    def put(self, runs, zone, new_row=True):
        """Ink the runs as one line of text; returns it. `new_row=False`: it stands on the baseline of the line before."""
        boxes = [self._ink(run) for run in runs if run.text.strip() or run.mask is not None]
        text = runs[0].text + "".join(run.glue + run.text for run in runs[1:])
        self.rows += new_row
        inks = tuple(sorted({run.ink for run in runs} - {"print"}))
        line = Line(" ".join(text.split()), corners(*union(boxes)), zone, self.rows, inks)
        self.lines.append(line)
        return line

    def text(self, x, y, text, face, zone, color=BLACK, anchor="l", new_row=True):
        return self.put([Run(x, y, text, face, color, anchor=anchor)], zone, new_row)

    def spread(self, x, y, pieces, face, width, zone, before=()):
        """A line of text filled out to `width` mm, the slack between all letters and more of it in the spaces; width None: set ragged."""
        text = "".join(pieces).rstrip()
        slack = 0 if width is None else width - face.width(text)
        if slack <= 0:
            return self.put([*before, Run(x, y, text, face)], zone)
        parts = clusters(text)
        shares = [4 if part == " " else 1 for part in parts[:-1]]
        runs = list(before)
        for index, part in enumerate(parts):
            runs.append(Run(x, y, part, face, glue="" if index else " "))
            if index < len(shares):
                x += face.width(part) + slack * shares[index] / sum(shares)
        return self.put(runs, zone)

    def leader(self, left, right, y, color=BLACK):
        """A dotted rule under a value."""
        step, size = 0.85 * MM, 0.16 * MM
        x = left * MM
        while x < right * MM:
            self.pen.ellipse((x - size, y * MM - size, x + size, y * MM + size), fill=color)
            x += step

    def rule(self, left, top, right, bottom, weight=0.25, color=BLACK):
        self.pen.line((left * MM, top * MM, right * MM, bottom * MM), fill=color, width=max(1, round(weight * MM)))

    def box(self, left, top, right, bottom, weight=0.25, color=BLACK, what=None):
        self.pen.rectangle((left * MM, top * MM, right * MM, bottom * MM), outline=color, width=max(1, round(weight * MM)))
        if what:
            self.note(what, left, top, right, bottom)

    def note(self, what, left, top, right, bottom):
        """Remember furniture; box in mm."""
        self.furniture.append(Furniture(what, corners(left, top, right, bottom) * MM))

    def paste(self, mask, left, top, what=None, color=BLACK):
        self.image.paste(color, (round(left * MM), round(top * MM)), mask)
        if what:
            self.note(what, left, top, left + mask.width / MM, top + mask.height / MM)

    def press(self, tile, left, top, angle=0.0, what="stamp"):
        """Press a small sheet onto this one, as a rubber stamp or seal: turned by `angle` degrees, what lies under it shows through."""
        pixels = np.asarray(tile.image)
        high, wide = pixels.shape[:2]
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
        reach = turn @ np.array([[0, wide, wide, 0], [0, 0, high, high], [1, 1, 1, 1]])
        low = np.floor(reach.min(axis=1))
        turn[:, 2] -= low
        size = np.ceil(reach.max(axis=1) - low).astype(int)
        ink = cv2.warpAffine(pixels, turn, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
        corner = np.round(np.array([left * MM, top * MM]) + low).astype(int)
        place = (slice(max(0, corner[1]), corner[1] + ink.shape[0]), slice(max(0, corner[0]), corner[0] + ink.shape[1]))
        page = np.array(self.image)
        under = page[place]
        ink = ink[ink.shape[0] - under.shape[0] if corner[1] < 0 else 0:, ink.shape[1] - under.shape[1] if corner[0] < 0 else 0:][: under.shape[0], : under.shape[1]]
        page[place] = (under.astype(np.uint16) * ink // 255).astype(np.uint8)
        self.image = Image.fromarray(page)
        self.pen = ImageDraw.Draw(self.image)
        move = lambda quad: quad @ turn[:, :2].T + turn[:, 2] + corner
        for line in tile.lines:
            self.rows += 1
            self.lines.append(Line(line.text, move(line.quad), line.zone, self.rows, line.inks))
        self.furniture.append(Furniture(what, move(corners(0, 0, wide, high))))
