"""The year's book: a snapshot as one accessible PDF with its data inside. The same snapshot gives the same bytes."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape

from followup.datafiles import as_csv, as_json
from followup.figures import OPINIONS, Figures
from followup.models import Progress
from followup.snapshot import LANGUAGE
from idekom.lib import pdf
from idekom.lib.canonical import canonical, digest


def html(snapshot: dict[str, Any]) -> str:
    """The book as one HTML document, which refers to nothing but the bundled fonts."""
    with translation.override(LANGUAGE):
        book = Figures(snapshot)
        context = {
            "book": book,
            "agreement": book.agreement,
            "portal": settings.PORTAL,
            "fonts": pdf.font_css(),
            "font": conditional_escape(pdf.FONT_FAMILY),
            "missing": pdf.MISSING,
            "moment": moment(snapshot).isoformat(timespec="seconds"),
            "digest": digest(canonical(snapshot)),
            "opinions": OPINIONS,
            "no_opinion": Progress.NO_OPINION,
            "overview": [(one, [one.count(progress) for progress in OPINIONS], one.no_opinion) for one in book.commitments],
        }
        return render_to_string("followup/book/book.html", context)


def render(snapshot: dict[str, Any]) -> bytes:
    """The book as PDF/A-3a and PDF/UA-1, with the snapshot inside as CSV and JSON."""
    with translation.override(LANGUAGE):
        name = f"idekom-uppfoljning-{snapshot['year']}"
        files = [
            pdf.DataFile(f"{name}.csv", as_csv(snapshot), "Alla svar som tabell"),
            pdf.DataFile(f"{name}.json", as_json(snapshot), "Alla svar som data för program"),
        ]
    return pdf.render(html(snapshot), identifier=digest(canonical(snapshot))[:32], moment=moment(snapshot), attachments=files)


def moment(snapshot: dict[str, Any]) -> datetime:
    """The time that stands in the file: when the last report in it was handed in, or the day the round opened. No clock is read."""
    times = [datetime.fromisoformat(party["submitted_at"]) for party in snapshot["parties"] if party["submitted_at"]]
    opened = datetime.combine(datetime.fromisoformat(snapshot["opens_on"]).date(), time(12), tzinfo=UTC)
    return max(times, default=opened).astimezone(UTC)
