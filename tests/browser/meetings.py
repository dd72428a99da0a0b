"""The pages about meetings: in the demo, and a meeting of another body."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from council.models import AgendaItem, Body, Meeting, TimePoll
from idekom.demo import content
from idekom.demo.members import MEMBER
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """Every kind of page about meetings, and about finding a time for one."""
    for name in ("meetings", "subscribe", "search"):
        yield Place(reverse(f"council:{name}"))
    yield from (Place(meeting.get_absolute_url()) for meeting in (*Meeting.objects.order_by("starts_at")[:3], _of_a_forum()))
    for q in ("provföreningars", "finnsinte"):
        yield Place(f"{reverse('council:search')}?q={q}")
    poll = TimePoll.objects.get()
    yield Place(poll.get_absolute_url(), MEMBER)
    asked = poll.asked.exclude(answered_at=None)[0]
    yield Place(reverse("council:times_by_link", args=[asked.token]))
    yield Place(reverse("admin:council_timepoll_change", args=[poll.pk]), content.SECRETARY)


def _of_a_forum() -> Meeting:
    """A called meeting with an agenda that has parts and times."""
    body, _made = Body.objects.get_or_create(
        slug="provforum", defaults={"name": "Provforum", "kind": Body.Kind.FORUM, "period": period(today() - timedelta(days=400))}
    )
    found: Meeting | None = body.meetings.first()
    if found:
        return found
    start = timezone.now() + timedelta(days=3)
    meeting = Meeting.objects.create(body=body, starts_at=start, ends_at=start + timedelta(hours=2), place="Provsalen")
    AgendaItem.objects.begin(meeting)
    item = AgendaItem.objects.add(meeting, title="Provföreningars lokaler", description="Hur det går.", minutes=20)
    AgendaItem.objects.create(meeting=meeting, parent=item, position=1, title="På kvällar", minutes=10)
    meeting.call(by=User.objects.get(email=content.SECRETARY))
    return meeting
