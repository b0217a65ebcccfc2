"""Text flowing down the pages of one letter: paragraphs, page turns with catchwords, the signature block, tables."""
from .fonts import Face
from .marks import handwriting, qr, signature
from .sheet import BLACK, BLUE, RED, Run, Sheet
from .wording import date_words, digits, joined, wrap

LEFT, RIGHT, CENTER = 30.0, 190.0, 105.0
SECRECY = {"confidential": "ลับ", "secret": "ลับมาก", "top_secret": "ลับที่สุด"}
URGENCY = {"urgent": "ด่วน", "very_urgent": "ด่วนมาก", "most_urgent": "ด่วนที่สุด"}


class Flow:
    def __init__(self, letter, rng):
        self.letter, self.rng = letter, rng
        self.thai = letter.get("thai", True)
        self.face = Face(letter.get("family", "sarabun-new"), letter.get("points", 16))
        self.pitch = letter.get("pitch", 6.7)
        self.justify = letter.get("justify", True)
        self.bottom = letter.get("bottom", 268.0)
        self.sheets, self.y = [], 0.0
        self._sheet()

    @property
    def sheet(self):
        return self.sheets[-1]

    def digits(self, text):
        return digits(text, self.thai)

    def _sheet(self):
        self.sheets.append(Sheet())
        level = SECRECY.get(self.letter.get("secrecy"))
        if level:
            self.sheet.text(CENTER, 11, level, self.face.at(24, True), "secrecy", RED, "c")

    def finish(self):
        """The secrecy word stands at the foot of every page too."""
        level = SECRECY.get(self.letter.get("secrecy"))
        for sheet in self.sheets if level else ():
            sheet.text(CENTER, 290, level, self.face.at(24, True), "secrecy", RED, "c")
        return self.sheets

    def turn(self, upcoming=None):
        """A new page; `upcoming`: the pieces that open it, for the catchword."""
        if upcoming and self.letter.get("catchwords", True):
            word = ""
            for piece in upcoming:
                word += piece
                if len(word.strip()) >= 7:
                    break
            self.sheet.text(RIGHT, self.bottom + self.pitch + 1, f"/{word.strip()}...", self.face, "catchword", anchor="r")
        self._sheet()
        dash = self.letter.get("page_number", "-{}-")
        self.sheet.text(CENTER, 20, dash.format(self.digits(len(self.sheets))), self.face, "page-number", anchor="c")
        self.y = 28.0

    def skip(self, share=0.5):
        self.y += self.pitch * share

    def paragraph(self, text, indent=25.0, left=LEFT, right=RIGHT, zone="body", keep=0.0, hang=None):
        """Set a paragraph. `keep`: mm that must fit below it on the same page; `hang`: indent of the lines after the first."""
        hang = 0.0 if hang is None else hang
        width = right - left
        lines = wrap(text, self.face, width - hang, width - indent)
        if keep and self.y + len(lines) * self.pitch + keep > self.bottom:
            self.turn(lines[0])
        for index, pieces in enumerate(lines):
            if self.y + self.pitch > self.bottom:
                self.turn(pieces)
            self.y += self.pitch
            shift = hang if index else indent
            loose = not self.justify or index == len(lines) - 1
            self.sheet.spread(left + shift, self.y, pieces, self.face, None if loose else width - shift, zone)

    def body(self, keep=0.0):
        """All paragraphs, with the table (after paragraph `table.after`) where there is one."""
        paragraphs = paragraphs_of(self.letter)
        table = self.letter.get("table")
        for index, text in enumerate(paragraphs):
            self.paragraph(text, keep=keep if index == len(paragraphs) - 1 else 0.0)
            if self.letter.get("loose"):
                self.skip(0.35)
            if table and table.get("after", 1) == index + 1:
                self.table(table)

    def labelled(self, label, text, left=LEFT, hang=None, right=RIGHT, zone="head"):
        """`เรื่อง  …` with hanging continuation lines."""
        shift = hang if hang is not None else self.face.width(label) + 4
        lines = wrap(text, self.face, right - left - shift)
        for index, pieces in enumerate(lines):
            self.y += self.pitch
            before = [Run(left, self.y, label, self.face)] if index == 0 and label else []
            self.sheet.spread(left + shift, self.y, pieces, self.face, None, zone, before)

    def items(self, label, items, counted):
        """อ้างถึง, สิ่งที่ส่งมาด้วย: numbered when there are two or more; the number of copies inline or in a column at the right."""
        if not items:
            return
        shift = self.face.width(label) + 4
        column = counted and self.letter.get("count_column", True)
        for index, item in enumerate(items):
            mark = self.digits(f"{index + 1}.") if len(items) > 1 else ""
            start = LEFT + shift + (self.face.width("๑๐.") + 1 if mark else 0)
            copies = self.digits(f"จำนวน {item['count']} {item['unit']}") if item.get("count") else ""
            edge = RIGHT - self.face.width("จำนวน ๑๐ แผ่น") - 4 if column else RIGHT
            text = item_text(item, self.thai) + (f" {copies}" if copies and not column else "")
            for row, pieces in enumerate(wrap(text, self.face, edge - start)):
                self.y += self.pitch
                before = [Run(LEFT, self.y, label, self.face)] if index == row == 0 else []
                if mark and row == 0:
                    before.append(Run(LEFT + shift, self.y, mark, self.face))
                pieces = [*pieces[:-1], pieces[-1].rstrip()]
                runs = [*before, Run(start, self.y, "".join(pieces), self.face)]
                if column and copies and row == 0:
                    runs.append(Run(edge + 4, self.y, copies, self.face))
                self.sheet.put(runs, "head")

    def date_runs(self, x, y, style="full", anchor="l", prefix=""):
        """The date, its day handwritten or left blank where the letter says so."""
        iso = self.letter.get("date")
        words = date_words(iso, style, self.thai)
        by_hand = self.letter.get("day_by") == "hand" and self.thai and words[0]
        blank = not words[0]
        space = self.face.width("    ") if blank else 0
        text = " ".join(w for w in words if w) if not by_hand else " ".join(w for w in words[1:] if w)
        mask = handwriting(words[0], float(self.rng.uniform(5, 6.5)), self.rng) if by_hand else None
        total = self.face.width(prefix + text) + space + (mask.width / 11.81 + 3 if mask else 0)
        x -= {"l": 0, "c": total / 2, "r": total}[anchor]
        runs = []
        if prefix:
            runs.append(Run(x, y, prefix, self.face))
            x += self.face.width(prefix) + 1.5 + (4 if blank else 0)
        elif blank:
            x += space
        if mask:
            runs.append(Run(x, y + 0.6, words[0], color=BLUE, mask=mask, ink="hand"))
            x += mask.width / 11.81 + 3
        runs.append(Run(x, y, text, self.face))
        return runs

    def number_runs(self, x, y, label="ที่  "):
        """`ที่ พบ ๐๐๒๓.๔/ว` and the serial: printed, rubber-stamped tall, or handwritten."""
        canonical = self.letter["number"]
        by = self.letter.get("serial_by", "print")
        runs = [Run(x, y, label, self.face)]
        x += self.face.width(label)
        head, slash, serial = canonical.rpartition("/")
        if by == "print" or not serial or (by == "hand" and not self.thai):
            runs.append(Run(x, y, self.digits(canonical), self.face, glue=""))
            return runs
        circular = "ว " if serial.startswith("ว") else ""
        prefix, serial = self.digits(f"{head}/{circular}"), self.digits(serial.removeprefix("ว").strip())
        runs.append(Run(x, y, prefix, self.face, glue=""))
        x += self.face.width(prefix) + 0.8
        if by == "hand":
            mask = handwriting(serial, float(self.rng.uniform(5, 7)), self.rng)
            runs.append(Run(x, y + 0.6, serial, color=BLUE, glue="", mask=mask, ink="hand"))
        else:
            face = Face(self.letter.get("stamp_family", "norasi"), float(self.rng.uniform(26, 34)), True)
            runs.append(Run(x, y + 0.4, serial, face, self.letter_color(), glue="", ink="stamp"))
        return runs

    def letter_color(self):
        return {"black": BLACK, "blue": BLUE, "red": RED}[self.letter.get("serial_color", "black")]

    def urgency(self, x, y, points=32, anchor="l"):
        word = URGENCY.get(self.letter.get("urgency"))
        if word:
            self.sheet.text(x, y, word, self.face.at(points, True), "urgency", RED, anchor)

    def signatory(self, center=128.0, closing=True, gap=22.0):
        sign = self.letter.get("signatory")
        if closing and self.letter.get("closing"):
            self.skip(1)
            self.y += self.pitch
            self.sheet.text(center, self.y, self.letter["closing"], self.face, "closing", anchor="c")
        if not sign:
            return
        over = self.y
        self.y += gap
        if sign.get("rank"):
            self.sheet.text(center - 28, over + gap * 0.55, sign["rank"], self.face, "signatory")
        if self.letter.get("signed", True):
            signature(self.sheet, center, self.y - float(self.rng.uniform(4, 9)), self.rng, BLUE if self.rng.random() < 0.7 else BLACK)
        self.sheet.text(center, self.y, f"({sign['name']})", self.face, "signatory", anchor="c")
        for line in position_lines(sign):
            self.y += self.pitch
            self.sheet.text(center, self.y, line, self.face, "signatory", anchor="c")

    def owner(self, beside=False):
        owner, contacts = self.letter.get("owner"), contact_lines(self.letter)
        lines = [owner[key] for key in ("unit", "section") if owner and owner.get(key)] + contacts
        if not lines:
            return
        if not beside:
            self.y = max(self.y + self.pitch * 1.2, min(self.y + 24, self.bottom - self.pitch * (len(lines) + 1)))
        else:
            self.y -= self.pitch * (len(lines) - 2)
        top = self.y
        for line in lines:
            self.y += self.pitch
            self.sheet.text(LEFT, self.y, line, self.face, "owner")
        if self.letter.get("qr"):
            qr(self.sheet, LEFT + 2, max(30.0, top - 32), 25, self.letter["qr"])

    def table(self, table, left=LEFT):
        """A ruled table; each cell's text in as many lines as it needs. A row does not cross a page."""
        widths, gap = table["widths"], 1.5
        self.skip(0.6)
        for number, row in enumerate([table["header"], *table["rows"]]):
            face = self.face.heavy if number == 0 else self.face
            cells = [wrap(self.digits(cell), face, width - 2 * gap) if cell else [] for cell, width in zip(row, widths)]
            high = max(len(cell) for cell in cells) * self.pitch + 2.2
            if self.y + high > self.bottom:
                self.turn()
            x = left
            for cell, width in zip(cells, widths):
                self.sheet.box(x, self.y, x + width, self.y + high, what="cell")
                self.sheet.rows += 1
                for index, pieces in enumerate(cell):
                    text, y = joined(pieces), self.y + (index + 1) * self.pitch - 0.6
                    middle = number == 0 or len(text) < 6
                    place = x + width / 2 if middle else x + gap
                    self.sheet.text(place, y, text, face, "table", anchor="c" if middle else "l")
                x += width
            self.y += high
        self.skip(0.4)


