"""Several applications decided at one sitting."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from affiliation.models import Affiliation, Application, ApplicationEvent
from affiliation.tasks import deliver_mail
from agreement.models import Party
from council.models import Meeting
from idekom.lib.dated import today
from idekom.users.models import User

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
    rows = {"how": "delegated", "decided_on": today().isoformat(), "meeting": "", "first_paragraph": ""}
    for number, (case, choice) in enumerate(zip(cases, choices, strict=True), start=4):
        rows |= {f"{case.pk}-choice": choice, f"{case.pk}-paragraph": str(number), f"{case.pk}-note": note if choice == "decline" else ""}
    return rows


def states(cases: list[Application]) -> list[tuple[str, str]]:
    """(status, paragraph) of each, as the database has it."""
    return [Application.objects.values_list("status", "paragraph").get(pk=case.pk) for case in cases]


def under_way(make: Any) -> Meeting:
    """A meeting that goes on now."""
    meeting: Meeting = make.meeting(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))
    return meeting


def check(client: Client, cases: list[Application], rows: dict[str, str]) -> str:
    """The page that shows the decisions before they are taken, or the form with what has to be mended."""
    return client.post(address(cases), rows).content.decode()


def take(client: Client, cases: list[Application], rows: dict[str, str]) -> str:
    """Take the decisions that the check page holds."""
    to_take = reverse("admin:affiliation_application_decide_take") + address(cases)[address(cases).index("?") :]
    return client.post(to_take, rows, follow=True).content.decode()


def test_the_check_page_shows_each_decision_with_its_mail_and_takes_none(cases: list[Application], secretary_client: Client) -> None:
    events = ApplicationEvent.objects.count()
    text = check(secretary_client, cases, filled(cases, "approve", "decline", "leave"))
    for shown in (
        "Inget är beslutat än.",
        "Godkänns",
        "Avslås: Vinstsyfte.",
        "Avvaktar",
        "Ni är anslutna till överenskommelsen",
        "Svar på er ansökan",
    ):
        assert shown in text
    assert "Vinstsyfte." in text[text.index("Svar på er ansökan") :]
    assert states(cases) == [("submitted", "")] * 3
    assert (Affiliation.objects.count(), Party.objects.count(), ApplicationEvent.objects.count()) == (0, 0, events)
    deliver_mail()
    assert len(mail.outbox) == 3  # what came in, and nothing more


def test_paragraphs_run_on_where_none_is_given(cases: list[Application], secretary_client: Client, make: Any) -> None:
    rows = filled(cases, "approve", "approve", "approve") | {"how": "meeting", "meeting": str(under_way(make).pk), "first_paragraph": "8"}
    rows |= {f"{cases[0].pk}-paragraph": "", f"{cases[1].pk}-paragraph": "9", f"{cases[2].pk}-paragraph": ""}
    text = check(secretary_client, cases, rows)
    carried = dict(re.findall(r'name="(\d+-paragraph)" value="(\d+)"', text))
    assert [carried[f"{case.pk}-paragraph"] for case in cases] == ["8", "9", "10"]
    take(secretary_client, cases, rows | carried)
    assert states(cases) == [("approved", "8"), ("approved", "9"), ("approved", "10")]


def test_a_row_that_waits_takes_no_number(cases: list[Application], secretary_client: Client, make: Any) -> None:
    rows = filled(cases, "approve", "leave", "approve") | {"how": "meeting", "meeting": str(under_way(make).pk), "first_paragraph": "8"}
    text = check(secretary_client, cases, rows | {f"{case.pk}-paragraph": "" for case in cases})
    assert dict(re.findall(r'name="(\d+-paragraph)" value="(\d+)"', text)) == {f"{cases[0].pk}-paragraph": "8", f"{cases[2].pk}-paragraph": "9"}


@pytest.mark.parametrize("first", ["x", "-1", "0", "1e9", "9" * 40, "\x00"])
def test_a_first_paragraph_that_is_none_is_told(cases: list[Application], secretary_client: Client, first: str) -> None:
    text = check(secretary_client, cases, filled(cases, "approve", "leave", "leave") | {"first_paragraph": first})
    assert "Skriv paragrafen med siffror" in text
    assert states(cases) == [("submitted", "")] * 3


def test_delegated_decisions_have_no_meeting(cases: list[Application], secretary_client: Client, make: Any) -> None:
    rows = filled(cases, "approve", "leave", "leave")
    assert "Välj mötet som beslutade." in check(secretary_client, cases, rows | {"how": "meeting"})
    assert "Ett delegationsbeslut fattas utan möte." in check(secretary_client, cases, rows | {"meeting": str(make.meeting().pk)})
    coming = rows | {"how": "meeting", "meeting": str(make.meeting().pk)}
    assert "Dagen ligger före mötet." in check(secretary_client, cases, coming)
    take(secretary_client, cases, rows)
    affiliation = Affiliation.objects.get()
    assert (affiliation.is_delegated, affiliation.meeting, str(affiliation.decision)) == (
        True,
        None,
        f"delegationsbeslut {date_format(today(), 'j F Y')}, § 4",
    )


def test_all_on_the_agenda_of_a_meeting(cases: list[Application], secretary_client: Client, secretary: User, make: Any) -> None:
    meeting = make.meeting()
    for case in cases[:2]:
        case.put_on_agenda(by=secretary, meeting=meeting)
    inbox = secretary_client.get(reverse("admin:affiliation_application_changelist")).content.decode()
    link = f"{reverse('admin:affiliation_application_decide')}?mote={meeting.pk}"
    assert (link in inbox, "Alla på dagordningen för mötet" in inbox) == (True, True)
    text = secretary_client.get(link).content.decode()
    assert ("Ett" in text, "Två" in text, str(cases[2].number) in text) == (True, True, False)
    assert f'value="{meeting.pk}" selected' in text
    assert link in secretary_client.get(reverse("admin:council_meeting_change", args=[meeting.pk])).content.decode()


def test_decisions_are_not_taken_by_get(cases: list[Application], secretary_client: Client) -> None:
    assert secretary_client.get(reverse("admin:affiliation_application_decide_take") + f"?ids={cases[0].pk}").status_code == 405
    assert states(cases) == [("submitted", "")] * 3


def test_change_goes_back_with_everything_filled_in(cases: list[Application], secretary_client: Client) -> None:
    text = check(secretary_client, cases, filled(cases, "approve", "decline", "leave") | {"andra": "1"})
    assert "Vinstsyfte.</textarea>" in text
    assert text.count(" checked") == 4  # how, and a choice for each


def test_action_leads_to_the_page_with_the_chosen_ones(cases: list[Application], secretary_client: Client) -> None:
    chosen = {"action": "decide_selected", "_selected_action": [case.pk for case in cases[:2]]}
    text = secretary_client.post(reverse("admin:affiliation_application_changelist"), chosen, follow=True).content.decode()
    assert "Besluta om valda ärenden" in text
    assert ("Ett" in text, "Två" in text, str(cases[0].number) in text, str(cases[2].number) in text) == (True, True, True, False)


def test_all_are_decided_in_one_go_and_listed_for_the_minutes(cases: list[Application], secretary_client: Client, make: Any) -> None:
    meeting = under_way(make)
    rows = filled(cases, "approve", "decline", "leave") | {"how": "meeting", "meeting": str(meeting.pk)}
    text = take(secretary_client, cases, rows)
    assert states(cases) == [("approved", "4"), ("declined", "5"), ("submitted", "")]
    day = date_format(today(), "j F Y")
    for shown in ("Beslutslista", cases[0].number, "Godkänd", "Avslagen", "Inskickad", f"Idékom {day}, § 4", f"Idékom {day}, § 5", "Ett", "Två"):
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
    for told in (check(secretary_client, cases, filled(cases, *["approve"] * 3)), take(secretary_client, cases, filled(cases, *["approve"] * 3))):
        assert told.count("Det går inte längre") == 1
        assert "Inget är beslutat än." in told
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
        for page in ("decide", "decide_take"):
            there = reverse(f"admin:affiliation_application_{page}") + f"?ids={cases[0].pk}"
            assert browser.post(there, filled(cases, "approve", "approve", "approve")).status_code == status
    assert states(cases) == [("submitted", "")] * 3
