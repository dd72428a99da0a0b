"""Signing at a ceremony: the short address, its hours, the one page, and the case that comes of it."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.forms.ceremony import GROUPS, SignForm
from affiliation.models import SECTIONS, Application, Ceremony, CeremonyInvitation
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.text import cleaned
from tests.affiliation import answers
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db
CHOSEN = {"kind", "legal_form", "sector", "decided_by", "stands_behind_agreement", "meets_democratic_criteria"}
"""What is chosen, not typed."""
NAMES = [name for _title, names in GROUPS for name in names]


def typed(**changes: Any) -> dict[str, str]:
    """A filled-in page, as typed."""
    known = {name: value for section in SECTIONS for name, value in answers.typed(section.slug).items()}
    return {"draft_key": str(uuid4()), **{name: known[name] for name in NAMES}, **changes}


@pytest.fixture
def evening(make: Any) -> Ceremony:
    """A ceremony that goes on now, and an agreement to sign."""
    make.version()
    found: Ceremony = make.ceremony()
    return found


def invitation(ceremony: Ceremony, name: str = "Föreningen Bryggan", email: str = "info@bryggan.example.org") -> CeremonyInvitation:
    """An organisation on the list."""
    ceremony.invite([(name, email)])
    return ceremony.invitations.get(email=email)


def at(make: Any, *, hours: float) -> Ceremony:
    """A ceremony of two hours that starts in so many hours."""
    make.version()
    start = timezone.now() + timedelta(hours=hours)
    found: Ceremony = make.ceremony(starts_at=start, ends_at=start + timedelta(hours=2))
    return found


def test_the_page_tells_what_signing_means_and_is_found_by_no_search_engine(client: Client, evening: Ceremony) -> None:
    response = client.get(evening.get_absolute_url())
    text = response.content.decode()
    shown = ["Underteckna överenskommelsen", "ansöker ni om att ansluta er till hela överenskommelsen", reverse("agreement:agreement")]
    for expected in [*shown, "Vem fattade beslutet att ansluta sig?", "Skriv aldrig ett personnummer.", evening.name]:
        assert expected in text
    assert text.count("<h1") == 1
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]


def test_everything_that_must_be_answered_is_asked() -> None:
    required = {name for section in SECTIONS for name in section.required}
    assert required <= set(NAMES)
    assert {name for name, field in SignForm().fields.items() if field.required} == required
    assert len(NAMES) <= 14


def test_a_signature_is_an_ordinary_case(client: Client, evening: Ceremony) -> None:
    response = client.post(evening.get_absolute_url(), typed())
    case = Application.objects.get()
    assert response.url == case.get_absolute_url()  # type: ignore[attr-defined]
    assert (case.status, case.number, case.source, case.ceremony) == ("submitted", f"ANS-{today().year}-0001", "ceremony", evening)
    assert (case.name, case.registration_number, case.contact_email) == ("Räddningen vid Ån", "8020024256", "kim@raddningen.example.org")
    assert [event.action for event in case.events.all()] == ["submit"]
    assert "Ansökan är inskickad" in client.get(case.get_absolute_url()).content.decode()
    deliver_mail()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([case.contact_email], f"Vi har tagit emot er ansökan ({case.number})")
    assert list(Application.objects.visible_to_staff()) == [case]


def test_a_form_sent_twice_is_one_case(client: Client, evening: Ceremony) -> None:
    form = typed()
    first, second = (client.post(evening.get_absolute_url(), form) for _time in range(2))
    assert first.url == second.url == Application.objects.get().get_absolute_url()  # type: ignore[attr-defined]


def test_a_borrowed_phone_loses_nobody(client: Client, evening: Ceremony) -> None:
    """Somebody goes back to the page that is filled in and signs for another organisation: the old key is not that one's."""
    form = typed()
    client.post(evening.get_absolute_url(), form)
    again = client.post(evening.get_absolute_url(), form | {"name": "Den andra föreningen"})
    text = again.content.decode()
    assert "Räddningen vid Ån har redan undertecknat med det här formuläret." in text
    assert 'value="Den andra föreningen"' in text
    assert form["draft_key"] not in text
    client.post(evening.get_absolute_url(), form | {"name": "Den andra föreningen", "draft_key": str(again.context["draft_key"])})
    assert {case.name for case in Application.objects.all()} == {"Räddningen vid Ån", "Den andra föreningen"}


@pytest.mark.parametrize(("hours", "told"), [(3, "Det har inte öppnat än."), (-9, "Underteckningen är avslutad.")])
def test_outside_its_hours_it_says_when_it_is_and_takes_nothing(client: Client, make: Any, hours: float, told: str) -> None:
    ceremony = at(make, hours=hours)
    shown, refused = client.get(ceremony.get_absolute_url()), client.post(ceremony.get_absolute_url(), typed())
    assert (shown.status_code, refused.status_code) == (200, 409)
    for response in (shown, refused):
        for expected in (told, ceremony.when, ceremony.place):
            assert expected in response.content.decode()
    assert Application.objects.count() == 0


@pytest.mark.parametrize(("hours", "is_open"), [(2.1, False), (1.9, True), (0, True), (-7.9, True), (-8.1, False)])
def test_it_opens_two_hours_before_and_closes_six_hours_after(client: Client, make: Any, hours: float, is_open: bool) -> None:
    client.post(at(make, hours=hours).get_absolute_url(), typed())
    assert Application.objects.count() == int(is_open)


