"""The main job, walked as its users walk it: from the application to the published book, with a real worker."""

import email
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from followup.models import QuestionSet, Round
from idekom.demo import mailbox
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders, pdf_rules
from tests.followup.workers import own_redis, until, worker

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Föreningen Ärligt & Öppet på prov"
EMAIL = "styrelsen@arligt.example.org"
WORDS = "Vi bjöd in åtta tjänstepersoner på soppa och samtal om överenskommelsen."


@pytest.fixture
def portal(settings: Any, live_server: Any) -> Iterator[User]:
    """A portal with its founding data and its secretary, a worker with its schedule, and mail that can be read."""
    settings.EMAIL_BACKEND = "idekom.demo.mailbox.MailboxBackend"
    settings.SITE_URL = live_server.url
    call_command("founding", verbosity=0)
    builders.meeting(place="Provrummet")
    with TemporaryDirectory(prefix="idk") as folder, own_redis(Path(folder)) as queue, worker(queue, sweeping=True, site_url=live_server.url):
        yield User.objects.create_superuser("kansliet@example.org", name="Kansliet")


def mail_to(address: str, subject: str) -> str:
    """The text of the newest mail to the address with those words in its subject; waits for the worker."""
    found: list[str] = []

    def look() -> bool:
        for path in sorted(mailbox.folder().glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if address in message["To"] and subject in message["Subject"]:
                body = message.get_body(("plain",))
                assert body is not None
                found.append(body.get_content())
        return bool(found)

    assert until(look, seconds=30), f"no mail to {address} about {subject!r}"
    return found[-1]


def follow(control: Locator) -> None:
    """Press the button or link, and wait until the page that it leads to is there."""
    with control.page.expect_navigation():
        control.click()


def apply(page: Page) -> None:
    """The organisation applies on its phone."""
    page.goto("/")
    follow(page.get_by_role("link", name="Anslut er organisation").first)
    follow(page.get_by_role("link", name="Börja ansökan"))
    page.get_by_label("Organisationens namn").fill(NAME)
    page.get_by_label("Enskild organisation").check()
    page.get_by_label("Ideell förening").check()
    page.get_by_role("textbox", name="Organisationsnummer").fill("802002-4256")
    proceed(page)
    page.get_by_label("Sektor").select_option(label="Integration")
    page.get_by_label("Beskriv kort vad ni gör").fill("Vi lagar soppa och samtalar.")
    proceed(page)
    page.get_by_role("textbox", name="Webbplats").fill("arligt.example.org")
    page.get_by_label("Visa webbplatsen i förteckningen").check()
    proceed(page)
    for label, answer in (
        ("Firmatecknarens namn", "Pia Prov"),
        ("Firmatecknarens roll", "ordförande"),
        ("Kontaktpersonens namn", "Kim Kontakt"),
        ("Kontaktpersonens e-post", EMAIL),
    ):
        page.get_by_label(label).fill(answer)
    proceed(page)
    page.get_by_label("Styrelsen").check()
    page.locator("[name=decided_on]").fill((today() - timedelta(days=9)).isoformat())
    page.get_by_label("Paragraf").fill("§ 4")
    proceed(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    proceed(page)
    follow(page.get_by_role("button", name="Skicka in ansökan"))


def proceed(page: Page) -> None:
    """On to the next section."""
    follow(page.get_by_role("button", name="Fortsätt", exact=True))
    assert not page.title().startswith("Fel:"), page.locator("main").inner_text()


def sign_in(page: Page, address: str) -> None:
    """By the mailed code."""
    page.goto("/konto/login/")
    page.get_by_label("E-post", exact=False).fill(address)
    follow(page.get_by_role("button", name="Skicka en kod"))
    code = re.search(r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", mail_to(address, "kod"), re.M)
    assert code is not None
    page.get_by_label("Kod", exact=False).first.fill(code[1])
    follow(page.locator("main form").first.get_by_role("button").first)
    page.get_by_role("button", name="Logga ut").or_(page.get_by_role("link", name="Logga ut")).first.wait_for()


def approve(page: Page, number: str) -> None:
    """The secretary decides in the admin."""
    sign_in(page, "kansliet@example.org")
    page.goto("/admin/")
    follow(page.get_by_role("link", name="Ansökningar som väntar på beslut").first)
    follow(page.get_by_role("link", name=number))
    follow(page.get_by_role("link", name="Godkänn"))
    page.get_by_label("Enligt delegation").check()
    page.get_by_label("Paragraf").fill("§ 12")
    follow(page.get_by_role("button", name="Förhandsgranska mejlet"))
    expect(page.locator("#content")).to_contain_text(NAME)
    follow(page.get_by_role("button", name=re.compile("Godkänn")))
    page.get_by_text("Ansökan är godkänd").first.wait_for()


def report(page: Page) -> None:
    """The representative reports: one commitment in words, the others without an opinion; the year as a whole is left out."""
    sign_in(page, EMAIL)
    page.goto("/mina-sidor/")
    follow(page.get_by_role("link", name=re.compile(f"Rapport för {today().year}")))
    follow(page.get_by_role("link", name="Börja svara"))
    for group in page.get_by_role("group").all():
        group.get_by_label("Ingen åsikt").check()
    follow(page.get_by_role("button", name="Spara och fortsätt"))
    follow(page.get_by_role("button", name="Spara och fortsätt"))
    follow(page.get_by_role("link", name="Ändra").first)
    page.get_by_label("På god väg").check()
    page.locator("[name=done]").fill(WORDS)
    follow(page.get_by_role("button", name="Spara och fortsätt"))
    follow(page.get_by_role("button", name="Lämna in rapporten"))


def test_from_application_to_published_book(portal: User, new_page: Callable[..., Page], tmp_path: Path) -> None:
    phone, office, reader = new_page(width=390, scripts=False), new_page(), new_page(width=390, scripts=False)

    apply(phone)
    phone.get_by_text("Inskickad").first.wait_for()
    number = re.search(r"ANS-\d{4}-\d{4}", phone.locator("main").inner_text())
    assert number is not None
    link = re.search(r"http\S+/anslut/arende/\S+", mail_to(EMAIL, number[0]))
    assert link is not None
    elsewhere = new_page()
    elsewhere.goto(link[0])
    assert NAME in elsewhere.locator("main").inner_text()

    approve(office, number[0])
    phone.goto(link[0])
    assert "Godkänd" in phone.locator("main").inner_text()
    reader.goto("/anslutna/?q=arligt")
    follow(reader.get_by_role("link", name=NAME))
    assert "Vi lagar soppa" not in reader.locator("main").inner_text()  # not ticked to be shown
    mail_to(EMAIL, "ansl")

    opens = today() - timedelta(days=1)
    asked = {"version": builders.version(), "questions": QuestionSet.objects.get()}
    round = Round.objects.create(year=today().year, opens_on=opens, due_on=opens + timedelta(days=60), **asked)
    office.goto(f"/admin/followup/round/{round.pk}/change/")
    follow(office.get_by_role("button", name="Öppna omgången"))
    office.get_by_role("button", name="Avsluta omgången").wait_for()
    report(phone)
    phone.get_by_role("heading", name="Rapporten är inlämnad").wait_for()
    assert WORDS in mail_to(EMAIL, "apport")

    office.goto(f"/admin/followup/round/{round.pk}/change/")
    follow(office.get_by_role("button", name=f"Sammanställ {round.year}"))
    assert until(lambda: round.compilations.filter(status="published").exists(), seconds=60)
    reader.goto(f"/uppfoljning/{round.year}/")
    path = reader.get_by_role("link", name=re.compile("pdf")).first.get_attribute("href")
    book = reader.request.get(str(path)).body()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(book)).pages).split())
    assert NAME in text
    assert WORDS in text.replace("- ", "")
    file = tmp_path / "book.pdf"
    file.write_bytes(book)
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}
