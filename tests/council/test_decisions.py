"""What each party has decided: a row each, set by its own people or from a paper, with its history, its guards and what it leads to."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from agreement.models import ActionPlan, Activity, Representative, Version
from council.models import NotTheirs, PartyDecision, Proposal
from council.models.decisions import Earlier, NotFromPaper, RemindedLately
from idekom.lib.dated import period, today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council.proposing import addressed, administrator, adopted, given, ready, says
from tests.together import together

pytestmark = pytest.mark.django_db
TEN, FIVE = today() - timedelta(days=10), today() - timedelta(days=5)


def test_a_party_says_yes_and_is_bound_from_its_day() -> None:
    [row] = addressed()
    says(row, "yes")
    assert (row.status, row.decided_on, row.binds_on, row.body, row.paragraph, row.revision) == ("yes", TEN, TEN, "styrelsen", "7", 1)
    event = row.events.last()
    assert event
    assert (event.action, event.stance, event.body, event.decided_on) == ("say_yes", "yes", "styrelsen", TEN)


@pytest.mark.parametrize(("stance", "binds"), [("yes", True), ("changed", True), ("no", False), ("not_for_us", False)])
def test_each_answer_is_kept_with_what_belongs_to_it(stance: str, binds: bool) -> None:
    [row] = addressed()
    says(row, stance, change="Bara på vardagar.", body="styrelsen")
    assert (row.status, row.binds, row.binds_on is not None) == (stance, binds, binds)
    assert row.change == ("Bara på vardagar." if stance == "changed" else "")
    assert row.body == ("" if stance == "not_for_us" else "styrelsen")


def test_a_new_decision_replaces_the_old_one_which_stays_in_the_history() -> None:
    [row] = addressed()
    by = administrator(row)
    says(row, "no", by=by, document=ContentFile(b"%PDF-1.7 nej", "nej.pdf"))
    first = row.document.name
    says(row, "yes", by=by, decided_on=FIVE)
    assert (row.status, row.decided_on, row.document.name) == ("yes", FIVE, "")
    assert [(said.stance, said.decided_on, said.document.name) for said in row.story] == [("no", TEN, first), ("yes", FIVE, "")]
    assert row.events.filter(stance="no").get().document.read() == b"%PDF-1.7 nej"


def test_a_correction_puts_right_what_stood_and_keeps_its_document() -> None:
    [row] = addressed()
    by = administrator(row)
    says(row, "yes", by=by, document=ContentFile(b"%PDF-1.7", "ja.pdf"))
    kept = row.document.name
    with pytest.raises(Earlier):
        says(row, "yes", by=by, decided_on=TEN - timedelta(days=5))
    says(row, "yes", by=by, decided_on=TEN - timedelta(days=5), corrects=True)
    assert [said.decided_on for said in row.story] == [TEN - timedelta(days=5)]
    assert row.document.name == kept
    assert row.events.exclude(stance="").count() == 2


def test_what_was_a_mistake_is_taken_back() -> None:
    [row] = addressed()
    by = administrator(row)
    says(row, "no", by=by)
    row.take_back(by=by, seen=row.revision, note="Fel förslag.")
    assert (row.status, row.decided_on, row.body, list(row.story)) == ("open", None, "", [])
    with pytest.raises(WrongStatus):
        row.take_back(by=by, seen=row.revision)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": today() + timedelta(days=1)}, "decided_on"),
        ({"decided_on": date(1066, 1, 1)}, "decided_on"),
        ({"body": "  "}, "body"),
        ({"binds_on": TEN - timedelta(days=1)}, "binds_on"),
        ({"stance": "changed", "change": " "}, "change"),
        ({"stance": "open"}, "stance"),
        ({"stance": "kanske"}, "stance"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(fields: dict[str, Any], told: str) -> None:
    [row] = addressed()
    stance = fields.pop("stance", "yes")
    with pytest.raises(ValidationError) as error:
        row.decide(given(stance, **fields), by=administrator(row), seen=0)
    assert list(error.value.message_dict) == [told]
    assert PartyDecision.objects.get().status == "open"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"status": "not_for_us"}, "what_is_said_has_its_day"),
        ({"status": "yes", "decided_on": TEN, "body": "x"}, "a_yes_and_only_a_yes_binds_from_a_day"),
        ({"status": "yes", "decided_on": TEN, "binds_on": TEN}, "a_yes_or_no_names_its_body"),
        ({"status": "no", "decided_on": TEN, "binds_on": TEN, "body": "x"}, "a_yes_and_only_a_yes_binds_from_a_day"),
        ({"status": "yes", "decided_on": TEN, "binds_on": TEN - timedelta(days=1), "body": "x"}, "a_yes_and_only_a_yes_binds_from_a_day"),
        ({"status": "changed", "decided_on": TEN, "binds_on": TEN, "body": "x"}, "a_change_is_in_words"),
        ({"status": "no", "decided_on": today() + timedelta(days=3), "body": "x"}, "nothing_is_decided_in_the_future"),
        ({"status": "maybe"}, "party_stance_is_known|only_legal_moves|Invalid transition"),
    ],
)
def test_the_database_refuses_what_must_never_be(values: dict[str, Any], name: str) -> None:
    [row] = addressed()
    moment = {} if name == "what_is_said_has_its_day" else {"entered_at": timezone.now()}
    with pytest.raises(Exception, match=name), transaction.atomic():
        PartyDecision.objects.filter(pk=row.pk).update(**values, **moment)
    assert "open" in PartyDecision.objects.values_list("status", flat=True)


def test_a_party_has_one_row_and_only_for_what_is_adopted() -> None:
    [row] = addressed()
    assert PartyDecision.objects.address(row.proposal, [row.party], on=today()) == 0
    with pytest.raises(IntegrityError, match="one_row"), transaction.atomic():
        PartyDecision.objects.create(proposal=row.proposal, party=row.party, addressed_on=today())
    with pytest.raises(WrongStatus):
        PartyDecision.objects.address(ready("Inte antaget"), [row.party], on=today())
    with pytest.raises(IntegrityError, match="only_what_is_adopted"), transaction.atomic():
        Proposal.objects.filter(title="Inte antaget").update(addressed_on=today())


def test_only_the_partys_own_administrators_decide_for_it() -> None:
    [row] = addressed()
    outsider = builders.user()
    people = [outsider, *(builders.representative(row.party, role=role).user for role in ("reporter", "reader"))]  # type: ignore[arg-type]
    people.append(builders.representative().user)  # of another party
    former = builders.representative(row.party)
    administrator(row)
    former.end(today())
    for by in [*people, former.user]:
        with pytest.raises(NotTheirs):
            row.decide(given(), by=by, seen=0)
        with pytest.raises(NotTheirs):
            row.decide(given(paper_source="Protokoll"), by=by, seen=0)
    assert PartyDecision.objects.get().status == "open"
    assert Representative.objects.filter(party=row.party).count() == 4


def test_the_secretary_decides_from_a_paper_alone(secretary: Any) -> None:
    [row] = addressed()
    with pytest.raises(NotTheirs):
        row.decide(given(), by=secretary, seen=0)
    row.decide(given(paper_source="Protokollsutdrag, inkommet 3 mars"), by=secretary, seen=0)
    assert (row.status, row.paper_source) == ("yes", "Protokollsutdrag, inkommet 3 mars")


def test_the_office_takes_back_only_what_it_has_entered(secretary: Any) -> None:
    [row] = addressed()
    says(row)
    with pytest.raises(NotFromPaper):
        row.take_back(by=secretary, seen=row.revision, paper_source="Kansliet")
    row.decide(given(paper_source="Protokoll", decided_on=FIVE), by=secretary, seen=row.revision)
    row.take_back(by=secretary, seen=row.revision, paper_source="Kansliet")
    assert row.status == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_one_wins_and_the_other_is_told() -> None:
    [row] = addressed()
    people = [administrator(row) for _number in range(2)]
    answers = [given("yes"), given("no")]
    results = together(2, lambda which: PartyDecision.objects.get(pk=row.pk).decide(answers[which], by=people[which], seen=0))
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "WrongStatus"]
    assert row.events.exclude(stance="").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_write() -> None:
    """The control: look, check, write, as one would without lock and revision."""
    [row] = addressed()
    seen = threading.Barrier(2)

    def naive(which: int) -> None:
        mine = PartyDecision.objects.get(pk=row.pk)
        is_unchanged = mine.revision == 0
        seen.wait(timeout=60)
        if is_unchanged:
            mine.events.create(action="say_yes", stance="yes")

    together(2, naive)
    assert row.events.exclude(stance="").count() == 2


def test_a_yes_becomes_an_activity_that_others_join_or_a_part_of_the_next_version() -> None:
    one = adopted()
    commitment = builders.commitment()
    one.commitments.add(commitment)
    first, second = addressed(builders.affiliation().party, builders.affiliation().party, of=one)
    by = builders.user()
    plan = ActionPlan.objects.create(slug="plan", name="Planen", period=period(today()))
    with pytest.raises(WrongStatus):
        first.begin_activity(plan, by=by)
    assert Activity.objects.count() == 0
    says(first), says(second, "changed")
    activity = first.begin_activity(plan, by=by)
    assert (activity.title, list(activity.commitments.all())) == (one.title, [commitment])
    with pytest.raises(WrongStatus):
        first.begin_activity(plan, by=by)
    second.join_activity(activity, by=by)
    assert {row.party for row in activity.decisions.all()} == {first.party, second.party}
    with pytest.raises(WrongStatus):
        second.take_into_version(builders.version(), by=by)
    draft = Version.objects.create(slug="nasta", name="Nästa", vision="v", aim="a")
    second.take_into_version(draft, by=by)
    assert list(draft.decisions.all()) == [second]
    says(first, "no", decided_on=FIVE)
    assert first.activity is None


def test_a_party_is_reminded_with_a_pause_and_not_once_it_has_answered() -> None:
    [row] = addressed()
    by = builders.user()
    with pytest.raises(RemindedLately):
        row.remind(by=by)
    row.events.update(at=timezone.now() - timedelta(days=15))
    row.remind(by=by)
    with pytest.raises(RemindedLately):
        row.remind(by=by)
    says(row)
    with pytest.raises(WrongStatus):
        row.remind(by=by)
