"""The agenda: standing items, parts, order, outcomes, and what is tabled."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.models import AgendaItem, Meeting, Paper, StandingItem
from council.models.agenda import USUAL
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council.sitting import sitting

pytestmark = pytest.mark.django_db


def titles(meeting: Meeting) -> list[str]:
    return [f"{one.number} {one.item.title}" for top in meeting.items.numbered() for one in (top, *top.parts)]


def test_a_new_meeting_has_the_usual_items_once() -> None:
    here = sitting()
    AgendaItem.objects.begin(here.meeting)
    assert titles(here.meeting) == [f"{n} {title}" for n, (_kind, title, _minutes) in enumerate(USUAL, start=1)]


def test_a_body_has_standing_items_of_its_own() -> None:
    council = builders.body()
    StandingItem.objects.create(body=council, position=1, title="Vi hälsar på varandra")
    assert titles(sitting(body=council).meeting) == ["1 Vi hälsar på varandra"]


def test_an_item_comes_before_other_business_and_a_part_under_its_item() -> None:
    here = sitting()
    lokaler = here.add("Lokaler")
    here.add("Kostnader", parent=lokaler)
    assert titles(here.meeting)[3:] == ["4 Lokaler", "4.1 Kostnader", "5 Övriga frågor"]


def test_a_part_takes_no_longer_than_the_whole() -> None:
    here = sitting()
    lokaler = here.add("Lokaler", minutes=20)
    here.add("Kostnader", parent=lokaler, minutes=15)
    late = AgendaItem(meeting=here.meeting, parent=lokaler, title="Tider", minutes=10, position=2)
    with pytest.raises(ValidationError, match="Delarna tar längre tid än hela punkten"):
        late.clean()


def test_a_part_is_of_the_same_meeting_and_one_level_down() -> None:
    here, other = sitting(), sitting(on=date(2026, 4, 9))
    part = here.add("Kostnader", parent=here.add("Lokaler"))
    for parent in (part, other.add("Annat")):
        with pytest.raises(ValidationError, match="samma dagordning"):
            AgendaItem(meeting=here.meeting, parent=parent, title="x", position=1).clean()


def test_the_order_is_the_one_that_was_asked_for() -> None:
    here = sitting()
    first, second, third, fourth = here.meeting.items.order_by("position")
    AgendaItem.objects.order(here.meeting, [third.pk, first.pk])
    assert [one.item.pk for one in here.meeting.items.numbered()] == [third.pk, first.pk, second.pk, fourth.pk]


def test_what_is_referred_has_a_group_and_a_convener() -> None:
    here = sitting()
    item = here.add("Lokaler")
    with pytest.raises(IntegrityError, match="what_is_referred_has_a_convener"), transaction.atomic():
        item.conclude("referred", by=here.by, working_group="Lokalgruppen")
    item.conclude("referred", by=here.by, working_group="Lokalgruppen", convener=here.holders[0])
    assert AgendaItem.objects.get(pk=item.pk).outcome == "referred"


def test_a_cancelled_meeting_concludes_nothing() -> None:
    here = sitting()
    here.meeting.cancel(by=here.by, note="Sjukdom")
    with pytest.raises(WrongStatus):
        here.add("Lokaler").conclude("noted", by=here.by)


def test_what_is_tabled_returns_to_the_next_agenda_and_counts() -> None:
    first = sitting()
    second = sitting(body=first.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    first.add("Lokaler", description="Var vi möts", minutes=10).conclude("tabled", by=first.by)
    first.held()
    assert AgendaItem.objects.take_up_tabled(first.meeting.body) == 0
    came = second.meeting.items.get(title="Lokaler")
    assert (came.time_up, came.description, came.minutes, came.tabled_from and came.tabled_from.meeting) == (2, "Var vi möts", 10, first.meeting)


def test_a_meeting_that_is_planned_later_takes_up_what_was_tabled_for_the_third_time() -> None:
    days = [date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 7)]
    first = sitting(on=days[0])
    first.add("Lokaler").conclude("tabled", by=first.by)
    first.held()
    second = sitting(body=first.meeting.body, on=days[1], city=0, civil_society=0)
    second.meeting.items.get(title="Lokaler").conclude("tabled", by=first.by)
    second.held()
    third = sitting(body=first.meeting.body, on=days[2], city=0, civil_society=0)
    assert third.meeting.items.get(title="Lokaler").time_up == 3


def test_what_is_tabled_after_the_meeting_was_held_returns_at_once_and_not_when_it_was_a_mistake() -> None:
    first = sitting().held()
    second = sitting(body=first.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    item = first.add("Lokaler")
    item.conclude("tabled", by=first.by)
    assert second.meeting.items.filter(title="Lokaler").count() == 1
    item.conclude("noted", by=first.by)
    assert not second.meeting.items.filter(title="Lokaler").exists()


def test_a_meeting_before_does_not_take_up_what_is_tabled_later() -> None:
    late = sitting(on=date(2026, 5, 7))
    early = sitting(body=late.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    late.add("Lokaler").conclude("tabled", by=late.by)
    late.held()
    assert not early.meeting.items.filter(title="Lokaler").exists()


def test_a_meeting_moves_to_another_day_and_keeps_its_old_one() -> None:
    here = sitting()
    before, sequence = here.meeting.on, here.meeting.sequence
    later = here.meeting.starts_at.replace(day=19)
    here.meeting.move(by=here.by, starts_at=later, ends_at=later.replace(hour=21))
    moved = Meeting.objects.get(pk=here.meeting.pk)
    assert (moved.day, moved.former_days, moved.sequence) == (date(2026, 3, 19), [before], sequence + 1)


def test_a_body_meets_once_a_day_unless_the_first_is_cancelled() -> None:
    here = sitting()
    with pytest.raises(IntegrityError, match="a_body_meets_once_a_day"), transaction.atomic():
        sitting(body=here.meeting.body, city=0, civil_society=0)
    here.meeting.cancel(by=here.by, note="Ny tid")
    sitting(body=here.meeting.body, city=0, civil_society=0)
    assert Meeting.objects.standing().filter(body=here.meeting.body).count() == 1


def test_what_had_returned_to_a_meeting_that_is_cancelled_goes_on_to_the_next_with_its_parts_and_papers() -> None:
    first = sitting()
    second = sitting(body=first.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    third = sitting(body=first.meeting.body, on=date(2026, 5, 7), city=0, civil_society=0)
    first.add("Lokaler").conclude("tabled", by=first.by)
    first.held()
    came = second.meeting.items.get(title="Lokaler")
    AgendaItem.objects.add(second.meeting, title="Kostnader", parent=came)
    Paper.objects.create(item=came, name="Blad", file="papers/x.pdf")
    second.meeting.cancel(by=first.by, note="För få kunde komma")
    assert titles(third.meeting)[3:] == ["4 Lokaler", "4.1 Kostnader", "5 Övriga frågor"]
    assert third.meeting.items.get(title="Lokaler").time_up == 2
    assert Paper.objects.get().item.meeting == third.meeting


def test_what_was_on_a_cancelled_agenda_waits_for_a_meeting_that_is_planned_later() -> None:
    first = sitting()
    second = sitting(body=first.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    first.add("Lokaler").conclude("tabled", by=first.by)
    first.held()
    second.meeting.cancel(by=first.by, note="För få kunde komma")
    assert second.meeting.items.filter(title="Lokaler").exists()
    third = sitting(body=first.meeting.body, on=date(2026, 5, 7), city=0, civil_society=0)
    assert third.meeting.items.get(title="Lokaler").tabled_from == first.meeting.items.get(title="Lokaler")


def test_tabled_cases_go_on_from_a_cancelled_meeting_to_those_of_the_next() -> None:
    first = sitting()
    second = sitting(body=first.meeting.body, on=date(2026, 4, 9), city=0, civil_society=0)
    third = sitting(body=first.meeting.body, on=date(2026, 5, 7), city=0, civil_society=0)
    mine, theirs = AgendaItem.objects.for_cases(first.meeting), AgendaItem.objects.for_cases(third.meeting)
    mine.conclude("tabled", by=first.by)
    first.held()
    second.meeting.cancel(by=first.by, note="För få kunde komma")
    theirs.refresh_from_db()
    assert (theirs.tabled_from, theirs.time_up, third.meeting.items.filter(kind="cases").count()) == (mine, 2, 1)
