"""A version of the agreement on paper: accessible, made to be kept, and the same bytes for the same text."""

from datetime import UTC, datetime, time
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agreement.texts import Reading
from idekom.lib import pdf
from idekom.lib.canonical import canonical, digest
from idekom.lib.mail import absolute

NOON = time(12, tzinfo=UTC)
FOUNDED = datetime(2010, 3, 5, 12, tzinfo=UTC)
"""Stands in the file of a draft, which has no day of its own."""


def version(reading: Reading) -> bytes:
    """The file of a version: the official wording where there is one, else the portal's own words; in the language of what is shown."""
    found = reading.version
    is_official = reading.wording is not None
    language = reading.lang if is_official else reading.own_lang
    sections = [section for section in (reading.official if is_official else reading.own) if section.paragraphs or section.title]
    moment = datetime.combine(found.in_force_on, NOON) if found.in_force_on else FOUNDED
    with translation.override(language):
        context = {
            "version": found,
            "reading": reading,
            "sections": sections,
            "is_official": is_official,
            "address": absolute(found.permanent_url),
            "portal": settings.PORTAL,
            "fonts": pdf.font_css(),
            "language": language,
            "moment": moment.isoformat(timespec="seconds"),
        }
        html = pdf.breakable(render_to_string("agreement/paper/version.html", context))
        return _rendered(html, moment, _data(reading, is_official=is_official), _("Texten som data för program"))


def _data(reading: Reading, *, is_official: bool) -> bytes:
    """The same paragraphs for programs."""
    sections = reading.official if is_official else reading.own
    told = [
        {
            "part": one.part.value,
            "number": one.number,
            "title": one.title,
            "paragraphs": [[row.anchor, row.kind, row.words] for row in one.paragraphs],
        }
        for one in sections
    ]
    return canonical({"version": reading.version.slug, "official": is_official, "sections": told})


@lru_cache(maxsize=12)
def _rendered(html: str, moment: datetime, data: bytes, about: str) -> bytes:
    """Kept for the next who asks: a version's text never changes, and laying it out takes far longer than reading it."""
    file = pdf.DataFile("overenskommelsen.json", data, about)
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment, attachments=[file])
