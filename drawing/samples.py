"""The samples: each file of `letters/` is one scan with one or more letters."""
import hashlib
import json
import tomllib
import zlib
from pathlib import Path

import numpy as np

from . import correspondence, decrees, files, people, truth
from .invent import Inventor
from .scanner import PROFILES, profile, scan

LETTERS = Path(__file__).parent / "letters"
DRAW = {
    "external_letter": correspondence.external_letter,
    "internal_memo": correspondence.internal_memo,
    "stamped_letter": correspondence.stamped_letter,
    "message_form": correspondence.message_form,
    "order": decrees.titled,
    "regulation": decrees.titled,
    "announcement": decrees.titled,
    "certificate": decrees.titled,
    "minutes": decrees.minutes,
    "attachment": decrees.annex,
    "other": decrees.annex,
    "form": decrees.form,
}


def load(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except tomllib.TOMLDecodeError as error:
        raise SystemExit(f"{path}: not a letter: {error}") from error


def draw(bundle, seed, source):
    """Scans, page truths and records of one bundle of letters; the same seed draws the same bytes."""
    rng = np.random.default_rng(seed)
    scans, pages, records = [], [], []
    style = bundle.get("style", {})
    for index, letter in enumerate(bundle["letter"]):
        letter = style | letter
        settings = {"profile": "clean"} | bundle.get("scan", {}) | letter.get("scan", {})
        name = settings.pop("profile")
        sheets = DRAW[letter["kind"]](letter, rng)
        numbers = list(range(len(scans) + 1, len(scans) + len(sheets) + 1))
        for number, sheet in zip(numbers, sheets):
            scans.append(scan(sheet, profile(name, **settings), rng))
            pages.append(truth.page(scans[-1], sheet, source, number, upright=True))
        part_of = letter.get("part_of")
        records.append(truth.record(letter) | {"part_of": part_of, "pages": numbers, "index": index + 1})
    return scans, pages, records


def write(bundle, seed, folder, source):
    scans, pages, records = draw(bundle, seed, source)
    folder.mkdir(parents=True, exist_ok=True)
    data = files.pdf(scans)
    (folder / "scan.pdf").write_bytes(data)
    sha = hashlib.sha256(data).hexdigest()
    for page in pages:
        page["source"] = {"path": source, "sha256": sha, "page_count": len(scans)}
    for record in records:
        index, numbers = record.pop("index"), record.pop("pages")
        record["id"] = f"{sha}-{index}"
        record["source"] = {"path": source, "sha256": sha, "page_count": len(scans), "pages": numbers, "index": index, "count": len(records)}
        record["part_of"] = f"{sha}-{record['part_of']}" if record["part_of"] else None
    _dump(pages, folder / "text.json")
    _dump(records, folder / "records.json", indent=1)
    return len(scans), len(records), len(data)


def _dump(items, path, indent=None):
    """A JSON list, one item per line unless indented."""
    if indent:
        text = json.dumps(items, ensure_ascii=False, indent=indent)
    else:
        text = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"
    path.write_text(text + "\n", encoding="utf8")


def every(out, only=()):
    total = [0, 0, 0]
    for path in sorted(LETTERS.rglob("*.toml")):
        name = path.relative_to(LETTERS).with_suffix("").as_posix()
        if only and not any(word in name for word in only):
            continue
        sizes = write(load(path), zlib.crc32(name.encode()), Path(out) / name, f"{name}/scan.pdf")
        total = [a + b for a, b in zip(total, sizes)]
        print(f"{name}: {sizes[0]} pages, {sizes[1]} records, {sizes[2] // 1024} KiB")
    print(f"{total[0]} pages, {total[1]} records, {total[2] / 1e6:.1f} MB")


# What the inventor says and the form of a kind does not show; kinds without an entry are not taken.
UNSHOWN = {
    "external_letter": (), "internal_memo": ("closing", "owner", "contacts"), "stamped_letter": ("subject", "closing", "signatory", "references"),
    "order": ("to", "references", "attachments", "closing", "urgency"), "announcement": ("to", "references", "attachments", "closing", "urgency"),
    "message_form": ("subject", "closing", "references", "attachments"),
}


def _invented(rng):
    """An invented letter that says no more than its page shows."""
    letter = Inventor(rng).letter(bool(rng.random() < 0.5))
    while letter["kind"] not in UNSHOWN:
        letter = Inventor(rng).letter(bool(rng.random() < 0.5))
    if letter["kind"] != "external_letter":
        letter["sender"].pop("address")
    return {key: value for key, value in letter.items() if key not in UNSHOWN[letter["kind"]]}


def endless(count, seed, out, first=0):
    """Letters first…first+count of an endless series, as samples: by turns a development sample scanned anew and an invented letter, signed by
    people with names like real ones.

    What `out` holds already is left as it is.
    """
    known = sorted(LETTERS.glob("*.toml"))
    for index in range(first, first + count):
        name = f"{index:06d}"
        if (Path(out) / name / "records.json").is_file():
            continue
        rng = np.random.default_rng([seed, 11, index])
        if index % 2:
            bundle = {"letter": [_invented(rng)]}
        else:
            bundle = load(known[index // 2 % len(known)])
            bundle["letter"] = [{key: value for key, value in letter.items() if key != "scan"} for letter in bundle["letter"]]
        bundle["letter"] = [people.renamed(letter, rng) for letter in bundle["letter"]]
        bundle["scan"] = {"profile": sorted(PROFILES)[int(rng.integers(len(PROFILES)))]}
        write(bundle, [seed, 13, index], Path(out) / name, f"{name}/scan.pdf")
