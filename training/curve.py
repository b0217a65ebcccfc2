"""The learning curve as a picture: character error rates on the validation sets over steps, on a logarithmic scale."""

import csv
import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 400, 60, 40, 20, 110
COLORS = {"clean": (0, 110, 60), "everyday": (30, 60, 200), "hand": (190, 90, 0), "page": (190, 0, 60), "worn": (90, 90, 90)}


def draw(source: Path, target: Path) -> None:
    with open(source, newline="") as file:
        rows = [{key: float(value) for key, value in row.items() if value} for row in csv.DictReader(file)]
    names = [name for name in COLORS if any(name in row for row in rows)]
    if not names:
        return
    rates = [row[name] for row in rows for name in names if row.get(name)]
    low, high = math.floor(math.log10(min(rates))), math.ceil(math.log10(max(rates)))
    last = max(row["step"] for row in rows)
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default()

    def place(step: float, rate: float) -> tuple[float, float]:
        up = (math.log10(max(rate, 10.0**low)) - low) / (high - low)
        return LEFT + (WIDTH - LEFT - RIGHT) * step / last, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * up

    for power in range(low, high + 1):
        y = place(0, 10.0**power)[1]
        pen.line((LEFT, y, WIDTH - RIGHT, y), fill=(220, 220, 220))
        pen.text((8, y - 6), f"{100 * 10.0**power:g} %", fill="black", font=font)
    for part in range(5):
        x = place(last * part / 4, 1)[0]
        pen.text((x - 10, HEIGHT - BOTTOM + 8), f"{last * part / 4:.0f}", fill="black", font=font)
    for name in names:
        points = [place(row["step"], row[name]) for row in rows if name in row]
        pen.line(points, fill=COLORS[name], width=2)
        pen.text((WIDTH - RIGHT + 6, points[-1][1] - 6), name, fill=COLORS[name], font=font)
    image.save(target, optimize=True)
