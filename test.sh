#!/usr/bin/env bash
# Runs every test: laws, golden letters, faults, scans.
# usage: ./test.sh [--fast]        --fast: every test that needs neither PDFium nor Tesseract; one that needs PDFium has "pdf" in its name
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = --fast ]; then
  export SARABAN_PDFIUM=none
  cargo test --no-default-features --lib
  cargo test --no-default-features --doc
  exec cargo test --no-default-features --test saraban -- --skip pdf
fi
./setup.sh
export SARABAN_PDFIUM="${SARABAN_PDFIUM:-$PWD/.tools/pdfium/libpdfium.so}"
cargo test
