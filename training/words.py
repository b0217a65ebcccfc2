"""General Thai from the word lists of the package `pythainlp` (read at training time, never copied into the project)."""

import re
from functools import cache
from pydoc_data.topics import topics

import numpy as np
from pythainlp.corpus import common, get_corpus

from .labels import canonical, known


DEPENDENT = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"  # cannot begin a word; the corpus has such scraps


@cache
def frequent() -> tuple[list[str], np.ndarray]:
    """Words and how often each is drawn: their corpus frequency, flattened so that rare words are met too."""
    words, counts = [], []
    for row in sorted(get_corpus("tnc_freq.txt")):
        word, _, count = row.partition("\t")
        if word and word[0] not in DEPENDENT and known(canonical(word)) and len(word) < 24:
            words.append(canonical(word))
            counts.append(float(count or 1) ** 0.6)
    for word in sorted(common.thai_words()):
        if known(canonical(word)) and " " not in word:
            words.append(canonical(word))
            counts.append(12.0)
    weights = np.cumsum(counts)
    return words, weights / weights[-1]


@cache
def names() -> list[str]:
    return _clean(common.thai_male_names() | common.thai_female_names())


@cache
def families() -> list[str]:
    return _clean(common.thai_family_names())


@cache
def provinces() -> list[str]:
    return _clean(common.provinces())


@cache
def titles() -> list[str]:
    """Titles of articles: places, institutions, foreign names in Thai letters."""
    return _clean(w for w in get_corpus("wikipedia_titles_th.txt") if 2 < len(w) < 40)


@cache
def english() -> list[str]:
    """Office words, often; and whatever words the interpreter's own manual has, as it writes them."""
    manual = sorted(set(re.findall(r"\b[A-Za-z][a-z]{2,12}\b", " ".join(topics.values()))))
    return OFFICE_ENGLISH * (1 + len(manual) // len(OFFICE_ENGLISH)) + manual


OFFICE_ENGLISH = """the of and to in for is on that by this with you it not or be are from at as your all have new more an was we will home can us
    about page my has search free but our one other do no information time they site up may what which their news out use any there see only so his
    when contact here business who web also now help get view online first been would how were services some these click like service than
    office department ministry government committee meeting conference training school university hospital research development project program
    Thailand Bangkok Royal Thai Army Navy Air Force Police Director General Secretary Deputy Minister President Chairman Dear Sir Madam Subject
    Date Ref Attachment Line Google Form Facebook Microsoft Zoom QR Code Meeting Passcode website email mobile Fax Tel Room Building Floor Road
    District Province Annual Report Budget Plan Digital Economy Society Education Science Technology Innovation Health Agriculture International
    Cooperation Agreement ASEAN United Nations World Bank Workshop Seminar Online Offline System Data Center Security Cyber Network Software
    Hardware Version Address Password Username Download Upload Form PDF Excel Word CPU RAM GB MB USB ISO COVID KPI SWOT ICT""".split()


def _clean(words) -> list[str]:
    return [w for w in (canonical(w) for w in sorted(words)) if w and known(w)]
