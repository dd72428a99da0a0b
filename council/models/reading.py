"""Who reads what about a meeting: what is internal is for those who sit at it, and for nobody else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from council.models.agenda import AgendaItem
from council.models.mandates import Mandate
from council.models.meetings import Meeting
from council.models.papers import Paper
from council.models.people import Person

if TYPE_CHECKING:
    from council.models.agenda import Numbered
    from idekom.users.models import User

AGENDA_STANDS = {Meeting.Status.CALLED, Meeting.Status.HELD}
"""Before the notice the agenda is the secretary's draft."""


def reader(person: Person) -> tuple[str, str] | None:
    """(address, language) of a person; None when the portal knows no address."""
    user = person.user
    if user is not None:
        return (user.email, user.language) if user.is_active else None
    return (person.email, settings.LANGUAGE_CODE) if person.email else None


@dataclass(frozen=True)
class Line:
    """An item as somebody reads it: its number, its papers and its parts."""

    number: str
    item: AgendaItem
    papers: list[Paper]
    parts: "list[Line]"


def agenda(meeting: Meeting, *, internal: bool) -> list[Line]:
    """The agenda, with what is internal or without it. The numbers are the same for all readers."""
    return _lines(meeting.items.prefetch_related("papers").numbered(), internal)


def _lines(numbered: "list[Numbered]", internal: bool) -> list[Line]:
    return [
        Line(
            one.number,
            one.item,
            [paper for paper in one.item.papers.all() if internal or not paper.is_internal],
            _lines(one.parts, internal),
        )
        for one in numbered
        if internal or not one.item.is_internal
    ]


def papers(lines: list[Line]) -> list[Paper]:
    """All the papers of an agenda, in its order."""
    return [paper for line in lines for paper in [*line.papers, *papers(line.parts)]]


def meetings_of(user: "User") -> QuerySet[Meeting]:
    """The meetings on whose day the user holds a mandate in the body, as ordinary or as substitute."""
    held = Mandate.objects.valid().filter(person__user=user, seat__body=OuterRef("body"), period__contains=OuterRef("day"))
    return Meeting.objects.filter(Exists(held)).select_related("body")


def ordinary_on(meeting: Meeting) -> "QuerySet[Mandate]":
    """The mandates of those who are called to a meeting: the ordinary holders that day."""
    return Mandate.objects.valid().on(meeting.on).filter(role=Mandate.Role.ORDINARY, seat__body=meeting.body_id, seat__period__contains=meeting.on)


def sits_at(meeting: Meeting, person: Person) -> bool:
    """Whether the person reads what is internal: the ordinary holders of that day, and the substitutes who serve."""
    return ordinary_on(meeting).filter(person=person).exists() or person.requests.filter(meeting=meeting, status="accepted").exists()
