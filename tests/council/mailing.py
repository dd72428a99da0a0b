"""Every mail of the council, sent once: about seats, nominations, meetings, minutes, polls, proposals."""

from datetime import timedelta

from django.utils import timezone

from council.minutes import of_meeting
from council.models import (
    AgendaItem,
    Assignment,
    AssignmentReminder,
    Brief,
    DotBallot,
    Hinder,
    Mandate,
    NoticeReader,
    Reply,
    SeatNotice,
    SubstituteRequest,
    Voter,
)
from council.tasks import deliver_mail, thank_members
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests import builders
from tests.council import balloting, building, nominating, proposing
from tests.council.gathering import Gathering, add, adjusted, gather
from tests.council.sitting import sitting


def send_all(office: User, language: str) -> None:
    """Let everything happen that the council mails about."""
    _seats(language)
    _nominations(office, language)
    _minutes(office, language)
    _polls(office, language)
    _meetings(language)
    _ballots(office, language)
    _proposals(office, language)
    deliver_mail()


def _proposals(office: User, language: str) -> None:
    """A proposal is laid before a party, it is reminded of it, and asked what is in the way."""
    row = proposing.addressed()[0]
    builders.representative(row.party, builders.user(language=language))
    deliver_mail()
    row.events.update(at=timezone.now() - timedelta(days=20))
    row.remind(by=office)
    Hinder.objects.ask(today() + timedelta(days=90), [row.party])


def _seats(language: str) -> None:
    """A mandate that runs out, and a seat that nobody has: the nominating party and the office are told."""
    nominator = builders.representative(builders.party("Den nominerande"), builders.user(language=language)).party
    ending, vacant = (builders.seat(nominator=nominator, period=period(today() - timedelta(days=9))) for _number in range(2))
    ending.appoint(builders.person(), role=Mandate.Role.ORDINARY, from_on=today(), until_on=today() + timedelta(days=20))
    assert vacant.holds_on(today())
    SeatNotice.objects.make(today())


def _nominations(office: User, language: str) -> None:
    """People who are named: one is seated and thanked, one is not, and one is taken back."""
    asked, seated, declined = (nominating.nomination(agreed=agreed, language=language) for agreed in (False, True, True))
    builders.representative(asked.party, builders.user(language=language))
    deliver_mail()
    seated.seat_person(by=office, on=today(), decision=nominating.decided())
    declined.decline(by=office, decision=nominating.decided(), note="Platsen behövs för en annan sektor.")
    asked.withdraw(by=office)
    gone = builders.person(user=builders.user(language=language))
    yesterday = today() - timedelta(days=1)
    builders.seat().appoint(gone, role=Mandate.Role.ORDINARY, from_on=yesterday - timedelta(days=500), until_on=yesterday)
    thank_members()


def _minutes(office: User, language: str) -> None:
    """Minutes are sent, remarked on, taken back, sent again and adjusted."""
    here = sitting().held()
    minutes = here.minutes()
    minutes.send(of_meeting(here.meeting), by=office)
    adjusters = [adjuster.person.user for adjuster in minutes.adjusters.select_related("person__user") if adjuster.person.user]
    for user in adjusters:
        user.language = language
        user.save()
    minutes.remark(by=adjusters[0], note="Mitt namn är fel.")
    minutes.take_back(by=office, note="Ett namn var fel.")
    minutes.send(of_meeting(here.meeting), by=office)
    for user in adjusters:
        minutes.approve(by=user, digest=minutes.digest)


def _polls(office: User, language: str) -> None:
    """A question about times, and the time that it became."""
    body = builders.body()
    building.member(body, language=language)
    poll = building.poll(body)
    poll.open(by=office)
    deliver_mail()
    poll.choose(poll.options.all()[0], by=office)


def _meetings(language: str) -> None:
    """A meeting that is called, called again, moved and cancelled; and one that is held, with what comes after."""
    here = gather()
    User.objects.filter(person__isnull=False).update(language=language)
    NoticeReader.objects.create(body=here.meeting.body, name="Registrator", email="registrator@example.org")
    here.call()
    _substitutes(here)
    here.call()
    starts_at = here.meeting.starts_at + timedelta(days=1)
    here.meeting.move(by=here.office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    deliver_mail()
    here.meeting.cancel(by=here.office, note="Salen är trasig.")
    _after_a_meeting(language)


def _substitutes(here: Gathering) -> None:
    """One says yes and is let off again; those who are silent are reminded."""
    here.reply(0).stay_away(by=None)
    SubstituteRequest.objects.call(timezone.now())
    deliver_mail()
    SubstituteRequest.objects.get(reply=here.reply(0)).accept(by=None)
    deliver_mail()
    here.reply(0).come(by=None)
    Reply.objects.remind(here.meeting, by=here.office, day=today())
    deliver_mail()


def _after_a_meeting(language: str) -> None:
    here = gather()
    User.objects.filter(person__isnull=False).update(language=language)
    item = here.meeting.items.order_by("position")[0]
    item.conclude("decided", by=here.office, words="Vi öppnar skolorna på kvällarna.")
    add(here.meeting, "Avstämning", kind=AgendaItem.Kind.CHECK_IN).conclude("noted", by=here.office, words="Åtagande 3 är på väg.")
    for days in (-2, 0, 5):
        due_on = today() + timedelta(days=days)
        Assignment.objects.create(item=item, what=f"Uppdraget {days}", for_whom="rådet", person=here.member(1), due_on=due_on)
    AssignmentReminder.objects.make(today())
    adjusted(here)
    Brief.objects.make(today())
    deliver_mail()
    Brief.objects.make_reminders(today() + timedelta(days=14))
    deliver_mail()


def _ballots(office: User, language: str) -> None:
    """A dot ballot that opens, is reminded of and closes, and another that is called off."""
    seat = builders.seat(balloting.body(2, 2))
    voter = balloting.member(seat, language=language).person
    now, days = timezone.now(), timedelta(days=1)
    ballot = balloting.opened(seat.body, opens_at=now - 3 * days, closes_at=now + days / 2, weighing="sector")
    called_off = balloting.opened(seat.body)
    DotBallot.objects.run(now)
    deliver_mail()
    balloting.put(ballot, {0: 2, 1: 1}, {2: 3})
    ballot.close(by=office)
    called_off.cancel(by=office, note="Listan var fel.")
    assert Voter.objects.filter(person=voter).count() == 2
