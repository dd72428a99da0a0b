"""The agenda: what it begins with, what returns, in which order and when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.models import AgendaItem, Assignment, Meeting, Paper, RunningOrder, StandingItem, Stays
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.council.desk import adjusted, council, meeting_today, today_at_noon

pytestmark = pytest.mark.django_db


def titles(meeting: Meeting) -> list[str]:
    return [f"{one.number} {one.item.title}" for one in meeting.items.numbered()]


def test_a_new_agenda_has_the_usual_items_or_the_bodys_own() -> None:
    body = council()
    usual = meeting_today(body)
    assert titles(usual)[0] == "1 Godkännande av dagordningen"
    assert titles(usual)[-1] == "4 Övriga frågor"
    StandingItem.objects.create(body=body, position=1, title="Rundan", minutes=20)
    own = builders.meeting(body)
    for _twice in range(2):
        AgendaItem.objects.begin(own)
    assert titles(own) == ["1 Rundan"]


def test_what_is_tabled_returns_with_its_count(secretary: User) -> None:
    body = council()
    first = meeting_today(body, **{name: moment - timedelta(days=60) for name, moment in today_at_noon().items()})
    second = meeting_today(body, **{name: moment - timedelta(days=30) for name, moment in today_at_noon().items()})
    item = AgendaItem.objects.add(first, title="Lokalerna", minutes=15)
    item.conclude("tabled", by=secretary)
    assert "5 Lokalerna" not in titles(second)
    first.hold(by=secretary)
    returned = second.items.get(title="Lokalerna")
    assert (returned.turn, returned.minutes, titles(second)[-1]) == ("andra gången", 15, "5 Övriga frågor")
    returned.conclude("tabled", by=secretary)
    second.hold(by=secretary)
    third = meeting_today(body)
    assert third.items.get(title="Lokalerna").turn == "tredje gången"
    AgendaItem.objects.begin(third)
    assert third.items.filter(title="Lokalerna").count() == 1


def test_what_is_decided_after_all_leaves_the_coming_agenda(secretary: User) -> None:
    body = council()
    meeting, coming = meeting_today(body), builders.meeting(body)
    item = AgendaItem.objects.add(meeting, title="Lokalerna")
    item.conclude("tabled", by=secretary)
    meeting.hold(by=secretary)
    assert coming.items.filter(title="Lokalerna").exists()
    item.conclude("decided", by=secretary, words="Ja.")
    assert not coming.items.filter(title="Lokalerna").exists()


def test_tabled_cases_join_those_of_the_next_meeting(secretary: User) -> None:
    body = council()
    meeting, coming = meeting_today(body), builders.meeting(body)
    mine, theirs = AgendaItem.objects.for_cases(meeting), AgendaItem.objects.for_cases(coming)
    assert AgendaItem.objects.for_cases(meeting) == mine
    mine.conclude("tabled", by=secretary)
    meeting.hold(by=secretary)
    theirs.refresh_from_db()
    assert (coming.items.count(), theirs.tabled_from, theirs.turn) == (1, mine, "andra gången")
    with pytest.raises(IntegrityError, match="a_meeting_has_one_item_for_cases"), transaction.atomic():
        AgendaItem.objects.create(meeting=coming, position=9, title="Fler", kind="cases")


def test_items_have_their_time_on_the_clock() -> None:
    meeting = meeting_today(ends_at=today_at_noon()["starts_at"] + timedelta(minutes=30))
    subject = AgendaItem.objects.add(meeting, title="Ämnet")
    AgendaItem.objects.add(meeting, title="Delen", parent=subject, minutes=20)
    order = RunningOrder.of(meeting)
    shown = [(slot.number, f"{slot.starts_at:%H:%M}", slot.ends_at and f"{slot.ends_at:%H:%M}") for slot in order.slots]
    assert [start for _number, start, _end in shown] == [f"{order.slots[0].starts_at:%H}:{minute:02d}" for minute in (0, 5, 10, 25, 45)]
    assert (order.minutes, order.length, order.over) == (55, 30, 25)
    assert order.slots[3].parts[0].number == "4.1"


def test_items_move_among_their_like() -> None:
    meeting = meeting_today()
    first, second = meeting.items.order_by("position")[:2]
    part = AgendaItem.objects.add(meeting, title="Delen", parent=second)
    AgendaItem.objects.shift(first, 1)
    assert titles(meeting)[:2] == ["1 Föregående mötes protokoll", "2 Godkännande av dagordningen"]
    for _step in range(9):
        AgendaItem.objects.shift(first, 1)
    assert titles(meeting)[-1] == "4 Godkännande av dagordningen"
    AgendaItem.objects.shift(part, -1)
    assert meeting.items.numbered()[0].parts[0].item == part


def test_what_the_meeting_has_taken_up_stays(secretary: User) -> None:
    meeting = meeting_today()
    concluded, given, plain = (AgendaItem.objects.add(meeting, title=title) for title in ("Avgjord", "Given", "Tom"))
    concluded.conclude("noted", by=secretary)
    Assignment.objects.create(item=given, what="Göra", doer="kansliet")
    for item in (concluded, given, AgendaItem.objects.for_cases(meeting)):
        with pytest.raises(Stays):
            item.remove()
    Paper.objects.create(item=AgendaItem.objects.add(meeting, title="Delen", parent=plain), name="Blad", file="papers/x.pdf")
    plain.remove()
    assert not meeting.items.filter(title__in=["Tom", "Delen"]).exists()


def test_nothing_changes_when_the_minutes_are_adjusted(secretary: User) -> None:
    meeting = meeting_today()
    item = meeting.items.all()[0]
    adjusted(meeting, secretary)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.is_recordable is False
    with pytest.raises(WrongStatus):
        item.conclude("noted", by=secretary)
    with pytest.raises(WrongStatus):
        item.remove()


def test_the_record_turns_a_late_write_into_words(secretary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control for the check: with it off, the trigger refuses, and that becomes the same words."""
    meeting = meeting_today()
    adjusted(meeting, secretary)
    monkeypatch.setattr(Meeting, "is_recordable", True)
    with pytest.raises(WrongStatus), Meeting.objects.being_recorded(meeting.pk):
        meeting.items.update(title="Ändrat")


def test_a_part_takes_no_longer_than_the_whole() -> None:
    meeting = meeting_today()
    whole = AgendaItem.objects.add(meeting, title="Ämnet", minutes=10)
    with pytest.raises(ValidationError, match="Delarna tar längre tid"):
        AgendaItem(meeting=meeting, parent=whole, title="Delen", minutes=11, position=1).clean()
