"""Scans as files: PDF with the scanner's own compression (JPEG, CCITT group 4), PNG, JPEG."""
import io

import img2pdf
from PIL import Image


def encode(scan):
    """The page as a JPEG, or as a one-bit PNG that the PDF stores as CCITT group 4."""
    image = Image.fromarray(scan.pixels)
    data = io.BytesIO()
    if scan.profile.mode == "bilevel":
        image.convert("1", dither=Image.Dither.NONE).save(data, "TIFF", compression="group4", dpi=(scan.dpi, scan.dpi))
    else:
        image.save(data, "JPEG", quality=scan.profile.quality, dpi=(scan.dpi, scan.dpi), optimize=True)
    return data.getvalue()


def pdf(scans):
    return img2pdf.convert([encode(scan) for scan in scans], nodate=True, engine=img2pdf.Engine.internal)


def save(scan, path):
    """The page as `path`.png or .jpg; returns the file's name."""
    if scan.profile.mode == "bilevel" or scan.profile.quality >= 95:
        name = path.with_suffix(".png")
        Image.fromarray(scan.pixels).save(name, dpi=(scan.dpi, scan.dpi), compress_level=3)
        return name.name
    name = path.with_suffix(".jpg")
    name.write_bytes(encode(scan))
    return name.name
