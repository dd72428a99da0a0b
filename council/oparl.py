"""The council as open data in the terms of OParl 1.1 (https://schema.oparl.org/1.1/): only what the pages show everybody.

Our bodies are its organizations, a mandate is a membership, and the cooperation as a whole is its body. An address stays for ever,
and is the same in every language.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, DateTimeField, F, Max, Min, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone, translation

from council.models import AgendaItem, Binding, Body, Mandate, Meeting, Paper, Person, Proposal
from idekom.lib.dated import today
from idekom.lib.mail import absolute

SCHEMA = "https://schema.oparl.org/1.1/"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
PER_PAGE = 100
STATES = {Meeting.Status.PLANNED: "terminiert", Meeting.Status.CALLED: "eingeladen", Meeting.Status.HELD: "eingeladen"}
"""OParl's own words; a meeting is "durchgeführt" when its minutes are adjusted."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A sort of object: its rows, which everybody may see, and how they are written. `is_stamped`: each row has created_at and revised_at."""

    rows: "Callable[[], QuerySet[Any]]"
    write: Callable[[Sequence[Any]], list[Row]]
    is_stamped: bool = False


def list_url(kind: str) -> str:
    """The address of all objects of a kind."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(reverse("council:data_list", args=[kind]))


def url(kind: str, pk: int) -> str:
    """The address of an object: its id."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(reverse("council:data_one", args=[kind, pk]))


def web(row: Any) -> str:
    """The page about a row."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(row.get_absolute_url())


def system() -> Row:
    """Where a program begins."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "id": absolute(reverse("council:data")),
            "type": f"{SCHEMA}System",
            "oparlVersion": SCHEMA,
            "name": settings.PORTAL["name"],
            "body": list_url("samverkan"),
            "license": LICENCE,
            "contactEmail": settings.PORTAL["contact_email"],
            "website": settings.SITE_URL,
            "web": absolute(reverse("open_data")),
        }


