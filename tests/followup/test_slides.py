"""The book as slides: the same figures as on the year's page, readable without any script."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from followup.models import Compilation
from followup.presenting import LONGEST_QUOTE, MOST_QUOTES
from followup.snapshot import take
from idekom.lib.dated import today
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def slides(year: Year, client: Client, make: Any) -> str:
    """The slides of a year in which the organisation has reported, with a question that waits."""
    year.submitted(year.report, example="Vi bjöd in grannarna.")
    question = make.question(make.forum(year.round), text="När blir det av?")
    question.take_up(by=year.person, owner=year.office, due_on=today())
    Compilation.objects.create(
        round=year.round, revision=1, status="published", sha256="0" * 64, published_at=timezone.now(), snapshot=take(year.round)
    )
    return unescape(client.get("/uppfoljning/2026/bilder/").content.decode())


def test_each_slide_says_one_thing_in_order(slides: str, year: Year) -> None:
    headings = re.findall(r'<h[12][^>]* id="bild-(\d+)-namn">(.*?)</h', slides)
    of_commitments = [(str(number), f"{one.number}. {one.title}") for number, one in enumerate([year.both, year.sector, year.city], start=3)]
    quote = f"Ett exempel: {year.both.number}. {year.both.title}"
    assert headings == [("1", "Uppföljning 2026"), ("2", "Året i siffror"), *of_commitments, ("6", quote), ("7", "Frågor som väntar på svar")]


def test_the_slides_show_the_years_figures_quotes_and_questions(slides: str, client: Client) -> None:
    assert slides.count("<strong>1</strong> av 1 parter har rapporterat") == 1
    assert "1 rapport har ännu inte kommit in." in slides
    told = re.findall(r'<p class="slide__sentence">(.*?)</p>', slides)
    page = client.get("/uppfoljning/2026/").content.decode()
    assert len(told) == 3
    assert all(sentence in page for sentence in told)
    assert slides.count("Vi bjöd in grannarna.") == 1
    assert "När blir det av?" in slides


def test_without_script_every_slide_links_to_its_neighbours(slides: str) -> None:
    sections = slides.split('<section class="slide')[1:]
    for number, section in enumerate(sections, start=1):
        assert f'id="bild-{number}"' in section
        assert (f'href="#bild-{number - 1}"' in section) == (number > 1)
        assert (f'href="#bild-{number + 1}"' in section) == (number < len(sections))
        assert f"Bild {number} av {len(sections)}" in section
    assert " style=" not in slides
    assert len(re.findall(r"<script[^>]*>", slides)) == len(re.findall(r'<script src="/static/[^"]+" defer></script>', slides)) == 1


def test_long_quotes_are_left_to_the_book_and_a_party_is_quoted_once(year: Year, client: Client) -> None:
    year.submitted(year.report, example="å" * (LONGEST_QUOTE + 1))
    year.submitted(year.office_report, example="Kort.")
    Compilation.objects.create(
        round=year.round, revision=1, status="published", sha256="0" * 64, published_at=timezone.now(), snapshot=take(year.round)
    )
    html = client.get("/uppfoljning/2026/bilder/").content.decode()
    assert (html.count("<blockquote>"), "ååå" in html) == (1, False)
    assert MOST_QUOTES == 6


def test_without_a_book_there_are_no_slides_and_reading_is_all_one_can_do(year: Year, client: Client, slides: str) -> None:
    assert client.get("/uppfoljning/2025/bilder/").status_code == 404
    assert client.post("/uppfoljning/2026/bilder/").status_code == 405
    assert client.get("/uppfoljning/2026/bilder/").cookies == {}
