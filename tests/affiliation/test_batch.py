"""Several applications decided at one sitting."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, Application
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(make: Any) -> list[Application]:
    """Three applications."""
    return [make.application(name=name) for name in ("Ett", "Två", "Tre")]


def address(cases: list[Application]) -> str:
    """The page where they are decided."""
    return f"{reverse('admin:affiliation_application_decide')}?ids={','.join(str(case.pk) for case in cases)}"


def filled(cases: list[Application], *choices: str, note: str = "Vinstsyfte.") -> dict[str, str]:
    """What the secretary fills in: a choice for each."""
    rows = {"decided_on": today().isoformat(), "meeting": ""}
    for number, (case, choice) in enumerate(zip(cases, choices, strict=True), start=4):
        rows |= {f"{case.pk}-choice": choice, f"{case.pk}-paragraph": str(number), f"{case.pk}-note": note if choice == "decline" else ""}
    return rows


def states(cases: list[Application]) -> list[tuple[str, str]]:
    """(status, paragraph) of each, as the database has it."""
    return [Application.objects.values_list("status", "paragraph").get(pk=case.pk) for case in cases]


def test_action_leads_to_the_page_with_the_chosen_ones(cases: list[Application], secretary_client: Client) -> None:
    chosen = {"action": "decide_selected", "_selected_action": [case.pk for case in cases[:2]]}
    text = secretary_client.post(reverse("admin:affiliation_application_changelist"), chosen, follow=True).content.decode()
    assert "Besluta valda ansökningar" in text
    assert ("Ett" in text, "Två" in text, str(cases[0].number) in text, str(cases[2].number) in text) == (True, True, True, False)


def test_all_are_decided_in_one_go_and_listed_for_the_minutes(cases: list[Application], secretary_client: Client, make: Any) -> None:
    meeting = make.meeting()
    rows = filled(cases, "approve", "decline", "leave") | {"meeting": str(meeting.pk)}
    text = secretary_client.post(address(cases), rows, follow=True).content.decode()
    assert states(cases) == [("approved", "4"), ("declined", "5"), ("submitted", "")]
    for shown in ("Beslutslista", cases[0].number, "Godkänd", "Avslagen", "Inskickad"):
        assert str(shown) in text
    assert Affiliation.objects.get().meeting == meeting
    deliver_mail()
    assert [message.subject.split(" (")[0] for message in mail.outbox[3:]] == ["Ni är anslutna till överenskommelsen", "Svar på er ansökan"]


def test_a_decline_without_a_reason_stops_all(cases: list[Application], secretary_client: Client) -> None:
    text = secretary_client.post(address(cases), filled(cases, "approve", "decline", "leave", note="")).content.decode()
    assert "Skriv skälet till avslaget." in text
    assert states(cases) == [("submitted", "")] * 3


def test_one_that_cannot_be_decided_stops_all_and_is_told_beside_its_row(cases: list[Application], secretary_client: Client) -> None:
    cases[1].withdraw()
    response = secretary_client.post(address(cases), filled(cases, "approve", "approve", "approve"))
    assert "Det går inte längre" in response.content.decode()
    assert states(cases) == [("submitted", ""), ("withdrawn", ""), ("submitted", "")]
    assert Affiliation.objects.count() == 0
    deliver_mail()
    assert "anslutna" not in " ".join(str(message.subject) for message in mail.outbox)


@pytest.mark.parametrize("ids", ["", "x", "1e5", "%00", "-1", "9" * 40, "999999"])
def test_ids_that_are_none_lead_back_to_the_inbox(secretary_client: Client, ids: str) -> None:
    response = secretary_client.get(f"{reverse('admin:affiliation_application_decide')}?ids={ids}", follow=True)
    assert "Välj först en eller flera ansökningar i listan." in response.content.decode()


@pytest.mark.parametrize("choice", ["", "x", "\x00", "withdraw"])
def test_a_choice_that_is_none_decides_nothing(cases: list[Application], secretary_client: Client, choice: str) -> None:
    response = secretary_client.post(address(cases), filled(cases, choice, choice, choice))
    assert response.status_code == 200
    assert states(cases) == [("submitted", "")] * 3


def test_only_those_with_the_right_decide(cases: list[Application], client: Client, outsider_client: Client, sign_in: Any, make: Any) -> None:
    for browser, status in ((client, 302), (outsider_client, 302), (sign_in(make.user(is_staff=True)), 403)):
        assert browser.post(address(cases), filled(cases, "approve", "approve", "approve")).status_code == status
    assert states(cases) == [("submitted", "")] * 3
