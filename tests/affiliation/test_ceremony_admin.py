"""A ceremony in the secretary's office: its page, the list of invited, the poster, the screen."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import segno
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Application, Ceremony, CeremonyInvitation
from affiliation.tasks import deliver_mail
from idekom.users.models import User
from tests import builders

pytestmark = pytest.mark.django_db
PAGES = ("change", "screen", "poster", "invite")
BUTTONS = ("send", "uninvite")


def address(page: str, ceremony: Ceremony, *more: Any) -> str:
    """The address of one of a ceremony's pages."""
    return reverse(f"admin:affiliation_ceremony_{page}", args=[ceremony.pk, *more])


def shown(client: Client, page: str, ceremony: Ceremony) -> str:
    """The page."""
    return client.get(address(page, ceremony)).content.decode()


def press(client: Client, page: str, ceremony: Ceremony, *more: Any, **typed: str) -> str:
    """Press a button; gives the page that follows."""
    return client.post(address(page, ceremony, *more), typed, follow=True).content.decode()


def signature(ceremony: Ceremony, name: str = "Föreningen Provet") -> Application:
    """An organisation that has signed."""
    answers = {**builders.ANSWERS, "name": name, "sector": builders.sector()}
    return ceremony.sign(uuid4(), language="sv", answers=answers)


@pytest.fixture
def evening(make: Any) -> Ceremony:
    """A ceremony that goes on now, and an agreement to sign."""
    make.version()
    found: Ceremony = make.ceremony()
    return found


def test_a_ceremony_is_made_and_gets_a_code_by_itself(secretary_client: Client) -> None:
    filled = {"name": "Kvällen", "place": "Börsen", "starts_at": "2026-12-01T18:00", "ends_at": "2026-12-01T20:00"}
    add = reverse("admin:affiliation_ceremony_add")
    assert "Kvällen måste sluta efter att den har börjat." in secretary_client.post(add, filled | {"ends_at": "2026-12-01T17:00"}).content.decode()
    secretary_client.post(add, filled)
    ceremony = Ceremony.objects.get()
    assert (len(ceremony.code), ceremony.when) == (6, "1 december 2026 kl. 18.00–20.00")
    assert "Kvällen" in secretary_client.get(reverse("admin:affiliation_ceremony_changelist")).content.decode()


def test_its_page_shows_the_short_address_and_links_to_the_cases(secretary_client: Client, evening: Ceremony) -> None:
    first, second = signature(evening, "Ettan"), signature(evening, "Tvåan")
    second.withdraw()
    text = shown(secretary_client, "change", evening)
    listed = reverse("admin:affiliation_application_changelist") + f"?ceremony__id__exact={evening.pk}&amp;lage=alla"
    decide = reverse("admin:affiliation_application_decide") + f"?ids={first.pk}"
    for expected in (f"<wbr>{evening.code}", f"QR-kod till {evening.typed_address}", str(first.number), str(second.number), listed, f'"{decide}"'):
        assert expected in text
    builders.application(name="En annan")
    cases = secretary_client.get(reverse("admin:affiliation_application_changelist"), {"ceremony__id__exact": str(evening.pk), "lage": "alla"})
    assert [case.name for case in cases.context["cl"].result_list] == ["Ettan", "Tvåan"]
    assert first.name in secretary_client.get(decide).content.decode()


def test_the_qr_code_is_the_short_address_in_any_language(secretary_client: Client, evening: Ceremony) -> None:
    expected = segno.make(evening.address, error="m", micro=False).svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None)
    assert evening.address.endswith(f"/underteckna/{evening.code}/")
    assert "/en/" not in evening.address
    paths = [address(page, evening) for page in ("change", "screen", "poster")]
    for path in [*paths, *(f"/en{path}" for path in paths)]:
        assert expected in secretary_client.get(path).content.decode()


