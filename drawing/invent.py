"""Letters out of a small grammar: endless, nonsensical in matter, right in form. For measuring line finding and for training readers."""
import re
from datetime import date, timedelta

from .wording import MONTHS, SHORT

PROVINCES = {
    "พบ": ("เพชรบุรี", "76000"), "พร": ("แพร่", "54000"), "พช": ("เพชรบูรณ์", "67000"), "นม": ("นครราชสีมา", "30000"), "ชม": ("เชียงใหม่", "50300"),
    "สข": ("สงขลา", "90000"), "ขก": ("ขอนแก่น", "40000"), "อบ": ("อุบลราชธานี", "34000"), "รบ": ("ราชบุรี", "70000"), "กจ": ("กาญจนบุรี", "71000"),
    "ลบ": ("ลพบุรี", "15000"), "ชบ": ("ชลบุรี", "20000"), "รย": ("ระยอง", "21150"), "ตร": ("ตราด", "23000"), "นน": ("น่าน", "55000"), "ลป": ("ลำปาง", "52000"),
}
TOPICS = """การประชุมคณะกรรมการพัฒนาแหล่งน้ำ|โครงการส่งเสริมการอ่านในชุมชน|การสำรวจข้อมูลที่สาธารณประโยชน์|การจัดเก็บภาษีที่ดินและสิ่งปลูกสร้าง|การซ่อมแซมถนนสายหลักในหมู่บ้าน
การฝึกซ้อมแผนป้องกันอัคคีภัย|งานวันผู้สูงอายุ|การอบรมการใช้ระบบสารบรรณอิเล็กทรอนิกส์|การคัดเลือกข้าราชการดีเด่น|การตรวจสอบพัสดุประจำปี|การฉีดวัคซีนป้องกันไข้หวัดใหญ่
การปลูกป่าชายเลน|การแข่งขันกีฬาเยาวชน|การบริหารจัดการขยะมูลฝอย|การเลี้ยงปลาในกระชัง|การรับสมัครนักศึกษาฝึกงาน|การขุดลอกคลองส่งน้ำ|การใช้งานระบบเครือข่ายสื่อสาร
การประกวดสื่อวิดีทัศน์|การติดตั้งระบบไฟฟ้าพลังงานแสงอาทิตย์|การเบิกจ่ายงบประมาณรายจ่ายประจำปี|การเฝ้าระวังโรคระบาดในสัตว์|การจัดทำแผนพัฒนาท้องถิ่น|การแก้ไขปัญหาฝุ่นละอองขนาดเล็ก
การถ่ายทอดความรู้ด้านดิจิทัล|การตรวจราชการแบบบูรณาการ|การคุ้มครองผู้บริโภค|การจำหน่ายผลผลิตทางการเกษตร|การออกหน่วยบริการเคลื่อนที่|การรณรงค์ลดอุบัติเหตุในช่วงเทศกาล""".replace("\n", "|").split("|")
ASKS = "ขอเชิญเข้าร่วม|ขอความอนุเคราะห์ข้อมูล|ขอส่งรายงาน|แจ้งผล|ขออนุมัติ|ขอความเห็นชอบ|ขอรับการสนับสนุน|แนวทางการดำเนินงาน|ขอเลื่อนกำหนด|ซักซ้อมความเข้าใจเกี่ยวกับ|ขอให้เร่งรัด|ขอหารือ".split("|")
POSTS = "นายอำเภอ ทุกอำเภอ|นายกเทศมนตรีตำบลหนองสมมติ|ผู้อำนวยการโรงเรียน ทุกโรงเรียน|หัวหน้าส่วนราชการประจำจังหวัด|เกษตรจังหวัด|อธิบดีกรมตัวอย่าง|คณบดีคณะวิศวกรรมศาสตร์|ผู้บัญชาการหน่วยฝึกสมมติ|นายกองค์การบริหารส่วนตำบล ทุกแห่ง|สาธารณสุขอำเภอ ทุกอำเภอ|ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา".split("|")
# No one is called so; between them all letters and marks.
TITLES = "นาย|นาง|นางสาว|ดร.|ผู้ช่วยศาสตราจารย์ ดร.|ว่าที่ร้อยตรี|พันตำรวจเอก".split("|")
GIVEN = "สมมติ|สมมุติ|ทดลอง|ทดสอบ|ตัวอย่าง|จำลอง|แบบอย่าง|ลองพิมพ์|แบบฝึก|ลองเขียน|ฝึกอ่าน|ขีดเส้น|ซ้อมพิมพ์|เทียบคำ|จัดหน้า|ฉบับร่าง".split("|")
FAMILIES = "ตัวอย่างดี|สมมติวงศ์|อ่านดี|มีสุข|นามสมมุติ|เขียนงาม|ไม่มีจริง|ทดสอบผล|ชื่อปลอม|ณ กระดาษร่าง|พิมพ์ชัดเจน|หมึกดำ|ศูนย์ทดลอง|ฐานข้อมูล|ตรวจปรู๊ฟ|ขอบกระดาษ|วรรณยุกต์|ซีร็อกซ์|ย่อหน้าใหม่|แฟ้มเก่า".split("|")
NAMES = [f"{TITLES[i % len(TITLES)]}{GIVEN[i % len(GIVEN)]} {FAMILIES[7 * i % len(FAMILIES)]}" for i in range(48)]
WHEN = "ในวัน{weekday}ที่ {d} {m} {y}|ภายในวันที่ {d} {m} {y}|ระหว่างวันที่ {d} - {d2} {m} {y}|ตั้งแต่วันที่ {d} {s} {yy} เวลา {h} น.|ในปีงบประมาณ พ.ศ. {y}|ภายในเดือน{m} {y}"
WHERE = "ณ ห้องประชุมชั้น {n}|ณ หอประชุมอำเภอ|ณ ศาลากลางจังหวัด|ในพื้นที่ {n} ตำบล|ณ โรงแรมริมน้ำ|ผ่านระบบ Video Conference|ทางเว็บไซต์ www.example{n}.go.th|ผ่าน QR Code ท้ายหนังสือ"
HOW = "จำนวน {n} คน|เป็นเงิน {b} บาท|จำนวน {n} หมู่บ้าน {n2} ครัวเรือน|ร้อยละ {n}.{n2}|ตามมาตรา {n} แห่งพระราชบัญญัติที่เกี่ยวข้อง|ตามข้อ {n} ({n2})|จำนวน {n},{b3} ราย|รวม {n} โครงการ"
CAUSES = "ด้วย{unit}กำหนดจัด{topic} {when} {where} เพื่อ{aim}|ตามที่{unit}ได้ดำเนิน{topic} {when} นั้น|ตามหนังสือที่อ้างถึง {unit}แจ้งให้ดำเนิน{topic} {how} ให้แล้วเสร็จ{when} ความละเอียดแจ้งแล้ว นั้น|เนื่องด้วย{unit}ได้รับงบประมาณสำหรับ{topic} {how} และจะเริ่มดำเนินการ{when}"
MIDDLES = "ในการนี้ {unit}พิจารณาแล้วเห็นว่า {topic}มีความสำคัญต่อ{aim} จึงขอให้หน่วยงานของท่านแจ้งรายชื่อผู้ประสานงาน {how} ให้ทราบ{when}|เพื่อให้{topic}เป็นไปด้วยความเรียบร้อย จึงขอความร่วมมือจากท่านจัดเตรียมข้อมูล {how} พร้อมเอกสารที่เกี่ยวข้อง {where}|ทั้งนี้ สามารถดาวน์โหลดเอกสารได้{where} หรือสอบถามเพิ่มเติมที่หมายเลขโทรศัพท์ {phone}|อนึ่ง หากหน่วยงานใดมีปัญหาหรืออุปสรรคใน{topic} ขอให้รายงานพร้อมแนวทางแก้ไข {when} เพื่อจะได้รวบรวมเสนอต่อที่ประชุมต่อไป"
ENDS = "จึงเรียนมาเพื่อโปรดทราบ|จึงเรียนมาเพื่อพิจารณาดำเนินการต่อไป|จึงเรียนมาเพื่อโปรดพิจารณา|จึงเรียนมาเพื่อทราบและถือปฏิบัติ|จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ด้วย จะขอบคุณยิ่ง"
AIMS = "ยกระดับคุณภาพชีวิตของประชาชน|เพิ่มประสิทธิภาพการให้บริการ|แลกเปลี่ยนเรียนรู้ระหว่างหน่วยงาน|รักษาทรัพยากรธรรมชาติและสิ่งแวดล้อม|สร้างความเข้าใจที่ถูกต้อง|ให้การปฏิบัติงานเป็นมาตรฐานเดียวกัน".split("|")
PAPERS = "สำเนาหนังสือ{unit}|กำหนดการ|แบบตอบรับ|รายละเอียดโครงการ|บัญชีรายชื่อ|แบบรายงานผล|แผนที่สังเขป|ร่างบันทึกข้อตกลงความร่วมมือ|คู่มือการใช้งานระบบ".split("|")
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์".split()


