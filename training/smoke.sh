#!/usr/bin/env bash
# Trains for 50 steps and exports, into the folder given; under two minutes. CI then compares the Rust reader with scores.json.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 -m training smoke "${1:?usage: training/smoke.sh DIR}"
