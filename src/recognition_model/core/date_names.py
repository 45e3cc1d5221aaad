"""Names of months in other languages, and other signs around numbers, in English words.

The languages are French, German, Spanish, Indonesian and Russian; of Chinese and Japanese the
signs for year, month and day.
"""

from __future__ import annotations

import re
import unicodedata

from recognition_model.core.date_spans import MONTHS

_NAMES = (
    ("janvier", "januar", "jänner", "enero", "januari", "январь", "января"),
    ("février", "februar", "febrero", "februari", "февраль", "февраля"),
    ("mars", "märz", "marzo", "maret", "март", "марта"),
    ("avril", "abril", "апрель", "апреля"),
    ("mai", "mayo", "mei", "май", "мая"),
    ("juin", "juni", "junio", "июнь", "июня"),
    ("juillet", "juli", "julio", "июль", "июля"),
    ("août", "agosto", "agustus", "август", "августа"),
    ("septembre", "septiembre", "setiembre", "сентябрь", "сентября"),
    ("octobre", "oktober", "octubre", "октябрь", "октября"),
    ("novembre", "noviembre", "ноябрь", "ноября"),
    ("décembre", "dezember", "diciembre", "desember", "декабрь", "декабря"),
)
_IN_CHINESE = re.compile(r"(\d{4}) ?年 ?(?:(\d\d?) ?月 ?(?:(\d\d?) ?[日号號] ?)?)?")
_WORD = re.compile(r"[^\W\d_]+")
_AROUND = re.compile(r"\b(?:le|den|der|de|del|du|tanggal|bulan|года|год|г\.?)(?!\w)|(?<=\d)er\b")
"""What stands beside a day or a year in these languages: articles, `of`, `year`, `1er`."""


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_ENGLISH = {
    _without_accents(name): english
    for english, names in zip(MONTHS, _NAMES, strict=True)
    for name in names
}


def in_english(text: str) -> str:
    """Put names of months of other languages into English in a text of small letters."""
    text = _IN_CHINESE.sub(lambda found: "-".join(filter(None, found.groups())), text)
    named = _WORD.sub(
        lambda found: _ENGLISH.get(_without_accents(found[0]), found[0]),
        unicodedata.normalize("NFC", text),
    )
    return " ".join(_AROUND.sub(" ", named).split())
