#!/usr/bin/env bash
# What a page in hand costs in memory: the largest size of the process that reads it, above what it has with a page of a few pixels (program and model).
# Then two scanned PDFs of 50 and 400 pages, made of the samples' scans: one worker reads each whole, and must not grow with the file.
# usage: benches/memory.sh
# Needs a release build (cargo build --release) or $SARABAN, PDFium, GNU time, and a Python with drawing/requirements.txt (.venv, or $PYTHON).
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${SARABAN:-target/release/saraban}")
export SARABAN_PDFIUM="${SARABAN_PDFIUM:-$PWD/.tools/pdfium/libpdfium.so}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-.venv/bin/python}" - "$work" << 'PYTHON'
import glob, sys
import img2pdf, pikepdf
from PIL import Image, ImageDraw

work = sys.argv[1]
scans = [pikepdf.open(path) for path in sorted(glob.glob("samples/0*/scan.pdf"))]
image = pikepdf.PdfImage(next(iter(scans[0].pages[0].get_images().values()))).as_pil_image().convert("RGB")
for dpi, size in ((300, (2480, 3508)), (600, (4960, 7016))):
    page = image.resize(size)
    ImageDraw.Draw(page).rectangle((size[0] // 8, size[1] // 60, size[0] // 2, size[1] // 50), (30, 30, 200))
    for name, picture in (("grey", page.convert("L")), ("color", page)):
        picture.save(f"{work}/{name}-{dpi}.jpg", quality=85, dpi=(dpi, dpi))
        open(f"{work}/{name}-{dpi}.pdf", "wb").write(img2pdf.convert([f"{work}/{name}-{dpi}.jpg"]))
    page.save(f"{work}/color-{dpi}.png", compress_level=1, dpi=(dpi, dpi))
Image.effect_noise((2480, 3508), 200).save(f"{work}/noise-300.png", dpi=(300, 300))
Image.new("L", (60, 80), 255).save(f"{work}/tiny.png")
pages = [page for scan in scans for page in scan.pages]
for count in (50, 400):
    file = pikepdf.new()
    for index in range(count):
        file.pages.append(pages[index % len(pages)])
    file.save(f"{work}/{count}-pages.pdf")
PYTHON
size() { /usr/bin/time -q -f %M -o "$work/size" "$@" > /dev/null && cat "$work/size"; }  # what failed has no size
empty=$(size "$program" read "$work/tiny.png")
echo "program and model: $((empty / 1024)) MiB"
for page in grey-300.pdf color-300.pdf color-300.png grey-600.pdf color-600.pdf color-600.jpg color-600.png noise-300.png; do
  whole=$(size "$program" read "$work/$page")
  echo "$page: $(((whole - empty) / 1024)) MiB"
done
for pages in 50 400; do
  whole=$(size "$program" extract "$work/$pages-pages.pdf" --jobs 1 --worker-pages 1000 --progress none --out "$work/out-$pages")
  echo "$pages pages, one worker: $((whole / 1024)) MiB with program and model"
done
