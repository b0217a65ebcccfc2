#!/usr/bin/env bash
# The whole road in miniature, into the folder given; under two minutes: 50 steps of training, an export, and the Rust reader
# held to the trainer's scores within 1e-3.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:?usage: training/smoke.sh DIR}")
python=python3
[ -x .venv/bin/python ] && python=.venv/bin/python
rm -rf "$out/run"
"$python" -m training smoke "$out"
SARABAN_MODEL="$out/model" cargo test --quiet --lib a_network_says_what_it_was_taught_to_say | tee "$out/said"
grep -q "1 passed" "$out/said"
