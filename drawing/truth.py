"""What is true of a letter: its record, as far as the paper says it; and of a page: its lines."""
import re

from .flow import contact_text, paragraphs_of
from .wording import date_record, digits, number_record

POSTCODE = re.compile(r"(\d{5})$")
DATE_STYLES = {"order": "era", "regulation": "era", "announcement": "era", "certificate": "era"}


def page(scan, sheet, source, number):
    """The page in the form of pages.ndjson, with zone, block, row, quad and inks of each line besides."""
    lines = []
    for line in sheet.lines:
        box, quad = scan.box(line.quad)
        lines.append({"text": line.text, "box": box, "confidence": 1.0, "quad": quad, "zone": line.zone, "block": line.block, "row": line.row}
                     | ({"inks": list(line.inks)} if line.inks else {}))
    furniture = []
    for item in sheet.furniture:
        box, quad = scan.box(item.quad)
        furniture.append({"what": item.what, "box": box, "quad": quad})
    high, wide = scan.pixels.shape[:2]
    return {"source": source, "page": number, "width": wide, "height": high, "dpi": scan.dpi, "rotation": 0, "skew": round(scan.skew, 3),
            "lines": lines, "furniture": furniture, "engine": "truth", "milliseconds": 0}


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
        value, extension = re.sub(r"\D", "", value), re.sub(r"\D", "", extension) or None
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
    if sign:
        name = f"{sign['rank']} {sign['name']}" if sign.get("rank") else sign["name"]
        sign = {"name": name, "position": sign.get("position", "").replace("|", " ") or None, "acting": sign.get("acting"), "acting_for": sign.get("acting_for")}
    owner = letter.get("owner")
    style = letter.get("date_style") or DATE_STYLES.get(kind, "full")
    body = [] if annex else letter["agenda"] if kind == "minutes" else paragraphs_of(letter)
    date = date_record(letter["date"], style, thai) if letter.get("date") else None
    if date and kind == "message_form":
        date["printed"] = digits(letter["time_group"], thai)
    return {
        "schema": "saraban.record/1",
        "kind": kind,
        "urgency": letter.get("urgency"),
        "secrecy": letter.get("secrecy"),
        "number": number_record(letter.get("number"), thai),
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
        "contacts": [contact(contact_text(part, thai)) for line in letter.get("contacts", []) for part in line.split("|")],
        "receipts": [{"office": r["office"], "number": r["number"], "date": date_record(r["date"], r.get("date_style", "short"), r.get("thai", True)), "time": r.get("time")}
                     for r in letter.get("receipts", [])],
    }
