"""A council that meets: seats with members and substitutes who have accounts, a called meeting, its mails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.core.files.base import ContentFile
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from agreement.models import Side
from council.minutes import of_meeting
from council.models import Adjuster, AgendaItem, Mandate, Meeting, Minutes, Paper, Person, Reply, Seat, SeatGroup
from council.tasks import deliver_mail, sweep
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders

SECRET_ITEM, SECRET_PAPER, SECRET_LINK = "KANARIE-PUNKT", "KANARIE-PAPPER", "https://kanarie.example.org/rum"


@dataclass
class Gathering:
    """A meeting of a council. Seats 0 and 1 are of one sector, 2 of another group, 3 of the other side."""

    meeting: Meeting
    seats: list[Seat]
    office: User

    def member(self, number: int) -> Person:
        """Who holds a seat."""
        return self._holder(number, Mandate.Role.ORDINARY)

    def substitute(self, number: int) -> Person:
        """Who is its substitute."""
        return self._holder(number, Mandate.Role.SUBSTITUTE)

    def _holder(self, number: int, role: str) -> Person:
        mandate: Mandate = Mandate.objects.valid().get(seat=self.seats[number], role=role)
        return mandate.person

    def reply(self, number: int) -> Reply:
        """The member's answer."""
        return Reply.objects.get(meeting=self.meeting, person=self.member(number))

    def call(self) -> None:
        """The notice goes out."""
        self.meeting.call(by=self.office)
        deliver_mail()


def gather(**fields: Any) -> Gathering:
    """A council with four seats, and a planned meeting with a public and an internal item."""
    body = builders.body()
    sector = builders.sector()
    first = SeatGroup.objects.create(body=body, number=1, name="Civilsamhället", side=Side.CIVIL_SOCIETY)
    second = SeatGroup.objects.create(body=body, number=2, name="Övriga", side=Side.CIVIL_SOCIETY)
    city = SeatGroup.objects.create(body=body, number=3, name="Staden", side=Side.CITY)
    told: list[dict[str, Any]] = [{"group": first, "sector": sector}, {"group": first, "sector": sector}, {"group": second}, {"group": city}]
    seats = [builders.seat(body, number=number, has_substitute=True, **one) for number, one in enumerate(told, start=1)]
    for number, seat in enumerate(seats):
        for role, word in ((Mandate.Role.ORDINARY, "ledamot"), (Mandate.Role.SUBSTITUTE, "ersattare")):
            account = builders.user(f"{word}{number}-{body.pk}@example.org")
            seat.appoint(builders.person(name=f"{word.capitalize()} {number}", user=account), role=role, from_on=today() - timedelta(days=400))
    meeting = builders.meeting(body, link=SECRET_LINK, **fields)
    add(meeting, "Samverkan om lokaler", "Lokalrapporten")
    add(meeting, SECRET_ITEM, SECRET_PAPER, is_internal=True)
    add(meeting, "Öppet ämne", SECRET_PAPER, paper_is_internal=True)
    return Gathering(meeting, seats, builders.user())


def add(meeting: Meeting, title: str, paper: str = "", *, paper_is_internal: bool = False, **fields: Any) -> AgendaItem:
    """An item, with a paper."""
    item = AgendaItem.objects.add(meeting, title=title, **fields)
    if paper:
        Paper.objects.create(item=item, name=paper, is_internal=paper_is_internal, file=ContentFile(b"%PDF-1.7 " + paper.encode(), "x.pdf"))
    return item


def mails_to(person: Person | str) -> list[EmailMultiAlternatives]:
    """What somebody has been sent."""
    address = person if isinstance(person, str) else person.user.email  # type: ignore[union-attr]
    return [one for one in mail.outbox if one.to == [address] and isinstance(one, EmailMultiAlternatives)]


def everything(message: EmailMultiAlternatives) -> str:
    """All that stands in a mail: its subject, its words and its files."""
    parts = [str(message.subject), str(message.body), *(str(one[0]) for one in message.alternatives)]
    for name, content, _kind in message.attachments:
        parts += [str(name), content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)]
    return "\n".join(parts)


def later(meeting: Meeting, **delta: Any) -> datetime:
    """Some time after now."""
    return timezone.now() + timedelta(**delta)


def adjusted(here: Gathering) -> Minutes:
    """The meeting has been, and its minutes are adjusted by both sides, just now."""
    begun = timezone.now() - timedelta(days=3)
    Meeting.objects.filter(pk=here.meeting.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=2))
    here.meeting.refresh_from_db()
    here.meeting.hold(by=here.office)
    minutes = Minutes.objects.create(meeting=here.meeting)
    for number in (0, 3):
        Adjuster.objects.create(minutes=minutes, person=here.member(number), side=here.seats[number].side or "")
    minutes.send(of_meeting(here.meeting), by=here.office)
    for number in (0, 3):
        user = here.member(number).user
        assert user
        minutes.approve(by=user, digest=minutes.digest)
    return minutes


def tell_members() -> None:
    """The minute's task, twice: the second time nothing more may happen."""
    sweep()
    sweep()
