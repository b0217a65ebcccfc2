"""What is true of a letter: its record, as far as the paper says it; and of a page: its lines."""
import re

import numpy as np

from .flow import contact_text, paragraphs_of
from .sheet import corners
from .wording import date_record, digits, number_record

POSTCODE = re.compile(r"(\d{5})$")
DATE_STYLES = {"order": "era", "regulation": "era", "announcement": "era", "certificate": "era"}


KINDS = {"emblem": "emblem", "stamp": "stamp", "seal": "picture", "signature": "signature", "qr": "qr_code"}


def page(scan, sheet, source, number, upright=False):
    """The page in the form of pages.ndjson, with zone, row, quad and inks of each line besides.

    Boxes are in pixels of the scan; `upright`: of the scan turned level about its middle.
    """
    cells, roles = _cells(sheet), {}
    stamps = [item for item in sheet.furniture if item.what == "stamp"]
    for line in sheet.lines:
        middle = line.quad.mean(axis=0)
        if line.zone == "stamp":
            roles[id(line)] = {"stamp": next(i for i, item in enumerate(stamps) if _inside(middle, item.quad))}
        else:
            roles |= {id(line): {"cell": place} for quad, place in cells if _inside(middle, quad)}
    lines = []
    for line in _in_order(sheet.lines, roles):
        box, quad = scan.box(line.quad, upright)
        lines.append({"text": line.text, "box": box, "confidence": 1.0} | ({"role": roles[id(line)]} if id(line) in roles else {})
                     | {"quad": quad, "zone": line.zone, "row": line.row} | ({"inks": list(line.inks)} if line.inks else {}))
    furniture = []
    tables = [("table", np.concatenate([quad for quad, place in cells if place["table"] == index])) for index in sorted({place["table"] for _, place in cells})]
    for kind, quad in [(KINDS[item.what], item.quad) for item in sheet.furniture if item.what in KINDS] + tables:
        low, high = quad.min(axis=0), quad.max(axis=0)
        box, quad = scan.box(corners(*low, *high) if kind == "table" else quad, upright)
        furniture.append({"kind": kind, "box": box, "quad": quad})
    high, wide = scan.pixels.shape[:2]
    return {"source": source, "page": number, "width": wide, "height": high, "dpi": scan.dpi, "rotation": 0, "skew": round(scan.skew, 3),
            "lines": lines, "furniture": furniture, "engine": "embedded", "milliseconds": 0}


def _inside(point, quad):
    low, high = quad.min(axis=0), quad.max(axis=0)
    return bool((low <= point).all() and (point <= high).all())


def _cells(sheet):
    """Each ruled cell with its table, row and column: cells that touch are one table, rows and columns count its distinct edges."""
    quads = [item.quad for item in sheet.furniture if item.what == "cell"]
    tables = []
    for quad in quads:
        low, high = quad.min(axis=0) - 3, quad.max(axis=0) + 3
        touching = [table for table in tables if any((low <= other.max(axis=0)).all() and (other.min(axis=0) <= high).all() for other in table)]
        tables = [table for table in tables if table not in touching] + [[quad, *(other for table in touching for other in table)]]
    tables.sort(key=lambda table: min(quad[0][1] for quad in table))
    found = []
    for index, table in enumerate(tables):
        tops, lefts = ([sorted({round(quad[0][axis]) for quad in table}) for axis in (1, 0)])
        found += [(quad, {"table": index, "row": tops.index(round(quad[0][1])), "column": lefts.index(round(quad[0][0]))}) for quad in table]
    return found


def _in_order(lines, roles):
    """Cells are read row by row, each to its end; a table stands where its first line stands."""
    order, places = {}, {}
    for index, line in enumerate(lines):
        cell = roles.get(id(line), {}).get("cell")
        start = places.setdefault(cell["table"], index) if cell else index
        order[id(line)] = (start, cell["row"], cell["column"], line.quad[0][1], index) if cell else (start, -1, -1, 0, index)
    return sorted(lines, key=lambda line: order[id(line)])


def _item(item, thai):
    return {"title": item["title"], "urgency": item.get("urgency"), "number": number_record(item.get("number"), thai),
            "date": date_record(item["date"], item.get("date_style", "full"), thai) if item.get("date") else None}


