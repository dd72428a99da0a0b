"""Decisions that wait for the minutes of their meeting."""

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, Application, WaitingDecision
from affiliation.tasks import decide_adjusted, deliver_mail
from council.models import AgendaItem, Meeting
from idekom.lib.history import WrongStatus
from idekom.users.models import User
from tests import builders
from tests.council.desk import adjusted, council, meeting_today
from tests.together import together

HANDS = 8


@pytest.fixture
def meeting(db: None, secretary: User) -> Meeting:
    """A meeting of today with two cases on its agenda."""
    made = meeting_today(council())
    for name in ("Ett", "Två"):
        builders.application(name=name).put_on_agenda(by=secretary, meeting=made)
    return made


def cases() -> list[Application]:
    return list(Application.objects.order_by("name"))


def choose(client: Client, meeting: Meeting, *choices: str, page: str = "decide_take", **more: str) -> str:
    """Choose for the cases of the meeting, in order; the page that comes."""
    rows = {"how": "meeting", "when": "adjusted", "meeting": str(meeting.pk), "decided_on": "2026-01-01", "first_paragraph": ""} | more
    for case, choice in zip(cases(), choices, strict=True):
        rows |= {f"{case.pk}-choice": choice, f"{case.pk}-paragraph": "4", f"{case.pk}-note": "Vinstsyfte." if choice == "decline" else ""}
    return client.post(f"{reverse(f'admin:affiliation_application_{page}')}?mote={meeting.pk}", rows, follow=True).text


def states() -> list[tuple[str, str]]:
    return list(Application.objects.order_by("name").values_list("status", "paragraph"))


def test_cases_stand_under_one_item(meeting: Meeting, secretary_client: Client) -> None:
    assert [one.number for one in meeting.items.numbered() if one.item.kind == "cases"] == ["4"]
    desk = secretary_client.get(reverse("admin:council_meeting_change", args=[meeting.pk])).text
    link = f"{reverse('admin:affiliation_application_decide')}?mote={meeting.pk}"
    assert [text in desk for text in ("Ansökningar om anslutning (§ 4)", cases()[0].number or "", link)] == [True] * 3
    assert secretary_client.get(link).text.count('value="4"') == 2


def test_chosen_decisions_wait_and_are_taken_once(meeting: Meeting, secretary_client: Client, secretary: User) -> None:
    check = choose(secretary_client, meeting, "approve", "decline", page="decide")
    assert [text in check for text in ("Besluten fattas när protokollet är justerat", "Spara till justeringen", "Avslås: Vinstsyfte.")] == [True] * 3
    assert WaitingDecision.objects.count() == 0
    desk = choose(secretary_client, meeting, "approve", "decline")
    assert desk.count("när protokollet är justerat") >= 2
    decide_adjusted()
    assert states() == [("on_agenda", ""), ("on_agenda", "")]
    adjusted(meeting, secretary)
    for _twice in range(2):
        decide_adjusted()
    assert states() == [("approved", "4"), ("declined", "4")]
    affiliation = Affiliation.objects.get()
    assert (affiliation.idekom_decided_on, affiliation.meeting) == (meeting.on, meeting)
    assert [case.events.filter(action__in=["approve", "decline"]).count() for case in cases()] == [1, 1]


def test_choosing_again_takes_the_place_of_what_was_chosen(meeting: Meeting, secretary_client: Client) -> None:
    choose(secretary_client, meeting, "approve", "approve")
    choose(secretary_client, meeting, "decline", "leave")
    assert list(WaitingDecision.objects.values_list("case__name", "choice")) == [("Ett", "decline")]
    form = secretary_client.get(f"{reverse('admin:affiliation_application_decide')}?mote={meeting.pk}").text
    assert "Vinstsyfte.</textarea>" in form
    choose(secretary_client, meeting, "approve", "leave", when="now", decided_on=meeting.on.isoformat())
    assert (WaitingDecision.objects.count(), states()[0]) == (0, ("approved", "4"))


def test_a_case_taken_back_meanwhile_is_skipped_and_told(meeting: Meeting, secretary_client: Client, secretary: User) -> None:
    choose(secretary_client, meeting, "approve", "approve")
    gone, stays = cases()
    gone.withdraw()
    adjusted(meeting, secretary)
    decide_adjusted()
    assert [status for status, _paragraph in states()] == ["withdrawn", "approved"]
    mail.outbox.clear()
    for _twice in range(2):
        deliver_mail()
    told = [message for message in mail.outbox if gone.number and gone.number in message.subject and "kunde inte fattas" in message.subject]
    assert ["Ansökan är återtagen." in str(message.body) for message in told] == [True]
    desk = secretary_client.get(reverse("admin:council_meeting_change", args=[meeting.pk])).text
    assert ("Beslutet kunde inte fattas. Ansökan är återtagen." in desk, str(stays.number) in desk) == (True, True)


def test_a_delegated_decision_waits_for_no_minutes(meeting: Meeting, secretary_client: Client) -> None:
    assert "väntar inte på något protokoll" in choose(secretary_client, meeting, "approve", "leave", how="delegated")
    assert "Välj när besluten ska gälla." in choose(secretary_client, meeting, "approve", "leave", when="x\x00")
    assert WaitingDecision.objects.count() == 0


def test_only_what_can_be_decided_waits(meeting: Meeting, secretary: User) -> None:
    case = cases()[0]
    WaitingDecision.objects.keep(case, meeting, "approve", by=secretary)
    with pytest.raises(IntegrityError, match="one_waiting_decision_per_case"), transaction.atomic():
        WaitingDecision.objects.create(case=case, meeting=meeting, choice="approve", by=secretary)
    with pytest.raises(IntegrityError, match="a_no_that_waits_has_a_reason"), transaction.atomic():
        WaitingDecision.objects.create(case=cases()[1], meeting=meeting, choice="decline", by=secretary)
    case.withdraw()
    with pytest.raises(WrongStatus):
        WaitingDecision.objects.keep(case, meeting, "approve", by=secretary)


def test_only_those_with_the_right_choose(meeting: Meeting, outsider_client: Client, sign_in: Any) -> None:
    for browser in (outsider_client, sign_in(builders.user(is_staff=True))):
        choose(browser, meeting, "approve", "approve")
    assert WaitingDecision.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_workers_take_each_decision_once(secretary: User) -> None:
    waiting = _adjusted_with_one_waiting(secretary)
    taken = together(HANDS, lambda _which: WaitingDecision.objects.take_adjusted())
    assert (sorted(map(str, taken)), waiting.case.events.filter(action="approve").count()) == (["0"] * (HANDS - 1) + ["1"], 1)
    assert WaitingDecision.objects.skipped().count() == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_workers_that_look_at_once_tell_of_a_decision_that_was_taken(secretary: User) -> None:
    """The control: look, then take, without holding the row – the later ones find the case decided, and say that it could not be."""
    waiting = _adjusted_with_one_waiting(secretary)
    seen = threading.Barrier(HANDS)

    def naive(_which: int) -> bool:
        one = WaitingDecision.objects.select_related("case", "meeting", "by").get(pk=waiting.pk)
        seen.wait(timeout=60)
        return one.take()

    assert together(HANDS, naive).count(False) == HANDS - 1


def _adjusted_with_one_waiting(secretary: User) -> WaitingDecision:
    meeting = meeting_today(council(seats=2))
    case = builders.application(name="Ett")
    case.put_on_agenda(by=secretary, meeting=meeting)
    kept = WaitingDecision.objects.keep(case, meeting, "approve", by=secretary, paragraph=AgendaItem.objects.cases_number(meeting))
    adjusted(meeting, secretary)
    return kept
