"""Finding a time: the rules, the mails, and that one poll makes one meeting."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from council.models import Asked, Body, Meeting, Person, PollNotice, TimeAnswer, TimePoll
from council.models.polls import DayTaken, NobodyToAsk, PollClosed, TooFewTimes
from council.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council import building
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Body:
    return builders.body(slug="idekom", name="Idékom")


def test_opening_asks_each_member_once_and_mails_those_with_an_account(council: Body, mailoutbox: list[Any]) -> None:
    user = building.member(council, language="en")
    poll = building.poll(council)
    building.asked(poll)  # opens it; one of the two has no account
    with pytest.raises(WrongStatus):
        poll.open(by=user)
    assert poll.asked.count() == 2
    deliver_mail()
    deliver_mail()
    (mail,) = mailoutbox
    assert mail.to == [user.email]
    assert poll.asked.get(person__user=user).address in mail.body
    assert all(option.when.split(" kl.")[0].split()[0] in mail.body for option in poll.options.all())


def test_a_member_without_an_account_is_mailed_at_the_address_that_the_office_knows(council: Body, mailoutbox: list[Any]) -> None:
    poll = building.poll(council)
    Person.objects.update(user=None, email="utan.konto@example.org")
    poll.open(by=builders.user())
    deliver_mail()
    assert [mail.to for mail in mailoutbox] == [["utan.konto@example.org"]]


def test_there_must_be_times_and_members() -> None:
    by = builders.user()
    with pytest.raises(TooFewTimes):
        building.poll(times=1).open(by=by)
    empty = building.poll()
    empty.body.seats.get().mandates.get().void(reason="Ett misstag")
    with pytest.raises(NobodyToAsk):
        empty.open(by=by)
    assert TimePoll.objects.exclude(status="draft").count() == 0


def test_an_answer_is_kept_and_can_be_changed_until_the_last_day_has_passed() -> None:
    asked = building.asked()
    poll, (first, second) = asked.poll, asked.poll.options.all()
    asked.answer({first.pk: "yes", second.pk: "no"})
    asked.answer({first.pk: "if_need_be", second.pk: "no"})
    assert Asked.objects.get(pk=asked.pk).chosen == {first.pk: "if_need_be", second.pk: "no"}
    counted: list[Any] = list(poll.options.with_counts())
    assert [(one.yes, one.maybe, one.no) for one in counted] == [(0, 1, 0), (0, 0, 1)]
    last = timezone.now() + timedelta(days=(poll.closes_on - today()).days)
    asked.answer({first.pk: "yes"}, now=last)
    with pytest.raises(PollClosed):
        asked.answer({first.pk: "no"}, now=last + timedelta(days=1))
    assert TimeAnswer.objects.get(option=first).can_come == "yes"


def test_a_time_of_another_poll_is_not_answered_nor_chosen() -> None:
    asked, other = building.asked(), building.poll()
    strange = other.options.all()[0]
    asked.answer({strange.pk: "yes"})
    assert TimeAnswer.objects.count() == 0
    with pytest.raises(WrongStatus):
        asked.poll.choose(strange, by=builders.user())


def test_one_press_makes_the_meeting_with_its_agenda_and_tells_everybody(council: Body, mailoutbox: list[Any]) -> None:
    user, by = building.member(council), builders.user()
    poll = building.poll(council)
    poll.open(by=by)
    option = poll.options.all()[1]
    meeting = poll.choose(option, by=by)
    assert (meeting.starts_at, meeting.ends_at, meeting.place, meeting.body) == (option.starts_at, option.ends_at, poll.place, council)
    assert meeting.items.count() == 4
    poll.refresh_from_db()
    assert (poll.status, poll.meeting) == ("chosen", meeting)
    deliver_mail()
    (mail,) = mailoutbox  # the question is no longer open: only the answer is mailed
    assert mail.to == [user.email]
    assert meeting.get_absolute_url() in mail.body
    assert meeting.calendar_url in mail.body
    for step in (lambda: poll.choose(option, by=by), lambda: poll.cancel(by=by)):
        with pytest.raises(WrongStatus):
            step()
    with pytest.raises(PollClosed):
        poll.asked.get().answer({option.pk: "yes"})


def test_a_day_on_which_the_body_meets_already_is_refused_in_words(council: Body) -> None:
    building.member(council)
    poll, by = building.poll(council), builders.user()
    poll.open(by=by)
    option = poll.options.all()[0]
    builders.meeting(council, starts_at=option.starts_at, ends_at=option.ends_at)
    with pytest.raises(DayTaken):
        poll.choose(option, by=by)
    poll.refresh_from_db()
    assert poll.status == "open"
    assert PollNotice.objects.filter(kind="chosen").count() == 0


@pytest.mark.parametrize("change", [{"status": "chosen"}, {"meeting": 1}, {"status": "nonsense"}])
def test_the_database_keeps_a_poll_and_its_meeting_together(change: dict[str, Any]) -> None:
    poll = building.asked().poll
    if "meeting" in change:
        change = {"meeting": builders.meeting()}
    with pytest.raises(DatabaseError), transaction.atomic():
        TimePoll.objects.filter(pk=poll.pk).update(**change)


def test_who_waits_for_whose_answer(council: Body) -> None:
    user = building.member(council)
    poll = building.poll(council)
    assert list(TimePoll.objects.asking(user)) == []
    poll.open(by=builders.user())
    assert list(TimePoll.objects.waiting_for(user, today())) == [poll]
    assert list(TimePoll.objects.waiting_for(user, poll.closes_on + timedelta(days=1))) == []
    poll.asked.get().answer({option.pk: "yes" for option in poll.options.all()})
    assert list(TimePoll.objects.waiting_for(user, today())) == []
    assert list(TimePoll.objects.asking(user)) == [poll]


def _pressed_together() -> tuple[int, list[object]]:
    poll = building.poll(times=4)
    poll.open(by=builders.user())
    by, options = builders.user(), list(poll.options.all())
    came = together(4, lambda which: TimePoll.objects.get(pk=poll.pk).choose(options[which], by=by))
    return Meeting.objects.filter(body=poll.body).count(), came


@pytest.mark.django_db(transaction=True)
def test_pressed_by_four_at_once_there_is_one_meeting() -> None:
    meetings, came = _pressed_together()
    assert meetings == 1
    assert sum(isinstance(one, WrongStatus) for one in came) == 3


@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_there_would_be_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the lock and the one door, each press makes its own meeting."""

    def careless(self: TimePoll, option: Any, *, by: Any) -> Meeting:
        return self._made(option)

    monkeypatch.setattr(TimePoll, "choose", careless)
    meetings, _came = _pressed_together()
    assert meetings == 4
