"""The yearly report on a phone, without scripts: how many screens and presses it takes, and that a keyboard is enough."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Locator, Page

from agreement.models import Party
from followup.models import Progress, QuestionSet, Report, Round
from idekom.lib.dated import today
from idekom.users.models import User
from tests import builders
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)

COMMITMENTS = 11
YEAR = today().year


class Walk:
    """Somebody on a phone, whose screens and presses are counted. What is typed is not a press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens = self.presses = 0

    def open(self, path: str) -> None:
        """Come to a page by its address."""
        self.page.goto(path)
        self.screens += 1

    def follow(self, control: Locator) -> None:
        """Press what leads to a page, and wait for it."""
        with self.page.expect_navigation():
            control.click()
        self.screens += 1
        self.presses += 1

    def button(self, words: str) -> None:
        """Press a button that leads to a page."""
        self.follow(self.page.get_by_role("button", name=words, exact=True))

    def link(self, words: str) -> None:
        """Follow a link."""
        self.follow(self.page.get_by_role("link", name=words))

    def choose(self, choice: str) -> None:
        """Choose the same in every group on the page."""
        for group in self.page.get_by_role("group").all():
            group.get_by_label(choice, exact=True).check()
            self.presses += 1

    def sign_in(self, address: str) -> None:
        """By the mailed code; one comes to one's own pages."""
        self.open("/konto/login/")
        self.page.get_by_label("E-post", exact=False).fill(address)
        self.button("Skicka en kod")
        code = re.search(r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", str(mail.outbox[-1].body), re.M)
        assert code is not None
        self.page.get_by_label("Kod", exact=False).first.fill(code[1])
        self.follow(self.page.locator("main form").first.get_by_role("button").first)
        assert self.page.url.endswith("/mina-sidor/")


@pytest.fixture
def reporter() -> User:
    """Who reports for a small organisation in a portal with its founding data."""
    call_command("founding", verbosity=0)
    organisation = builders.affiliation(builders.party("Föreningen Ljuset"), from_on=today() - timedelta(days=800)).party
    return builders.representative(organisation, builders.user("ljuset@example.org")).user


def opened(year: int) -> Round:
    """The year's round, open, with the questions that the portal begins with."""
    round = builders.round(year, questions=QuestionSet.objects.get())
    round.open(by=builders.user())
    return round


def report_of(round: Round) -> Report:
    return Report.objects.get(round=round, party=Party.objects.get(name="Föreningen Ljuset"))


def test_the_first_report_takes_eight_screens_and_eighteen_presses(reporter: User, new_page: Callable[..., Page]) -> None:
    round, walk = opened(YEAR), Walk(new_page(width=390, scripts=False))
    walk.sign_in(reporter.email)
    walk.link(f"Rapport för {YEAR}")
    walk.link("Börja svara")
    walk.choose("Påbörjat")
    walk.button("Spara och fortsätt")
    assert walk.page.get_by_role("heading", level=1).inner_text() == "Året som helhet"
    walk.button("Spara och fortsätt")
    walk.button("Lämna in rapporten")
    assert walk.page.get_by_role("heading", level=1).inner_text() == "Rapporten är inlämnad"

    report = report_of(round)
    assert report.status == "submitted"
    assert list(report.answers.values_list("choice", flat=True)) == ["started"] * COMMITMENTS
    assert (walk.screens, walk.presses) == (8, 18)


def test_the_next_report_takes_six_screens_and_five_presses(reporter: User, new_page: Callable[..., Page]) -> None:
    before = opened(YEAR - 1)
    filed = report_of(before)
    for commitment in filed.commitments:
        filed.answer(commitment, progress=Progress.WELL_UNDER_WAY, done=f"Vi möttes om {commitment.number}.")
    filed.submit(by=reporter)
    before.close(by=reporter)
    round, walk = opened(YEAR), Walk(new_page(width=390, scripts=False))
    walk.sign_in(reporter.email)
    walk.link(f"Rapport för {YEAR}")
    walk.button(f"Fyll i svaren från {YEAR - 1}")
    review = walk.page.locator("main").inner_text()
    assert review.count("Vi möttes om") == review.count("Som sist") == COMMITMENTS
    walk.button("Lämna in rapporten")
    assert walk.page.get_by_role("heading", level=1).inner_text() == "Rapporten är inlämnad"

    report = report_of(round)
    assert report.status == "submitted"
    assert report.answers.filter(choice="well_under_way").count() == COMMITMENTS
    assert (walk.screens, walk.presses) == (6, 5)


def test_what_is_missing_is_one_press_away_and_leads_back(reporter: User, new_page: Callable[..., Page]) -> None:
    report, page = report_of(opened(YEAR)), new_page(reporter, width=390, scripts=False)
    walk, last = Walk(page), report.commitments.last()
    for commitment in report.commitments.exclude(pk=last.pk):  # type: ignore[union-attr]
        report.answer(commitment, progress=Progress.DONE)
    walk.open(f"{report.get_absolute_url()}granska/")
    assert page.get_by_role("heading", name="Det saknas svar på 1 åtagande").is_visible()
    assert page.get_by_role("button", name="Lämna in rapporten").count() == 0
    walk.link("Svara på det som saknas")
    assert page.url.endswith(f"#div_id_progress-{last.number}")  # type: ignore[union-attr]
    page.get_by_role("group").last.get_by_label("Ingen åsikt").check()
    walk.button("Spara och fortsätt")
    assert page.get_by_role("button", name="Lämna in rapporten").is_visible()


def test_what_only_idekom_reads_is_folded_until_it_is_used(reporter: User, new_page: Callable[..., Page]) -> None:
    report, page = report_of(opened(YEAR)), new_page(reporter, width=390, scripts=False)
    walk, number = Walk(page), report.commitments[0].number
    box = page.get_by_role("checkbox", name="Vad har varit i vägen?")
    walk.open(f"{report.get_absolute_url()}ataganden/{number}/")
    assert not box.is_visible()
    page.get_by_text("Ska något av svaren bara läsas av Idékom?").click()
    box.check()
    page.locator("[name=hindered]").fill("Ingen svarade i telefon.")
    walk.button("Spara och gå till översikten")
    walk.open(f"{report.get_absolute_url()}ataganden/{number}/")
    assert box.is_visible()
    assert box.is_checked()
    assert report.answers.get(question__key="hindered").is_private


def test_reporting_by_keyboard_alone(reporter: User, new_page: Callable[..., Page]) -> None:
    report, page = report_of(opened(YEAR)), new_page(reporter, width=390, scripts=False)
    keyboard = Keyboard(page)
    page.goto("/mina-sidor/")
    keyboard.press(f"Rapport för {YEAR}")
    keyboard.press("Börja svara")
    for commitment in report.commitments:
        keyboard.tick(f"{commitment.number}. {commitment.title}")
        page.keyboard.press("ArrowDown")  # among the radios of a group
    keyboard.press("Spara och fortsätt")
    keyboard.press("Spara och fortsätt")
    keyboard.press("Ändra")
    keyboard.fill("Vad har ni gjort under året?", "Vi kom utan mus.")
    keyboard.tick("Ska något av svaren bara läsas av Idékom?")
    keyboard.tick("Vad ska bara Idékom läsa?")
    keyboard.press("Spara och fortsätt")
    keyboard.press("Lämna in rapporten")

    report.refresh_from_db()
    assert report.status == "submitted"
    assert "Rapporten är inlämnad" in page.locator("main").inner_text()
    assert "Vi kom utan mus." in page.locator("main").inner_text()
    assert set(report.answers.exclude(choice="").values_list("choice", flat=True)) == {"started"}
    assert report.answers.get(question__key="progress", commitment=report.commitments[0]).is_private
    assert keyboard.stops > 40
