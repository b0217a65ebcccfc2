"""Letters between offices: external letters, memos, stamped letters, message forms."""
from .flow import CENTER, LEFT, RIGHT, SECRECY, Flow
from .marks import emblem, office_seal, receiving_stamp, round_seal, signature
from .sheet import Run
from .wording import joined, wrap


def _crest(flow, width=28.0, left=None, top=None):
    """The ครุฑ, or the seal of a university or school."""
    seal = flow.letter.get("seal")
    mask = round_seal(width, seal, len(seal)) if seal else emblem(width)
    left = CENTER - width / 2 if left is None else left
    flow.sheet.paste(mask, left, 48 - mask.height * 25.4 / 300 if top is None else top, "emblem")


def _receipts(letter, sheet, rng):
    for index, receipt in enumerate(letter.get("receipts", [])):
        tile = receiving_stamp(receipt, rng)
        x, y = receipt.get("at", [205 - tile.width, 6 + 30 * index])
        sheet.press(tile, x, y, receipt.get("angle", float(rng.uniform(-3, 3))))


def _header(flow):
    """ที่ at the left, the sender at the right on the same baseline, the address below."""
    letter, sheet = flow.letter, flow.sheet
    baseline = 50.0
    flow.urgency(LEFT, baseline - 9)
    sheet.put(flow.number_runs(LEFT, baseline), "number")
    lines = letter["sender"]["unit"].split("|") + letter["sender"].get("address", [])
    lines = [flow.digits(line) for line in lines]
    x = min(126.0, RIGHT + 8 - max(flow.face.width(line) for line in lines))
    for index, line in enumerate(lines):
        sheet.text(x, baseline + index * flow.pitch, line, flow.face, "sender", new_row=index > 0)
    flow.y = baseline + (len(lines) - 1) * flow.pitch


def _recipients(flow, word, zone="head"):
    to = flow.letter["to"]
    if flow.letter.get("to_lines"):
        for index, name in enumerate(to):
            flow.labelled(word if index == 0 else "", name, hang=flow.face.width(word) + 4, zone=zone)
    else:
        text = to[0] if len(to) == 1 else " ".join(to[:-1]) + " และ" + to[-1]
        flow.labelled(word, text, zone=zone)


def external_letter(letter, rng):
    flow = Flow(letter, rng)
    _crest(flow)
    _header(flow)
    if letter.get("date"):
        flow.y += flow.pitch * 1.5
        flow.sheet.put(flow.date_runs(CENTER, flow.y), "date")
    flow.skip(0.5)
    flow.labelled("เรื่อง" if letter.get("thai_labels", True) else "Subject:", letter["subject"])
    flow.skip(0.4)
    _recipients(flow, letter.get("salutation", "เรียน"))
    if letter.get("references"):
        flow.skip(0.4)
        flow.items("อ้างถึง", letter["references"], counted=False)
    if letter.get("attachments"):
        flow.skip(0.4)
        flow.items("สิ่งที่ส่งมาด้วย", letter["attachments"], counted=True)
    flow.skip(0.5)
    flow.body(keep=42 + (letter.get("owner") is not None) * 8)
    flow.signatory()
    flow.owner(beside=letter.get("owner_beside", False))
    _receipts(letter, flow.sheets[0], rng)
    return flow.finish()


def internal_memo(letter, rng):
    flow = Flow(letter, rng)
    flow.sheet.paste(emblem(14.5), LEFT, 16, "emblem")
    flow.urgency(LEFT + 18, 29, 28)
    title = flow.face.at(28, True)
    flow.sheet.text(CENTER, 29, "บันทึกข้อความ", title, "title", anchor="c")
    label = flow.face.at(20, True)
    y, step = 39.0, 8.2
    unit = letter["sender"]["unit"].replace("|", " ")
    if letter.get("memo_contacts"):
        unit += f" ({letter['memo_contacts']})"
    dots = letter.get("leaders", True)

    def row(y, word, runs_of, left, right, zone, new_row=True):
        x = left + label.width(word) + 2
        runs = [Run(left, y, word, label), *runs_of(x + 1)]
        flow.sheet.put(runs, zone, new_row=new_row)
        if dots:
            flow.sheet.leader(x, right, y + 0.9)

    row(y, "ส่วนราชการ", lambda x: [Run(x, y, flow.digits(unit), flow.face)], LEFT, RIGHT, "sender")
    y += step
    row(y, "ที่", lambda x: flow.number_runs(x, y, label="")[1:], LEFT, CENTER - 2, "number")
    row(y, "วันที่", lambda x: flow.date_runs(x + 4, y, letter.get("date_style", "full")), CENTER, RIGHT, "date", new_row=False)
    shift = label.width("เรื่อง") + 3
    for index, pieces in enumerate(wrap(letter["subject"], flow.face, RIGHT - LEFT - shift)):
        y += step
        before = [Run(LEFT, y, "เรื่อง", label)] if index == 0 else []
        flow.sheet.spread(LEFT + shift, y, pieces, flow.face, None, "head", before)
        if dots:
            flow.sheet.leader(LEFT + shift - 1, RIGHT, y + 0.9)
    flow.y = y + 2.5
    _recipients(flow, letter.get("salutation", "เรียน"))
    for word, key in (("อ้างถึง", "references"), ("สิ่งที่ส่งมาด้วย", "attachments")):
        if letter.get(key):
            flow.skip(0.4)
            flow.items(word, letter[key], counted=key == "attachments")
    flow.skip(0.5)
    flow.body(keep=32)
    flow.signatory(closing=False)
    _receipts(letter, flow.sheets[0], rng)
    return flow.finish()