def whole() -> Row:
    """The cooperation as a whole: OParl's body."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "id": url("samverkan", 1),
            "type": f"{SCHEMA}Body",
            "system": absolute(reverse("council:data")),
            "name": f"{settings.PORTAL['name']}, {settings.PORTAL['place']}",
            "shortName": settings.PORTAL["name"],
            "website": settings.SITE_URL,
            "license": LICENCE,
            "contactEmail": settings.PORTAL["contact_email"],
            "organization": list_url("organ"),
            "person": list_url("personer"),
            "membership": list_url("mandat"),
            "meeting": list_url("moten"),
            "agendaItem": list_url("punkter"),
            "paper": list_url("arenden"),
            "file": list_url("filer"),
            "locationList": list_url("lokaler"),
            "legislativeTerm": [],
        }


def _object(kind: str, oparl_type: str, row: Any, **fields: Any) -> Row:
    """What each object has; what has no value is left out."""
    stamps = {"created": _moment(getattr(row, "created_at", None)), "modified": _moment(getattr(row, "revised_at", None))}
    told = {"id": url(kind, row.pk), "type": f"{SCHEMA}{oparl_type}", **fields, **stamps}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _organizations(bodies: Sequence[Body]) -> list[Row]:
    mandates: dict[int, list[str]] = {body.pk: [] for body in bodies}
    for pk, body in Mandate.objects.valid().filter(seat__body__in=mandates).order_by("pk").values_list("pk", "seat__body"):
        mandates[body].append(url("mandat", pk))
    return [
        _object(
            "organ",
            "Organization",
            body,
            body=url("samverkan", 1),
            name=body.name,
            organizationType=str(Body.Kind(body.kind).label),
            membership=mandates[body.pk],
            meeting=f"{list_url('moten')}?organ={body.pk}",
            subOrganizationOf=url("organ", body.parent_id) if body.parent_id else None,
            startDate=body.from_on.isoformat(),
            endDate=body.until_on.isoformat() if body.until_on else None,
        )
        for body in bodies
    ]


def _people(people: Sequence[Person]) -> list[Row]:
    mandates: dict[int, list[Row]] = {person.pk: [] for person in people}
    for mandate in _mandates().filter(person__in=mandates):
        mandates[mandate.person_id] += _memberships([mandate])
    return [_object("personer", "Person", one, body=url("samverkan", 1), name=one.name, membership=mandates[one.pk]) for one in people]


def _memberships(mandates: Sequence[Mandate]) -> list[Row]:
    return [
        _object(
            "mandat",
            "Membership",
            mandate,
            person=url("personer", mandate.person_id),
            organization=url("organ", mandate.seat.body_id),
            role=f"{mandate.seat.label} ({Mandate.Role(mandate.role).label})",
            startDate=mandate.from_on.isoformat(),
            endDate=mandate.until_on.isoformat() if mandate.until_on else None,
        )
        for mandate in mandates
    ]


def _meetings(meetings: Sequence[Any]) -> list[Row]:
    pks = [meeting.pk for meeting in meetings]
    items: dict[int, list[Row]] = {pk: [] for pk in pks}
    rows = list(_items().filter(meeting__in=pks))
    for item, written in zip(rows, _agenda_items(rows), strict=True):
        items[item.meeting_id].append({name: value for name, value in written.items() if name != "meeting"})
    for of_one in items.values():
        of_one.sort(key=lambda written: written["order"])
    return [
        _object(
            "moten",
            "Meeting",
            meeting,
            name=str(meeting),
            meetingState="durchgeführt" if meeting.is_told else STATES.get(meeting.status, "terminiert"),
            cancelled=meeting.status == Meeting.Status.CANCELLED,
            start=_moment(meeting.starts_at),
            end=_moment(meeting.ends_at),
            location=_locations([meeting])[0],
            organization=[url("organ", meeting.body_id)],
            agendaItem=items[meeting.pk],
            web=web(meeting),
        )
        for meeting in meetings
    ]


def _agenda_items(items: Sequence[Any]) -> list[Row]:
    """Items that everybody may see, with what came of them when that is public."""
    pks = [item.pk for item in items]
    meetings = {item.meeting_id for item in items}
    numbers = AgendaItem.objects.filter(meeting__in=meetings).numbers()
    places = _places(AgendaItem.objects.shown().filter(meeting__in=meetings), numbers)
    told = set(AgendaItem.objects.told().filter(pk__in=pks).values_list("pk", flat=True))
    files: dict[int, list[Row]] = {pk: [] for pk in pks}
    for paper in _papers().filter(item__in=pks):
        files[paper.item_id] += _files([paper])
    return [
        _object(
            "punkter",
            "AgendaItem",
            item,
            meeting=url("moten", item.meeting_id),
            number=numbers[item.pk],
            order=places[item.pk],
            name=item.title,
            public=True,
            result=item.get_outcome_display() if item.pk in told else None,
            resolutionText=item.outcome_words if item.pk in told else None,
            auxiliaryFile=files[item.pk],
        )
        for item in items
    ]


def _places(items: "QuerySet[AgendaItem]", numbers: dict[int, str]) -> dict[int, int]:
    """{item: its place in its meeting's list, from 0}: a part comes after the item that it is a part of."""
    found: dict[int, int] = {}
    counted: Counter[int] = Counter()
    for pk, meeting in sorted(items.order_by().values_list("pk", "meeting"), key=lambda row: [int(part) for part in numbers[row[0]].split(".")]):
        found[pk] = counted[meeting]
        counted[meeting] += 1
    return found


def _locations(meetings: Sequence[Meeting]) -> list[Row]:
    return [
        {"id": url("lokaler", one.pk), "type": f"{SCHEMA}Location", "description": one.place, "meetings": [url("moten", one.pk)]} for one in meetings
    ]


def _files(papers: Sequence[Paper]) -> list[Row]:
    return [
        _object(
            "filer",
            "File",
            paper,
            name=paper.name,
            mimeType="application/pdf",
            size=paper.size,
            accessUrl=web(paper),
            agendaItem=[url("punkter", paper.item_id)],
        )
        for paper in papers
    ]


def _proposals(proposals: "Sequence[Proposal]") -> list[Row]:
    """The council's proposals, each with whom it binds today: nobody but those who have said yes."""
    binding = Binding.of_each(proposals, today())
    return [
        _object(
            "arenden",
            "Paper",
            proposal,
            body=url("samverkan", 1),
            name=proposal.title,
            paperType="förslag",
            date=proposal.decided_on.isoformat() if proposal.decided_on else None,
            web=web(proposal),
            **{"idekom:status": str(proposal.get_status_display()), "idekom:bindingFor": [one.party.name for one in binding[proposal.pk].bound]},
        )
        for proposal in proposals
    ]


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _stamp(model: type[Model], which: type[Max] | type[Min], of: str = "pk") -> Subquery:
    """When a row, or the row that it names, was written down or last changed."""
    changes = model._default_manager.filter(pk=OuterRef(of)).order_by().values("pk").annotate(at=which("changes__pgh_created_at"))
    return Subquery(changes.values("at"), output_field=DateTimeField())


def _mandates() -> "QuerySet[Mandate]":
    stamps = {"created_at": _stamp(Mandate, Min), "revised_at": _stamp(Mandate, Max)}
    found: QuerySet[Mandate] = Mandate.objects.valid().select_related("seat").annotate(**stamps).order_by("pk")
    return found


def _adjusted(path: str) -> Case:
    return Case(When(**{f"{path}protocol__status": "adjusted"}, then=F(f"{path}protocol__adjusted_at")), output_field=DateTimeField())


def _all_meetings() -> "QuerySet[Meeting]":
    revised = Greatest(_stamp(Meeting, Max), _adjusted(""))
    found = Meeting.objects.select_related("body").annotate(created_at=_stamp(Meeting, Min), revised_at=Coalesce(revised, F("starts_at")))
    return found.annotate(is_told=Case(When(protocol__status="adjusted", then=True), default=False)).order_by("pk")


def _items() -> "QuerySet[AgendaItem]":
    """They change when they are changed, when the notice goes out, and when the minutes are adjusted."""
    revised = Greatest(_stamp(AgendaItem, Max), _stamp(Meeting, Max, "meeting"), _adjusted("meeting__"))
    return AgendaItem.objects.shown().annotate(created_at=_stamp(AgendaItem, Min), revised_at=revised).order_by("meeting", "position")


def _papers() -> "QuerySet[Paper]":
    return Paper.objects.public().select_related("item").order_by("pk")


def _shown_proposals() -> "QuerySet[Proposal]":
    return Proposal.objects.shown().annotate(created_at=_stamp(Proposal, Min), revised_at=_stamp(Proposal, Max)).order_by("pk")


def _with_mandates() -> "QuerySet[Person]":
    return Person.objects.filter(mandates__voided_at=None, mandates__isnull=False).distinct().order_by("pk")


KINDS: dict[str, Kind] = {
    "organ": Kind(lambda: Body.objects.order_by("pk"), _organizations),
    "personer": Kind(_with_mandates, _people),
    "mandat": Kind(_mandates, _memberships, is_stamped=True),
    "moten": Kind(_all_meetings, _meetings, is_stamped=True),
    "punkter": Kind(_items, _agenda_items, is_stamped=True),
    "lokaler": Kind(lambda: Meeting.objects.order_by("pk"), _locations),
    "filer": Kind(_papers, _files),
    "arenden": Kind(_shown_proposals, _proposals, is_stamped=True),
}
"""{the word in the address: what it holds}."""
