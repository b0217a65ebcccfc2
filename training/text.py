"""The grammar of Thai official letters: what a line may say.

`Writer(rng).line()` gives a list of pieces `(manner, text)`; manner says how the text gets on the paper:
`plain`, `bold` (labels), `stamp` (rubber-stamped serial), `hand` (handwritten digits), `loud` (large urgency words),
`dater` (a date stamp's condensed letters), `signed` (often with a pen across), `raised` (36th's small th), `leader` (dots to write on), `gap` (white), `scribble` (a signature). The text of the
last three is their width in spaces and is never read.
Sources of the formulas: the Prime Minister's Office regulation on correspondence and the forms printed with it.
"""

import random
import re
from bisect import bisect

from . import words

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()
CONSONANTS = "กขคงจฉชซญฐณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
ALL_CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
UNITS = """บก.ทท. ทบ. ทร. ทอ. ตร. สป. กห. กพ. ขว. ยก. กบ. กร. สส. สปช. กง. กรม กอง สน. บก. ผบ. รอง ผบ. เสธ. รอง เสธ. ผช. ผอ. รอง ผอ. หน. หก. ฝอ. ฝกพ. ผกก.
นร. นนร. นตท. ทหาร แผนก ฝ่าย ศฝ. ศบ. รร. สนง. สพป. สพม. อบต. อบจ. เทศบาล กทม. สสจ. รพ. รพช. รพ.สต. สธ. มท. ศธ. กค. นร. คค. พณ. ยธ. อก. จทบ. มทบ. พล. ร. ม. ป. ช. พัน. ร้อย.""".split()
RANKS = """พล.อ. พล.ท. พล.ต. พ.อ. พ.ท. พ.ต. ร.อ. ร.ท. ร.ต. พล.ร.อ. พล.ร.ท. พล.ร.ต. น.อ. น.ท. น.ต. พล.อ.อ. พล.อ.ท. พล.อ.ต. จ.ส.อ. จ.ส.ท. ส.อ. ส.ท. ส.ต. พ.จ.อ. พ.อ.อ. พล.ต.อ. พล.ต.ท.
พ.ต.อ. พ.ต.ท. พ.ต.ต. ร.ต.อ. ร.ต.ท. ด.ต. จ.ส.ต. พ.อ.(พ) พ.อ.หญิง น.อ.หญิง พันเอก พันโท พันตรี ร้อยเอก ร้อยโท ร้อยตรี พลเอก พลโท พลตรี นาวาเอก เรือเอก จ่าสิบเอก สิบเอก ว่าที่ร้อยตรี ว่าที่ ร.ต.""".split()
TITLES = "นาย นาง นางสาว น.ส. ดร. ผศ. รศ. ศ. ผศ.ดร. รศ.ดร. ม.ล. ม.ร.ว. นพ. พญ. ทพ. ว่าที่ พระครู พระ".split()
POSTS = """ผู้ว่าราชการจังหวัด รองผู้ว่าราชการจังหวัด นายอำเภอ ปลัดกระทรวง รองปลัดกระทรวง อธิบดีกรม รองอธิบดี เลขาธิการ ผู้อำนวยการ รองผู้อำนวยการ ผู้อำนวยการสำนัก ผู้อำนวยการกอง หัวหน้าสำนักงาน หัวหน้าฝ่าย
นายกองค์การบริหารส่วนตำบล ปลัดเทศบาล นายกเทศมนตรี คณบดี อธิการบดี รองอธิการบดี ผู้บังคับบัญชา ผู้บัญชาการ เจ้ากรม เสนาธิการ นายแพทย์สาธารณสุขจังหวัด ท้องถิ่นจังหวัด ผู้อำนวยการโรงเรียน ประธานกรรมการ กรรมการและเลขานุการ
เจ้าพนักงานธุรการ นักวิเคราะห์นโยบายและแผนชำนาญการ นักวิชาการ นิติกร นักทรัพยากรบุคคล เจ้าหน้าที่บริหารงานทั่วไป ครู ผู้จัดการ ที่ปรึกษา""".split()
OFFICES = """กระทรวงมหาดไทย กระทรวงการคลัง กระทรวงศึกษาธิการ กระทรวงสาธารณสุข กระทรวงกลาโหม กระทรวงคมนาคม กระทรวงยุติธรรม กระทรวงเกษตรและสหกรณ์ กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม กระทรวงพาณิชย์ กระทรวงแรงงาน
กรมส่งเสริมการปกครองท้องถิ่น กรมการปกครอง กรมบัญชีกลาง กรมที่ดิน กรมควบคุมโรค กรมทางหลวง กรมชลประทาน กรมพัฒนาชุมชน สำนักงานปลัดกระทรวง สำนักนายกรัฐมนตรี สำนักงานคณะกรรมการข้าราชการพลเรือน สำนักงานเลขาธิการคณะรัฐมนตรี
สำนักงบประมาณ สำนักงานตรวจเงินแผ่นดิน สำนักงานอัยการสูงสุด สำนักงานศาลยุติธรรม กองบัญชาการกองทัพไทย กองทัพบก กองทัพเรือ กองทัพอากาศ สำนักงานตำรวจแห่งชาติ มหาวิทยาลัย โรงพยาบาล โรงเรียน วิทยาลัย สำนักงานเขตพื้นที่การศึกษาประถมศึกษา
องค์การบริหารส่วนตำบล องค์การบริหารส่วนจังหวัด เทศบาลตำบล เทศบาลเมือง เทศบาลนคร ที่ว่าการอำเภอ ศาลากลางจังหวัด จังหวัด อำเภอ ตำบล กลุ่มงาน กองคลัง สำนักปลัด กองช่าง กองสวัสดิการสังคม งานธุรการ ฝ่ายบริหารทั่วไป ศูนย์ปฏิบัติการ""".split()
SUBJECTS = """ขอเชิญประชุม ขอความอนุเคราะห์ ขอส่ง รายงานผลการดำเนินงาน แต่งตั้งคณะกรรมการ การจัดซื้อจัดจ้าง ซักซ้อมแนวทางปฏิบัติ ขออนุมัติเบิกจ่ายเงิน งบประมาณรายจ่ายประจำปี ขออนุญาตใช้สถานที่ การฝึกอบรมหลักสูตร ประชาสัมพันธ์
ขอเชิญเข้าร่วมโครงการ การประเมินผลการปฏิบัติราชการ การเลื่อนเงินเดือนข้าราชการ แจ้งกำหนดการ ขอให้จัดส่งข้อมูล การตรวจราชการ ตอบข้อหารือ ขอเปลี่ยนแปลงรายละเอียด ให้ข้าราชการไปช่วยราชการ การรับสมัครบุคคล ประกาศรายชื่อผู้มีสิทธิ""".split()
FORMULAS = """ขอแสดงความนับถือ|ขอแสดงความนับถืออย่างยิ่ง|ขอนมัสการด้วยความเคารพ|ขอนมัสการด้วยความเคารพอย่างสูง|ควรมิควรแล้วแต่จะโปรด|ควรมิควรแล้วแต่จะกรุณา|จึงเรียนมาเพื่อโปรดทราบ|จึงเรียนมาเพื่อโปรดพิจารณา
จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการต่อไป|จึงเรียนมาเพื่อทราบและถือปฏิบัติ|จึงเสนอมาเพื่อกรุณาพิจารณา|จึงเรียนมาเพื่อโปรดทราบและแจ้งให้หน่วยงานในสังกัดทราบโดยทั่วกัน|ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการในตำแหน่ง|ทำการแทน|ปฏิบัติหน้าที่|รับคำสั่ง
บันทึกข้อความ|สำเนาถูกต้อง|สำเนาคู่ฉบับ|(สำเนา)|ตรวจถูกต้อง|รับรองสำเนาถูกต้อง|ที่ประชุมมีมติเห็นชอบ|ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป|ให้ไว้ ณ วันที่|สั่ง ณ วันที่|ประกาศ ณ วันที่|รายละเอียดตามสิ่งที่ส่งมาด้วย|ตามที่ได้ส่งมาพร้อมนี้|ด้วยความเรียบร้อย
เพื่อให้การดำเนินการเป็นไปด้วยความเรียบร้อย|ความละเอียดแจ้งแล้วนั้น|ตามหนังสือที่อ้างถึง|ในส่วนที่เกี่ยวข้องต่อไป|อาศัยอำนาจตามความใน|พระราชบัญญัติ|ว่าด้วยการ|ระเบียบสำนักนายกรัฐมนตรี|แก้ไขเพิ่มเติม|และที่แก้ไขเพิ่มเติม|กระดาษเขียนข่าวร่วม|ลำดับความเร่งด่วน|ชั้นความลับ|ที่ของผู้ให้ข่าว|ผู้รับปฏิบัติ|ผู้รับทราบ|ผู้เขียนข่าว|นายทหารอนุมัติข่าว|หมู่ - วัน - เวลา
สรุปรายงานการประชุม|ระเบียบวาระที่|เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ|ผู้มาประชุม|ผู้ไม่มาประชุม|เริ่มประชุมเวลา|เลิกประชุมเวลา|ผู้จดรายงานการประชุม|มติที่ประชุม|หมายเหตุ|ลำดับที่|ชื่อ - สกุล|ตำแหน่ง|สังกัด|จำนวนเงิน|รวมเป็นเงินทั้งสิ้น|(ตัวอักษร)""".replace("\n", "|").split("|")
URGENCY = "ด่วน ด่วนมาก ด่วนที่สุด ลับ ลับมาก ลับที่สุด ปกปิด".split()
COMBINING = set("ัิีึืฺุู็่้๊๋์ํ๎")
LEADING = set("เแโใไ")
CODES = """กท สป นบ ปท อย อท ลบ สห ชน สบ ชบ รย จบ ตร ฉช ปจ นย สก นม บร สร ศก อบ ยส ชย อจ บก นภ ขก อด ลย นค มค รอ กส สน นพ มห ชม ลพ ลป อต พร นน พย ชร มส นว อน กพ ตก สท พล พจ พช รบ กจ สพ นฐ สค สส พบ ปข นศ กบ พง ภก สฎ รน ชพ สข สต ตง พท ปน ยล นธ
นร กห กค กต กก พม กษ คค ทส ดศ พน พณ มท ยธ รง วธ ศธ สธ อก อว ตผ อส ศย สม ปช ลต ตช กสทช รฟท""".split()