def test_the_screen_shows_names_the_newest_first_and_looks_again(secretary_client: Client, evening: Ceremony) -> None:
    for name in ("Ettan", "Tvåan", "<script>alert(1)</script>", "\u202eABC"):
        signature(evening, name)
    signature(evening, "Den som ångrade sig").withdraw()
    response = secretary_client.get(address("screen", evening))
    text = response.content.decode()
    assert response.headers["Refresh"] == "4"
    assert "<strong>4</strong> har undertecknat" in text
    assert text.index("\u202eABC</bdi>") < text.index("&lt;script&gt;") < text.index("Tvåan") < text.index("Ettan")
    for absent in ("<script", "Den som ångrade sig", "http-equiv", "kim@provet"):
        assert absent not in text
    assert "Refresh" not in secretary_client.get(address("screen", evening), {"stilla": "1"}).headers


def test_the_screen_before_the_first(secretary_client: Client, evening: Ceremony) -> None:
    assert "Namnen visas här när de kommer." in shown(secretary_client, "screen", evening)


def test_the_poster_has_name_place_time_and_address(secretary_client: Client, make: Any) -> None:
    ceremony = make.ceremony(name="<b>Kvällen</b>", place="=1+1<script>")
    text = shown(secretary_client, "poster", ceremony)
    for expected in ("&lt;b&gt;Kvällen&lt;/b&gt;", "=1+1&lt;script&gt;", ceremony.when, ceremony.typed_address):
        assert expected in text
    assert "<script" not in text


def test_a_pasted_list_is_kept_and_nobody_is_mailed(secretary_client: Client, evening: Ceremony) -> None:
    rows = "Bryggan; INFO@bryggan.example.org\r\n\r\n  Kören\tkoren@example.org\nFöreningen; till; exempel;ex@example.org;"
    assert "3 organisationer är nya på listan. Ingen har fått mejl än." in press(secretary_client, "invite", evening, rows=rows)
    assert "0 organisationer är nya på listan." in press(secretary_client, "invite", evening, rows=rows)
    deliver_mail()
    assert mail.outbox == []
    kept = {(row.name, row.email, row.invited_at) for row in CeremonyInvitation.objects.all()}
    assert kept == {
        ("Bryggan", "info@bryggan.example.org", None),
        ("Kören", "koren@example.org", None),
        ("Föreningen till exempel", "ex@example.org", None),
    }
    text = shown(secretary_client, "change", evening)
    assert "Mejla inbjudningarna (3)" in " ".join(text.replace("</button>", "").split())


def test_errors_are_told_by_row_and_nothing_is_kept(secretary_client: Client, evening: Ceremony) -> None:
    rows = f"Bra; bra@example.org\nutan adress\nKören; koren(at)example.org\n; x@example.org\n{'å' * 161}; y@example.org\nIgen; BRA@example.org"
    text = press(secretary_client, "invite", evening, rows=rows)
    for told in (
        "Rad 2: Skriv namnet, semikolon och e-postadressen",
        "Rad 3: ”koren(at)example.org” är ingen e-postadress.",
        "Rad 4: Skriv organisationens namn före semikolonet.",
        "Rad 5: Korta namnet till högst 160 tecken.",
        "Rad 6: Adressen står redan på en tidigare rad.",
        "utan adress\nKören; koren(at)example.org",
    ):
        assert told in text
    assert "Skriv minst en organisation" in press(secretary_client, "invite", evening, rows=" \n ")
    assert "Det är 301 rader." in press(secretary_client, "invite", evening, rows="\n".join(f"F{n}; f{n}@example.org" for n in range(301)))
    assert "Och 80 rader till." in press(secretary_client, "invite", evening, rows="fel\n" * 100)
    for nasty in ("\x00", "a;" * 5000, f"x; {'a' * 300}@example.org"):
        assert press(secretary_client, "invite", evening, rows=nasty)
    assert CeremonyInvitation.objects.count() == 0


def test_three_hundred_are_invited_and_mailed_once(secretary_client: Client, evening: Ceremony) -> None:
    press(secretary_client, "invite", evening, rows="\n".join(f"Förening {n}; f{n}@example.org" for n in range(300)))
    assert "300 inbjudningar är på väg." in press(secretary_client, "send", evening)
    assert "Alla på listan är redan mejlade." in press(secretary_client, "send", evening)  # a double click
    deliver_mail()
    deliver_mail()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"f{n}@example.org" for n in range(300))
    press(secretary_client, "invite", evening, rows="En till; till@example.org")
    assert "1 inbjudan är på väg." in press(secretary_client, "send", evening)


