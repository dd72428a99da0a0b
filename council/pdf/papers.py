"""The paper that a party's own body decides on: whom it is for, the matter, its background, the proposal and words to decide with.

One content for both files, Word and PDF. It is in Swedish whatever language is read: it goes into the party's own records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from agreement.models import Party, Side
from agreement.models.parties import LegalForm
from council.models import Anchoring, Proposal

DECIDES = {LegalForm.COMMITTEE: "Nämnden", LegalForm.ADMINISTRATION: "Nämnden", LegalForm.COMPANY: "Bolagets styrelse"}
"""Which body decides for a part of the City; a board does for an organisation."""


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: paragraphs, a numbered or plain list, and text with its own headings (Markdown)."""

    heading: str
    paragraphs: Sequence[str] = ()
    items: Sequence[str] = ()
    is_numbered: bool = False
    text: str = ""


@dataclass(frozen=True)
class DecisionPaper:
    """A paper for one party, prefilled; the party changes what it wants."""

    kind: str
    title: str
    facts: list[tuple[str, str]]
    sections: list[Section]
    lines: list[str]
    """What is filled in by hand."""

    @classmethod
    def of(cls, proposal: Proposal, party: Party) -> "DecisionPaper":
        """The paper for a party about an adopted proposal."""
        with translation.override(settings.LANGUAGE_CODE):
            is_city = party.side == Side.CITY
            body = DECIDES.get(LegalForm(party.legal_form), "Styrelsen")
            return cls(
                kind="Tjänsteskrivelse" if is_city else "Underlag för styrelsebeslut",
                title=f"Förslag från {settings.PORTAL['name']}: {proposal.title}",
                facts=_facts(proposal, party, body),
                sections=_sections(proposal, body),
                lines=["Beslutat den (datum)", "Paragraf (§)", "Underskrift och namnförtydligande"],
            )


def _facts(proposal: Proposal, party: Party, body: str) -> list[tuple[str, str]]:
    facts = [("Till", f"{party.name}, {body.lower()}"), ("Ärende", f"Rådets förslag ”{proposal.title}”")]
    return [*facts, ("Från", f"{settings.PORTAL['name']}, {settings.PORTAL['place']}"), ("Diarienummer", "________________")]


def _sections(proposal: Proposal, body: str) -> list[Section]:
    sections = [
        Section(
            "Förslag till beslut",
            [f"{body} beslutar"],
            [
                f"att säga ja till förslaget ”{proposal.title}”, enligt texten under rubriken Förslaget,",
                "att beslutet gäller från och med den ________________, och",
                f"att meddela beslutet till kansliet för {settings.PORTAL['name']}.",
            ],
            is_numbered=True,
        ),
        Section("Bakgrund", _background(proposal)),
    ]
    if proposal.aim:
        sections.append(Section("Mål", [proposal.aim]))
    if commitments := [f"{one.number}. {one.title}" for one in proposal.commitments.all()]:
        sections.append(Section("Åtaganden som förslaget tjänar", items=commitments))
    sections.append(Section("Förslaget", text=proposal.text))
    if asked := [_asked(one) for one in proposal.anchorings.told()]:
        sections.append(Section("Så är förslaget förankrat", items=asked))
    others = "Ni kan lika gärna säga nej, eller ja med en ändring. Skriv då ändringen med ord i beslutet."
    return [*sections, Section("Andra svar", [others])]


def _background(proposal: Proposal) -> list[str]:
    name, agreement = settings.PORTAL["name"], settings.PORTAL["agreement"]
    told = []
    if proposal.item and proposal.decided_on:
        paragraph = f" (§ {proposal.paragraph})" if proposal.paragraph else ""
        told = [f"{proposal.item.meeting.body.name} lade den {_day(proposal.decided_on)}{paragraph} fram förslaget för parterna i {agreement}."]
    return [*told, f"{name} binder ingen. Förslaget gäller för en part först när parten själv har beslutat det, och från den dag som parten säger."]


def _asked(one: Anchoring) -> str:
    return f"{one.who}, {_day(one.asked_on)}, {one.get_how_display()}: {one.said}"


def _day(day: date) -> str:
    return date_format(day, "j F Y")
