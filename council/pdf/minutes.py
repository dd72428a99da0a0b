"""The minutes on paper: accessible, made to be kept, and with the same words as data inside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from idekom.lib import pdf
from idekom.lib.canonical import canonical, digest


def minutes(document: dict[str, Any], *, moment: datetime, approved: Sequence[dict[str, str]] = ()) -> bytes:
    """The file of a document of minutes; without `approved`, (name, side, at) for each adjuster, it is marked as not adjusted.

    The same input gives the same bytes: `moment` stands in the file instead of the clock.
    """
    with translation.override("sv"):
        context = {
            "document": document,
            "approved": approved,
            "portal": settings.PORTAL,
            "fonts": pdf.font_css(),
            "moment": moment.isoformat(timespec="seconds"),
        }
        html = pdf.breakable(render_to_string("council/minutes/paper.html", context))
        told = {"document": document, "adjusted": list(approved)}
        data = pdf.DataFile(f"protokoll-{document['starts_at'][:10]}.json", canonical(told), _("Protokollet som data för program"))
        return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment, attachments=[data])
