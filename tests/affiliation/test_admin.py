"""The secretary's inbox and case page: what they show, who may act, and what each step does."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Affiliation, Application
from affiliation.tasks import deliver_mail
from idekom.lib.dated import period, today

pytestmark = pytest.mark.django_db
INBOX = "admin:affiliation_application_changelist"
OWN_FIELDS = {"note-text", "registry-number", "registry-url", "handler-handler"}


def inbox(client: Client, **query: str) -> list[str]:
    """The names in the inbox."""
    return [case.name for case in client.get(reverse(INBOX), query).context["cl"].result_list]


def page(client: Client, case: Application) -> str:
    """The case page."""
    return client.get(reverse("admin:affiliation_application_change", args=[case.pk])).content.decode()


def step(client: Client, case: Application, verb: str, **filled: Any) -> str:
    """Fill in a step; gives the preview, or the form with what has to be mended."""
    return client.post(reverse("admin:affiliation_application_step", args=[case.pk, verb]), filled).content.decode()


def take(client: Client, case: Application, verb: str, **filled: Any) -> str:
    """Take a step; gives the page that follows."""
    text = client.post(reverse("admin:affiliation_application_take", args=[case.pk, verb]), filled, follow=True).content.decode()
    case.refresh_from_db()
    return text


def test_inbox_shows_open_cases_the_oldest_first_and_never_drafts(make: Any, secretary_client: Client, make_old: Any) -> None:
    make.draft(name="Utkastet")
    make.application(name="Ny")
    make_old("Gammal", days=34)
    make.application(name="Återtagen").withdraw()
    assert inbox(secretary_client) == ["Gammal", "Ny"]
    assert inbox(secretary_client, lage="avslutade") == ["Återtagen"]
    assert inbox(secretary_client, lage="alla") == ["Gammal", "Ny", "Återtagen"]
    assert inbox(secretary_client, q="gam") == ["Gammal"]
    assert inbox(secretary_client, status__in="submitted,under_review,on_agenda") == ["Gammal", "Ny"]
    text = secretary_client.get(reverse(INBOX)).content.decode()
    for shown in ("34 dagar", "Inskickad", "Enskild", "ingen"):
        assert shown in text


@pytest.fixture
def make_old(make: Any) -> Any:
    """make_old(name, days): an application that was sent in so many days ago."""

    def old(name: str, days: int) -> Application:
        case: Application = make.application(name=name)
        Application.objects.filter(pk=case.pk).update(submitted_at=timezone.localtime() - timedelta(days=days))
        return case

    return old


def test_a_draft_is_found_by_nobody_at_the_council(make: Any, secretary_client: Client) -> None:
    draft = make.draft()
    change = reverse("admin:affiliation_application_change", args=[draft.pk])
    addresses = [change, change.replace("change", "history"), change.replace("change", "delete")]
    addresses += [reverse("admin:affiliation_application_step", args=[draft.pk, "approve"])]
    for address in addresses:
        assert secretary_client.get(address).status_code in (302, 403, 404)
        assert draft.name not in secretary_client.get(address, follow=True).content.decode()
    assert secretary_client.post(reverse("admin:affiliation_application_take", args=[draft.pk, "approve"])).status_code == 404
    assert inbox(secretary_client, lage="alla", q=draft.name) == []
    assert draft.name not in secretary_client.get(f"{reverse('admin:affiliation_application_decide')}?ids={draft.pk}", follow=True).content.decode()


def test_case_page_shows_all_that_a_decision_needs(make: Any, secretary_client: Client) -> None:
    known = make.party("Bryggans förening", registration_number="8020024256")
    make.application(name="Bryggan, föreningen")
    case = make.application(name="Föreningen Bryggan", registration_number="8020024256")
    text = page(secretary_client, case)
    shown = [case.number, "Kontrollsiffran stämmer.", known.name, "samma organisationsnummer", "Bryggan, föreningen", "Vi prövar saker tillsammans."]
    shown += ["Pia Prov", "kim@provet.example.org", "Ansökan kom in", "Inga uppladdade.", "Börja granska", "Godkänn", "Avslå"]
    for expected in shown:
        assert expected in text
    assert set(re.findall(r'<(?:input type="text"|textarea|select) name="([a-z_-]+)"', text)) == OWN_FIELDS  # the answers are the applicant's


def test_start_review(make: Any, secretary_client: Client) -> None:
    case = make.application()
    assert "Granskningen har börjat." in take(secretary_client, case, "start_review")
    assert case.status == "under_review"
    assert "Börja granska" not in page(secretary_client, case)


def test_completion_needs_words_and_shows_its_mail_first(make: Any, secretary_client: Client) -> None:
    case = make.application()
    told = step(secretary_client, case, "ask_for_completion", note="")
    for mend in ("Skriv vad som behöver kompletteras.", "Kryssa i minst ett svar."):
        assert mend in told
    asked: dict[str, Any] = {"note": "Skriv <paragrafen>.", "answers": ["decided_paragraph", "statutes"]}
    preview = step(secretary_client, case, "ask_for_completion", **asked)
    ticked = ["<li>Paragraf i ert protokoll</li>", "<li>Stadgarna</li>"]
    for shown in ("Så här läser den sökande mejlet", "Hej Kim Kontakt,", "Skriv &lt;paragrafen&gt;.", case.contact_email, *ticked):
        assert shown in preview
    case.refresh_from_db()
    assert case.status == "submitted"
    again = step(secretary_client, case, "ask_for_completion", andra="1", **asked)
    assert again.count(" checked") == 2
    assert "Skriv &lt;paragrafen&gt;.</textarea>" in again
    take(secretary_client, case, "ask_for_completion", **asked)
    assert (case.status, case.asked_for(), case.asked_fields) == ("needs_completion", "Skriv <paragrafen>.", ["decided_paragraph", "statutes"])


def test_put_on_agenda_and_approve(make: Any, secretary_client: Client) -> None:
    case, meeting = make.application(), make.meeting(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))
    take(secretary_client, case, "put_on_agenda", meeting=str(meeting.pk))
    assert (case.status, case.meeting) == ("on_agenda", meeting)
    filled = {"how": "meeting", "decided_on": today().isoformat(), "meeting": str(meeting.pk), "paragraph": "14"}
    preview = step(secretary_client, case, "approve", **filled)
    assert ", § 14." in preview
    assert "Ansökan är godkänd." in take(secretary_client, case, "approve", **filled)
    affiliation = Affiliation.objects.get()
    assert (case.status, case.paragraph, affiliation.meeting, affiliation.paragraph, affiliation.from_on) == (
        "approved",
        "14",
        meeting,
        "14",
        today(),
    )


def test_decline_needs_a_reason_and_a_day_that_has_been(make: Any, secretary_client: Client) -> None:
    case = make.application()
    text = step(secretary_client, case, "decline", how="delegated", decided_on=(today() + timedelta(days=1)).isoformat(), note="")
    for told in ("Dagen ligger i framtiden", "Skriv skälet till avslaget."):
        assert told in text
    take(secretary_client, case, "decline", how="delegated", decided_on=today().isoformat(), note="")
    assert case.status == "submitted"
    take(secretary_client, case, "decline", how="delegated", decided_on=today().isoformat(), note="Drivs med vinstsyfte.")
    assert (case.status, case.idekom_decided_on) == ("declined", today())
    deliver_mail()
    assert "Drivs med vinstsyfte." in mail.outbox[-1].body


@pytest.mark.parametrize("verb", ["start_review", "ask_for_completion", "put_on_agenda", "approve", "decline"])
def test_steps_from_the_wrong_status_tell_and_change_nothing(make: Any, secretary_client: Client, verb: str) -> None:
    case = make.application()
    meeting = make.meeting(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))
    case.withdraw()
    filled = {"note": "x", "answers": ["name"], "how": "meeting", "meeting": str(meeting.pk), "decided_on": today().isoformat()}
    assert "Det går inte längre" in take(secretary_client, case, verb, **filled)
    response = secretary_client.get(reverse("admin:affiliation_application_step", args=[case.pk, verb]), follow=True)
    assert "Steget går inte att ta längre" in response.content.decode()
    assert (case.status, case.events.count(), Affiliation.objects.count()) == ("withdrawn", 2, 0)


@pytest.mark.parametrize("verb", ["start_review", "ask_for_completion", "put_on_agenda", "approve", "decline"])
def test_steps_are_refused_by_get_and_to_those_without_the_right(
    make: Any, secretary_client: Client, sign_in: Any, client: Client, verb: str
) -> None:
    case = make.application()
    address = reverse("admin:affiliation_application_take", args=[case.pk, verb])
    assert secretary_client.get(address).status_code == 405
    reader = make.user(is_staff=True)
    assert sign_in(reader).post(address).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_application"))
    browser = sign_in(type(reader).objects.get(pk=reader.pk))
    assert browser.post(address).status_code == 403
    assert "Godkänn" not in page(browser, case)
    assert case.number in page(browser, case)
    for other in (client, sign_in(make.user())):
        assert other.post(address).status_code == 302
    case.refresh_from_db()
    assert case.status == "submitted"


def test_a_step_that_is_none_is_not_found(make: Any, secretary_client: Client) -> None:
    case = make.application()
    for verb in ("submit", "withdraw", "finnsinte"):
        assert secretary_client.post(reverse("admin:affiliation_application_take", args=[case.pk, verb])).status_code == 404
    assert secretary_client.get(reverse("admin:affiliation_application_step", args=[10**15, "approve"])).status_code == 404


def test_an_organisation_that_is_affiliated_already_is_told(make: Any, secretary_client: Client) -> None:
    make.affiliation(make.party("Bryggan", registration_number="8020024256"))
    case = make.application(registration_number="8020024256")
    assert "redan ansluten" in take(secretary_client, case, "approve", how="delegated", decided_on=today().isoformat())
    assert (case.status, case.events.count()) == ("submitted", 1)


def test_a_body_of_the_city_is_registered_with_its_own_decision(make: Any, secretary_client: Client) -> None:
    body, version = make.party("Socialförvaltningen", kind="city_body"), make.version()
    filled = {
        "party": body.pk,
        "version": version.pk,
        "period_0": "2026-01-01",
        "decided_by": "nämnden",
        "decided_on": "2025-12-01",
        "decided_paragraph": "88",
    }
    add = reverse("admin:affiliation_affiliation_add")
    assert secretary_client.post(add, filled).status_code == 302
    affiliation = Affiliation.objects.get()
    assert (affiliation.party, affiliation.period, affiliation.decided_paragraph) == (body, period(affiliation.from_on), "88")
    assert Affiliation.objects.count() == 1


def test_no_party_is_affiliated_twice_at_a_time(make: Any, secretary_client: Client) -> None:
    former = make.affiliation(from_on=today() - timedelta(days=400), until_on=today() - timedelta(days=9))
    filled = {"party": former.party.pk, "version": former.version.pk, "decided_by": "styrelsen", "decided_on": today().isoformat()}
    add = reverse("admin:affiliation_affiliation_add")
    overlapping = filled | {"period_0": (today() - timedelta(days=30)).isoformat()}
    assert "Parten är redan ansluten under den tiden." in secretary_client.post(add, overlapping).content.decode()
    backwards = filled | {"period_0": today().isoformat(), "period_1": "2020-01-01"}
    assert secretary_client.post(add, backwards).status_code == 200
    current = make.affiliation().party
    assert current.name not in secretary_client.get(add).content.decode()
    assert Affiliation.objects.count() == 2
