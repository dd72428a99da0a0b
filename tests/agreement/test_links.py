"""The outside world: links with two lines why, tagged by commitment, and the feed."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import Link
from idekom.lib.dated import today
from tests import builders

pytestmark = pytest.mark.django_db
PATH = "/kunskap/omvarld/"


def link(title: str = "Om samråd", *about: Any, **fields: Any) -> Link:
    made = Link.objects.create(**{"url": f"https://omvarld.example.org/{Link.objects.count()}", "title": title, "why": "Kort och bra.", **fields})
    made.commitments.set(about)
    return made


def test_links_stand_newest_first_with_why_and_whose_page(client: Client) -> None:
    link("Äldst", published_on=today() - timedelta(days=3))
    link("Nyast", builders.commitment(title="Delaktighet", number=10, slug="delaktighet"), url="https://www.scb.example.org/x")
    link("I morgon", published_on=today() + timedelta(days=1))
    html = client.get(PATH).text
    assert html.index("Nyast") < html.index("Äldst")
    assert [word for word in ("Kort och bra.", "scb.example.org ·", "10. Delaktighet", "I morgon") if word in html] == [
        "Kort och bra.",
        "scb.example.org ·",
        "10. Delaktighet",
    ]


def test_a_commitment_narrows_and_an_unknown_one_is_passed_over(client: Client) -> None:
    here = builders.commitment(slug="har")
    link("Med", here)
    link("Utan")
    shown = client.get(PATH + "?atagande=har").text
    assert ("Med" in shown, ">Utan<" in shown) == (True, False)
    for typed in ("finns-inte", "%00", "å" * 5000):
        assert ">Utan<" in client.get(f"{PATH}?atagande={typed}").text
    assert client.get(PATH + "?sida=-4").status_code == 200


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"url": "javascript:alert(1)"}, "a_link_leads_to_the_web"), ({"why": ""}, "a_link_says_why"), ({"title": ""}, "a_link_says_why")],
)
def test_what_is_no_link_or_says_nothing_is_refused_by_the_database(fields: dict[str, str], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        link(**fields)


def test_why_is_two_lines_and_an_address_stands_once() -> None:
    with pytest.raises(DataError), transaction.atomic():
        link(why="a" * 201)
    link(url="https://omvarld.example.org/samma")
    with pytest.raises(IntegrityError), transaction.atomic():
        link(url="https://omvarld.example.org/samma")


def test_the_feed_is_rss_with_tags_and_stable_ids(client: Client) -> None:
    made = link("Samråd & <dialog>", builders.commitment(title="Delaktighet", number=10), why="Därför att.")
    response = client.get(f"{PATH}feed/")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    (item,) = root.findall("channel/item")
    told = {name: item.findtext(name) for name in ("title", "link", "description", "category", "guid")}
    assert told == {
        "title": "Samråd & <dialog>",
        "link": made.url,
        "description": "Därför att.",
        "category": "10. Delaktighet",
        "guid": f"http://127.0.0.1:8000{PATH}#lank-{made.pk}",
    }
    assert item.find("guid").attrib["isPermaLink"] == "false"  # type: ignore[union-attr]
    assert f"{PATH}feed/" in client.get(PATH).text
    assert client.post(f"{PATH}feed/").status_code == 405


def test_three_links_cost_as_many_queries_as_one(client: Client) -> None:
    link("Ett", builders.commitment())
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for title in ("Två", "Tre"):
        link(title, builders.commitment())
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(PATH).context["page_obj"].object_list) == 3
    assert len(three) == len(one)


def test_the_office_adds_one_and_is_told_what_is_wrong(secretary_client: Client, client: Client) -> None:
    commitment = builders.commitment()
    address = reverse("admin:agreement_link_add")
    wrong = {"url": "omvarld.example.org/ny", "title": "Ny", "why": "a" * 201, "published_on": str(today())}
    assert "högst 200" in secretary_client.post(address, wrong).text
    secretary_client.post(address, wrong | {"why": "Värd att läsa.", "commitments": [commitment.pk]})
    made = Link.objects.get()
    assert (made.url, list(made.commitments.all())) == ("https://omvarld.example.org/ny", [commitment])
    assert (client.get(PATH).cookies, client.post(PATH).status_code) == ({}, 405)
