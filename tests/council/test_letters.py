"""The letters to members: each goes once, in the member's language, with a PDF."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from council.models import Mandate, MandateLetter
from council.models.letters import in_words, served
from council.pdf.letters import letter
from council.tasks import deliver_mail, thank_members
from idekom.lib.dated import period, today
from tests import pdf_rules
from tests.council.nominating import decided, nomination

pytestmark = pytest.mark.django_db
Role = Mandate.Role


def letters() -> list[Any]:
    """The mails that carry a letter."""
    outbox: list[Any] = mail.outbox
    return [one for one in outbox if one.attachments]


def ended(make: Any, *, days: int = 1, **fields: Any) -> Mandate:
    """A mandate whose last day was some days ago, of a member with an account."""
    person = make.person(user=make.user(**fields))
    mandate: Mandate = make.seat().appoint(person, role=Role.ORDINARY, from_on=today() - timedelta(days=400), until_on=today() - timedelta(days=days))
    return mandate


def test_a_member_gets_a_letter_when_a_nomination_becomes_a_mandate(make: Any) -> None:
    named = nomination(language="en")
    named.seat_person(by=make.user(), on=today(), decision=decided())
    for _time in range(2):
        deliver_mail()
    (one,) = letters()
    ((name, content, kind),) = one.attachments
    assert (one.to, name, kind) == ([named.email], "brev-uppdrag.pdf", "application/pdf")
    assert bytes(content).startswith(b"%PDF")


def test_a_member_is_thanked_once_when_the_mandate_has_ended(make: Any) -> None:
    mandate = ended(make)
    for _time in range(3):
        thank_members()
    (one,) = letters()
    assert mandate.person.user
    assert (one.to, "1 år 1 månad" in one.body, one.subject.startswith("Tack för din tid")) == ([mandate.person.user.email], True, True)


def test_nobody_is_thanked_too_early_too_late_or_for_nothing(make: Any) -> None:
    ended(make, days=0)  # today is the last day
    ended(make, days=60)  # entered long after
    ended(make).void(reason="Ett misstag")
    without = make.seat().appoint(make.person(), role=Role.ORDINARY, from_on=date(2020, 1, 1))
    goes_on = ended(make)
    goes_on.seat.appoint(goes_on.person, role=Role.ORDINARY, from_on=today())
    thank_members()
    assert (letters(), MandateLetter.objects.count(), without.until_on) == ([], 0, None)


def test_a_void_mandate_has_no_letter_though_one_waits(make: Any) -> None:
    mandate = ended(make)
    MandateLetter.objects.write_thanks(today())
    mandate.void(reason="Ett misstag")
    deliver_mail()
    assert letters() == []


def test_a_member_without_an_address_gets_theirs_on_paper(make: Any) -> None:
    mandate = ended(make)
    mandate.person.user = None
    mandate.person.save()
    thank_members()
    assert letters() == []
    assert MandateLetter.objects.get().notified_at
    assert letter(mandate, MandateLetter.Kind.END).startswith(b"%PDF")


def test_time_in_the_council_counts_each_day_once(make: Any) -> None:
    person, body = make.person(), make.body()
    first, second = make.seat(body), make.seat(body, has_substitute=True)
    first.appoint(person, role=Role.ORDINARY, from_on=date(2020, 1, 1), until_on=date(2021, 12, 31))
    last = second.appoint(person, role=Role.SUBSTITUTE, from_on=date(2021, 1, 1), until_on=date(2022, 12, 31))
    make.seat().appoint(person, role=Role.ORDINARY, from_on=date(2010, 3, 5), until_on=date(2015, 1, 1))  # elsewhere
    assert served(last) == "3 år"


@pytest.mark.parametrize(("days", "words"), [(1, "1 dag"), (12, "12 dagar"), (31, "1 månad"), (365, "1 år"), (800, "2 år 2 månader")])
def test_time_in_words(days: int, words: str) -> None:
    assert in_words(days) == words


@pytest.mark.parametrize("kind", list(MandateLetter.Kind))
def test_letters_are_accessible_and_the_same_each_time(make: Any, kind: MandateLetter.Kind, tmp_path: Path) -> None:
    seat = make.seat(sector=make.sector("Idrott"), label="Representant för idrotten")
    named = nomination(seat, name="Åsa Öberg-Ärlig")
    mandate = named.seat_person(by=make.user(), on=today(), until=today() + timedelta(days=700), decision=decided())
    made = letter(mandate, kind)
    assert made == letter(mandate, kind)
    (tmp_path / "letter.pdf").write_bytes(made)
    assert [pdf_rules.broken(tmp_path / "letter.pdf", standard) for standard in ("ua1", "3a")] == [{}, {}]
    mandate.period = period(today(), today() + timedelta(days=30))
    assert letter(mandate, kind) != made