# What letters are set in: half of them in TH Sarabun New or its older sister.
TYPEFACES = ["sarabun-new"] * 5 + ["sarabun-psk"] * 3 + ["sarabun", "laksaman", "norasi", "garuda", "loma", "kinnari", "waree", "umpush"]


class Inventor:
    def __init__(self, rng):
        self.rng = rng

    def pick(self, things):
        things = things.split("|") if isinstance(things, str) else things
        return things[int(self.rng.integers(len(things)))]

    def chance(self, share):
        return self.rng.random() < share

    def n(self, top, low=1):
        return int(self.rng.integers(low, top + 1))

    def fill(self, text, unit):
        month, year = self.n(12) - 1, self.n(2569, 2540)
        small = {
            "unit": unit, "topic": self.pick(TOPICS), "aim": self.pick(AIMS), "d": self.n(14), "d2": self.n(28, 15), "m": MONTHS[month], "s": SHORT[month], "y": year,
            "yy": year % 100, "h": f"{self.n(16, 8):02d}.{self.pick(['00', '30', '15'])}", "n": self.n(99), "n2": self.n(999), "b": f"{self.n(999)},{self.n(999, 100)}", "b3": self.n(999, 100),
            "weekday": self.pick(WEEKDAYS), "phone": self.phone(),
        }
        for _ in range(2):
            text = text.format_map({"when": self.pick(WHEN), "where": self.pick(WHERE), "how": self.pick(HOW)} | small)
        return text

    def date(self):
        return f"{self.n(2026, 1997)}-{self.n(12):02d}-{self.n(28):02d}"

    def moved(self, day, most):
        """A date up to `most` days from another: later ones for a positive number, earlier ones for a negative one."""
        days = self.n(abs(most)) * (1 if most > 0 else -1)
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()

    def phone(self):
        """A number of a fixed line: those of mobiles have one digit more."""
        return f"0 {self.n(5999, 2000)} {self.n(9999, 1000)}"

    def number(self, code, office):
        return f"{code} {office}/{'ว ' if self.chance(0.35) else ''}{self.n(9999)}"

    def items(self, unit, code, most, day):
        """What a letter of `day` cites or encloses: nothing later than itself."""
        items = []
        for _ in range(self.n(most)):
            item = {"title": self.pick(PAPERS).format(unit=unit)}
            if item["title"].startswith("สำเนา"):
                item |= {"number": self.number(code, f"{self.n(99):04d}.{self.n(9)}"), "date": self.moved(day, -700)}
            if self.chance(0.8):
                item |= {"count": self.n(12), "unit": self.pick(["ชุด", "ฉบับ", "แผ่น", "เล่ม"])}
            items.append(item)
        return items

    def letter(self, worn=False):
        """A letter for `samples.draw`, of any kind that the drawer knows."""
        rng = self.rng
        code = self.pick(sorted(PROVINCES))
        province, postcode = PROVINCES[code]
        office = self.pick([f"{self.n(33):04d}", f"{self.n(33):04d}.{self.n(9)}", f"{self.n(89999, 51001)}"])
        unit = self.pick([f"ศาลากลางจังหวัด{province}", f"สำนักงานเกษตรจังหวัด{province}", f"ที่ว่าการอำเภอเมือง{province}", f"เทศบาลเมือง{province}", f"มหาวิทยาลัยสมมติ{province}"])
        thai = bool(self.chance(0.85))
        family = self.pick(TYPEFACES)
        kind = self.pick(["external_letter"] * 9 + ["internal_memo"] * 5 + ["stamped_letter", "order", "announcement", "message_form", "attachment", "form"])
        day, cites = self.date(), kind in ("external_letter", "internal_memo") and bool(self.chance(0.5))
        causes = [cause for cause in (CAUSES.split("|") if isinstance(CAUSES, str) else CAUSES) if cites or "ที่อ้างถึง" not in cause]
        body = [self.fill(self.pick(causes), unit), *(self.fill(self.pick(MIDDLES), unit) for _ in range(self.n(8 if kind == "external_letter" else 4))), self.pick(ENDS)]
        letter = {
            "kind": kind, "number": self.number(code, office), "date": day, "thai": thai, "family": family,
            "pitch": float(rng.uniform(6.0, 7.4)), "points": float(self.pick([15, 16, 16, 16, 17])), "justify": bool(self.chance(0.6)), "count_column": bool(self.chance(0.6)),
            "serial_by": self.pick(["print", "print", "stamp", "hand"]), "serial_color": self.pick(["black", "blue", "red"]), "stamp_family": self.pick(["norasi", "garuda", "kinnari"]),
            "sender": {"unit": unit, "address": [f"ถนนสมมติ {self.n(9)} {code if self.chance(0.5) else 'จังหวัด' + province} {postcode}"]},
            "subject": self.fill(f"{self.pick(ASKS)}{self.pick(TOPICS)}" + self.pick(["", " {when}", " ประจำปี {y}"]), unit),
            "to": [self.pick(POSTS) for _ in range(self.pick([1, 1, 2]))], "body": "\n".join(body), "closing": "ขอแสดงความนับถือ",
            "signatory": {"name": self.pick(NAMES), "position": self.pick(["หัวหน้าสำนักงาน", "ผู้อำนวยการกอง", "รองผู้ว่าราชการจังหวัด"])},
            "owner": {"unit": f"สำนักงานจังหวัด{province}", "section": "กลุ่มงานอำนวยการ"}, "contacts": [f"โทร. {self.phone()} ต่อ {self.n(999)}"],
        }
        if thai:
            letter = _thai(letter)
        if self.chance(0.3):
            letter["signatory"] |= {"acting": self.pick(["ปฏิบัติราชการแทน", "รักษาราชการแทน"]), "acting_for": f"ผู้ว่าราชการจังหวัด{province}"}
        if cites:
            letter["references"] = self.items(unit, code, 2, day)
            for item in letter["references"]:
                item.pop("count", None)
        if self.chance(0.6):
            letter["attachments"] = self.items(unit, code, 4, day)
        if self.chance(0.25):
            letter["urgency"] = self.pick(["urgent", "very_urgent", "most_urgent"])
        if self.chance(0.08):
            letter["secrecy"] = self.pick(["confidential", "secret", "top_secret"])
        if self.chance(0.4):
            letter["day_by"] = "hand"
        if self.chance(0.2):
            letter["qr"] = f"https://example.go.th/{self.n(99999)}"
        if kind in ("order", "announcement"):
            letter["number"] = f"{self.n(999)}/{self.n(2569, 2540)}"
            letter["serial_by"] = "print"
        if kind == "message_form":
            year, month, of_month = map(int, day.split("-"))
            letter |= {"time_group": f"{of_month:02d}{self.n(23):02d}00 {SHORT[month - 1]} {(year + 543) % 100:02d}", "informed": [self.pick(POSTS)], "writer": {"rank": "พ.ต.", "name": "ตัวอย่าง เขียนข่าว", "position": "หน.ฝ่ายสมมติ"}, "serial_by": "print"}
            letter["signatory"] = {"rank": "พ.อ.", "name": "สมมติ อนุมัติดี", "position": "ผอ.กองตัวอย่าง"}
        if kind == "attachment":
            letter |= {"corner": f"สิ่งที่ส่งมาด้วย {self.n(4)}", "title": letter["subject"], "body": "" if self.chance(0.6) else letter["body"]}
        if kind == "attachment" or (kind == "external_letter" and self.chance(0.15)):
            letter["table"] = {"after": 1, "widths": [14, 66, 40, 40], "header": ["ที่", "รายการ", "จำนวน", "หมายเหตุ"],
                               "rows": [[f"{i + 1}", self.pick(TOPICS), f"{self.n(9999)}", self.pick(["", self.pick(AIMS)])] for i in range(self.n(9, 3))]}
        if kind == "form":
            letter |= {"title": "แบบรายงานผล|" + self.pick(TOPICS), "entries": ["ชื่อหน่วยงาน __", "อำเภอ __ จังหวัด __", "[] เข้าร่วม [] ไม่เข้าร่วม", "ชื่อ - สกุล __ ตำแหน่ง __", "โทรศัพท์ __ โทรสาร __", "ลงชื่อ __ ผู้รายงาน"]}
        if worn and kind in ("external_letter", "internal_memo", "stamped_letter"):
            letter["receipts"] = [self.receipt(province, place, day) for place in range(self.pick([0, 1, 1, 2]))]
        return letter

    def receipt(self, province, place, day):
        """A stamp of the weeks after the letter's `day`: the first at the top right or over the address, the second lower."""
        at = [float(self.rng.uniform(120, 152)), float(self.rng.uniform(4, 36)) + place * float(self.rng.uniform(32, 60))]
        return {"office": self.pick(["เทศบาลตำบลสมมติ", "องค์การบริหารส่วนตำบลตัวอย่าง", f"จังหวัด{province}", "โรงเรียนทดสอบวิทยา"]), "number": str(self.n(9999)), "date": self.moved(day, 45),
                "time": f"{self.n(16, 8):02d}:{self.n(59):02d}" if self.chance(0.8) else None, "label": self.pick(["เลขรับ", "เลขที่รับ", "เลขรับที่", "รับที่", "เลขทะเบียนรับ", "none"]),
                "color": self.pick(["blue", "violet", "red", "black"]), "by": self.pick(["hand", "type"]), "angle": float(self.rng.uniform(-6, 6)), "at": at,
                "date_style": self.pick(["short", "stamp", "slash"]), "dots": bool(self.chance(0.7))}


def _thai(letter):
    """Digits of the running text as Thai ones; addresses of the web keep theirs."""
    turn = lambda text: re.sub(r"(?<![\w.])\d[\d.,:]*(?![\w])", lambda m: m[0].translate({48 + i: chr(0xE50 + i) for i in range(10)}), text)
    return letter | {"body": turn(letter["body"]), "subject": turn(letter["subject"])}
