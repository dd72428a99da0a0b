"""From a nomination to a seated member."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from council.models import Mandate, MandateLetter, Nomination, NotThatDay, Person, SeatingDecision, SeatTaken
from council.models.nominations import AlreadyNominated, NotAgreed, nominators
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests.council.nominating import decided, nomination

pytestmark = pytest.mark.django_db
DAY = today() + timedelta(days=10)


def test_the_council_seats_somebody_who_has_said_yes(make: Any) -> None:
    named, by, meeting = nomination(), make.user(), make.meeting()
    mandate = named.seat_person(by=by, on=DAY, until=DAY + timedelta(days=365), decision=decided(meeting=meeting))
    assert (mandate.person.name, mandate.seat, mandate.role, mandate.from_on) == (named.name, named.seat, "ordinary", DAY)
    assert (named.status, named.mandate, named.meeting, named.paragraph, named.person) == ("seated", mandate, meeting, "7", mandate.person)
    assert mandate.person.user.email == named.email  # type: ignore[union-attr]
    assert [event.action for event in named.events.all()] == ["propose", "agree", "seat_person"]
    assert MandateLetter.objects.get().kind == "start"


def test_nobody_is_seated_without_a_yes(make: Any) -> None:
    named = nomination(agreed=False)
    with pytest.raises(NotAgreed):
        named.seat_person(by=make.user(), on=DAY, decision=decided())
    assert Mandate.objects.count() == 0
    named.agree(by=make.user(), note="Sa ja i telefon.")
    assert named.seat_person(by=make.user(), on=DAY, decision=decided()).person.name == named.name


def test_a_yes_twice_is_one() -> None:
    named = nomination(agreed=False)
    named.agree()
    first = named.agreed_at
    named.agree()
    assert (named.agreed_at, named.events.filter(action="agree").count()) == (first, 1)


def test_a_predecessor_is_in_the_way_unless_their_mandate_ends(make: Any) -> None:
    named, by = nomination(), make.user()
    before = named.seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=date(2020, 1, 1))
    with pytest.raises(SeatTaken):
        named.seat_person(by=by, on=DAY, decision=decided())
    named.refresh_from_db()
    assert (named.status, Mandate.objects.count(), Person.objects.count()) == ("proposed", 1, 1)
    named.seat_person(by=by, on=DAY, decision=decided(), ends_predecessor=True)
    before.refresh_from_db()
    assert (before.until_on, Mandate.objects.count()) == (DAY - timedelta(days=1), 2)


def test_a_predecessor_who_starts_that_very_day_stays(make: Any) -> None:
    named = nomination()
    named.seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=DAY)
    with pytest.raises(NotThatDay):
        named.seat_person(by=make.user(), on=DAY, decision=decided(), ends_predecessor=True)
    assert Mandate.objects.get().from_on == DAY


def test_somebody_who_has_been_a_member_is_the_same_person(make: Any) -> None:
    known = make.person(name="Nominerad Känd")
    named = nomination(name="nominerad känd")
    assert list(named.lookalikes) == [known]
    mandate = named.seat_person(by=make.user(), on=DAY, decision=decided(), person=known)
    assert (mandate.person, Person.objects.count()) == (known, 1)
    namesake = nomination(name="Nominerad Känd")
    other = namesake.seat_person(by=make.user(), on=DAY, decision=decided()).person
    assert (other == known, other.slug == known.slug) == (False, False)


def test_two_people_of_one_name_have_addresses_of_their_own(make: Any) -> None:
    people = [nomination(name="Sam Sam").seat_person(by=make.user(), on=DAY, decision=decided()).person for _one in range(2)]
    assert len({person.slug for person in people}) == 2


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_what_is_decided_stays_decided(make: Any, verb: str) -> None:
    named, by = nomination(), make.user()

    def end() -> None:
        if verb == "decline":
            named.decline(by=by, decision=decided(), note="Nej.")
        else:
            named.withdraw(by=by)

    end()
    with pytest.raises(WrongStatus):
        named.seat_person(by=by, on=DAY, decision=decided())
    with pytest.raises(WrongStatus):
        end()
    with pytest.raises(WrongStatus):
        named.agree()
    assert Mandate.objects.count() == 0


def test_a_person_is_nominated_once_at_a_time_for_a_seat(make: Any) -> None:
    named = nomination(email="en@example.org")
    with pytest.raises(AlreadyNominated):
        nomination(named.seat, email="EN@example.org")
    named.withdraw(by=make.user())
    assert nomination(named.seat, email="en@example.org").status == "proposed"


def test_a_seat_without_substitute_and_a_day_without_the_seat_are_told(make: Any) -> None:
    seat = make.seat()
    with pytest.raises(ValidationError, match="ingen ersättare"):
        Nomination(seat=seat, role="substitute", from_on=DAY).clean()
    with pytest.raises(ValidationError, match="finns inte den dagen"):
        Nomination(seat=seat, role="ordinary", from_on=date(1999, 1, 1)).clean()


def test_administrators_and_reporters_of_nominating_bodies_nominate(make: Any) -> None:
    seat = make.seat()
    users = {role: make.representative(seat.nominator, role=role).user for role in ("administrator", "reporter", "reader")}
    may = {role: list(nominators(user, today())) for role, user in users.items()}
    assert may == {"administrator": [seat.nominator], "reporter": [seat.nominator], "reader": []}
    assert list(nominators(make.representative().user, today())) == []


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (SeatingDecision(date(2026, 3, 12), None, "7"), "Rådet 12 mars 2026, § 7"),
        (SeatingDecision(date(2026, 3, 12), None, "", "Beslut per capsulam"), "Beslut per capsulam, 12 mars 2026"),
        (SeatingDecision(date(2026, 3, 12)), "Rådet 12 mars 2026"),
    ],
)
def test_a_decision_is_cited(decision: SeatingDecision, words: str) -> None:
    assert str(decision) == words


def test_the_database_refuses_what_must_not_be(make: Any) -> None:
    named = nomination()
    rows = Nomination.objects.filter(pk=named.pk)
    with pytest.raises(IntegrityError, match="a_seated_nomination_has_a_yes_a_decision_and_a_mandate"), transaction.atomic():
        rows.update(status="seated")
    with pytest.raises(IntegrityError, match="a_nomination_ends_after_it_starts"), transaction.atomic():
        rows.update(until_on=date(2000, 1, 1))
    mandate = named.seat.appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=DAY)
    with pytest.raises(IntegrityError, match="only_a_seated_nomination_has_a_mandate"), transaction.atomic():
        rows.update(mandate=mandate)
    named.withdraw(by=make.user())
    with pytest.raises(DatabaseError, match=r"[Ii]nvalid"), transaction.atomic():
        rows.update(status="proposed")