def _enclosures(items, thai):
    """A single enclosure has no ordinal: none is printed."""
    copies = lambda item: {"count": item["count"], "unit": item["unit"]} if item.get("count") else None
    return [{"ordinal": index + 1 if len(items) > 1 else None} | _item(item, thai) | {"copies": copies(item)} for index, item in enumerate(items)]


def contact(printed):
    arabic = printed.translate({0xE50 + i: str(i) for i in range(10)})
    value, extension = arabic, None
    if "@" in printed:
        kind, value = "email", re.search(r"[\w.+-]+@[\w.-]+", arabic)[0]
    elif "www" in printed or "http" in printed:
        kind, value = "web", arabic.split()[-1]
    elif printed.startswith("ผู้ประสานงาน"):
        kind, value = "person", printed.removeprefix("ผู้ประสานงาน").strip()
    else:
        kind = "fax" if printed.startswith("โทรสาร") else "phone"
        value, _, extension = arabic.partition("ต่อ")
        # The last digits of a range of lines ("9012-3") are not part of the number.
        value = re.sub(r"\D", "", re.sub(r"(?<=\d{4})\s*-\s*\d{1,2}\s*$", "", value))
        extension = re.sub(r"\s", "", extension) or None
    return {"type": kind, "value": value, "extension": extension, "printed": printed}


def record(letter):
    """The record of one letter, without `id`, `source`, `evidence`, `issues`."""
    thai, kind = letter.get("thai", True), letter["kind"]
    annex = kind in ("attachment", "form", "other")
    sender = letter.get("sender")
    if sender:
        address = digits(" ".join(sender.get("address", [])), thai) or None
        postcode = POSTCODE.search((address or "").translate({0xE50 + i: str(i) for i in range(10)}))
        sender = {"unit": digits(sender["unit"].replace("|", " "), thai), "address": address, "postcode": postcode[1] if postcode else None}
    sign = letter.get("signatory")
    if kind == "minutes":
        name, _, position = letter["signers"][0].partition("|")
        sign = {"name": name, "position": position}
    if sign:
        name = f"{sign['rank']} {sign['name']}" if sign.get("rank") else sign["name"]
        sign = {"name": name, "position": sign.get("position", "").replace("|", " ") or None, "acting": sign.get("acting"), "acting_for": sign.get("acting_for")}
    owner = {"unit": sender["unit"]} if kind == "message_form" else letter.get("owner")
    contacts = [part for line in letter.get("contacts", []) for part in line.split("|")]
    if letter.get("memo_contacts"):
        # On memo paper the office in charge and its telephone stand in brackets after ส่วนราชการ.
        unit, _, number = letter["memo_contacts"].partition("โทร")
        owner = {"unit": digits(unit.strip(), thai)} if unit.strip() else None
        contacts = [f"โทร{number}"] if number else []
    style = letter.get("date_style") or DATE_STYLES.get(kind, "full")
    body = [] if annex else letter["agenda"] if kind == "minutes" else paragraphs_of(letter)
    date = date_record(letter["date"], style, thai) if letter.get("date") else None
    if date and kind == "message_form":
        date["printed"] = digits(letter["time_group"], thai)
    number = number_record(letter.get("number"), thai)
    if number and not number["code"] and not number["serial"]:
        # An order's number is its serial and the year: where the serial is left blank there is none.
        number = None
    return {
        "schema": "saraban.record/1",
        "kind": kind,
        "urgency": letter.get("urgency"),
        "secrecy": letter.get("secrecy"),
        "number": number,
        "date": date,
        "sender": sender,
        "subject": digits(letter["subject"], thai) if kind in ("minutes",) else letter.get("subject"),
        "salutation": letter.get("salutation", {"external_letter": "เรียน", "internal_memo": "เรียน", "stamped_letter": "ถึง"}.get(kind)),
        "recipients": letter.get("to", []),
        "references": [_item(item, thai) for item in letter.get("references", [])],
        "attachments": _enclosures(letter.get("attachments", []), thai),
        "body": body,
        "closing": letter.get("closing"),
        "signatory": sign,
        "owner": {"unit": owner.get("unit"), "section": owner.get("section")} if owner else None,
        "contacts": [contact(contact_text(part, thai)) for part in contacts],
        "receipts": [{"office": r["office"], "number": r["number"], "date": date_record(r["date"], r.get("date_style", "short"), r.get("thai", True)), "time": r.get("time")}
                     for r in letter.get("receipts", [])],
    }
