"""A whole hall signs at once: nobody is lost and nobody is doubled – and with a guard off, somebody is."""

import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from affiliation.models import Application, Ceremony, CeremonyInvitation
from affiliation.models.series import CaseSeries
from agreement.models import Sector
from idekom.lib.dated import today
from tests import builders
from tests.affiliation.test_ceremony import typed
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HALL = 200
HANDS = 40
"""At once: each has a database connection of its own, and signs one after the other until the hall is through."""


def numbers() -> list[str]:
    """The case numbers in order."""
    return sorted(case.number or "" for case in Application.objects.all())


def gapless(count: int) -> list[str]:
    """The first numbers of the year."""
    return [f"ANS-{today().year}-{number:04d}" for number in range(1, count + 1)]


def share(hand: int) -> Iterator[int]:
    """Whom a hand signs for. Two hands sign for each, at about the same moment."""
    yield from range(hand % (HANDS // 2), HALL, HANDS // 2)


def test_two_hundred_invited_organisations_sign_at_once_each_twice(make: Any) -> None:
    make.version()
    ceremony = make.ceremony()
    ceremony.invite((f"Förening {number}", f"f{number}@example.org") for number in range(HALL))
    invitations = list(ceremony.invitations.order_by("email"))
    forms = [typed(name=invitation.name, contact_email=invitation.email, registration_number="") for invitation in invitations]

    def sign(hand: int) -> list[tuple[int, str]]:
        return [(which, Client().post(invitations[which].get_absolute_url(), forms[which]).url) for which in share(hand)]  # type: ignore[attr-defined]

    results = together(HANDS, sign)
    assert [result for result in results if isinstance(result, Exception)] == []
    receipts: dict[int, set[str]] = {}
    for which, url in (pair for result in results for pair in result):  # type: ignore[attr-defined]
        receipts.setdefault(which, set()).add(url)
    assert numbers() == gapless(HALL)
    for which, invitation in enumerate(CeremonyInvitation.objects.select_related("application").order_by("email")):
        case = invitation.application
        assert case is not None
        assert (case.name, case.status, case.ceremony_id, case.contact_email) == (invitation.name, "submitted", ceremony.pk, invitation.email)
        assert receipts[which] == {case.get_absolute_url()}
        assert case.events.count() == 1


def test_the_open_address_makes_one_case_of_a_form_sent_twice(make: Any) -> None:
    make.version()
    ceremony = make.ceremony()
    forms = [typed(name=f"Förening {number}", registration_number="") for number in range(HANDS)]
    results = together(HANDS, lambda hand: [Client().post(ceremony.get_absolute_url(), forms[n]).url for n in (hand, hand ^ 1)])  # type: ignore[attr-defined]
    assert [result for result in results if isinstance(result, Exception)] == []
    assert numbers() == gapless(HANDS)
    assert {case.name for case in Application.objects.all()} == {form["name"] for form in forms}


def test_without_the_key_a_form_sent_twice_is_two_cases(make: Any) -> None:
    """The control: the same forms, each sending without what makes it known again."""
    make.version()
    ceremony = make.ceremony()
    form = typed(registration_number="") | {"draft_key": ""}
    together(20, lambda _hand: Client().post(ceremony.get_absolute_url(), form))
    assert Application.objects.count() == 20


def test_without_the_lock_on_the_number_signatures_are_lost(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: read the last number, add one, write it – all take the same number, and all but one signature fail."""
    make.version()
    ceremony, sector, all_have_read = make.ceremony(), make.sector(), threading.Barrier(HANDS)
    CaseSeries.objects.create(year=today().year)

    def naive(year: int) -> str:
        last = CaseSeries.objects.get(year=year).last + 1
        all_have_read.wait(timeout=60)
        CaseSeries.objects.filter(year=year).update(last=last)
        return f"ANS-{year}-{last:04d}"

    monkeypatch.setattr(CaseSeries, "take", naive)
    sign_all(ceremony, sector)
    assert Application.objects.count() < HANDS


def test_with_the_lock_on_the_number_none_is_lost(make: Any) -> None:
    make.version()
    sign_all(make.ceremony(), make.sector())
    assert numbers() == gapless(HANDS)


def sign_all(ceremony: Ceremony, sector: Sector) -> None:
    """As many signatures as there are hands, each with a key of its own."""
    answers = {**builders.ANSWERS, "sector": sector}
    together(HANDS, lambda hand: ceremony.sign(uuid4(), language="sv", answers={**answers, "name": f"Förening {hand}"}))


def test_many_presses_on_send_mail_each_once(make: Any) -> None:
    ceremony = make.ceremony()
    ceremony.invite((f"Förening {number}", f"f{number}@example.org") for number in range(50))
    results: list[Any] = together(20, lambda _hand: Ceremony.objects.get(pk=ceremony.pk).send_invitations(timezone.now()))
    assert sorted(results) == [0] * 19 + [50]
