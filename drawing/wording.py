"""Thai digits, dates, reference numbers and line breaking."""
import functools
import re

TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()


def digits(text, thai=True):
    return str(text).translate(TO_THAI) if thai else str(text)


def date_words(iso, style="full", thai=True):
    """`2024-10-07` (or `2024-10`, a missing day) as day, month and year words.

    style: full `๗ ตุลาคม ๒๕๖๗`; era `๗ ตุลาคม พ.ศ. ๒๕๖๗`; short `๗ ต.ค. ๖๗`; slash `๐๗/๑๐/๒๕๖๗`; stamp `๗ / ต.ค. / ๖๗`.
    """
    parts = iso.split("-")
    year, month = int(parts[0]) + 543, int(parts[1])
    day = str(int(parts[2])) if len(parts) > 2 else ""
    words = {
        "full": (day, MONTHS[month - 1], str(year)),
        "era": (day, MONTHS[month - 1], f"พ.ศ. {year}"),
        "short": (day, SHORT[month - 1], str(year % 100)),
        "slash": (f"{int(day or 0):02d}/{month:02d}/{year}", "", ""),
        "stamp": (f"{day} /", f"{SHORT[month - 1]} /", str(year % 100)),
    }[style]
    return [digits(word, thai) for word in words]


def date_text(iso, style="full", thai=True):
    return " ".join(word for word in date_words(iso, style, thai) if word)


def date_record(iso, style="full", thai=True):
    whole = len(iso.split("-")) == 3
    return {"iso": iso if whole else None, "printed": date_text(iso, style, thai), "precision": "day" if whole else "month"}


NUMBER = re.compile(r"^(?:(?P<code>[ก-ฮ]{2,3})(?: \([ก-ฮ.]+\))? (?P<office>[\d.]+)/)?(?P<circular>ว ?)?(?P<serial>\d+)?(?:/(?P<year>\d{4}))?$")


def number_record(canonical, thai=True):
    """`พบ 0023.10/ว 450` or `217/2564` as a number of the record."""
    if not canonical:
        return None
    found = NUMBER.match(canonical)
    if not found:
        raise ValueError(f"{canonical}: no reference number")
    record = {
        "text": canonical,
        "printed": digits(canonical, thai),
        "code": found["code"],
        "office": found["office"],
        "circular": bool(found["circular"]),
        "serial": found["serial"],
    }
    if found["year"]:
        record["year"] = int(found["year"])
    return record


@functools.lru_cache(maxsize=4096)
def words(text):
    """Pieces between which a line may break; a space clings to the word before it."""
    from pythainlp.tokenize import word_tokenize

    pieces = []
    for token in word_tokenize(text, engine="newmm", keep_whitespace=True):
        opens = pieces and (pieces[-1].endswith(("(", "/", "“", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙", "๐", ".", "@", "-", ":")))
        closes = token[0] in ")/.ๆฯ”,๐๑๒๓๔๕๖๗๘๙@-:ะาำิีึืุูั็่้๊๋์"
        latin = pieces and pieces[-1][-1:].isascii() and pieces[-1][-1:].isalnum() and token[0].isascii() and token[0].isalnum()
        if token.isspace() and pieces or (pieces and (closes or opens or latin) and not pieces[-1].endswith(" ")):
            pieces[-1] += " " if token.isspace() else token
        else:
            pieces.append(token)
    return tuple(pieces)


def wrap(text, face, width, first=None):
    """Lines of text no wider than `width` mm, the first no wider than `first`; each a list of pieces."""
    lines, line, used, room = [], [], 0.0, first if first is not None else width
    for piece in words(text):
        size = face.width(piece.rstrip())
        if line and used + size > room:
            lines.append(line)
            line, used, room = [], 0.0, width
        line.append(piece)
        used += face.width(piece)
    if line:
        lines.append(line)
    return lines


def joined(pieces):
    return re.sub(r"\s+", " ", "".join(pieces)).strip()
