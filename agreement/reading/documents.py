"""One door for every kind of document."""

import logging
from pathlib import PurePath

from django.utils.translation import gettext as _

from agreement.reading import docx, markdown, plain
from agreement.reading.blocks import LARGEST, Block, Unreadable, tidy

logger = logging.getLogger(__name__)
SUFFIXES = (".md", ".markdown", ".docx", ".txt", ".text")


def read(name: str, data: bytes) -> list[Block]:
    """The blocks of a document; its kind is told by the end of its name. Raises Unreadable, which says what helps."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Unreadable(_("Filen ska vara Markdown (.md), Word (.docx) eller ren text (.txt). Spara den som något av dem."))
    if len(data) > LARGEST:
        raise Unreadable(_("Filen är större än 5 MB. Ta bort bilderna och försök igen."))
    try:
        return tidy(_blocks(suffix, data))
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable(_("Texten har för många listor eller citat inuti varandra. Gör den plattare och försök igen.")) from None
    except Exception:  # a document can be damaged in any way
        logger.warning("a document could not be read", exc_info=True)
        raise Unreadable(_("Dokumentet är skadat och går inte att läsa. Öppna det, spara det på nytt och försök igen.")) from None


def _blocks(suffix: str, data: bytes) -> list[Block]:
    if suffix == ".docx":
        return docx.read(data)
    text = plain.decode(data)
    return list(markdown.read(text) if suffix in {".md", ".markdown"} else plain.read(text))
