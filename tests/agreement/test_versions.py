"""The versions' pages: all of them, one as a whole, its parts, its languages."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreement.models import Version
from idekom.lib.mail import absolute
from tests.agreement.test_pages import text_of
from tests.agreement.wording import SHORT, draft, wording


@pytest.fixture
def old(founded: Version) -> Version:
    return Version.objects.get(slug="2012")


def test_the_list_tells_of_each_version_when_it_held_and_who_adopted_it(old: Version, client: Client) -> None:
    wording(old)
    wording(old, language="en")
    page = text_of(client.get("/overenskommelsen/versioner/").text)
    assert "Överenskommelsen Göteborg 2017 gällande från 9 juni 2017 Ingen uppgift Inte inläst. Portalens egen text finns." in page
    assert "Överenskommelsen 2012 tidigare 4 september 2012 till 9 juni 2017 31 maj 2012, kommunfullmäktige engelska, svenska" in page


def test_a_draft_is_shown_nowhere_before_a_round_shows_it(founded: Version, client: Client) -> None:
    wording(draft())
    assert "Utkast 2027" not in client.get("/overenskommelsen/versioner/").text
    paths = ("versioner/2027/", "versioner/2027/vision/", "versioner/2027/overenskommelsen.pdf", "jamfor/2017/2027/")
    assert [client.get(f"/overenskommelsen/{path}").status_code for path in paths] == [404] * 4


def test_a_version_without_an_official_text_is_told_in_the_portals_own_words(founded: Version, client: Client) -> None:
    page = client.get("/overenskommelsen/versioner/2017/").text
    assert "Den officiella texten är inte inläst. Här står innehållet med portalens egna ord." in page
    words = text_of(page)
    assert all(text_of(row.text) in words for row in founded.goals.all())
    assert len(re.findall(r"<h2 id=\"[^\"]+\" lang", page)) == 1 + 1 + 3 + 6 + 13 + len(re.findall(r"^## ", founded.text, re.MULTILINE))


def test_the_official_text_stands_beside_our_own_and_is_whole(old: Version, client: Client) -> None:
    wording(old)
    page = client.get("/overenskommelsen/versioner/2012/").text
    assert "inte inläst" not in page
    words = text_of(re.sub(r'<div class="meaning.*?</div>', "", page))
    assert [text in words for _part, _number, _kind, text in SHORT] == [True] * len(SHORT)
    official, own = page.index("Dialogen är öppen."), page.index("Samtalet mellan staden och organisationerna")
    assert official < own < page.index("Staden lär sig mer.")
    assert "Uppföljning och utvärdering av överenskommelsen" in page  # what only our own text has comes after


@pytest.mark.parametrize("path", ["versioner/2012/", "versioner/2017/", "", "principer/dialog/", "vision/", "mal/1/", "ataganden/delaktighet/"])
def test_every_paragraph_can_be_linked_to(old: Version, client: Client, path: str) -> None:
    wording(old)
    page = client.get(f"/overenskommelsen/{path}").text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'<a class="passage__link" href="([^"#]*)#([^"]+)">Länk till stycket', page)
    assert len(links) > 0
    assert [anchor in ids for _address, anchor in links] == [True] * len(links)
    assert len(links) == page.count('class="passage"') + page.count('class="passage passage--summary"')
    for address, anchor in (links[0], links[-1]):
        assert f'id="{anchor}"' in client.get(address or f"/overenskommelsen/{path}").text


@pytest.mark.parametrize(
    ("query", "lang", "shown", "said"),
    [
        ("", "sv", "Dialogen är öppen.", ""),
        ("?sprak=en", "en", "The dialogue is open.", ""),
        ("?sprak=latt", "sv", "Dialogen är öppen.", "Den officiella texten finns inte på lättläst svenska. Här står den svenska."),
        ("?sprak=klingon", "sv", "Dialogen är öppen.", ""),
    ],
)
def test_the_language_that_is_asked_for_or_else_a_mark(old: Version, client: Client, query: str, lang: str, shown: str, said: str) -> None:
    wording(old)
    wording(old, [("principle", 2, "paragraph", "The dialogue is open.")], language="en")
    page = client.get(f"/overenskommelsen/versioner/2012/{query}").text
    assert re.search(rf'<div class="passages" lang="{lang}">\s*<div class="passage" id="princip-2-stycke-\d">.{{3,40}}?{shown}', page)
    assert (said in page) if said else ("Den officiella texten finns inte" not in page)


def test_an_easy_text_is_shown_when_there_is_one(old: Version, client: Client) -> None:
    wording(old)
    wording(old, [("vision", None, "paragraph", "Alla får vara med.")], language="sv-easy")
    page = client.get("/overenskommelsen/versioner/2012/?sprak=latt").text
    assert "Alla får vara med." in page
    assert "finns inte på lättläst" not in page
    assert 'href="?sprak=latt" aria-current="true"' in page


def test_the_english_page_marks_what_is_only_in_swedish(old: Version, client: Client) -> None:
    wording(old)
    page = client.get("/en/overenskommelsen/versioner/2012/").text
    assert '<div class="passages" lang="sv">' in page
    assert 'lang="en"' in page
    assert "En stad där medborgarna är med och bestämmer." in page
    assert "A city where citizens engage" in page


def test_a_wording_that_is_not_fixed_is_not_shown(old: Version, client: Client) -> None:
    wording(old, fixed=False)
    assert "Dialogen är öppen." not in client.get("/overenskommelsen/versioner/2012/").text


def test_the_parts_of_an_earlier_version_have_addresses_below_it(old: Version, client: Client) -> None:
    parts = [*old.goals.all(), *old.principles.all(), *old.commitments.all()]
    addresses = [part.get_absolute_url() for part in parts]
    assert all(address.startswith("/overenskommelsen/versioner/2012/") for address in addresses)
    for address in [f"{old.permanent_url}vision/", *addresses]:
        page = client.get(address).text
        assert "Det här stod i Överenskommelsen 2012, som inte gäller nu." in page, address
        assert "2017/" not in page, address
    with translation.override("en"):
        assert parts[3].get_absolute_url() == "/en/overenskommelsen/versioner/2012/principer/integritet-och-oberoende/"


def test_the_version_in_force_has_both_addresses(founded: Version, client: Client) -> None:
    principle = founded.principles.get(slug="dialog")
    assert principle.get_absolute_url() == "/overenskommelsen/principer/dialog/"
    page = client.get(principle.permanent_url).text
    assert "som inte gäller nu" not in page
    assert f'href="{principle.permanent_url}#egen-princip-2-stycke-1"' in page


@pytest.mark.parametrize("path", ["versioner/2099/", "versioner/2012/mal/9/", "versioner/2012/principer/x/", "mal/99999999999999999999/"])
def test_what_does_not_exist_is_not_found(founded: Version, client: Client, path: str) -> None:
    assert client.get(f"/overenskommelsen/{path}").status_code == 404


def test_a_quotation_has_its_source_and_an_address_that_stays(old: Version, client: Client) -> None:
    wording(old)
    page = client.get("/overenskommelsen/versioner/2012/principer/dialog/").text
    assert "<summary>Citera</summary>" in page
    quoted = re.search(r"<textarea[^>]* readonly>(.*?)</textarea>", page, re.DOTALL)
    assert quoted
    assert quoted[1].splitlines() == [
        "”Dialogen är öppen.”",
        "Överenskommelsen 2012 (gäller från 4 september 2012), princip 2, Dialog",
        absolute("/overenskommelsen/versioner/2012/principer/dialog/#princip-2-stycke-2"),
    ]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["versioner/", "versioner/2012/", "jamfor/2012/2017/", "versioner/2012/principer/dialog/"])
def test_the_pages_ask_as_often_however_much_there_is(make: Any, old: Version, client: Client, path: str) -> None:
    wording(old, SHORT[:3])
    few = queries(client, f"/overenskommelsen/{path}")
    for number in (1, 2):
        more = Version.objects.create(slug=f"x{number}", name="X", vision="V", aim="A", status="superseded", in_force_on="2010-01-01")
        wording(more)
    wording(old, [("other", None, "paragraph", f"Stycke {n}.") for n in range(300)], language="en")
    assert queries(client, f"/overenskommelsen/{path}") == few
    assert few <= 11


def test_reading_sets_no_cookie(founded: Version, client: Client) -> None:
    for path in ("versioner/", "versioner/2012/", "jamfor/2012/2017/", "mal/1/"):
        assert not client.get(f"/overenskommelsen/{path}").cookies
