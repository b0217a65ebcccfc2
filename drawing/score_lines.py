"""How well lines were found on invented pages.

usage: python -m drawing.score_lines TRUTH_DIR lines.ndjson [-v]
TRUTH_DIR: what `python -m drawing lines` drew. lines.ndjson: what `saraban read --lines DIR` wrote for its images.
A line is found when exactly one found band covers it with IoU >= 0.7 and that band covers no other line (a memo's number and date on one row, or
the blanks of one row of a form, may also be one). The white margin of a found band does not count. Order: of neighboring lines of running text, the share found in that order.
"""
import collections
import glob
import json
import os
import sys

import cv2
import numpy as np

MARGIN = 0.18  # of the letter height, around a found band


def shrunk(line):
    quad = np.array(line["quad"], np.float32)
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    margin = MARGIN * line["letter_height"]
    across, down = (v / max(np.linalg.norm(v), 1) * min(margin, np.linalg.norm(v) / 3) for v in (across, down))
    return quad + np.array([across + down, down - across, -across - down, across - down], np.float32)


def iou(a, b):
    shared = cv2.intersectConvexConvex(a, b)[0]
    return shared / (cv2.contourArea(a) + cv2.contourArea(b) - shared)


def hull(quads):
    return cv2.convexHull(np.concatenate(quads))[:, 0]


def score(truth, found):
    """Per truth line the index of the found line, or why it was missed."""
    wanted = [np.array(line["quad"], np.float32) for line in truth]
    bands = [shrunk(line) for line in found]
    table = np.array([[iou(w, b) for b in bands] for w in wanted]).reshape(len(wanted), len(bands))
    shares = np.array([[cv2.intersectConvexConvex(w, b)[0] / max(cv2.contourArea(w), 1) for b in bands] for w in wanted]).reshape(table.shape)
    results = []
    for i, line in enumerate(truth):
        best = int(table[i].argmax()) if bands else -1
        # A stamp over the text shares its place, not its line.
        merged = [j for j in range(len(truth)) if best >= 0 and shares[j, best] > 0.5 and (truth[j]["zone"] == "stamp") == (line["zone"] == "stamp")]
        zones = {truth[j]["zone"] for j in merged}
        pair = zones in ({"number", "date"}, {"form"}) and len(merged) > 1 and len({truth[j]["row"] for j in merged}) == 1
        if pair and iou(hull([wanted[j] for j in merged]), bands[best]) >= 0.7:
            results.append(best)
        elif best >= 0 and table[i, best] >= 0.7 and len(merged) == 1:
            results.append(best)
        elif best < 0 or shares[i].max() < 0.2:
            results.append("missed")
        elif len(merged) > 1:
            results.append("merged")
        elif (shares[i] > 0.15).sum() > 1:
            results.append("split")
        else:
            results.append(f"cut badly (IoU {table[i, best]:.2f})")
    return results


def main():
    verbose = "-v" in sys.argv
    found = collections.defaultdict(list)
    for text in open(sys.argv[2], encoding="utf-8"):
        line = json.loads(text)
        found[os.path.basename(line["source"])].append(line)
    totals = collections.defaultdict(collections.Counter)
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.json"))):
        page = json.load(open(path, encoding="utf-8"))
        if page["source"] not in found:
            continue
        bands, total = found[page["source"]], totals[page.get("set", "all")]
        results = score(page["lines"], bands)
        total["pages"] += 1
        total["bands"] += len(bands)
        total["spare"] += len(bands) - len({r for r in results if isinstance(r, int)})
        for line, result in zip(page["lines"], results):
            what = "found" if isinstance(result, int) else result.split(" (")[0]
            inside = line["zone"] == "stamp"
            total["stamp lines" if inside else "lines"] += 1
            total[("stamp " if inside else "") + what] += 1
            if verbose and what != "found":
                print(f"{page['source']}: {line['zone']}: {result}: {line['text'][:60]}  {line['box']}")
        running = [r for r in results if isinstance(r, int) and bands[r]["role"] == "text"]
        for a, b in zip(running, running[1:]):
            total["neighbors"] += 1
            total["in order"] += a <= b
    for name, t in totals.items():
        lines = max(t["lines"], 1)
        print(f"{name}: {t['pages']} pages, lines found once {t['found']}/{t['lines']} = {t['found'] / lines:.2%} "
              f"(missed {t['missed']}, merged {t['merged']}, split {t['split']}, cut badly {t['cut badly']}), "
              f"in stamps {t['stamp found']}/{t['stamp lines']}, order {t['in order']}/{t['neighbors']} = {t['in order'] / max(t['neighbors'], 1):.2%}, "
              f"bands that are no line {t['spare']} of {t['bands']}")


if __name__ == "__main__":
    main()
