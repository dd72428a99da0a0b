"""The mails about an election: to candidates, to those who vote, and after the close to both."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from affiliation.models import Election
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from tests.affiliation import electing

pytestmark = pytest.mark.django_db


def sent(subject: str) -> list[tuple[str, str]]:
    """(to, text) of the mails with that in the subject, in order."""
    outbox: list[Any] = mail.outbox
    return sorted((one.to[0], one.body) for one in outbox if subject in one.subject)


def test_who_is_named_is_asked_once_with_the_link() -> None:
    election = electing.election(candidates=0, opens_at=timezone.now() + timedelta(days=3), names_until=today())
    named = electing.candidate(election, agreed=False, presentation="")
    for _time in range(2):
        deliver_mail()
    ((to, text),) = sent("Vill du ställa upp")
    assert (to, named.address in text) == (named.email, True)


def test_an_election_is_told_of_when_it_opens_before_it_closes_and_after(make: Any) -> None:
    election = electing.election()
    first, second = electing.voters(election, 2)
    people = [make.representative(party).user.email for party in (first, second)]
    make.representative(first, role="reader")
    election.open(timezone.now())
    deliver_mail()
    assert [to for to, _text in sent("Rösta nu")] == sorted(people)
    election.roll.get(party=first).vote([election.on_ballot()[0].pk])
    Election.objects.run(election.closes_at - timedelta(days=1))
    for _time in range(2):
        deliver_mail()
    assert [to for to, _text in sent("Ni har inte röstat än")] == [people[1]]
    Election.objects.run(electing.after(election))
    for _time in range(2):
        deliver_mail()
    told = sent("Resultatet i")
    assert [to for to, _text in told] == sorted([*people, *(one.email for one in election.on_ballot())])
    assert f"{election.on_ballot()[0].name}: 1" in told[0][1]


def test_nobody_is_reminded_who_has_voted_before_the_mail_goes(make: Any) -> None:
    here = electing.opened(1)
    make.representative(here.rolls[0].party)
    here.election.remind()
    here.vote([0])
    deliver_mail()
    assert sent("Ni har inte röstat än") == []


def test_nobody_is_called_to_an_election_that_is_over_when_the_mail_goes(make: Any) -> None:
    election = electing.election()
    make.representative(electing.voters(election, 1)[0])
    election.open(timezone.now())
    election.cancel(by=make.user(), note="Lokalen brann.")
    deliver_mail()
    assert sent("Rösta nu") == []
    ((_to, text),) = sent("Inställt")
    assert "Lokalen brann." in text
