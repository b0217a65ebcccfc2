#!/usr/bin/env bash
# Installs what saraban needs and the machine lacks: Debian packages (linker, Tesseract with Thai data, pip) and the PDFium library.
# Safe to run again: a second run finds everything there and changes nothing.
# usage: ./setup.sh [--check]      --check only says what is missing (exit 1 when something is)
set -euo pipefail
cd "$(dirname "$0")"

# Packages by the thing that tells whether they are there already.
packages=(
  "gcc:command -v gcc"
  "g++:command -v g++"
  "libc6-dev:test -e /usr/include/stdio.h"
  "pkg-config:command -v pkg-config"
  "libtesseract-dev:pkg-config --exists tesseract"
  "libleptonica-dev:pkg-config --exists lept"
  "tesseract-ocr:command -v tesseract"
  "tesseract-ocr-tha:ls /usr/share/tesseract-ocr/*/tessdata/tha.traineddata"
  "python3-pip:python3 -m pip --version"
)
pdfium_version=5.15.2
pdfium=.tools/pdfium/libpdfium.so

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

missing_packages() {
  local entry
  for entry in "${packages[@]}"; do
    # The PDFium library needs pip only while it is not unpacked yet.
    [ "${entry%%:*}" = python3-pip ] && [ -e "$pdfium" ] && continue
    bash -c "${entry#*:}" >/dev/null 2>&1 || printf '%s\n' "${entry%%:*}"
  done
}

install_packages() {
  local missing=("$@") apt=(apt-get)
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then apt=(sudo -n apt-get); else
      fail "cannot install packages: not root and no sudo; hint: ask an administrator for
  apt-get install --no-install-recommends ${missing[*]}"
    fi
  fi
  command -v apt-get >/dev/null || fail "cannot install packages: this is no Debian or Ubuntu; hint: install what provides ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update -qq || fail "cannot read the package lists; hint: look at the network and at /etc/apt/sources.list"
  "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || fail "cannot install ${missing[*]}; hint: run the same apt-get install by hand and read what it says"
}

fetch_pdfium() {
  local work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  say "fetching the PDFium library (pypdfium2 $pdfium_version)"
  # The sums of the wheels for 64-bit Intel/AMD and Arm; pip refuses anything else.
  cat >"$work/requirements.txt" <<REQUIREMENTS
pypdfium2==$pdfium_version \
  --hash=sha256:dc31aea5b0fb9fefc9b537a65f4113980b2c40798445736a7e6565bc85161e37 \
  --hash=sha256:dd46e93c0c3a73f6cea8489baff6d77a5d0759dd53fbbce0aeb49c91830176fc
REQUIREMENTS
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    -r "$work/requirements.txt" -d "$work" || fail "cannot fetch PDFium; hint: set SARABAN_PDFIUM to a libpdfium.so that you have"
  mkdir -p "$(dirname "$pdfium")"
  python3 -c 'import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
open(sys.argv[2], "wb").write(wheel.read("pypdfium2_raw/libpdfium.so"))' "$work" "$pdfium.part"
  mv "$pdfium.part" "$pdfium"
}

command -v cargo >/dev/null || fail "cargo is not there: saraban is built from source; hint: install Rust (stable, 1.95 or newer)"
mapfile -t missing < <(missing_packages)
need_pdfium=no
[ -e "$pdfium" ] || [ -n "${SARABAN_PDFIUM:-}" ] || need_pdfium=yes

if [ "${1:-}" = --check ]; then
  [ ${#missing[@]} = 0 ] || say "missing packages: ${missing[*]}"
  [ $need_pdfium = no ] || say "missing library: $pdfium"
  [ ${#missing[@]} = 0 ] && [ $need_pdfium = no ]
  exit
fi
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
[ $need_pdfium = no ] || fetch_pdfium
say "everything is there"
