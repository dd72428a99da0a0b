"""What members and substitutes see around a meeting, and the secretary's page of who comes."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from council.minutes import send
from council.models import Adjuster, Assignment, AssignmentReminder, Meeting, Minutes, Person, Reply, SubstituteRequest
from council.models.reading import ordinary_on
from idekom.demo import content
from idekom.demo.members import MEMBER
from idekom.lib.dated import today
from idekom.users.models import User
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """Every page, as it stands in the demo."""
    me = Person.objects.get(user__email=MEMBER)
    reply = Reply.objects.get(person=me)
    assignment = Assignment.objects.filter(person=me)[0]
    reminder, _is_new = AssignmentReminder.objects.get_or_create(assignment=assignment, due_on=today(), step=0)
    yield Place(reverse("council:my_meetings"), MEMBER)
    yield Place(reverse("council:my_meetings"), content.REPORTER)
    yield Place(reverse("council:member_meeting", args=[reply.meeting_id]), MEMBER)
    yield Place(reverse("council:brief", args=[_held(reply.meeting).pk]), MEMBER)
    yield Place(reverse("council:member_assignment", args=[assignment.pk]), MEMBER)
    yield Place(reminder.get_absolute_url())
    for status in Reply.Status:
        yield from (Place(one.get_absolute_url()) for one in Reply.objects.filter(status=status)[:1])
    for standing in SubstituteRequest.Status:
        yield from (Place(one.get_absolute_url()) for one in SubstituteRequest.objects.filter(status=standing)[:1])
    for page in ("answers", "remind"):
        yield Place(reverse(f"admin:council_reply_{page}", args=[reply.meeting_id]), content.SECRETARY)


def _held(coming: Meeting) -> Meeting:
    """A meeting of the same body whose minutes are adjusted: the demo's, or else the latest that has been, adjusted here."""
    adjusted = Meeting.objects.filter(body=coming.body_id, protocol__status="adjusted").first()
    if adjusted is not None:
        return adjusted
    office, held = User.objects.get(email=content.SECRETARY), Meeting.objects.before(coming).filter(ends_at__lt=timezone.now())[0]
    if held.may("hold"):
        held.hold(by=office)
    minutes, _is_new = Minutes.objects.get_or_create(meeting=held)
    mandates = {mandate.seat.side: mandate for mandate in ordinary_on(held).select_related("seat__group", "person__user")}
    for side, mandate in mandates.items():
        Adjuster.objects.create(minutes=minutes, person=mandate.person, side=side or "")
    send(minutes, by=office)
    for mandate in mandates.values():
        assert mandate.person.user
        minutes.approve(by=mandate.person.user, digest=minutes.digest)
    return held
