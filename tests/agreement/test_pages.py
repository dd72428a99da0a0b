"""The agreement's pages."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from agreement.models import Commitment, Goal, Version


def text_of(html: str) -> str:
    """What is read on the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def addresses(version: Version) -> list[str]:
    """The vision, the goals, the principles and the commitments: each has its own address."""
    parts = [*version.goals.all(), *version.principles.all(), *version.commitments.all()]
    return [f"{version.get_absolute_url()}vision/", *(part.get_absolute_url() for part in parts)]


def test_every_part_of_the_agreement_has_an_address_in_both_languages(founded: Version, client: Client) -> None:
    seen = {}
    for language in ("sv", "en"):
        with translation.override(language):
            for address in addresses(founded):
                page, _hash, anchor = address.partition("#")
                response = client.get(page)
                assert response.status_code == 200, address
                assert not anchor or f'id="{anchor}"' in response.text, address
                seen[address] = response
    assert len(seen) == 2 * 23
    assert "/overenskommelsen/principer/integritet-och-oberoende/" in seen
    assert "/en/overenskommelsen/ataganden/kunskapsokning-i-social-ekonomi/" in seen


def test_the_agreement_page_tells_all_of_it(founded: Version, client: Client) -> None:
    page = text_of(client.get("/overenskommelsen/").text)
    assert "Överenskommelsen Göteborg 2017" in page
    assert "9 juni 2017" in page
    assert founded.vision in page
    assert [row.text in page for row in founded.goals.all()] == [True] * 3
    assert [f"{row.number}. {row.name}" in page for row in founded.principles.all()] == [True] * 6
    assert [f"{row.number}. {row.title} {row.summary}" in page for row in founded.commitments.all()] == [True] * 13
    assert "8. Mångfald av utförare" in page
    assert "Båda, var för sig Kvalitet Mångfald" in page
    assert "Anslut er organisation" in page


def test_the_agreement_page_links_to_the_headings_of_its_text(founded: Version, client: Client) -> None:
    html = client.get("/overenskommelsen/").text
    anchors = re.findall(r'<li><a href="#([^"]+)"', html)
    assert anchors[:5] == ["vision", "mal", "principer", "ataganden", "om-varden"]
    assert [f'id="{anchor}"' in html for anchor in anchors] == [True] * len(anchors)


def test_the_english_page_is_english(founded: Version, client: Client) -> None:
    page = text_of(client.get("/en/overenskommelsen/").text)
    assert "A city where residents engage" in page
    assert "A diversity of performers" in page
    assert "Mångfald av utförare" not in page


def test_a_text_without_translation_is_shown_in_swedish(founded: Version, client: Client) -> None:
    Commitment.objects.filter(version=founded, number=10).update(**{"title_en": "", "summary_en": None})
    page = text_of(client.get("/en/overenskommelsen/ataganden/delaktighet/").text)
    assert "Delaktighet" in page
    assert "Organisationerna låter många medlemmar vara med" in page


def test_a_commitment_page_says_who_answers_for_it_and_what_stands_beside(founded: Version, client: Client) -> None:
    response = client.get("/overenskommelsen/ataganden/mangfald-av-utforare/")
    page = text_of(response.text)
    assert "Åtagande 8 Mångfald av utförare" in page
    assert "Ansvarig Båda, var för sig Principer Kvalitet , Mångfald" in page
    assert "lagen om offentlig upphandling" in page
    assert "Föregående: 7. Finansieringsformer för den sociala ekonomin Nästa: 9. Samverkan inom den sociala ekonomin" in page
    assert "<title>Mångfald av utförare – Idékom</title>" in response.text


def test_the_first_and_the_last_commitment_have_one_neighbour(founded: Version) -> None:
    first, last = founded.commitments.get(number=1), founded.commitments.get(number=13)
    assert (first.before, first.after, last.before, last.after) == (
        None,
        founded.commitments.get(number=2),
        founded.commitments.get(number=12),
        None,
    )


def test_a_principle_page_lists_its_commitments(founded: Version, client: Client) -> None:
    html = client.get("/overenskommelsen/principer/langsiktighet/").text
    assert re.findall(r"/overenskommelsen/ataganden/([^/]+)/", html) == [
        "kunskapsokning-i-social-ekonomi",
        "finansieringsformer-for-den-sociala-ekonomin",
        "spridning-av-overenskommelsen",
    ]
    assert "Inget åtagande är märkt med den här principen" in client.get("/overenskommelsen/principer/integritet-och-oberoende/").text


@pytest.mark.parametrize("path", ["principer/finns-inte/", "ataganden/finns-inte/"])
def test_what_does_not_exist_is_not_found(founded: Version, client: Client, path: str) -> None:
    assert client.get(f"/overenskommelsen/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "matris/"])
def test_before_the_first_version_the_page_says_so(db: None, client: Client, path: str) -> None:
    assert "Ingen version gäller än" in client.get(f"/overenskommelsen/{path}").text


def test_parts_of_an_earlier_version_are_not_shown(founded: Version, make: Any, client: Client) -> None:
    old = Version.objects.get(slug="2012")
    make.principle(version=old, number=7, slug="gammal", name="Gammal", short_name="Gammal", text="…")
    assert client.get("/overenskommelsen/principer/gammal/").status_code == 404
    assert "Gammal" not in client.get("/overenskommelsen/").text


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/overenskommelsen/", "/overenskommelsen/matris/", "/overenskommelsen/principer/mycket/"])
def test_the_pages_ask_as_often_however_long_the_agreement_is(make: Any, db: None, client: Client, path: str) -> None:
    principle = make.principle(slug="mycket")
    counts = []
    for rows in (1, 3, 300):
        with make.unfrozen():
            for _row in range(rows - Commitment.objects.count()):
                make.commitment().principles.add(principle)
            for number in range(Goal.objects.count(), rows):
                Goal.objects.create(version=make.version(), number=number, text="Ett mål.")
        counts.append(queries(client, path))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 9


def test_reading_sets_no_cookie(founded: Version, client: Client) -> None:
    assert [client.get(path).cookies.keys() for path in (reverse("agreement:agreement"), reverse("agreement:matrix"))] == [{}.keys()] * 2