def paragraphs_of(letter):
    return [" ".join(line.split()) for line in letter.get("body", "").strip().splitlines() if line.strip()]


def position_lines(sign):
    """The lines under the name: own post, the authority phrase, the post signed for."""
    position, acting, principal = sign.get("position", ""), sign.get("acting"), sign.get("acting_for")
    if not acting:
        return [line for line in position.split("|") if line]
    if sign.get("acting_own_line"):
        return [*position.split("|"), acting, principal]
    return [*position.split("|")[:-1], f"{position.split('|')[-1]} {acting}", *([principal] if principal else [])]


def contact_lines(letter):
    thai = letter.get("thai", True)
    return [" ".join(contact_text(contact, thai) for contact in line.split("|")) for line in letter.get("contacts", [])]


def contact_text(contact, thai):
    return contact.strip() if "@" in contact or "www" in contact or "http" in contact else digits(contact.strip(), thai)


def item_text(item, thai):
    """A cited letter or an enclosure as printed, without the number of copies."""
    parts = [item["title"]]
    if item.get("urgency"):
        parts.append(URGENCY[item["urgency"]])
    if item.get("number"):
        parts.append("ที่ " + digits(item["number"], thai))
    if item.get("date"):
        parts.append("ลงวันที่ " + " ".join(w for w in date_words(item["date"], item.get("date_style", "full"), thai) if w))
    return " ".join(parts)
