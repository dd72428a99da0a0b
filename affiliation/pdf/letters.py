"""Papers for boards that sign on paper: a letter with the answers filled in, and the whole application as an empty form."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from affiliation.models import Application
from affiliation.models.sections import in_words
from idekom.lib import pdf
from idekom.lib.canonical import digest

NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True)
class Question:
    """A question on paper: what is asked, boxes to tick or lines to write on."""

    label: str
    hint: str = ""
    boxes: tuple[str, ...] = ()
    lines: int = 1

    @property
    def rules(self) -> range:
        """One for each line to write on."""
        return range(self.lines)


@dataclass(frozen=True)
class Page:
    """The questions of a section."""

    title: str
    questions: tuple[Question, ...]


def letter(case: Application) -> bytes:
    """The letter that the board signs, in the language in use. The same answers give the same bytes."""
    told = {
        name: in_words(case, name) if getattr(case, name) else ""
        for name in ("name", "registration_number", "decided_by", "decided_on", "decided_paragraph", "signatory_name", "signatory_role")
    }
    moment = case.submitted_at or case.started_at
    return _made("letter", moment, case=case, told=told, agreement=case.version.name)


def paper_form(agreement: str, in_force_on: date, pages: list[Page]) -> bytes:
    """The application on paper, in the language in use. The same questions give the same bytes."""
    return _made("form", datetime.combine(in_force_on, NOON), pages=pages, agreement=agreement)


def _made(name: str, moment: datetime, **context: Any) -> bytes:
    everywhere = {
        "portal": settings.PORTAL,
        "fonts": pdf.font_css(),
        "language": get_language() or "sv",
        "moment": moment.isoformat(timespec="seconds"),
    }
    html = render_to_string(f"affiliation/letters/{name}.html", {**everywhere, **context})
    return _rendered(html, moment)


@lru_cache(maxsize=8)
def _rendered(html: str, moment: datetime) -> bytes:
    """Kept for the next who asks: the empty form is the same for everybody."""
    return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)