def stamped_letter(letter, rng):
    """หนังสือประทับตรา: ถึง, no เรื่อง; the seal over the sender's name at the bottom right, the date below."""
    flow = Flow(letter, rng)
    _crest(flow)
    flow.urgency(LEFT, 41)
    flow.sheet.put(flow.number_runs(LEFT, 51), "number")
    flow.y = 53
    _recipients(flow, "ถึง")
    if letter.get("attachments"):
        flow.skip(0.4)
        flow.items("สิ่งที่ส่งมาด้วย", letter["attachments"], counted=True)
    flow.skip(0.6)
    flow.body(keep=55)
    flow.y += 20
    for line in letter["sender"]["unit"].split("|"):
        flow.sheet.text(140, flow.y, line, flow.face, "sender", anchor="c")
        flow.y += flow.pitch
    flow.sheet.put(flow.date_runs(140, flow.y, anchor="c"), "date")
    flow.sheet.press(office_seal(letter.get("seal_words", letter["sender"]["unit"].split("|")[0][:22]), rng), 118, flow.y - 34, float(rng.uniform(-12, 12)), "seal")
    signature(flow.sheet, 150, flow.y - 14, rng, width=12)
    flow.owner()
    _receipts(letter, flow.sheets[0], rng)
    return flow.finish()


def message_form(letter, rng):
    """กระดาษเขียนข่าว: a boxed head, numbered text, a boxed foot."""
    flow = Flow(letter, rng)
    sheet, face, bold = flow.sheet, flow.face, flow.face.heavy
    sheet.text(CENTER, 20, letter.get("form_title", "กระดาษเขียนข่าวร่วม (ทท.)"), face.at(20, True), "title", anchor="c")
    edges, top = (25.0, 62.0, 97.0, 140.0, 190.0), 24.0

    def cell(left, y, right, bottom):
        sheet.box(left, y, right, bottom, what="cell")

    for i, word in enumerate(("ลำดับความเร่งด่วน", "ชั้นความลับ", "หมู่ - วัน - เวลา")):
        cell(edges[i], top, edges[i + 1], top + 22)
        sheet.text((edges[i] + edges[i + 1]) / 2, top + 6, word, bold, "form-label", anchor="c", new_row=i == 0)
    cell(edges[3], top, edges[4], top + 8)
    sheet.text(edges[3] + 2, top + 6, flow.digits("หน้าที่ 1 ของ 1 หน้า"), face, "form", new_row=False)
    cell(edges[3], top + 8, edges[4], top + 22)
    sheet.text(edges[3] + 2, top + 14, "ที่ของผู้ให้ข่าว", face, "form-label")
    if letter.get("urgency"):
        flow.urgency((edges[0] + edges[1]) / 2, top + 17, 26, "c")
    if letter.get("secrecy"):
        sheet.text((edges[1] + edges[2]) / 2, top + 16, SECRECY[letter["secrecy"]], face.at(24, True), "secrecy", (205, 32, 44), "c")
    sheet.text((edges[2] + edges[3]) / 2, top + 17, flow.digits(letter["time_group"]), face, "date", anchor="c")
    sheet.put(flow.number_runs(edges[3] + 2, top + 20, label="ที่ "), "number", new_row=False)
    y = top + 22
    rows = [("จาก", flow.digits(letter["sender"]["unit"]), "sender"), ("ถึง  ผู้รับปฏิบัติ", " ".join(f"{unit}," for unit in letter["to"]).rstrip(","), "recipients"),
            ("ผู้รับทราบ", ", ".join(letter.get("informed", [])) or "-", "informed")]
    for word, text, zone in rows:
        lines = wrap(text, face, edges[4] - edges[1] - 4)
        high = len(lines) * flow.pitch + 2.5
        cell(edges[0], y, edges[1], y + high)
        cell(edges[1], y, edges[4], y + high)
        sheet.text(edges[0] + 2, y + flow.pitch, word, bold, "form-label")
        for i, pieces in enumerate(lines):
            sheet.spread(edges[1] + 2, y + (i + 1) * flow.pitch, pieces, face, None, zone)
            if i == 0:
                sheet.lines[-1].row = sheet.lines[-2].row
        y += high
    flow.y = y + 4
    flow.body()
    y = max(flow.y + 8, 210.0)
    feet = (25.0, 62.0, 97.0, 144.0, 190.0)
    sign, writer = letter["signatory"], letter["writer"]
    for i, word in enumerate(("QR Code", "หน่วย", "ผู้เขียนข่าว", "นายทหารอนุมัติข่าว")):
        cell(feet[i], y, feet[i + 1], y + 8)
        cell(feet[i], y + 8, feet[i + 1], y + 44)
        sheet.text((feet[i] + feet[i + 1]) / 2, y + 6, word, bold, "form-label", anchor="c", new_row=i == 0)
    below = y + 8
    for text in [letter["sender"]["unit"], *letter.get("contacts", [])]:
        for pieces in wrap(flow.digits(text), face, 33):
            below += flow.pitch
            sheet.text(79.5, below, joined(pieces), face, "owner", anchor="c")
        below += 2
    for x, who in ((120.5, writer), (167, sign)):
        sheet.text(x - 20, y + 16, who["rank"], face, "signatory")
        signature(sheet, x + 3, y + 16, rng, width=20)
        sheet.text(x, y + 27, f"({who['name']})", face, "signatory", anchor="c")
        posts = [who.get("position", "")] if not who.get("acting") else [f"{who['position']} {who['acting']}", who["acting_for"]]
        for i, post in enumerate(posts):
            sheet.text(x, y + 33.5 + i * 6.2, post, face.at(14), "signatory", anchor="c")
    return flow.finish()


