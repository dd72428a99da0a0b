"""Seats and members, each through the years."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agreement.models import Sector
from council.charts import seat_timeline
from council.models import Body, Mandate, MemberMeetings, Office, Person, Seat, WorkingGroup
from idekom.lib.dated import today


@require_safe
def seat(request: HttpRequest, number: int) -> HttpResponse:
    """A seat of the council that stands, or of the one that ended last."""
    council = Body.objects.latest_council(today())
    if council is None:
        raise Http404
    return _seat(request, council, number)


@require_safe
def body_seat(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A seat of any body."""
    return _seat(request, get_object_or_404(Body, slug=slug), number)


def _seat(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Who has held the seat through the years."""
    seat = get_object_or_404(Seat.objects.select_related("body", "group", "sector", "nominator"), body=body, number=number)
    last = min(day for day in (today(), seat.until_on) if day)
    mandates = list(seat.mandates.all().through_time())
    sector = Sector.objects.as_of(last).get(seat.sector_id)
    names: dict[str, Any] = {"sector": sector, "was": [one for one in _earlier_names(seat) if one != sector]}
    context = {"seat": seat, "body": body, "mandates": mandates, "timeline": seat_timeline(seat, mandates, today()), "today": today(), **names}
    return render(request, "council/seat.html", context)


def _earlier_names(seat: Seat) -> list[Sector]:
    """The sector's own name, and those of its time before."""
    if seat.sector is None:
        return []
    return list(dict.fromkeys([Sector.objects.as_of(seat.from_on)[seat.sector_id], seat.sector]))


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Who sits in the bodies now, and who did before."""
    names = Sector.objects.as_of(today())
    held = list(Mandate.objects.through_time().filter(period__startswith__lte=today()))
    now = sorted((mandate for mandate in held if mandate.holds_on(today())), key=lambda mandate: mandate.person.name)
    sitting = {mandate.person_id for mandate in now}
    before: set[Person] = {mandate.person for mandate in held if mandate.person_id not in sitting}
    context = {
        "now": [(mandate, names.get(mandate.seat.sector_id)) for mandate in now],
        "before": sorted(before, key=lambda person: person.name),
        "standing": Body.objects.council(today()),
    }
    return render(request, "council/members.html", context)


@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """What one person represents, and has represented. Nothing else about them is told."""
    person = get_object_or_404(Person.objects.public(), slug=slug)
    mandates = list(Mandate.objects.through_time().filter(person=person))
    days = {mandate: min(day for day in (today(), mandate.until_on) if day) for mandate in mandates}
    names = {day: Sector.objects.as_of(day) for day in set(days.values())}
    rows = [(mandate, names[days[mandate]].get(mandate.seat.sector_id)) for mandate in mandates]
    context = {
        "person": person,
        "now": [row for row in rows if row[0].holds_on(today())],
        "rows": rows,
        "offices": list(Office.objects.through_time().filter(mandate__person=person).select_related("body")),
        "working_groups": list(WorkingGroup.objects.told().of(person)),
        "part": MemberMeetings.of(person),
        "today": today(),
    }
    return render(request, "council/member.html", context)
