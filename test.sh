#!/usr/bin/env bash
# Runs every test: laws, golden letters, faults, scans.
# usage: ./test.sh [--fast]        --fast: only the tests that need no model, no PDFium and no Tesseract
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = --fast ]; then
  exec cargo test --lib --no-default-features
fi
./setup.sh
export SARABAN_PDFIUM="${SARABAN_PDFIUM:-$PWD/.tools/pdfium/libpdfium.so}"
cargo test
