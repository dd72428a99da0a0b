"""Every step from every status: it works exactly where the rules say, else it is refused and nothing has changed – by raw SQL as well."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from affiliation.models import Affiliation, Application, Correction, Decision, Election
from affiliation.models.affiliations import TooEarly
from idekom.lib.dated import period, today
from idekom.lib.history import Stateful, WrongStatus
from idekom.users.models import User
from tests import builders
from tests.together import together

pytestmark = pytest.mark.django_db
Act = Callable[[Any, User], object]
DAY = timedelta(days=1)

APPLICATION: dict[str, Act] = {
    "submit": lambda case, by: case.submit(),
    "start_review": lambda case, by: case.start_review(by=by),
    "ask_for_completion": lambda case, by: case.ask_for_completion(by=by, note="Vilken paragraf?", fields=["decided_paragraph"]),
    "complete": lambda case, by: case.complete(),
    "put_on_agenda": lambda case, by: case.put_on_agenda(by=by, meeting=builders.meeting()),
    "approve": lambda case, by: case.approve(by=by, decision=Decision(on=today())),
    "decline": lambda case, by: case.decline(by=by, decision=Decision(on=today()), note="Nej."),
    "withdraw": lambda case, by: case.withdraw(),
}
CORRECTION: dict[str, Act] = {"approve": lambda one, by: one.approve(by=by), "decline": lambda one, by: one.decline(by=by)}
VERBS: dict[type[Any], dict[str, Act]] = {Application: APPLICATION, Correction: CORRECTION}
TO_GET_THERE = {
    "draft": [],
    "submitted": ["submit"],
    "under_review": ["submit", "start_review"],
    "needs_completion": ["submit", "ask_for_completion"],
    "on_agenda": ["submit", "put_on_agenda"],
    "approved": ["submit", "approve"],
    "declined": ["submit", "decline"],
    "withdrawn": ["submit", "withdraw"],
}
PAIRS = [(model, status, verb) for model, verbs in VERBS.items() for status in model.Status.values for verb in verbs]
MOVES = [(model, source, target) for model in VERBS for source in model.Status.values for target in model.Status.values if source != target]


def made(model: type[Any], status: str, by: User) -> Any:
    """A row that came to the status by the verbs."""
    if model is Application:
        row: Any = builders.draft()
        for verb in TO_GET_THERE[status]:
            APPLICATION[verb](row, by)
    else:
        row = Correction.suggest(builders.affiliation().party, field="name", value="Nytt namn")
        if status != "open":
            CORRECTION[{"approved": "approve", "declined": "decline"}[status]](row, by)
    assert row.status == status
    return row


def picture(row: Any) -> Any:
    """All that the database says of the row and what hangs on it."""
    events = list(row.events.order_by("pk").values_list("action", "note"))
    parties = list(Affiliation.objects.order_by("pk").values_list("party__name", "period"))
    return type(row).objects.filter(pk=row.pk).values().get(), events, parties


def test_every_model_with_a_status_is_here() -> None:
    of_the_app = {model for model in Stateful.__subclasses__() if model._meta.app_label == "affiliation"}
    assert of_the_app == {*VERBS, Election}  # elections go by the clock: tests/affiliation/test_elections.py
    assert all(set(verbs) == set(model.TRANSITIONS) for model, verbs in VERBS.items())
    assert set(TO_GET_THERE) == set(Application.Status.values)


@pytest.mark.parametrize(("model", "status", "verb"), PAIRS)
def test_a_verb_works_exactly_where_the_rules_say(make: Any, model: type[Any], status: str, verb: str) -> None:
    by = make.user()
    row = made(model, status, by)
    before = picture(row)
    sources, target = model.TRANSITIONS[verb]
    if status in sources:
        VERBS[model][verb](row, by)
        now, events, _parties = picture(row)
        assert (now["status"], [action for action, _note in events]) == (target, [*(action for action, _note in before[1]), verb])
    else:
        with pytest.raises(WrongStatus):
            VERBS[model][verb](row, by)
        assert picture(row) == before


@pytest.mark.parametrize(("model", "status", "verb"), [pair for pair in PAIRS if pair[1] in pair[0].TRANSITIONS[pair[2]][0] and pair[1] != "draft"])
def test_a_verb_is_refused_when_somebody_was_first(make: Any, model: type[Any], status: str, verb: str) -> None:
    by = make.user()
    row = made(model, status, by)
    seen_earlier = model.objects.get(pk=row.pk)
    VERBS[model]["decline" if model is Correction else "withdraw"](row, by)
    before = picture(row)
    with pytest.raises(WrongStatus):
        VERBS[model][verb](seen_earlier, by)
    assert picture(row) == before


@pytest.mark.parametrize(("model", "source", "target"), MOVES)
def test_raw_sql_moves_only_where_the_rules_say(make: Any, model: type[Any], source: str, target: str) -> None:
    row = made(model, source, make.user())
    legal = {(one, leads_to) for sources, leads_to in model.TRANSITIONS.values() for one in sources}
    before = picture(row)

    def move() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET status = %s WHERE id = %s", [target, row.pk])  # noqa: S608

    if (source, target) in legal:
        Application.objects.filter(pk=row.pk).update(asked_fields=["name"], number="ANS-1", submitted_at=timezone.now())  # what constraints ask for
        move()
        assert model.objects.get(pk=row.pk).status == target
    else:
        with pytest.raises(ProgrammingError, match="Invalid transition"):
            move()
        assert picture(row) == before


RACE = ["approve", "withdraw", "decline", "ask_for_completion"]
HANDS = 12


def race(case: Application, by: User, verbs: list[str]) -> list[object]:
    """Both sides act on the same case at once: all have read it before anybody acts."""
    seen = threading.Barrier(HANDS)

    def act(which: int) -> object:
        mine = Application.objects.get(pk=case.pk)
        seen.wait(timeout=60)
        return APPLICATION[verbs[which % len(verbs)]](mine, by)

    return together(HANDS, act)


@pytest.mark.django_db(transaction=True)
def test_of_two_sides_that_act_at_once_one_is_told(make: Any) -> None:
    by = make.user()
    for number in range(4):
        case = make.application(name=f"Förening {number}")
        results = race(case, by, RACE)
        case.refresh_from_db()
        assert len([result for result in results if isinstance(result, WrongStatus)]) == HANDS - 1
        (_submit, ending) = [event.action for event in case.events.all()]
        assert case.status == Application.TRANSITIONS[ending][1]
        assert Affiliation.objects.filter(application=case).count() == (ending == "approve")


@pytest.mark.django_db(transaction=True)
def test_without_the_guards_both_sides_get_their_way(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a move that looks at the status it read and not at the row's, and no trigger."""

    @transaction.atomic
    def naive(self: Any, verb: str, *, by: User | None, note: str = "", **changes: Any) -> object:
        if self.status not in self.TRANSITIONS[verb][0]:
            raise WrongStatus
        with pgtrigger.ignore("affiliation.Application:only_legal_moves"):
            Application.objects.filter(pk=self.pk).update(status=self.TRANSITIONS[verb][1], **changes)
        return self._record(verb, by=by, note=note)

    monkeypatch.setattr(Application, "_become", naive)
    case = make.application()
    race(case, make.user(), RACE[1:])
    assert case.events.exclude(action="submit").values("action").distinct().count() == 3


