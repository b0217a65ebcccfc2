"""What a label is: the alphabet, and the rules that turn typed text into what the reader should say.

- One code point per letter; the order of marks is vowel, then tone (ที่ = ท ◌ี ◌่).
- ำ is one letter: ํ+า and ํ+tone+า are folded (tone before ำ). เเ is แ.
- Runs of white space are one space; none at either end.
- Dotted leaders (six dots or more, through, under or beside text) are paper furniture and have no label; a leader
  between two texts is one space. A typed ellipsis of three dots is `…`.
- Quotes and dashes are labelled as drawn: “ ” ‘ ’ " ' - – —.
- Underlines, strike-outs, signatures, stamp borders and the marks of neighbouring lines have no label.
"""

import re

CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
VOWELS_AND_MARKS = "ฯะัาำิีึืฺุู฿เแโใไๅๆ็่้๊๋์ํ๎๏"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
THAI_SIGNS = "๚๛"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
MORE = "“”‘’–—…•×÷±°½"

LETTERS = ASCII + CONSONANTS + VOWELS_AND_MARKS + THAI_DIGITS + THAI_SIGNS + MORE
BLANK = 0
INDEX = {letter: i + 1 for i, letter in enumerate(LETTERS)}
CLASSES = len(LETTERS) + 1

_TONES = "่้๊๋"
_VOWEL_MARKS = "ัิีึืฺุู็ํ"


def canonical(text: str) -> str:
    """The one spelling of a text that the reader is taught."""
    text = re.sub(f"ํ([{_TONES}]?)า", r"\1ำ", text)
    text = re.sub(f"ำ([{_TONES}])", r"\1ำ", text)
    text = text.replace("เเ", "แ").replace("...", "…")
    text = re.sub(f"([{_TONES}์]+)([{_VOWEL_MARKS}])", r"\2\1", text)
    text = re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()
    return text


def encode(text: str) -> list[int]:
    return [INDEX[letter] for letter in text]


def known(text: str) -> bool:
    return all(letter in INDEX for letter in text)


def decode(frames) -> str:
    """Greedy: the best class of each frame, repeats joined, blanks dropped."""
    out, last = [], BLANK
    for k in frames:
        if k != last and k != BLANK:
            out.append(LETTERS[k - 1])
        last = k
    return "".join(out)
