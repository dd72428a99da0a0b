"""A proposal, and the papers that parties decide on, as accessible PDF files made to be kept."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from council.models import Binding, Proposal
from council.pdf.papers import DecisionPaper
from idekom.lib import pdf
from idekom.lib.canonical import digest
from idekom.lib.markdown import to_html

LINK, TAG = re.compile(r"(<a [^>]*>)(.*?)(</a>)", re.S), re.compile(r"<[^>]+>")
NOON = time(12, tzinfo=UTC)


def proposal_file(proposal: Proposal, binding: Binding) -> bytes:
    """The proposal, marked as one, with whom it binds on the binding's day. The same input gives the same bytes."""
    return _file("proposal", binding.day, proposal=proposal, binding=binding, text=_text(proposal))


def paper_file(paper: DecisionPaper, proposal: Proposal, day: date) -> bytes:
    """A party's decision paper."""
    return _file("decision", proposal.decided_on or day, paper=paper, text=_text(proposal))


def _file(name: str, day: date, **context: Any) -> bytes:
    moment = datetime.combine(day, NOON)
    with translation.override(settings.LANGUAGE_CODE):
        context |= {"portal": settings.PORTAL, "fonts": pdf.font_css(), "moment": moment.isoformat(timespec="seconds")}
        html = pdf.breakable(render_to_string(f"council/proposals/paper/{name}.html", context))
        return pdf.render(html, identifier=digest(html.encode())[:32], moment=moment)


def _text(proposal: Proposal) -> SafeString:
    """The proposal's words; a link holds only text, or the file would not conform."""
    html = to_html(proposal.text, under=2)
    return mark_safe(LINK.sub(lambda link: link[1] + TAG.sub("", link[2]) + link[3], html))  # noqa: S308 - cleaned by to_html
