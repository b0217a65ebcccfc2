#!/usr/bin/env bash
# Measures how often values are right that a model is so sure of, and writes the model's calibration.toml: once after every export, and whenever
# rules change what raw confidences mean. Reads the development samples and drawn letters; the hold-out stays untouched.
# Drawn letters are tamer than scans: the threshold is chosen for 0.2 % of silent errors, so that 0.5 % hold where pages are worse.
# usage: training/calibrate.sh models/NAME [LETTERS]      LETTERS: how many to draw (default 1200; those in out/calibration are drawn already)
set -euo pipefail
cd "$(dirname "$0")/.."
model="${1:?usage: training/calibrate.sh models/NAME [LETTERS]}"
letters="${2:-1200}"
"${PYTHON:-python3}" -m drawing letters --seed 6 --count "$letters" --out out/calibration
"${SARABAN:-target/release/saraban}" eval samples out/calibration --model "$model" --calibrate "$model/calibration.toml" --target 0.002