def test_nobody_is_mailed_who_has_signed_or_would_come_too_late(secretary_client: Client, evening: Ceremony) -> None:
    evening.invite([("Har skrivit under", "a@example.org"), ("Sen", "b@example.org")])
    CeremonyInvitation.objects.filter(email="a@example.org").update(application=signature(evening))
    press(secretary_client, "send", evening)
    Ceremony.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    assert "Kvällen är över." in press(secretary_client, "send", evening)
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["kim@provet.example.org"]]  # the receipt


def test_the_invitation_mail(evening: Ceremony) -> None:
    name = 'Kören "X"\r\nBcc: alla@example.org <b>'
    evening.invite([(name, "koren@example.org")])
    evening.send_invitations(timezone.now())
    deliver_mail()
    (message,) = mail.outbox
    words: Any = message
    html = words.alternatives[0].content
    invitation = evening.invitations.get()
    assert (message.to, message.bcc) == (["koren@example.org"], [])
    assert evening.name in message.subject
    assert "\n" not in message.subject
    for expected in (invitation.address, evening.when, evening.place):
        assert expected in message.body
        assert expected in html
    assert "<b>" not in html


def test_who_has_not_been_mailed_can_be_taken_off_the_list(secretary_client: Client, evening: Ceremony, make: Any) -> None:
    evening.invite([("Fel", "fel@example.org"), ("Rätt", "ratt@example.org")])
    wrong, right = evening.invitations.order_by("name")
    assert "Organisationen är borttagen från listan." in press(secretary_client, "uninvite", evening, wrong.pk)
    press(secretary_client, "send", evening)
    assert "Inbjudan är redan mejlad" in press(secretary_client, "uninvite", evening, right.pk)
    assert "Inbjudan är redan mejlad" in press(secretary_client, "uninvite", make.ceremony(), right.pk)
    assert list(evening.invitations.all()) == [right]


def test_an_address_is_on_the_list_once(evening: Ceremony) -> None:
    evening.invite([("A", "a@example.org")])
    with pytest.raises(IntegrityError, match="an_address_is_invited_once_to_a_ceremony"):
        CeremonyInvitation.objects.create(ceremony=evening, name="B", email="a@example.org")


def test_who_may(client: Client, sign_in: Any, make: Any, evening: Ceremony, secretary: User) -> None:
    evening.invite([("A", "a@example.org")])
    more = {"uninvite": (evening.invitations.get().pk,)}
    reader = make.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_ceremony"))
    secretary_client, reading, staff = sign_in(secretary), sign_in(reader), sign_in(make.user(is_staff=True))
    for other in (client, sign_in(make.user())):
        assert {other.get(address(page, evening)).status_code for page in PAGES} == {302}
        assert {other.post(address(page, evening, *more.get(page, ()))).status_code for page in BUTTONS} == {302}
    assert [reading.get(address(page, evening)).status_code for page in PAGES] == [200, 200, 200, 403]
    assert "Mejla inbjudningarna" not in shown(reading, "change", evening)
    for nobody in (reading, staff):
        assert {nobody.post(address(page, evening, *more.get(page, ()))).status_code for page in (*BUTTONS, "invite")} == {403}
    assert {staff.get(address(page, evening)).status_code for page in PAGES} == {403}
    assert {secretary_client.get(address(page, evening, *more.get(page, ()))).status_code for page in BUTTONS} == {405}
    assert {secretary_client.post(address(page, evening)).status_code for page in ("screen", "poster")} == {405}
    missing = Ceremony(pk=10**15)
    assert {secretary_client.get(address(page, missing)).status_code for page in ("screen", "poster", "invite")} == {404}
    assert evening.invitations.get().invited_at is None


@pytest.mark.parametrize("page", ["change", "screen"])
def test_queries_do_not_grow_with_the_hall(secretary_client: Client, evening: Ceremony, page: str) -> None:
    counts, made = [], 0
    for wanted in (1, 3, 300):
        for number in range(made, wanted):
            case = signature(evening, f"Förening {number}")
            CeremonyInvitation.objects.create(ceremony=evening, name=case.name, email=f"f{number}@example.org", application=case)
        made = wanted
        shown(secretary_client, page, evening)
        with CaptureQueriesContext(connection) as queries:
            shown(secretary_client, page, evening)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
