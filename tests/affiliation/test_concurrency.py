"""Many hands at once: one decision, one number, one application – and the same test with the guard off, which must fail."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, Application, Decision
from affiliation.models.applications import AlreadyAffiliated
from agreement.models import Party
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus
from tests.affiliation import answers
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 60


def test_sixty_approvals_make_one_decision(make: Any) -> None:
    case, by = make.application(), make.user()
    results = together(HANDS, lambda _which: Application.objects.get(pk=case.pk).approve(by=by, decision=Decision(on=today(), paragraph="7")))
    assert len([result for result in results if isinstance(result, Affiliation)]) == 1
    assert len([result for result in results if isinstance(result, WrongStatus)]) == HANDS - 1
    case.refresh_from_db()
    assert (case.status, case.number, case.events.filter(action="approve").count()) == ("approved", f"ANS-{today().year}-0001", 1)
    assert (Affiliation.objects.count(), Party.objects.count()) == (1, 1)
    assert case.affiliation.party.representatives.count() == 1


def test_without_the_guard_sixty_approvals_make_many_decisions(make: Any) -> None:
    """The control: look, check, write – as one would without `_become` – decides several times."""
    case = make.application()
    seen = threading.Barrier(HANDS)

    def naive(_which: int) -> None:
        mine = Application.objects.get(pk=case.pk)
        may = mine.may("approve")
        seen.wait(timeout=60)
        if may:
            Application.objects.filter(pk=mine.pk).update(status="approved")
            mine.events.create(action="approve")

    together(HANDS, naive)
    assert case.events.filter(action="approve").count() > 1


def test_approve_decline_and_withdraw_at_once_end_in_one_way(make: Any) -> None:
    by = make.user()
    decision = Decision(on=today())
    verbs = [
        lambda case: case.approve(by=by, decision=decision),
        lambda case: case.decline(by=by, decision=decision, note="Nej."),
        lambda case: case.withdraw(),
    ]
    for number in range(5):
        case = make.application(name=f"Förening {number}")
        together(12, lambda which, pk=case.pk: verbs[which % 3](Application.objects.get(pk=pk)))  # type: ignore[misc]
        case.refresh_from_db()
        (_submit, ending) = [event.action for event in case.events.all()]
        assert {"approve": "approved", "decline": "declined", "withdraw": "withdrawn"}[ending] == case.status
        assert Affiliation.objects.filter(application=case).count() == (case.status == "approved")


def test_twenty_presses_of_send_make_one_application(make: Any) -> None:
    draft = make.draft()
    results = together(20, lambda _which: answers.submit(Client(), draft))
    assert {getattr(result, "url", result) for result in results} == {draft.get_absolute_url()}
    draft.refresh_from_db()
    assert (draft.status, draft.number, draft.events.count()) == ("submitted", f"ANS-{today().year}-0001", 1)


def test_twenty_presses_on_the_first_page_make_one_draft(make: Any) -> None:
    make.version()
    typed = {"draft_key": str(uuid4()), **answers.typed("organisationen")}
    results = together(20, lambda _which: Client().post(reverse("affiliation:begin"), typed))
    draft = Application.objects.get()
    assert {getattr(result, "url", result) for result in results} == {reverse("affiliation:section", args=[draft.token, "verksamhet"])}


def test_numbers_have_no_gaps_though_many_send_at_once_and_some_fail(make: Any) -> None:
    drafts = [make.draft(name=f"Förening {number}") for number in range(24)]

    def send(which: int) -> None:
        with transaction.atomic():
            Application.objects.get(pk=drafts[which].pk).submit()
            if which % 3 == 0:
                raise RuntimeError("after the number was taken")

    failed = [result for result in together(24, send) if result is not None]
    assert [str(error) for error in failed] == ["after the number was taken"] * 8
    numbers = [case.number for case in Application.objects.exclude(number=None).order_by("number")]
    assert numbers == [f"ANS-{today().year}-{number:04d}" for number in range(1, 17)]


def test_organisations_with_the_same_name_have_addresses_of_their_own_and_one_contact(make: Any) -> None:
    cases = [make.application(name="Bryggan") for _number in range(12)]
    by = make.user()
    results = together(12, lambda which: Application.objects.get(pk=cases[which].pk).approve(by=by, decision=Decision(on=today())))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert get_user_model().objects.filter(email="kim@provet.example.org").count() == 1
    assert sorted(Party.objects.values_list("slug", flat=True)) == sorted(["bryggan", *(f"bryggan-{number}" for number in range(2, 13))])


def test_one_organisation_that_applies_twelve_times_is_affiliated_once(make: Any) -> None:
    cases = [make.application(registration_number="8020024256") for _number in range(12)]
    by = make.user()
    results = together(12, lambda which: Application.objects.get(pk=cases[which].pk).approve(by=by, decision=Decision(on=today())))
    assert len([result for result in results if isinstance(result, Affiliation)]) == 1
    assert [type(result) for result in results if isinstance(result, Exception)] == [AlreadyAffiliated] * 11
    assert Application.objects.filter(status="approved").count() == 1
    assert not [result for result in results if isinstance(result, IntegrityError)]


def test_saving_answers_and_sending_at_once_lose_nothing(make: Any) -> None:
    draft = make.draft()

    def act(which: int) -> Any:
        if which == 0:
            return answers.submit(Client(), draft)
        return answers.answer(Client(), draft, "verksamhet", description=f"Text {which}")

    results = together(12, act)
    assert {getattr(result, "status_code", result) for result in results} == {302}
    draft.refresh_from_db()
    assert (draft.status, draft.events.count()) == ("submitted", 1)
