"""How to reach those who were named is forgotten after a year; that they were named is not."""

from datetime import timedelta

import pytest

from affiliation.models import Candidate, ElectionNotice
from affiliation.models.candidates import FORGOTTEN
from council.models import Nomination
from idekom.lib.dated import today
from tests import builders
from tests.affiliation import electing
from tests.council import nominating

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def test_contacts_of_candidates_and_the_mails_are_forgotten_a_year_after_the_close() -> None:
    election = electing.closed([0])
    names = set(election.candidates.values_list("name", flat=True))
    ElectionNotice.objects.tell(election, ElectionNotice.Kind.RESULT, [("kim@example.org", "sv")])
    assert (Candidate.objects.forget_contacts(election.closes_at), ElectionNotice.objects.forget(election.closes_at)) == (0, 0)
    later = election.closes_at + YEAR
    assert Candidate.objects.forget_contacts(later) == len(names)
    assert Candidate.objects.forget_contacts(later) == 0
    assert ElectionNotice.objects.forget(later) > 0
    assert all(one.email.endswith(FORGOTTEN) and one.phone == "" for one in election.candidates.all())
    assert set(election.candidates.values_list("name", flat=True)) == names


def test_contacts_of_decided_nominations_are_forgotten_and_those_of_waiting_ones_kept() -> None:
    waiting, withdrawn = nominating.nomination(), nominating.nomination()
    withdrawn.withdraw(by=builders.user())
    assert Nomination.objects.forget_contacts(today()) == 0
    assert Nomination.objects.forget_contacts(today() + YEAR) == 1
    waiting.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (withdrawn.email, withdrawn.phone) == ("", "")
    assert waiting.email
    assert withdrawn.name
