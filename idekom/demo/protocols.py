"""The demo's minutes: those of the first meeting stand, those of the next wait for an adjuster whom one can sign in as."""

from datetime import timedelta

from agreement.models import Side
from council import minutes as drawing
from council.models import Attendance, Meeting, Minutes, Person
from idekom.demo import members
from idekom.users.models import User

NOTE = "Ordföranden hälsade alla välkomna och gick igenom dagen."


def build(secretary: User) -> None:
    """Minutes of the meetings that have been held, through the verbs that the pages call."""
    for number, meeting in enumerate(Meeting.objects.filter(status=Meeting.Status.HELD).select_related("body").order_by("starts_at")):
        minutes = Minutes.objects.begin(meeting)
        minutes.write(NOTE)
        minutes.choose_adjusters({side: _somebody(meeting, side) for side in Side})
        minutes.send(drawing.of_meeting(meeting, note=NOTE), by=secretary)
        if number == 0:
            _adjust(minutes, meeting)


def _somebody(meeting: Meeting, side: Side) -> list[Person]:
    """One who served for the side and can sign in: the one to try out, if they were there."""
    served = Attendance.objects.serving().filter(meeting=meeting, seat__group__side=side, person__user__isnull=False).select_related("person__user")
    there = [one.person for one in served.order_by("seat__number")]
    return sorted(there, key=lambda person: person.user is None or person.user.email != members.MEMBER)[:1]


def _adjust(minutes: Minutes, meeting: Meeting) -> None:
    for days, adjuster in enumerate(minutes.adjusters.select_related("person__user"), start=8):
        if adjuster.person.user:
            minutes.approve(by=adjuster.person.user, digest=minutes.digest, now=meeting.ends_at + timedelta(days=days))
    minutes.events.update(at=meeting.ends_at + timedelta(days=9), notified_at=meeting.ends_at + timedelta(days=9))
    drawing.print_files(minutes)
