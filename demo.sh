#!/usr/bin/env bash
# Builds saraban and runs the main job on the samples: scans in, records out, one of them shown.
set -euo pipefail
cd "$(dirname "$0")"
./setup.sh
export SARABAN_PDFIUM="${SARABAN_PDFIUM:-$PWD/.tools/pdfium/libpdfium.so}"
cargo build --release --quiet
saraban="${CARGO_TARGET_DIR:-target}/release/saraban"
rm -rf out/demo
letters=(samples/001-province-circular samples/002-university-memo samples/003-district-bundle)
echo "demo: saraban extract ${letters[*]} --out out/demo"
"$saraban" extract "${letters[@]}" --include '*.pdf' --out out/demo
echo "demo: the first record, without its evidence (all of them: out/demo/records.ndjson)"
"$saraban" extract "${letters[0]}/scan.pdf" | sed -e 's/,"evidence":{.*$//' -e 's/,"\([a-z_]*\)":/,\n  "\1":/g'
