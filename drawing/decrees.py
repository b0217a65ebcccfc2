"""Documents an office issues: orders, regulations, announcements, certificates, minutes; and the annexes and forms that travel with letters."""
from .correspondence import _crest, _receipts
from .flow import CENTER, LEFT, RIGHT, Flow
from .marks import qr
from .sheet import RED
from .wording import date_text, joined, wrap

PROMULGATION = {"order": "สั่ง ณ วันที่", "regulation": "ประกาศ ณ วันที่", "announcement": "ประกาศ ณ วันที่", "certificate": "ให้ไว้ ณ วันที่"}
TITLE = {"order": "คำสั่ง", "regulation": "ระเบียบ", "announcement": "ประกาศ"}


def titled(letter, rng):
    """คำสั่ง, ระเบียบ, ประกาศ, หนังสือรับรอง: crest, centred title lines, text, date phrase, signature."""
    kind = letter["kind"]
    flow = Flow(letter, rng)
    _crest(flow)
    flow.y = 52.0

    def centred(text, face=None, zone="title"):
        for pieces in wrap(text, face or flow.face.heavy, 150):
            flow.y += flow.pitch + 0.6
            flow.sheet.text(CENTER, flow.y, joined(pieces), face or flow.face.heavy, zone, anchor="c")

    if kind == "certificate":
        flow.sheet.text(LEFT, 50, "เลขที่  " + flow.digits(letter["number"]), flow.face, "number")
        lines = letter["sender"]["unit"].split("|") + letter["sender"].get("address", [])
        x = min(126.0, RIGHT - max(flow.face.width(line) for line in lines))
        for index, line in enumerate(lines):
            flow.sheet.text(x, 50 + index * flow.pitch, flow.digits(line), flow.face, "sender", new_row=index > 0)
        flow.y = 50 + len(lines) * flow.pitch
        flow.skip(1)
    else:
        centred(letter.get("title_word", TITLE[kind]) + letter["sender"]["unit"].replace("|", " "))
        if kind == "order":
            centred("ที่ " + flow.digits(letter["number"]), zone="number")
            centred("เรื่อง " + letter["subject"], zone="head")
        elif kind == "announcement":
            if letter.get("number"):
                centred("ฉบับที่ " + flow.digits(letter["number"]), zone="number")
            centred("เรื่อง " + letter["subject"], zone="head")
        else:
            centred(letter["subject"], zone="head")
            if letter.get("edition"):
                centred(flow.digits(letter["edition"]))
            centred(flow.digits(f"พ.ศ. {letter['year']}"))
        flow.y += 3
        flow.sheet.rule(CENTER - 22, flow.y, CENTER + 22, flow.y)
        flow.y += 2
    flow.body(keep=46)
    flow.skip(0.8)
    flow.y += flow.pitch
    flow.sheet.put(flow.date_runs(55, flow.y, "era", prefix=PROMULGATION[kind]), "date")
    flow.signatory(closing=False)
    flow.owner() if letter.get("contacts") else None
    _receipts(letter, flow.sheets[0], rng)
    return flow.finish()


