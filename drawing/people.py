"""Names as people bear them, for letters that only measure and are not kept: samples name nobody, and their plain words are unlike names.

Given names in Thailand are chosen from a stock (the lists of `pythainlp`); a surname is a family's own and stands in no list, but shares its parts with
others: it is put together here from the beginning of one and the end of another.
"""
import functools

from pythainlp.corpus import common
from pythainlp.tokenize import word_tokenize

# Longer ones first: the first that a name begins with is kept.
TITLES = sorted("นาย|นาง|นางสาว|ดร.|ผู้ช่วยศาสตราจารย์ ดร.|ผู้ช่วยศาสตราจารย์|รองศาสตราจารย์ ดร.|ศาสตราจารย์ ดร.|นายแพทย์|แพทย์หญิง|ว่าที่ร้อยตรี|พันตำรวจเอก|พลเอก |พลตรี ".split("|"), key=len, reverse=True)
LEAST = 3


@functools.cache
def _stock():
    given = sorted(name for name in common.thai_male_names() | common.thai_female_names() if len(name) >= LEAST and " " not in name)
    beginnings, ends = set(), set()
    for family in sorted(common.thai_family_names()):
        first, *rest = word_tokenize(family, engine="newmm")
        if len(first) >= LEAST and len("".join(rest)) >= LEAST and " " not in family:
            beginnings.add(first)
            ends.add("".join(rest))
    return given, sorted(beginnings), sorted(ends)


def name(printed, rng):
    """Another name with the title of a `printed` one."""
    title = next((title for title in TITLES if printed.startswith(title)), "")
    given, beginnings, ends = (things[int(rng.integers(len(things)))] for things in _stock())
    # Some of the lists' names have the marks of their last letter the other way round.
    return f"{title}{given} {beginnings}{ends}".replace("์ุ", "ุ์")


def renamed(letter, rng):
    """A letter whose signatory, writer and signers are called otherwise."""
    letter = dict(letter)
    for role in ("signatory", "writer"):
        if letter.get(role, {}).get("name"):
            letter[role] = letter[role] | {"name": name(letter[role]["name"], rng)}
    if "signers" in letter:
        signers = [who.partition("|") for who in letter["signers"]]
        letter["signers"] = [name(who, rng) + bar + post for who, bar, post in signers]
    return letter
