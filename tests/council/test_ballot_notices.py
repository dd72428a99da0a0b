"""The mails of a dot ballot: opened, reminded of the day before, over or called off. Each once, by a moved clock, without a number too early."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from council.models import BallotNotice, DotBallot, Person
from council.tasks import deliver_mail
from idekom.lib.dated import today
from tests import builders
from tests.council import balloting

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def sent() -> list[Any]:
    """The mails since the last look, in the order of their readers."""
    deliver_mail()
    found: list[Any] = sorted(mail.outbox, key=lambda one: one.to)
    mail.outbox = []
    return found


def run(ballot: DotBallot, moment: Any) -> list[Any]:
    """What is mailed when the clock has come there; looked at twice."""
    DotBallot.objects.run(moment)
    DotBallot.objects.run(moment)
    ballot.refresh_from_db()
    return sent()


def test_each_mail_goes_once_and_at_its_time() -> None:
    now = timezone.now()
    ballot = balloting.draft(balloting.body(1, 1), opens_at=now - HOUR, closes_at=now + 3 * DAY)
    assert run(ballot, now - 2 * HOUR) == []
    opened = run(ballot, now)
    assert [one.subject for one in opened] == [f"Sätt dina prickar senast {_day(ballot)}: {ballot.title}"] * 2
    voter, silent = balloting.voters(ballot)
    assert any(voter.address in one.body for one in opened)
    assert not any(voter.address in one.body and silent.address in one.body for one in opened)
    voter.vote({balloting.options(ballot)[0].pk: 2})
    assert run(ballot, now + 1.9 * DAY) == []
    reminded = run(ballot, now + 2 * DAY + HOUR)
    assert [(one.to, silent.address in one.body) for one in reminded] == [([silent.person.user.email], True)]
    over = run(ballot, now + 3 * DAY)
    assert [one.subject for one in over] == [f"Så gick omröstningen: {ballot.title}"] * 2
    assert all(f"{balloting.options(ballot)[0].title}: 2" in one.body for one in over)
    assert run(ballot, now + 9 * DAY) == []


def _day(ballot: DotBallot) -> str:
    assert ballot.closes_at
    local = timezone.localtime(ballot.closes_at)
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
    return f"{local.day} {months[local.month - 1]}"


def test_a_short_ballot_has_no_reminder() -> None:
    now = timezone.now()
    ballot = balloting.opened(opens_at=now - HOUR, closes_at=now + DAY)
    assert len(run(ballot, now + HOUR)) == 6
    assert run(ballot, now + 20 * HOUR) == []


def test_a_reminder_is_not_sent_to_who_votes_before_it_goes() -> None:
    now = timezone.now()
    ballot = balloting.opened(balloting.body(1, 1), opens_at=now - 3 * DAY, closes_at=now + HOUR)
    sent()
    DotBallot.objects.run(now)
    voter = balloting.voters(ballot)[0]
    voter.vote({balloting.options(ballot)[0].pk: 1})
    assert voter.person.user is not None
    assert voter.person.user.email not in [address for one in sent() for address in one.to]


def test_members_without_an_account_get_the_link_at_the_address_that_the_office_knows() -> None:
    body = balloting.body(1, 1)
    known, unknown = (builders.person(email=email) for email in ("kand@example.org", ""))
    for person in (known, unknown):
        builders.seat(body).appoint(person, role=balloting.ORDINARY, from_on=today())
    ballot = balloting.opened(body)
    assert "kand@example.org" in [address for one in sent() for address in one.to]
    assert [voter.person for voter in ballot.voters.filter(notices=None)] == [unknown]
    Person.objects.filter(pk=unknown.pk).update(email="ny@example.org")
    assert [one.to for one in run(ballot, timezone.now())] == [["ny@example.org"]]


def test_called_off_the_voters_read_why() -> None:
    ballot = balloting.opened(balloting.body(1, 1))
    sent()
    ballot.cancel(by=builders.user(), note="Listan var fel.")
    told = sent()
    assert [one.subject for one in told] == [f"Omröstningen är inställd: {ballot.title}"] * 2
    assert all("Listan var fel." in one.body for one in told)
    assert BallotNotice.objects.filter(kind="result").count() == 0


def test_what_is_over_before_its_mail_goes_is_not_announced() -> None:
    ballot = balloting.opened(balloting.body(1, 1))
    ballot.cancel(by=builders.user(), note="Listan var fel.")
    assert {one.subject for one in sent()} == {f"Omröstningen är inställd: {ballot.title}"}


def test_mails_are_in_the_readers_language() -> None:
    body = balloting.body(1, 0)
    reader = balloting.member(builders.seat(body), language="en").person
    balloting.opened(body)
    assert reader.user is not None
    mine = next(one for one in sent() if one.to == [reader.user.email])
    assert "Hej," not in mine.body


def test_somebody_whose_account_is_closed_is_not_mailed() -> None:
    ballot = balloting.draft(balloting.body(2, 0))
    user = balloting.member(builders.seat(ballot.body)).person.user
    assert user is not None
    user.is_active = False
    user.save()
    ballot.open(by=builders.user())
    assert user.email not in [address for one in sent() for address in one.to]
