"""Nominations in the secretary's office."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from council.models import Mandate, Nomination, Seat
from idekom.lib.dated import today
from tests.council.nominating import decided, nomination

pytestmark = pytest.mark.django_db
BASE = "admin:council_nomination"


def url(page: str, named: Nomination) -> str:
    return reverse(f"{BASE}_{page}", args=[named.pk])


def typed(**fields: Any) -> dict[str, Any]:
    told = {"meeting": "", "paragraph": "", "text": "Beslut per capsulam", "decided_on": today().isoformat()}
    return told | {"from_on": today().isoformat(), "until_on": "", "person": ""} | fields


def test_secretary_types_in_a_nomination_with_its_source(secretary_client: Client, make: Any) -> None:
    seat = make.seat()
    fields = {"seat": seat.pk, "role": "ordinary", "name": "Bo Brev", "email": "bo@example.org", "phone": "", "from_on": today().isoformat()}
    missing = secretary_client.post(reverse(f"{BASE}_add"), {**fields, "source_note": ""})
    assert Nomination.objects.count() == 0
    assert "errorlist" in missing.text
    secretary_client.post(reverse(f"{BASE}_add"), {**fields, "source_note": "Brev den 3 mars"})
    named = Nomination.objects.get()
    assert (named.party, named.source, named.source_note, named.events.get().action) == (seat.nominator, "office", "Brev den 3 mars", "propose")
    again = secretary_client.post(reverse(f"{BASE}_add"), {**fields, "source_note": "Igen"}, follow=True)
    assert ("Personen är redan nominerad" in again.text, Nomination.objects.count()) == (True, 1)


def test_a_seat_that_nobody_nominates_for_is_told_of(secretary_client: Client, make: Any) -> None:
    seat = make.seat()
    Seat.objects.update(nominator=None)
    fields = {"seat": seat.pk, "role": "ordinary", "name": "Bo Brev", "email": "bo@example.org", "phone": "", "from_on": today().isoformat()}
    page = secretary_client.post(reverse(f"{BASE}_add"), {**fields, "source_note": "Brev den 3 mars"})
    assert ("Platsen har inget nominerande organ." in page.text, Nomination.objects.count()) == (True, 0)


def test_secretary_notes_a_yes_and_the_decision(secretary_client: Client, make: Any) -> None:
    named = nomination(agreed=False)
    before = named.seat.appoint(make.person(name="Före Trädare"), role=Mandate.Role.ORDINARY, from_on=today() - timedelta(days=900))
    assert "Ingen utses utan sitt ja." in secretary_client.get(url("change", named)).text
    assert "har inte tackat ja än" in secretary_client.post(url("seat", named), typed()).text
    secretary_client.post(url("agree", named), {"note": "Telefon"})
    assert "Före Trädare" in secretary_client.get(url("seat", named)).text
    taken = secretary_client.post(url("seat", named), typed()).text
    assert "Platsen har redan någon i den rollen" in taken
    assert "Beslut per capsulam" in taken
    page = secretary_client.post(url("seat", named), typed(ends_predecessor="on"), follow=True).text
    before.refresh_from_db()
    mandate = Mandate.objects.get(nomination=named)
    assert (before.until_on, mandate.from_on) == (today() - timedelta(days=1), today())
    assert reverse("admin:council_mandate_letter", args=[mandate.pk, "start"]) in page
    assert "ärendet har ändrats" in secretary_client.post(url("seat", named), typed()).text
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Välj mötet som beslutade, eller skriv beslutet i ord."),
        ({"decided_on": "2099-01-01"}, "Dagen har inte varit än."),
        ({"until_on": "2000-01-01"}, "Sista dagen måste komma efter den första."),
        ({"meeting": "-1"}, "Välj ett av mötena."),
        ({"person": "9999999"}, "Välj en av personerna."),
    ],
)
def test_a_decision_that_is_filled_in_wrongly_changes_nothing(secretary_client: Client, fields: dict[str, str], told: str) -> None:
    named = nomination()
    assert told in secretary_client.post(url("seat", named), typed(**fields)).text
    assert Mandate.objects.count() == 0


def test_secretary_declines_with_a_reason_and_withdraws(secretary_client: Client) -> None:
    named, other = nomination(), nomination()
    assert "Skriv skälet." in secretary_client.post(url("decline", named), typed()).text
    secretary_client.post(url("decline", named), typed(note="Platsen behövs för en annan sektor."))
    secretary_client.post(url("withdraw", other), {"note": "De ringde."})
    assert [Nomination.objects.get(pk=one.pk).status for one in (named, other)] == ["declined", "withdrawn"]
    page = secretary_client.get(url("change", named)).text
    assert "Platsen behövs för en annan sektor." in page
    assert url("seat", named) not in page


def test_only_posts_write_and_readers_do_not(secretary_client: Client, make: Any, sign_in: Any) -> None:
    named = nomination()
    for page in ("agree", "withdraw"):
        assert secretary_client.get(url(page, named)).status_code == 405
    assert secretary_client.post(url("change", named), {"name": "Ny"}).status_code == 403
    reader = make.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_nomination"))
    client = sign_in(reader)
    assert url("seat", named) not in client.get(url("change", named)).text
    for page in ("seat", "decline", "agree", "withdraw"):
        assert client.post(url(page, named), {}).status_code == 403


def test_what_waits_is_on_the_first_page_and_first_in_the_list(secretary_client: Client, make: Any) -> None:
    waiting, done = nomination(name="Väntar Väntarsson"), nomination(name="Klar Klarsson")
    done.withdraw(by=make.user())
    assert "Nomineringar som väntar på beslut" in secretary_client.get(reverse("admin:index")).text
    listed = secretary_client.get(reverse(f"{BASE}_changelist")).text
    assert (waiting.name in listed, done.name in listed) == (True, False)
    assert done.name in secretary_client.get(reverse(f"{BASE}_changelist") + "?lage=avgjorda").text


def test_letters_are_downloaded_from_the_mandate(secretary_client: Client, outsider_client: Client, make: Any) -> None:
    mandate = make.seat().appoint(make.person(), role=Mandate.Role.ORDINARY, from_on=today() - timedelta(days=400), until_on=today())
    going_on = nomination().seat_person(by=make.user(), on=today(), decision=decided())
    page = secretary_client.get(reverse("admin:council_mandate_change", args=[mandate.pk])).text
    for kind in ("start", "end"):
        path = reverse("admin:council_mandate_letter", args=[mandate.pk, kind])
        assert path in page
        assert secretary_client.get(path).content.startswith(b"%PDF")
        assert outsider_client.get(path).status_code == 302
        assert secretary_client.post(path).status_code == 405
    for wrong in ((going_on.pk, "end"), (mandate.pk, "mitt")):
        assert secretary_client.get(reverse("admin:council_mandate_letter", args=wrong)).status_code == 404
