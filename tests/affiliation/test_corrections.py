"""Suggested corrections: nothing changes before the secretariat has said yes, and then just that."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Correction, CorrectionEvent
from affiliation.tasks import deliver_mail, forget
from agreement.models import Party
from idekom.lib.dated import today
from idekom.users.models import User
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db
GOOD = {"field": "name", "value": "Räddningen vid Ån", "comment": "Jag är kassör.", "email": "kim@example.org"}
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"


@pytest.fixture
def party(make: Any) -> Party:
    """An affiliated party with an entry to correct."""
    made: Party = make.party("Rädningen", website="https://gammal.example.org", description="Gammalt.", sector=make.sector("Socialt arbete"))
    make.affiliation(made)
    return made


def suggest(client: Client, party: Party, **changes: Any) -> str:
    """The page that a suggestion is answered with."""
    html: str = client.post(reverse("affiliation:suggest", args=[party.slug]), GOOD | changes).content.decode()
    return html


def answer(client: Client, correction: Correction, verb: str, note: str = "") -> Any:
    """Press "Inför" (approve) or "Inför inte" (decline)."""
    return client.post(reverse(f"admin:affiliation_correction_{verb}", args=[correction.pk]), {"note": note}, follow=True)


def sent() -> Any:
    """The one mail that goes now."""
    mail.outbox.clear()
    deliver_mail()
    (message,) = mail.outbox
    return message


def test_a_suggestion_changes_nothing_and_is_told_to_the_secretariat(client: Client, party: Party) -> None:
    assert "Tack för rättelsen" in suggest(client, party)
    party.refresh_from_db()
    assert party.name == "Rädningen"
    message = sent()
    correction = Correction.objects.get()
    assert (message.to, message.subject) == (["idekom@example.org"], "Föreslagen rättelse: Rädningen")
    for text in ("Rädningen", "Räddningen vid Ån", "Jag är kassör.", f"/admin/affiliation/correction/{correction.pk}/change/"):
        assert text in message.body
        assert text in message.alternatives[0].content


def test_the_form_shows_what_stands_and_asks_for_what_is_missing(client: Client, party: Party) -> None:
    html = client.get(reverse("affiliation:suggest", args=[party.slug])).content.decode()
    for text in ("Rädningen", "https://gammal.example.org", "Gammalt.", "Socialt arbete", "(frivilligt)"):
        assert text in html
    empty = suggest(client, party, field="", value="", email="kim")
    for text in ("Välj vad som är fel.", "Skriv hur det ska stå.", "Skriv adressen så här: namn@forening.se.", "Jag är kassör."):
        assert text in empty
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "å" * 161, "Korta namnet till högst 160 tecken."),
        ("website", "javascript:alert(1)", "Skriv webbplatsens adress"),
        ("website", "ftp://example.org/x", "Skriv webbplatsens adress"),
        ("sector", "Finns inte", "Det finns ingen sektor med det namnet."),
        ("district", "Finns inte", "Det finns inget stadsområde med det namnet."),
        ("slug", "x", "Välj ett av alternativen."),
        ("description", "å" * 1001, "Korta texten till högst 1000 tecken."),
    ],
)
def test_what_the_field_cannot_be_is_told_and_stays(client: Client, party: Party, field: str, value: str, told: str) -> None:
    html = suggest(client, party, field=field, value=value)
    assert told in html
    assert value[:40] in html
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("field", ["field", "value", "comment", "email"])
def test_no_field_breaks_its_page(client: Client, party: Party, field: str, settings: Any) -> None:
    for number, value in enumerate([*NASTY.values(), "å" * 10_000, "-1", "\x00"]):
        where = reverse("affiliation:suggest", args=[party.slug])
        answered = client.post(where, GOOD | {field: value}, REMOTE_ADDR=f"10.0.0.{number}")
        assert answered.status_code == 200
        assert "<script>alert" not in answered.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("name", "Räddningen vid Ån", None), ("website", "ny.example.org", "https://ny.example.org"), ("description", "Nytt.\n\nTvå stycken.", None)],
)
def test_approving_writes_it_into_the_register(client: Client, secretary_client: Client, party: Party, field: str, value: str, kept: str) -> None:
    suggest(client, party, field=field, value=value)
    sent()
    page = answer(secretary_client, Correction.objects.get(), "approve", note="Tack för hjälpen.")
    assert "Rättelsen är införd." in page.content.decode()
    party.refresh_from_db()
    assert getattr(party, field) == (kept or value)
    message = sent()
    assert message.to == ["kim@example.org"]
    assert "är införd" in message.body
    assert "Tack för hjälpen." in message.body


def test_a_sector_is_named_in_either_language(client: Client, secretary_client: Client, party: Party, make: Any) -> None:
    culture = make.sector("Kultur", name_en="Culture")
    typed = GOOD | {"field": "sector", "value": "culture"}
    assert '<div class="panel">' in client.post(f"/en{reverse('affiliation:suggest', args=[party.slug])}", typed).content.decode()
    correction = Correction.objects.get()
    assert (correction.value, correction.seen, correction.language) == ("Kultur", "Socialt arbete", "en")
    answer(secretary_client, correction, "approve")
    party.refresh_from_db()
    assert party.sector == culture


def test_declining_leaves_the_register_and_answers_in_the_suggester_s_language(client: Client, secretary_client: Client, party: Party) -> None:
    correction = Correction.suggest(party, field="name", value="X", email="kim@example.org", language="en")
    sent()
    assert "Rättelsen är inte införd." in answer(secretary_client, correction, "decline", note="That is not so.").content.decode()
    party.refresh_from_db()
    assert party.name == "Rädningen"
    message = sent()
    assert '<html lang="en">' in message.alternatives[0].content
    assert f"/en{party.get_absolute_url()}" in message.body
    assert "That is not so." in message.body


def test_who_gave_no_address_gets_no_mail(secretary_client: Client, party: Party) -> None:
    correction = Correction.suggest(party, field="name", value="X")
    sent()
    answer(secretary_client, correction, "approve")
    deliver_mail()
    assert len(mail.outbox) == 1
    assert CorrectionEvent.objects.filter(notified_at=None).count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"), [("name", "å" * 161, "160"), ("website", "ingen", "webbadress|URL"), ("sector", "Ingen", "Det finns inget val")]
)
def test_what_the_register_refuses_is_told_and_nothing_is_half_done(
    secretary_client: Client, party: Party, field: str, value: str, told: str
) -> None:
    correction = Correction.suggest(party, field=field, value=value)
    html = answer(secretary_client, correction, "approve", note="Mina ord").content.decode()
    assert "Inget är ändrat." in html
    assert any(text in html for text in told.split("|"))
    assert "Mina ord" in html
    correction.refresh_from_db()
    assert (correction.status, correction.events.count()) == ("open", 1)
    before = (party.name, party.website, party.sector)
    party.refresh_from_db()
    assert (party.name, party.website, party.sector) == before


def test_an_answered_one_cannot_be_answered_again(secretary_client: Client, party: Party) -> None:
    correction = Correction.suggest(party, field="name", value="X")
    answer(secretary_client, correction, "decline")
    html = answer(secretary_client, correction, "approve").content.decode()
    assert "Det går inte längre" in html
    party.refresh_from_db()
    assert party.name == "Rädningen"


def test_what_has_changed_since_is_shown_beside(secretary_client: Client, party: Party) -> None:
    correction = Correction.suggest(party, field="name", value="Räddningen vid Ån")
    address = reverse("admin:affiliation_correction_change", args=[correction.pk])
    assert "har ändrats sedan förslaget kom" not in secretary_client.get(address).content.decode()
    Party.objects.filter(pk=party.pk).update(name="Räddningen")
    html = secretary_client.get(address).content.decode()
    assert "har ändrats sedan förslaget kom" in html
    for text in ("<td>Rädningen</td>", "<td>Räddningen</td>", "<td>Räddningen vid Ån</td>"):
        assert text in html


def test_a_party_that_has_left_can_still_have_its_name_corrected(client: Client, secretary_client: Client, make: Any) -> None:
    left = make.affiliation(from_on=today() - timedelta(days=90), until_on=today() - timedelta(days=1)).party
    assert "Webbplatsen" not in client.get(reverse("affiliation:suggest", args=[left.slug])).content.decode()
    assert "Välj ett av alternativen." in suggest(client, left, field="description")
    suggest(client, left)
    answer(secretary_client, Correction.objects.get(), "approve")
    left.refresh_from_db()
    assert left.name == "Räddningen vid Ån"


def test_a_party_that_never_was_affiliated_has_no_such_page(client: Client, make: Any) -> None:
    assert client.get(reverse("affiliation:suggest", args=[make.party().slug])).status_code == 404


def test_the_same_suggestion_twice_is_one_and_the_eleventh_form_is_not_taken(client: Client, party: Party) -> None:
    suggest(client, party)
    suggest(client, party)
    assert Correction.objects.count() == 1
    assert CorrectionEvent.objects.count() == 1
    told = [suggest(client, party, value=f"Namn {number}") for number in range(9)]
    assert ["Vänta en stund" in html for html in told] == [False] * 8 + [True]


def test_hostile_words_are_text_in_the_office_and_in_the_mails(client: Client, secretary_client: Client, party: Party) -> None:
    suggest(client, party, value=HOSTILE, comment=HOSTILE)
    correction = Correction.objects.get()
    message = sent()
    answer(secretary_client, correction, "decline", note=HOSTILE)
    shown = [secretary_client.get(reverse("admin:affiliation_correction_change", args=[correction.pk])).content.decode()]
    shown += [secretary_client.get(reverse("admin:affiliation_correction_changelist") + "?lage=alla").content.decode()]
    shown += [message.alternatives[0].content, sent().alternatives[0].content]
    assert not [html for html in shown if "<script>alert" in html]
    assert HOSTILE in message.body


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_only_who_may_change_parties_answers_and_by_post_alone(secretary_client: Client, sign_in: Any, make: Any, party: Party, verb: str) -> None:
    correction = Correction.suggest(party, field="name", value="X")
    address = reverse(f"admin:affiliation_correction_{verb}", args=[correction.pk])
    assert secretary_client.get(address).status_code == 405
    reader: User = make.user(is_staff=True)
    assert sign_in(reader).post(address).status_code == 403
    assert "/admin/login/" in Client().post(address)["Location"]
    correction.refresh_from_db()
    assert correction.status == "open"


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_inbox_has_the_open_ones_first_and_as_many_queries_for_many(
    secretary_client: Client, party: Party, number: int, secretary: User, django_assert_max_num_queries: Any
) -> None:
    for which in range(number):
        Correction.suggest(party, field="name", value=f"Förslag {which}")
    Correction.suggest(party, field="name", value="Avslutat").decline(by=secretary)
    with django_assert_max_num_queries(8):
        html = secretary_client.get(reverse("admin:affiliation_correction_changelist")).content.decode()
    assert "Förslag 0" in html
    assert "Avslutat" not in html
    assert f'{number}</span> <span class="todo__label">Föreslagna rättelser' in secretary_client.get("/admin/").content.decode()


def test_the_address_is_forgotten_a_month_after_the_answer(secretary: User, party: Party) -> None:
    for which, days in enumerate((29, 31)):
        correction = Correction.suggest(party, field="name", value=f"X{which}", email="kim@example.org")
        correction.decline(by=secretary)
        correction.events.update(notified_at=timezone.now() - timedelta(days=days))
    Correction.suggest(party, field="other", value="öppen", email="kim@example.org").events.update(notified_at=timezone.now() - timedelta(days=99))
    forget()
    assert {one.value: one.email for one in Correction.objects.all()} == {"X0": "kim@example.org", "X1": "", "öppen": "kim@example.org"}
