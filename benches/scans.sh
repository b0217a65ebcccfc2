#!/usr/bin/env bash
# What a batch of real pages costs: every scan of the samples, COPIES times, each copy with other last bytes so that none counts as read already.
# usage: benches/scans.sh [COPIES]      (29 unless told: about 2,000 pages)
# Needs a release build (cargo build --release) or $SARABAN, PDFium, and about 8 MB a copy below $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${SARABAN:-target/release/saraban}")
export SARABAN_PDFIUM="${SARABAN_PDFIUM:-$PWD/.tools/pdfium/libpdfium.so}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/scans"
for copy in $(seq "${1:-29}"); do
  number=0
  for scan in samples/*/scan.pdf samples/holdout/*/scan.pdf; do
    number=$((number + 1))
    { cat "$scan"; printf '\n%% %d\n' "$copy"; } > "$work/scans/$copy-$number.pdf"
  done
done
"$program" extract "$work/scans" --out "$work/out" --progress none
grep -E '"(pages_now|failed_pages|seconds|cpu_seconds|peak_memory_mib)"' "$work/out/run.json"
