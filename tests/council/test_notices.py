"""Mails about mandates that run out and vacancies: in time, to the right people, once."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail

from agreement.models import Representative
from council.emails import seats
from council.models import Mandate, Seat, SeatNotice
from idekom.lib.dated import today
from idekom.lib.history import deliver
from tests import builders

OFFICE = "idekom@example.org"
ORDINARY = Mandate.Role.ORDINARY
LAST = today() + timedelta(days=200)


@pytest.fixture
def seat(db: None) -> Seat:
    """A seat whose nominating party has a representative, and a contact address."""
    nominator = builders.party("De nominerande")
    Representative.appoint(nominator, builders.user("nominerar@example.org"), from_on=date(2020, 1, 1))
    made: Seat = builders.seat(nominator=nominator, nominator_email="paraplyet@example.org", has_substitute=True)
    return made


@pytest.fixture
def mandate(seat: Seat) -> Mandate:
    """Somebody whose last day is LAST."""
    return seat.appoint(builders.person(name="Vera Vald"), role=ORDINARY, from_on=date(2025, 1, 1), until_on=LAST)


def run(day: date) -> list[tuple[str, str]]:
    """The daily task on the day, twice: (to, subject) of each mail that went."""
    before = len(mail.outbox)
    for _time in range(2):
        SeatNotice.objects.make(day)
        deliver(SeatNotice.objects.select_related("seat__body", "mandate__person"), partial(seats.notify, day=day))
    return sorted((message.to[0], str(message.subject)) for message in mail.outbox[before:])


def to(mails: list[tuple[str, str]]) -> list[str]:
    return [address for address, _subject in mails]


EVERYBODY = [OFFICE, "nominerar@example.org", "paraplyet@example.org"]


def test_a_mandate_that_runs_out_is_told_about_at_each_step_once(mandate: Mandate) -> None:
    told = {day: run(LAST - timedelta(days=day)) for day in (61, 60, 59, 30, 15, 14, 13, 1, 0)}
    assert {day: to(mails) for day, mails in told.items() if mails} == {60: EVERYBODY, 14: EVERYBODY}
    assert all("löper ut den" in subject for _address, subject in told[60])


def test_after_days_without_a_run_only_the_last_step_is_told(mandate: Mandate) -> None:
    assert to(run(LAST - timedelta(days=10))) == EVERYBODY
    assert set(SeatNotice.objects.values_list("days", flat=True)) == {14}


def test_the_office_gets_the_board_and_the_nominators_the_seats_page(mandate: Mandate) -> None:
    run(LAST - timedelta(days=60))
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert f"/admin/council/body/{mandate.seat.body_id}/platser/" in bodies[OFFICE]
    assert mandate.seat.get_absolute_url() in bodies["nominerar@example.org"]
    assert "/admin/" not in bodies["nominerar@example.org"]
    assert "paraplyet@example.org" not in "".join(bodies.values())


def test_nobody_is_told_when_the_next_one_is_seated_or_the_seat_ends(mandate: Mandate) -> None:
    later = mandate.seat.appoint(builders.person(), role=ORDINARY, from_on=LAST + timedelta(days=1))
    assert run(LAST - timedelta(days=60)) == []
    later.void(reason="Fel person")
    mandate.seat.close(LAST, reason="Platsen upphör")
    assert run(LAST - timedelta(days=59)) == []


def test_what_was_seen_to_before_the_mail_went_is_not_mailed(mandate: Mandate) -> None:
    day = LAST - timedelta(days=60)
    assert SeatNotice.objects.make(day) == 3
    mandate.correct(from_on=mandate.from_on, until_on=LAST + timedelta(days=300))
    assert run(day) == []


def test_another_last_day_is_told_about_in_its_time(mandate: Mandate) -> None:
    assert len(run(LAST - timedelta(days=60))) == 3
    mandate.correct(from_on=mandate.from_on, until_on=LAST + timedelta(days=100))
    assert run(LAST - timedelta(days=59)) == []
    assert len(run(LAST + timedelta(days=40))) == 3


def test_a_vacancy_is_told_about_when_it_begins_and_after_a_month(mandate: Mandate) -> None:
    gone = LAST + timedelta(days=1)
    told = {day: run(gone + timedelta(days=day)) for day in (-1, 0, 1, 29, 30, 31, 400)}
    assert {day: to(mails) for day, mails in told.items() if mails and day >= 0} == {0: EVERYBODY, 30: EVERYBODY}
    assert {subject for _address, subject in told[0]} == {f"Plats {mandate.seat.number} i {mandate.seat.body} är vakant"}


def test_the_next_vacancy_of_the_same_seat_is_another_one(mandate: Mandate) -> None:
    seat = mandate.seat
    assert len(run(LAST + timedelta(days=1))) == 3
    seat.appoint(builders.person(), role=ORDINARY, from_on=LAST + timedelta(days=2), until_on=LAST + timedelta(days=9))
    assert run(LAST + timedelta(days=3)) != []  # the new mandate runs out in a week
    assert to([one for one in run(LAST + timedelta(days=10)) if "vakant" in one[1]]) == EVERYBODY


def test_seats_whose_holders_are_not_known_are_no_vacancies(db: None, make: Any) -> None:
    make.seat(make.body(holders_are_known=False))
    assert run(today()) == []


def test_a_substitutes_mandate_is_told_about_as_well(seat: Seat) -> None:
    seat.appoint(builders.person(), role=ORDINARY, from_on=date(2025, 1, 1))
    seat.appoint(builders.person(name="Sam Steg"), role=Mandate.Role.SUBSTITUTE, from_on=date(2025, 1, 1), until_on=LAST)
    assert to(run(LAST - timedelta(days=60))) == EVERYBODY
    assert "Sam Steg är ersättare" in mail.outbox[0].body