def minutes(letter, rng):
    flow = Flow(letter, rng)
    flow.y = 18.0
    head = [letter["subject"], f"ครั้งที่ {letter['number']}", "เมื่อวันที่ " + date_text(letter["date"], "full", False), letter["place"]]
    for index, text in enumerate(head):
        for pieces in wrap(flow.digits(text), flow.face.heavy, 150):
            flow.y += flow.pitch + 0.4
            flow.sheet.text(CENTER, flow.y, joined(pieces), flow.face.heavy, ("head", "number", "date", "title")[index], anchor="c")
    flow.y += 2
    flow.sheet.rule(CENTER - 18, flow.y, CENTER + 18, flow.y)
    for heading, people in letter["people"].items():
        flow.skip(0.4)
        flow.y += flow.pitch
        flow.sheet.text(LEFT, flow.y, heading, flow.face.heavy, "body")
        for index, entry in enumerate(people):
            name, _, role = entry.partition("|")
            flow.y += flow.pitch
            flow.sheet.text(LEFT + 4, flow.y, flow.digits(f"{index + 1}. {name.strip()}"), flow.face, "body")
            if role:
                flow.sheet.text(130, flow.y, role.strip(), flow.face, "body", new_row=False)
    for line in letter["agenda"]:
        flow.skip(0.3)
        if line.startswith("ระเบียบวาระ") or line.startswith("เริ่มประชุม") or line.startswith("เลิกประชุม"):
            if flow.y + 3 * flow.pitch > flow.bottom:
                flow.turn()
            face, flow.face = flow.face, flow.face.heavy
            flow.paragraph(flow.digits(line), indent=0)
            flow.face = face
        else:
            flow.paragraph(line)
    if flow.y + 40 > flow.bottom:
        flow.turn()
    for who in letter["signers"]:
        name, _, role = who.partition("|")
        flow.y += 14
        flow.sheet.text(145, flow.y, f"({name.strip()})", flow.face, "signatory", anchor="c")
        flow.y += flow.pitch
        flow.sheet.text(145, flow.y, role.strip(), flow.face, "signatory", anchor="c")
    return flow.finish()


def annex(letter, rng):
    """สิ่งที่ส่งมาด้วย: a title, paragraphs, a table, a code to scan."""
    flow = Flow(letter, rng)
    flow.y = 20.0
    if letter.get("corner"):
        flow.sheet.text(RIGHT, flow.y, flow.digits(letter["corner"]), flow.face, "title", anchor="r")
        flow.y += 4
    for text in letter.get("title", "").split("|"):
        for pieces in wrap(flow.digits(text), flow.face.heavy, 155):
            flow.y += flow.pitch + 0.4
            flow.sheet.text(CENTER, flow.y, joined(pieces), flow.face.heavy, "title", anchor="c")
    flow.y += 3
    flow.body()
    if letter.get("table") and not letter.get("body"):
        flow.table(letter["table"])
    if letter.get("qr"):
        qr(flow.sheet, CENTER - 17, flow.y + 8, 34, letter["qr"])
    return flow.finish()


def form(letter, rng):
    """A blank form: labels with dotted leaders, boxes to tick."""
    flow = Flow(letter, rng)
    flow.y = 22.0
    for text in letter["title"].split("|"):
        flow.y += flow.pitch + 1
        flow.sheet.text(CENTER, flow.y, flow.digits(text), flow.face.at(18, True), "title", anchor="c")
    flow.y += 4
    for entry in letter["entries"]:
        flow.y += flow.pitch * 1.25
        x, first = LEFT, True
        if entry.startswith("[]"):
            for choice in entry.split("[]")[1:]:
                flow.sheet.box(x, flow.y - 3.6, x + 3.6, flow.y, what="box")
                flow.sheet.text(x + 5.5, flow.y, choice.strip(), flow.face, "form", new_row=first)
                x, first = x + 14 + flow.face.width(choice.strip()), False
            continue
        labels = [label.strip() for label in entry.split("__")]
        room = (RIGHT - LEFT - sum(flow.face.width(label) + 2 for label in labels if label)) / max(1, entry.count("__"))
        for index, label in enumerate(labels):
            if label:
                flow.sheet.text(x, flow.y, label, flow.face, "form", new_row=first)
                x, first = x + flow.face.width(label) + 2, False
            if index < len(labels) - 1:
                flow.sheet.leader(x, x + room - 1, flow.y + 0.7)
                x += room
    if letter.get("note"):
        flow.skip(2)
        flow.y += flow.pitch
        flow.sheet.text(LEFT, flow.y, letter["note"], flow.face.at(14), "form", RED if letter.get("red_note") else (22, 22, 24))
    return flow.finish()
