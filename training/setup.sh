#!/usr/bin/env bash
# Installs what training needs and the machine lacks: typefaces (Debian's, and those of fonts.sh unless told not to) and Python packages (into .venv).
# usage: training/setup.sh [--smoke]      --smoke: only what the smoke test needs
set -euo pipefail
cd "$(dirname "$0")/.."
fonts=(fonts-thai-tlwg fonts-arundina fonts-noto-core fonts-liberation fonts-crosextra-caladea fonts-crosextra-carlito fonts-sil-charis fonts-sil-gentium fonts-urw-base35 fonts-linuxlibertine fonts-breip fonts-femkeklaver fonts-dkg-handwriting fonts-rufscript fonts-ecolier-court)
lists=(-r training/requirements.lock -r drawing/requirements.txt)
imports="import cv2, edlib, fontTools, numpy, onnx, PIL, pythainlp, torch"
if [ "${1:-}" = --smoke ]; then
  fonts=(fonts-thai-tlwg fonts-liberation fonts-breip)
  lists=(-r training/requirements.lock)
else
  imports+=", img2pdf, pikepdf, segno"
fi

packages=()
for font in "${fonts[@]}"; do dpkg -s "$font" > /dev/null 2>&1 || packages+=("$font"); done
python3 -c "$imports" 2> /dev/null || .venv/bin/python -c "$imports" 2> /dev/null || venv=yes
if [ -n "${venv:-}" ] && ! python3 -c "import ensurepip" 2> /dev/null; then packages+=(python3-venv); fi
if [ ${#packages[@]} != 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
fi
if [ -n "${venv:-}" ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check "${lists[@]}"
fi
if [ "${1:-}" != --smoke ] && [ ! -d .fonts ]; then training/fonts.sh; fi
