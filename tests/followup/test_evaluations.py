"""An evaluation's steps, what may be written when, and the ledger of its recommendations."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from followup.models import CommitmentMark, Evaluation, EvaluationComment, Finding, LedgerEntry, Recommendation, Standing, Tally
from followup.models.comments import NotOpen
from followup.models.ledger import NotNow
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders

pytestmark = pytest.mark.django_db
LATER = today() + timedelta(days=30)
REASONS = {"completion": "limited", "effect": "none", "reasons": "Vi såg det."}


def test_evaluation_goes_from_plan_over_draft_to_final(secretary: User) -> None:
    evaluation = builders.evaluation(status="planned")
    evaluation.start(by=secretary)
    builders.finding(evaluation)
    evaluation.open_for_comment(by=secretary, first=today(), last=today())
    evaluation.make_final(by=secretary, day=today() + timedelta(days=1))
    assert (evaluation.status, evaluation.final_on) == ("final", today() + timedelta(days=1))
    assert [event.action for event in evaluation.events.all()] == ["start", "open_for_comment", "make_final"]


def test_evaluation_is_not_final_while_comments_come_in(secretary: User) -> None:
    evaluation = builders.opened()
    with pytest.raises(ValidationError, match="Tiden för synpunkter är inte slut än"):
        evaluation.make_final(by=secretary, day=today())
    assert Evaluation.objects.get().status == "open"


def test_draft_without_findings_is_not_opened(secretary: User) -> None:
    with pytest.raises(ValidationError, match="inga iakttagelser"):
        builders.evaluation().open_for_comment(by=secretary, first=today(), last=today())


def test_steps_out_of_order_are_refused(secretary: User) -> None:
    evaluation = builders.evaluation()
    steps: list[Callable[[], object]] = [lambda: evaluation.start(by=secretary), lambda: evaluation.make_final(by=secretary, day=today())]
    for step in steps:
        with pytest.raises(WrongStatus):
            step()
    with pytest.raises(DatabaseError), transaction.atomic():
        Evaluation.objects.filter(pk=evaluation.pk).update(status="final")


@pytest.mark.parametrize("years", [(2024, 2021), (2021, 2025)])
def test_period_has_been(years: tuple[int, int]) -> None:
    with pytest.raises(IntegrityError, match="an_evaluation_looks_at_years_that_have_been"):
        builders.evaluation(2024, from_year=years[0], to_year=years[1])


def test_text_stands_while_others_comment_on_it() -> None:
    evaluation, commitment = builders.opened(), builders.commitment()
    finding = evaluation.findings.get()
    writes: list[Callable[[date], object]] = [
        lambda day: evaluation.write(summary="Kort.", introduction="Långt.", day=day),
        lambda day: Finding.add(evaluation, day=day, title="Ny", text="Ny."),
        lambda day: finding.rewrite(day=day, title="Annan"),
        lambda day: Recommendation.add(finding, day=day, text="Gör.", addressee="council", due_on=LATER),
        lambda day: finding.recommendations.get(number=1).rewrite(day=day, text="Gör mer."),
        lambda day: CommitmentMark.give(evaluation, commitment, day=day, **REASONS),
    ]
    for write in writes:
        with pytest.raises(WrongStatus):
            write(today())
    for write in writes:
        write(LATER)
    assert [finding.number for finding in evaluation.findings.all()] == [1, 2]
    assert [one.reference for one in Recommendation.objects.order_by("number")] == ["1.1", "1.2"]


def test_final_text_never_changes_even_by_sql() -> None:
    evaluation = builders.final()
    builders_row = evaluation.findings.get()
    attempts: list[Callable[[], object]] = [
        lambda: Evaluation.objects.update(summary="Annat."),
        lambda: Finding.objects.update(title="Annat."),
        lambda: Recommendation.objects.update(text="Annat."),
        lambda: Recommendation.objects.all().delete(),
        lambda: Finding.objects.create(evaluation=evaluation, number=9, title="Sen", text="Sen."),
        lambda: CommitmentMark.objects.create(evaluation=evaluation, commitment=builders.commitment(), **REASONS),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    with pytest.raises(WrongStatus):
        builders_row.rewrite(day=LATER, title="Annat.")
    assert builders.finding(builders.evaluation(2028)).number == 1  # the control: another one's still does


def test_what_was_written_before_is_kept() -> None:
    finding = builders.finding()
    finding.rewrite(day=today(), title="Andra ord")
    kept: Any = apps.get_model("followup", "FindingChange")
    titles = kept.objects.filter(pgh_obj=finding).order_by("pgh_id").values_list("title", flat=True)
    assert list(titles) == ["Få känner till överenskommelsen", "Andra ord"]


def test_recommendation_is_for_a_party_exactly_when_it_says_so() -> None:
    party = builders.party("Föreningen Ljuset")
    assert builders.recommendation(addressee="party", party=party).addressed_to == "Föreningen Ljuset"
    finding = Finding.objects.get()
    assert [builders.recommendation(finding, addressee=to).addressed_to for to in ("city", "civil_society", "council")] == [
        "Staden",
        "Civilsamhället",
        "Idékom",
    ]
    for told in ({"addressee": "party"}, {"addressee": "city", "party": party}):
        with pytest.raises(IntegrityError, match="a_recommendation_to_a_party_names_it"), transaction.atomic():
            builders.recommendation(finding, **told)


def test_ledger_keeps_every_line(secretary: User) -> None:
    builders.final()
    one = Recommendation.objects.get()
    on, by = date(2025, 3, 1), secretary
    LedgerEntry.answer(one, reply="no", text="Inga medel.", by_whom="Nämnden, § 3", on=on, by=by)
    LedgerEntry.answer(one, reply="partly", text="Medel finns.", by_whom="Nämnden, § 9", on=on, by=by)
    LedgerEntry.done(one, text="Klart.", on=on, by=by)
    LedgerEntry.take_up_again(one, text="Det höll inte.", on=on, by=by)
    standing = Standing(one.ledger.all())
    assert (standing.reply, standing.is_done, standing.label) == ("partly", False, "Svarat delvis")
    LedgerEntry.done(one, text="Klart igen.", on=on, by=by)
    assert Recommendation.objects.get().standing.label == "Gjort"
    assert [line.text for line in one.ledger.all()] == ["Inga medel.", "Medel finns.", "Klart.", "Det höll inte.", "Klart igen."]
    attempts: list[Callable[[], object]] = [lambda: one.ledger.update(text="Annat."), lambda: one.ledger.all().delete()]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_ledger_lines_follow_from_each_other(secretary: User) -> None:
    draft = builders.recommendation()
    with pytest.raises(NotNow, match="slutlig"):
        LedgerEntry.answer(draft, reply="yes", text="", by_whom="Nämnden", on=today(), by=secretary)
    builders.final(draft.finding.evaluation)
    with pytest.raises(NotNow):
        LedgerEntry.done(draft, text="Klart.", on=today(), by=secretary)
    with pytest.raises(NotNow):
        LedgerEntry.take_up_again(draft, text="Igen.", on=today(), by=secretary)
    LedgerEntry.answer(draft, reply="no", text="", by_whom="Nämnden", on=today(), by=secretary)
    with pytest.raises(NotNow):
        LedgerEntry.done(draft, text="Klart.", on=today(), by=secretary)
    assert draft.ledger.count() == 1


def test_tally_counts_each_recommendation_once(secretary: User) -> None:
    finding = builders.finding()
    yes, no, _silent = (builders.recommendation(finding) for _number in range(3))
    builders.final(finding.evaluation)
    for one, reply in ((yes, "partly"), (yes, "yes"), (no, "no")):
        LedgerEntry.answer(one, reply=reply, text="", by_whom="Nämnden", on=today(), by=secretary)
    LedgerEntry.done(yes, text="Klart.", on=today(), by=secretary)
    expected = Tally(total=3, answered=2, accepted=1, done=1)
    assert Tally.of(finding.recommendations.all()) == expected
    assert Tally.by_evaluation([finding.evaluation]) == {finding.evaluation.pk: expected}
    assert expected.percent_done == 33


def test_comments_are_taken_in_between_two_days_only() -> None:
    evaluation = builders.opened(days=2)
    days = {days: today() + timedelta(days=days) for days in (-2, -1, 2, 3)}
    for outside in (days[-2], days[3]):
        with pytest.raises(NotOpen):
            EvaluationComment.leave(evaluation, name="", text="Bra.", day=outside)
    for inside in (days[-1], days[2]):
        EvaluationComment.leave(evaluation, name="", text="Bra.", day=inside)
    assert EvaluationComment.objects.waiting().count() == 2


def test_comment_is_kept_as_it_was_said(secretary: User) -> None:
    comment = EvaluationComment.leave(builders.opened(), name="Föreningen", text="Bra.", day=today())
    comment.show(by=secretary)
    comment.hold_back(by=secretary)
    assert [event.action for event in comment.events.all()] == ["show", "hold_back"]
    with pytest.raises(WrongStatus):
        comment.hold_back(by=secretary)
    rows = EvaluationComment.objects.filter(pk=comment.pk)
    attempts: list[Callable[[], object]] = [lambda: rows.update(text="Dåligt."), lambda: rows._raw_delete("default")]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert EvaluationComment.objects.get().text == "Bra."


def test_nobody_of_the_secretariat_evaluates(secretary: User) -> None:
    evaluation = builders.evaluation()
    with pytest.raises(ValidationError, match="kansliet"):
        evaluation.invite(secretary.email, by=secretary)
    evaluation.invite("granskare@example.org", by=secretary)
    evaluation.invite("Granskare@example.org", by=secretary)
    (evaluator,) = evaluation.evaluators.all()
    evaluation.dismiss(evaluator, by=secretary)
    assert (evaluator.email, evaluator.is_staff, evaluation.evaluators.count()) == ("granskare@example.org", False, 0)
    assert [event.action for event in evaluation.events.all()] == ["invite", "dismiss"]