def affiliation(state: str) -> Affiliation:
    """An affiliation that goes on, one whose last day has been told, or one that has ended."""
    last_day = {"open": None, "leaving": today() + 5 * DAY, "last day": today(), "left": today() - DAY}[state]
    return builders.affiliation(until_on=last_day)


@pytest.mark.parametrize(
    ("state", "verb", "raises"),
    [
        ("open", "leave", None),
        ("leaving", "leave", WrongStatus),
        ("last day", "leave", WrongStatus),
        ("left", "leave", WrongStatus),
        ("open", "leave yesterday", TooEarly),
        ("left", "leave yesterday", TooEarly),
        ("open", "stay", WrongStatus),
        ("leaving", "stay", None),
        ("last day", "stay", None),
        ("left", "stay", WrongStatus),
    ],
)
def test_leaving_and_staying_work_exactly_where_they_should(make: Any, state: str, verb: str, raises: type[Exception] | None) -> None:
    by, row = make.user(), affiliation(state)
    before = row.period
    last_day = today() + DAY * (-1 if "yesterday" in verb else 9)

    def act() -> None:
        return row.stay(by=by) if verb == "stay" else row.leave(by=by, last_day=last_day)

    if raises:
        with pytest.raises(raises):
            act()
    else:
        act()
    row.refresh_from_db()
    after = before if raises else period(row.from_on, None if verb == "stay" else last_day)
    assert (row.period, row.events.count()) == (after, 0 if raises else 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["leave", "stay"])
def test_twenty_who_leave_or_stay_at_once_make_one_event(make: Any, verb: str) -> None:
    by, row = make.user(), affiliation("open" if verb == "leave" else "leaving")
    seen = threading.Barrier(20)

    def act(which: int) -> None:
        mine = Affiliation.objects.get(pk=row.pk)
        seen.wait(timeout=60)
        return mine.stay(by=by) if verb == "stay" else mine.leave(by=by, last_day=today() + which * DAY)

    results = together(20, act)
    assert [type(result).__name__ for result in results if result is not None] == ["WrongStatus"] * 19
    row.refresh_from_db()
    event = row.events.get()
    assert (event.action, row.until_on) == (verb, None if verb == "stay" else event.last_day)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_twenty_who_leave_make_many_events(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: an end that is moved without looking whether it is there already."""
    monkeypatch.setattr(Affiliation, "_end_with", lambda self, new, was_open: Affiliation.objects.filter(pk=self.pk).update(period=new))
    by, row = make.user(), affiliation("open")
    together(20, lambda which: Affiliation.objects.get(pk=row.pk).leave(by=by, last_day=today() + which * DAY))
    assert row.events.count() == 20
