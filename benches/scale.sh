#!/usr/bin/env bash
# What a batch costs beside the reading itself: memory of the parent, speed-up of a second worker, price of processes, price of going on.
# usage: [PAGE=work] benches/scale.sh [TEXTS [PAGES]]     (100000 texts and 2000 pages unless told)
# A page is 50 ms of the processor (work), or 50 ms of waiting (slow) where the machine has other things to do.
# Needs a release build (cargo build --release) or $SARABAN, and about 1 GB below $TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/.."
texts=${1:-100000} pages=${2:-2000} page=${PAGE:-work}
program=$(realpath "${SARABAN:-target/release/saraban}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# extract NAME ARGUMENT...: runs it, then prints a row of figures out of run.json.
extract() {
  local name=$1; shift
  "$program" extract --faults --progress none --out "out-$name" "$@" 2> /dev/null || true
  row "$name" "out-$name/run.json"
}
field() { sed -n "s/^  \"$2\": \([0-9.]*\),*$/\1/p" "$1"; }
row() {
  printf '%-28s %9s inputs %7s pages %8.2f s %8.2f CPU-s %5s MiB\n' \
    "$1" "$(field "$2" inputs_now)" "$(field "$2" pages_now)" "$(field "$2" seconds)" "$(field "$2" cpu_seconds)" "$(field "$2" peak_memory_mib)"
}

mkdir texts scans bundle
awk -v count="$texts" 'BEGIN {
  for (n = 0; n < count; n++) {
    folder = "texts/" int(n / 1000)
    if (n % 1000 == 0) system("mkdir -p " folder)
    file = folder "/" n ".txt"
    printf "ที่ ทส ๐๙๙๙/%d\n๑ ตุลาคม ๒๕๖๗\nเรื่อง ทดสอบฉบับที่ %d\nเรียน ผู้อำนวยการสำนักตัวอย่าง\nด้วยสำนักงานตัวอย่างทดสอบ\nขอแสดงความนับถือ\n", n, n > file
    close(file)
  }
}'
awk -v count="$pages" -v page="$page" 'BEGIN { for (n = 0; n < count; n++) { file = "scans/" n ".faults"; printf "%s %d\n", page, n > file; close(file) } }'
awk -v page="$page" 'BEGIN { for (n = 0; n < 400; n++) printf "%s %d|เรื่อง หน้า %d\n", page, n, n > "bundle/one.faults" }'

extract texts texts
mv out-texts out-again
extract again texts
extract scans-1 scans --jobs 1
extract scans-2 scans --jobs 2
extract scans-2-in-process scans --jobs 2 --isolation none
extract bundle-1 bundle --jobs 1
extract bundle-2 bundle --jobs 2
cmp out-scans-1/records.ndjson out-scans-2/records.ndjson
awk -v one="$(field out-scans-1/run.json seconds)" -v two="$(field out-scans-2/run.json seconds)" \
    -v here="$(field out-scans-2-in-process/run.json seconds)" \
    'BEGIN { printf "second worker: %.2f times as fast; processes: %+.1f %% against in-process\n", one / two, (two / here - 1) * 100 }'