def test_who_signed_in_time_and_sends_again_after_it_closed_comes_to_the_case(client: Client, evening: Ceremony) -> None:
    form = typed()
    client.post(evening.get_absolute_url(), form)
    Ceremony.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    assert client.post(evening.get_absolute_url(), form).url == Application.objects.get().get_absolute_url()  # type: ignore[attr-defined]


def test_without_an_agreement_there_is_nothing_to_sign(client: Client, make: Any) -> None:
    ceremony = make.ceremony()
    for response in (client.get(ceremony.get_absolute_url()), client.post(ceremony.get_absolute_url(), typed())):
        assert response.url == reverse("affiliation:apply")  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["ABC 23D", "abc-23d", "Abc23D", " abc23d ", "a b c 2 3 d"])
def test_a_code_typed_in_capitals_or_with_spaces_leads_there(client: Client, make: Any, code: str) -> None:
    make.version()
    ceremony = make.ceremony(code="abc23d")
    response = client.get(reverse("affiliation:ceremony", args=[code]))
    assert response.url == ceremony.get_absolute_url()  # type: ignore[attr-defined]
    token = invitation(ceremony).token
    assert client.get(reverse("affiliation:ceremony_invited", args=[code, token])).status_code == 200


@pytest.mark.parametrize("code", ["finns9", "\x00", "é", "a" * 500, "'; --", "٣"])
def test_unknown_codes_and_tokens_are_not_found(client: Client, evening: Ceremony, code: str) -> None:
    assert client.get(reverse("affiliation:ceremony", args=[code])).status_code == 404
    assert client.post(reverse("affiliation:ceremony", args=[code]), typed()).status_code == 404
    for token in ("x" * 32, "%00", "%C3%A9", "x" * 500):
        assert client.get(f"{evening.get_absolute_url()}{token}/").status_code == 404


def test_an_invitations_link_is_in_no_other_address_of_its_page(client: Client, evening: Ceremony) -> None:
    invited = invitation(evening)
    text = client.get(invited.get_absolute_url()).content.decode()
    assert text.count(invited.token) == 2  # the other language, and the foot of a print


def test_an_invited_organisation_finds_its_name_and_signs_once(client: Client, evening: Ceremony) -> None:
    invited = invitation(evening)
    text = client.get(invited.get_absolute_url()).content.decode()
    assert 'value="Föreningen Bryggan"' in text
    assert 'value="info@bryggan.example.org"' in text
    first = client.post(invited.get_absolute_url(), typed(name="Bryggan"))
    second = client.post(invited.get_absolute_url(), typed(name="Bryggans förening"))  # a colleague's phone, another form
    invited.refresh_from_db()
    case = Application.objects.get()
    assert (invited.application, case.name) == (case, "Bryggan")
    assert first.url == second.url == client.get(invited.get_absolute_url()).url == case.get_absolute_url()  # type: ignore[attr-defined]


def test_an_invitation_to_another_ceremony_is_not_found_here(client: Client, evening: Ceremony, make: Any) -> None:
    other = make.ceremony()
    assert client.get(reverse("affiliation:ceremony_invited", args=[evening.code, invitation(other).token])).status_code == 404


@pytest.mark.parametrize("field", NAMES)
def test_no_field_breaks_the_page_and_nothing_typed_is_lost(client: Client, evening: Ceremony, field: str) -> None:
    for value in [*NASTY.values(), "å" * 10_000, "-1", "9" * 40, "\x00"]:
        response = client.post(evening.get_absolute_url(), typed(**{field: value}))
        assert response.status_code in (200, 302), (field, value[:40])
        if response.status_code == 200 and field != "name":
            assert 'value="Räddningen vid Ån"' in response.content.decode()
            assert cleaned(value).strip()[:40] in cleaned(unescape(response.content.decode())) or field in CHOSEN
        assert "<script>alert" not in response.content.decode()


def test_errors_say_how_to_mend_in_the_applications_own_words(client: Client, evening: Ceremony) -> None:
    wrong = {"contact_email": "kim", "decided_on": "i tisdags", "registration_number": "123", "kind": "klubb", "sector": "-1"}
    text = client.post(evening.get_absolute_url(), typed(**wrong, name="Föreningen <b>Å</b>")).content.decode()
    for told in (
        "Det finns 5 saker att rätta",
        "Skriv e-postadressen med @, till exempel styrelsen@foreningen.se.",
        "Skriv dagen som år-månad-dag",
        "Skriv organisationsnumret med 10 siffror",
        "Välj ett av alternativen.",
        'value="i tisdags"',
        "Föreningen &lt;b&gt;Å&lt;/b&gt;",
    ):
        assert told in text
    assert Application.objects.count() == 0


def test_a_hall_of_four_hundred_may_send_and_then_the_page_asks_to_wait(client: Client, evening: Ceremony) -> None:
    cache.set("sent:affiliation.views.ceremony.ceremony:127.0.0.1", 399, timeout=60)
    assert client.post(evening.get_absolute_url(), typed()).status_code == 302
    assert client.post(evening.get_absolute_url(), typed()).status_code == 429
    assert client.get(evening.get_absolute_url()).status_code == 200