class Writer:
    def __init__(self, rng: random.Random):
        self.rng = rng
        self.thai_digits = True

    # -- small things -----------------------------------------------------------------------------------------------

    def digits(self, text: str) -> str:
        return text.translate(THAI) if self.thai_digits else text

    def pick(self, items):
        return items[self.rng.randrange(len(items))]

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def word(self) -> str:
        vocabulary, weights = words.frequent()
        return vocabulary[min(bisect(weights, self.rng.random()), len(vocabulary) - 1)]

    def count(self, least: int, most: int) -> str:
        return self.digits(str(self.rng.randint(least, most)))

    def run(self, least: int, most: int) -> str:
        """A run of digits of a random length, any digit anywhere."""
        return self.digits("".join(self.pick("0123456789") for _ in range(self.rng.randint(least, most))))

    def abbreviation(self) -> str:
        if self.chance(0.35):
            return self.pick(UNITS)
        letters = "".join(self.pick(CONSONANTS) for _ in range(self.rng.choice((1, 2, 2, 3, 3, 4))))
        return letters + "."

    def unit(self) -> str:
        return "".join(self.abbreviation() for _ in range(self.rng.randint(1, 4))) + (self.pick(("", "", "ทหาร", "ทอ.", "ทท.")))

    def person(self) -> str:
        title = self.pick(RANKS) if self.chance(0.4) else self.pick(TITLES)
        name = f"{self.pick(words.names())}{self.pick((' ', '  '))}{self.pick(words.families())}"
        return self.pick((f"{title}{name}", f"{title} {name}", f"({name})", f"({title}{name})", f"{title} ({name})"))

    # -- numbers, dates, contacts -----------------------------------------------------------------------------------

    def prefix(self) -> str:
        code = self.pick(CODES) + self.pick((" ", " ", "", "  "))
        if self.chance(0.06):
            code += f"({''.join(self.pick(CONSONANTS) for _ in range(3))}) "
        unit = self.run(4, 4) if self.chance(0.75) else self.run(2, 6)
        subs = "".join("." + self.count(1, 99) for _ in range(self.rng.choice((0, 0, 1, 1, 2, 3))))
        return f"{code}{unit}{subs}{self.pick(('/', '/', '/', ' /', '/ '))}"

    def serial(self) -> str:
        circular = self.pick(("ว ", "ว", "ว.")) if self.chance(0.3) else ""
        return circular + self.run(1, 5)

    def number(self) -> str:
        return self.prefix() + self.serial()

    def year(self) -> str:
        return self.digits(str(self.rng.randint(2480, 2575)))

    def date(self) -> str:
        day, month = self.count(1, 31), self.rng.randrange(12)
        short = self.year()[2:] if self.chance(0.7) else self.year()
        gap = self.pick((" ", " ", "  ", ""))
        return self.pick((
            f"{day} {MONTHS[month]} {self.year()}",
            f"{day} {MONTHS[month]} พ.ศ. {self.year()}",
            f"{day}{gap}{SHORT_MONTHS[month]}{gap}{short}",
            f"{day} {SHORT_MONTHS[month].replace('.', '')} {short}" if self.chance(0.3) else f"{day} {SHORT_MONTHS[month]} {short}",
            f"{MONTHS[month]} {self.year()}",
            f"วัน{self.pick(WEEKDAYS)}ที่ {day} {MONTHS[month]} {self.year()}",
            f"{day}/{self.count(1, 12)}/{short}",
            f"{self.run(2, 2)}{self.run(4, 4)} {SHORT_MONTHS[month]} {short}",
        ))

    def time(self) -> str:
        mark = self.pick(".:.")
        hour, minute = self.digits(f"{self.rng.randrange(24):02}"), self.digits(f"{self.rng.randrange(60):02}")
        return self.pick((f"{hour}{mark}{minute} น.", f"เวลา {hour}{mark}{minute} น.", f"{hour}{minute}", f"{hour}.{minute}-{self.run(2, 2)}.{self.run(2, 2)} น."))

    def phone(self) -> str:
        blocks = self.pick((
            f"0 {self.run(4, 4)} {self.run(4, 4)}", f"0-{self.run(4, 4)}-{self.run(4, 4)}", f"08 {self.run(4, 4)} {self.run(4, 4)}",
            f"0{self.run(2, 2)}-{self.run(3, 3)}-{self.run(4, 4)}", f"0{self.run(9, 9)}", self.run(7, 7), f"0{self.run(1, 1)}-{self.run(3, 3)}-{self.run(4, 4)}",
        ))
        tail = self.pick(("", "", f" ต่อ {self.run(2, 5)}", f" - {self.run(1, 2)}", f" ต่อ {self.run(3, 4)}-{self.run(1, 1)}"))
        label = self.pick(("โทร. ", "โทร.", "โทร ", "โทร.ทหาร ", "โทรสาร ", "โทร./โทรสาร ", "โทรศัพท์ ", "Tel. ", "Fax ", "หมายเลขโทรศัพท์ "))
        return label + self.digits(blocks + tail)

    def address(self) -> str:
        place = self.pick(words.titles())[:12] if self.chance(0.3) else self.word() + self.word()
        return self.pick((
            f"ถนน{place} {self.pick(CODES)} {self.run(5, 5)}", f"ตำบล{place} อำเภอ{self.word()} จังหวัด{self.pick(words.provinces())} {self.run(5, 5)}",
            f"{self.run(1, 3)}/{self.run(1, 2)} หมู่ที่ {self.count(1, 19)} ต.{place} อ.{self.word()} จ.{self.pick(words.provinces())}",
            f"แขวง{place} เขต{self.word()} กทม. {self.run(5, 5)}", f"ถ.{place} {self.pick(words.provinces())} {self.run(5, 5)}",
        ))

    def latin(self) -> str:
        pick, low = self.pick, lambda n: "".join(self.pick("abcdefghijklmnopqrstuvwxyz") for _ in range(n))
        word = pick(words.english())
        host = pick(("go.th", "mi.th", "ac.th", "com", "or.th", "co.th", "in.th", "net"))
        return pick((
            f"{low(self.rng.randint(3, 9))}{pick('._-')}{low(3)}@{low(self.rng.randint(3, 8))}.{host}", f"saraban@{low(self.rng.randint(3, 8))}.{host}",
            f"www.{low(self.rng.randint(3, 10))}.{host}", f"https://{low(5)}.{host}/{low(4)}{self.rng.randint(0, 999)}",
            f"https://{pick(('forms.gle', 'bit.ly', 'shorturl.at', 'lin.ee'))}/{self.token(8)}",
            word, word.upper(), word.capitalize(), " ".join(pick(words.english()) for _ in range(self.rng.randint(2, 7))),
            " ".join(pick(words.english()).capitalize() for _ in range(self.rng.randint(2, 4))), f"({word.capitalize()})",
            f"{low(self.rng.randint(3, 8)).capitalize()} {low(self.rng.randint(4, 10)).capitalize()}", f"Line ID {low(5)}{self.rng.randint(0, 9999)}",
            self.token(self.rng.randint(3, 12)), self.event(), self.event(),
        ))

    def event(self) -> str:
        """What conferences and courses call themselves."""
        ordinal = self.rng.randint(1, 59)
        ending = "th" if ordinal % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10, "th")
        words_of = lambda n: " ".join(self.pick(words.english()).capitalize() if self.chance(0.85) else self.pick(("of the", "of", "on", "for", "and", "in")) for _ in range(n))
        short = "".join(self.pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(self.rng.randint(2, 5)))
        year = self.rng.randint(1999, 2032)
        return self.pick((f"{ordinal}{ending} {words_of(3)}", f"{ordinal}{ending} {words_of(2)} ({short} {year})", f"{words_of(4)} ({short} {year})", f"{words_of(3)} {year}", f"{short}{year}", f"({short})", f"{words_of(2)}: {words_of(3)}"))

    def listing(self) -> str:
        """Offices one after the other, as circulars are addressed: stop and comma side by side."""
        return ", ".join(self.pick((self.unit(), self.abbreviation() + self.pick(UNITS), self.abbreviation())) for _ in range(self.rng.randint(2, 7))) + self.pick(("", ",", f" และ {self.unit()}"))

    def token(self, length: int) -> str:
        return "".join(self.pick("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(length))

    def money(self) -> str:
        amount = f"{self.rng.randrange(10 ** self.rng.randint(2, 8)):,}"
        return self.digits(self.pick((f"{amount} บาท", f"{amount}.- บาท", f"{amount}.{self.rng.randrange(100):02} บาท", f"จำนวน {amount} คน", f"{amount}.-", f"{self.rng.randrange(100)}.{self.rng.randrange(100):02} %",
                                      f"ร้อยละ {self.rng.randrange(100)}.{self.rng.randrange(100):02}", f"฿{amount}")))

    def oddity(self) -> str:
        """Letters and stacks that running text hardly ever shows."""
        pick = self.pick
        kind = self.rng.randrange(8)
        if kind == 0:
            return "".join(pick(ALL_CONSONANTS) for _ in range(self.rng.randint(2, 8)))
        if kind == 1:
            return "".join(pick(ALL_CONSONANTS) + pick(("", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั", "็")) + pick(("", "่", "้", "๊", "๋", "์")) for _ in range(self.rng.randint(2, 7)))
        if kind == 2:
            return pick(("ฤ", "ฤๅ", "ฦ", "ฦๅ", "ฯลฯ", "ฯ", "ๆ", "๏ ", "๚", "๛", "๚ะ๛", "ฯพณฯ", "ณ", "กฺ", "ธมฺม", "สนฺติ", "พุทฺธํ", "ฃวด", "ฅน", "ทฤษฎี", "ฤดู", "ฤทธิ์", "อังกฤษ", "พฤกษ์"))
        if kind == 3:
            return pick(("กรุงเทพฯ", "โปรดเกล้าฯ", "รมว.ฯ", "ข้าพเจ้าฯ", "ต่าง ๆ", "อื่น ๆ", "นั้น ๆ", "เป็นต้น ฯลฯ", "ทูลเกล้าฯ"))
        if kind == 4:
            return "".join(pick("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—•×÷±°½฿") for _ in range(self.rng.randint(1, 4)))
        if kind == 5:
            return f"{self.run(1, 3)}{pick('×÷±+-=')}{self.run(1, 3)}{pick(('', '°', '½', '%', ' °C'))}"
        if kind == 6:
            return pick(("(", "[", "“", "‘", '"')) + self.word() + pick((")", "]", "”", "’", '"'))
        return "".join(pick(CONSONANTS) + pick(("ำ", "้ำ", "ะ", "า", "ๆ", "้า", "ำ")) for _ in range(self.rng.randint(1, 4)))

    # -- running text -----------------------------------------------------------------------------------------------

    def phrase(self) -> str:
        text = "".join(self.word() for _ in range(self.rng.randint(1, 9)))
        if self.chance(0.05):
            text += self.pick((" ๆ", "ๆ", "ฯ", " ฯลฯ"))
        if self.chance(0.05):
            text = self.pick(("(", "“", '"', "‘")) + text
            text += {"(": ")", "“": "”", '"': '"', "‘": "’"}[text[0]]
        return text

    def part(self) -> str:
        """One thing that body text is made of."""
        choices = (
            (30, self.phrase), (8, lambda: self.pick(FORMULAS)), (5, lambda: self.pick(OFFICES) + self.pick(("", self.pick(words.provinces()), self.word()))),
            (6, self.person), (4, lambda: self.pick(POSTS) + self.pick(("", self.word()))), (7, self.unit), (4, self.listing), (7, self.date), (3, self.time), (5, self.number), (4, self.phone),
            (3, self.address), (6, self.latin), (4, self.money), (4, self.oddity), (3, lambda: self.pick(SUBJECTS)), (4, lambda: self.run(1, 7)),
            (3, lambda: f"ข้อ {self.count(1, 99)}" + self.pick(("", f".{self.count(1, 9)}", f" ({self.count(1, 9)})", f" วรรค{self.pick(('หนึ่ง', 'สอง', 'สาม'))}"))),
            (3, self.citation), (2, lambda: f"จำนวน {self.count(1, 60)} {self.pick(('ชุด', 'ฉบับ', 'แผ่น', 'นาย', 'คน', 'เล่ม', 'หน้า', 'รายการ', 'เครื่อง'))}"),
            (2, lambda: f"พ.ศ. {self.year()}"), (2, lambda: f"{self.count(1, 999)}/{self.year()}"), (1, lambda: f"(ฉบับที่ {self.count(1, 30)})"), (2, lambda: self.pick(words.titles())),
            (1, lambda: f"ครั้งที่ {self.count(1, 20)}/{self.year()}"), (2, lambda: f"{self.run(1, 3)}.{self.run(1, 3)}"),
        )
        at = self.rng.random() * sum(weight for weight, _ in choices)
        for weight, make in choices:
            at -= weight
            if at < 0:
                return make()
        return self.phrase()

    def citation(self) -> str:
        return f"{self.pick(('หนังสือ', 'บันทึก', 'คำสั่ง', 'ประกาศ', 'หนังสือสำนัก'))}{self.pick((self.unit(), self.pick(OFFICES), ''))} {self.pick(('', '', self.pick(URGENCY) + ' '))}ที่ {self.number()} {self.pick(('ลงวันที่', 'ลง', 'ลงวันที่ '))} {self.date()}"

    def bullet(self) -> str:
        n = self.count(1, 20)
        return self.pick((f"{n}. ", f"{n}.{self.count(1, 9)} ", f"({n}) ", f"{n}) ", "- ", f"{n}.{self.count(1, 9)}.{self.count(1, 9)} ", "• ", f"ข้อ {n} ", f"{self.pick('กขคง')}. "))

    def body(self, length: int) -> str:
        text = self.bullet() if self.chance(0.15) else ""
        while len(text) < length:
            text += self.part() + self.pick((" ", " ", " ", "", "  "))
        return cut(text, length, self.rng)

    # -- lines with furniture ---------------------------------------------------------------------------------------

    def line(self, longest: int = 60):
        """One line as pieces, at most about `longest` letters of running text."""
        self.thai_digits = self.chance(0.87)
        kinds = (
            (36, self._body), (6, self._number_row), (6, self._label_row), (5, self._date_row), (6, self._stamp_row), (2, self._loud), (3, self._cells),
            (14, self._digits), (4, self._short), (1, self._catchword), (10, self._written), (3, self._english), (2, self._signed), (2, self._nothing), (9, self._signatory), (4, self._date_stamped),
        )
        at = self.rng.random() * sum(weight for weight, _ in kinds)
        for weight, make in kinds:
            at -= weight
            if at < 0:
                return make(longest)
        return self._body(longest)

    def _body(self, longest):
        return [("plain", self.body(self.rng.randint(3, longest)))]

    def _short(self, _):
        return [("plain", self.pick((self.part(), self.word(), self.run(1, 2), f"-{self.count(2, 40)}-", f"- {self.count(2, 40)} -", self.count(1, 99), self.pick(FORMULAS), self.bullet().strip(), self.person(), self.unit(), self.pick(POSTS))))]

    def _digits(self, _):
        parts = [self.pick((self.run(1, 4), self.run(3, 13), self.number(), self.date(), self.phone(), self.money(), self.count(1, 99), f"{self.run(1, 4)}{self.pick('./-')}{self.run(1, 4)}")) for _ in range(self.rng.randint(1, 3))]
        return [("plain", " ".join(parts))]

    def _written(self, _):
        return self.written()

    def written(self):
        """Handwriting alone: a day, a serial, a date, a time, a name."""
        self.thai_digits = self.chance(0.85)
        written = (self.run(1, 1), self.run(1, 2), self.run(1, 5), self.run(3, 5), f"{self.run(1, 4)}/{self.year()}", f"{self.run(1, 2)}/{self.run(1, 2)}", f"{self.run(2, 2)}.{self.run(2, 2)}", self._written_date(), self.pick(words.names()))
        return [("hand", self.pick(written))]

    def stamped(self):
        """A row of a receiving stamp."""
        return self._date_stamped(None) if self.chance(0.5) else self._stamp_row(None)

    def _written_date(self):
        return f"{self.count(1, 31)} {self.pick(SHORT_MONTHS)} {self.year()[2:]}"

    def _signed(self, _):
        """A rank or a label with a signature beside it."""
        label = self.pick((self.pick(RANKS), self.pick(TITLES), "ลงชื่อ", "(ลงชื่อ)", "ผู้รับ", "ผู้ตรวจ"))
        row = [("plain", label), self._blank(2), ("scribble", str(self.rng.randint(5, 16)))]
        return row + ([self._blank(2), ("plain", self.pick(("ร.น.", "ผู้พิมพ์", "ผู้ตรวจ", self.pick(POSTS))))] if self.chance(0.3) else [])

    def _signatory(self, _):
        """A name or post under a signature."""
        name = f"{self.pick(words.names())}{self.pick((' ', '  '))}{self.pick(words.families())}"
        text = self.pick((f"({self.pick(TITLES)}{name})", f"({self.pick(TITLES)} {name})", f"({self.pick(RANKS)} {name})", f"({name})", f"{self.pick(RANKS)} {name}", self.pick(POSTS) + self.pick(("", self.word()))))
        return [("signed", text)]

    def _nothing(self, _):
        """What layout takes for a line and is none."""
        return self.pick(([("scribble", str(self.rng.randint(3, 20)))], [("leader", str(self.rng.randint(8, 60)))], [("gap", str(self.rng.randint(2, 20)))]))

    def _english(self, longest):
        text = " ".join(self.latin() for _ in range(1 + longest // 12))
        if self.chance(0.2):
            ordinal, *rest = re.split("(?<=[0-9])(?=st|nd|rd|th)", f"The {self.event()}", maxsplit=1)
            if rest:
                return [("plain", ordinal), ("raised", rest[0][:2]), ("plain", rest[0][2:] + self.pick(("", " " + self.word())))]
        return [("plain", cut(text, longest, self.rng))]

    def _value(self):
        return self.pick(("hand", "hand", "stamp", "plain", "plain"))

    def _number_row(self, _):
        label = self.pick((("bold", "ที่"), ("plain", "ที่")))
        row = [label, self._blank(2), ("plain", self.prefix())]
        row.append((self._value(), self.serial() if self.chance(0.4) else self.run(1, 5)))
        if self.chance(0.6):
            row += [self._blank(14)] + self._dated()
        return row

    def _date_row(self, _):
        return self._dated()

    def _dated(self):
        row = [self.pick((("bold", "วันที่"), ("plain", "วันที่"), ("gap", "1"))), self._blank(4), (self.pick(("hand", "hand", "stamp", "plain")), self.count(1, 31)), self._blank(3)]
        month = self.rng.randrange(12)
        text = self.pick((f"{SHORT_MONTHS[month]} {self.year()[2:]}", f"{MONTHS[month]} {self.year()}", f"{SHORT_MONTHS[month]}{self.year()[2:]}"))
        return row + [("hand" if self.chance(0.1) else "plain", text)] + ([self._blank(8)] if self.chance(0.4) else [])

    def _label_row(self, longest):
        label = self.pick(("ส่วนราชการ", "เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "เสนอ", "ถึง", "จาก", "กราบเรียน", "โทร.", "ชื่อ", "ตำแหน่ง", "ลงชื่อ"))
        value = self.pick((self.body(self.rng.randint(5, longest)), f"{self.unit()} ({self.phone()})", self.citation(), self.pick(SUBJECTS) + self.phrase(), self.pick(POSTS) + self.word()))
        return [(self.pick(("bold", "bold", "plain")), label), self._blank(3), ("plain", cut(value, longest, self.rng)), self._blank(12)]

    def _stamp_row(self, _):
        label = self.pick(("เลขรับ", "เลขที่รับ", "รับที่", "เลขรับที่", "เลขทะเบียนรับ", "วันที่", "เวลา", "วันที่รับ", "ผู้รับ"))
        hand = self.pick(("hand", "hand", "stamp", "plain"))
        self.thai_digits = self.chance(0.6)
        day, month, short = self.count(1, 31), self.pick(SHORT_MONTHS), self.year()[2:]
        if label.startswith("วันที่"):
            return self.pick((
                [("plain", label), self._blank(3), (hand, day), self._blank(2), ("plain", month), self._blank(2), (hand, short)],
                [("plain", label), self._blank(2), (hand, f"{self.run(2, 2)}/{self.run(2, 2)}/{self.year()}")],
                self._date_stamped(None),
            ))
        if label == "เวลา":
            clock = self.pick((f"{self.run(2, 2)}.{self.run(2, 2)}", f"{self.run(2, 2)}:{self.run(2, 2)}:{self.run(2, 2)}", f"{self.run(4, 4)}"))
            return [("plain", label), self._blank(3), (hand, clock), self._blank(2)] + ([("plain", "น.")] if self.chance(0.8) else [])
        number = self.run(1, 4) + "/" + self.year() if hand == "hand" and self.chance(0.15) else self.run(1, 5)
        return [("plain", label), self._blank(4), (hand, number), self._blank(4)] + ([("plain", f"/{self.year()}")] if self.chance(0.2) else [])

    def _date_stamped(self, _):
        """A date stamp's wheels, at times beside the printed label of a receiving stamp, at times with white or leaders behind."""
        label = [("plain", self.pick(("วันที่", "วันที่รับ", "รับวันที่", "ลงวันที่"))), self._blank(3)] if self.chance(0.55) else []
        return label + [("dater", self._stamped_date())] + ([self._blank(3)] if self.chance(0.4) else [])

    def _stamped_date(self):
        """Date stamps mostly have Arabic digits, at times set apart."""
        day, year = f"{self.rng.randint(1, 31)}", f"{self.rng.randint(2530, 2575)}"
        day = " ".join(day.zfill(2)) if self.chance(0.3) else day
        text = f"{day} {self.pick(SHORT_MONTHS)} {self.pick((year, year, year[2:]))}"
        return text if self.chance(0.8) else text.translate(THAI)

    def _loud(self, _):
        return [("loud", self.pick(URGENCY + ["บันทึกข้อความ", "คำสั่ง", "ประกาศ"]))] + ([("gap", "6"), ("loud", "บันทึกข้อความ")] if self.chance(0.2) else [])

    def _cells(self, _):
        row = [("plain", self.count(1, 99))]
        for _ in range(self.rng.randint(1, 4)):
            row += [("gap", str(self.rng.randint(2, 8))), ("plain", self.pick((self.word(), self.run(1, 6), self.person(), self.money(), self.unit(), self.date())))]
        return row

    def _catchword(self, _):
        return [("plain", f"/{self.word()}{self.word()}{self.pick(('...', '...', '…', ''))}")]

    def _blank(self, width):
        width = self.rng.randint(1, max(2, 2 * width))
        return (self.pick(("gap", "leader")), str(width))


def cut(text: str, length: int, rng: random.Random) -> str:
    """At most about `length` letters from a random place, never splitting a letter from its marks."""
    if len(text) <= length:
        return text.strip()
    start = rng.choice((0, rng.randrange(len(text) - length + 1)))
    while start and (text[start] in COMBINING or text[start] in "ำๅ" or text[start - 1] in LEADING):
        start -= 1
    end = min(len(text), start + length)
    while end < len(text) and (text[end] in COMBINING or text[end] in "ำะ" or text[end - 1] in LEADING):
        end += 1
    return text[start:end].strip()
