"""Text that people type, and how it is sorted and searched: Swedish order without ICU and without database extensions."""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField, Value
from django.db.models.functions import Collate, Concat, Lower

ACCENTED, PLAIN = "éèêëüúùáàâãíìóòôõñçý", "eeeeuuuaaaaiioooonc" + "y"
SORTED = (ACCENTED + "åäæöø", PLAIN + "{||}}")
"""å ä ö come after z, in this order; other accents are passed over."""
SEARCHED = (ACCENTED + "åäæöø", PLAIN + "aaaoo")
"""For searching, å and ä are a, ö is o: "raddning" finds "Räddning"."""

SURROGATES = re.compile("[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """`text` composed (NFC), with \\n line ends and without control characters; what cannot be stored becomes U+FFFD."""
    text = unicodedata.normalize("NFC", SURROGATES.sub("\ufffd", text)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def harmless(cell: Any) -> str:
    """The cell of a data file as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def search_key(text: str) -> str:
    """What `searchable` makes of a text in the database, made of what somebody searches for."""
    text = text.lower().translate(str.maketrans(*SEARCHED))
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def swedish_order(field: str) -> Func:
    """The expression of a generated column that puts `field` in Swedish order when compared byte by byte."""
    return Func(Lower(Collate(field, "pg_c_utf8")), Value(SORTED[0]), Value(SORTED[1]), function="translate", output_field=TextField())


def searchable(*fields: str) -> Func:
    """The expression of a generated column: the fields in lower case, without accents and punctuation."""
    together = fields[0] if len(fields) == 1 else Concat(*[part for field in fields for part in (field, Value(" "))], output_field=TextField())
    plain = Func(Lower(Collate(together, "pg_c_utf8")), Value(SEARCHED[0]), Value(SEARCHED[1]), function="translate", output_field=TextField())
    return Func(plain, Value("[^[:alnum:]]+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField())


def threes(text: str) -> list[str]:
    """Every three letters of a text that follow each other, once."""
    return sorted({text[place : place + 3] for place in range(len(text) - 2)})


def in_threes(field: str) -> Func:
    """The same in the database (migration agreement.0005), for an index that finds a part of a word without any extension."""
    return Func(field, function="letters_in_threes", output_field=ArrayField(TextField()))
