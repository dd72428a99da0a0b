"""What other sites may show: the list in a frame and the badge; and nothing else."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from idekom.lib.dated import today
from tests.face.test_headers import EXPECTED, directives

pytestmark = pytest.mark.django_db
CLAIM = "Ansluten till"


def words(svg: bytes) -> str:
    """The text of a picture."""
    return " ".join("".join(ElementTree.fromstring(svg).itertext()).split())  # noqa: S314 - our own


def test_the_list_may_be_framed_and_nothing_more(client: Client, make: Any) -> None:
    work = make.sector("Arbete")
    make.affiliation(make.party("Inne", sector=work))
    make.affiliation(make.party("Annan"))
    make.affiliation(make.party("Förr", sector=work), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    answer = client.get(reverse("affiliation:embedded"), {"sektor": work.slug})
    text = answer.content.decode()
    assert [name in text for name in ("Inne", "Annan", "Förr")] == [True, False, False]
    headers = dict(answer.headers)
    policy = directives(headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == ["*"]
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in headers
    others = {name: value for name, value in EXPECTED.items() if name not in {"X-Frame-Options", "Cross-Origin-Resource-Policy"}}
    assert {name: headers.get(name) for name in others} == others


@pytest.mark.parametrize("name", ["register", "embed", "register_json"])
def test_other_pages_may_not_be_framed(client: Client, make: Any, name: str) -> None:
    answer = client.get(reverse(f"affiliation:{name}"))
    assert directives(answer.headers["Content-Security-Policy"])["frame-ancestors"] == ["'none'"]
    assert {header: answer.headers.get(header) for header in EXPECTED} == EXPECTED


def test_the_badge_claims_only_what_is_so_today(client: Client, make: Any) -> None:
    now = make.affiliation()
    former = make.affiliation(from_on=date(2013, 1, 1), until_on=today() - timedelta(days=1))
    coming = make.affiliation(from_on=today() + timedelta(days=1))
    for affiliation, claims in ((now, True), (former, False), (coming, False)):
        answer = client.get(reverse("affiliation:badge", args=[affiliation.party.slug]))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Cache-Control"] == "public, max-age=600"
        assert (CLAIM in words(answer.content)) == claims
        assert "Överenskommelsen Göteborg" in words(answer.content)
        assert b"style" not in answer.content
    assert client.get(reverse("affiliation:badge", args=[make.party().slug])).status_code == 404
    assert client.get(reverse("affiliation:badge", args=["finns-inte"])).status_code == 404


def test_a_party_that_leaves_is_claimed_no_longer(client: Client, make: Any, secretary: Any) -> None:
    affiliation = make.affiliation()
    address = reverse("affiliation:badge", args=[affiliation.party.slug])
    assert CLAIM in words(client.get(address).content)
    affiliation.leave(by=secretary, last_day=today())
    assert CLAIM in words(client.get(address).content)  # the last day is still a day
    type(affiliation).objects.filter(pk=affiliation.pk).update(period=(affiliation.from_on, today()))
    assert CLAIM not in words(client.get(address).content)


def test_the_code_to_copy(client: Client, make: Any) -> None:
    work = make.sector("Arbete")
    party = make.affiliation(make.party('Barnens "Hus"', sector=work)).party
    shown = client.get(reverse("affiliation:embed"), {"part": party.slug, "sektor": work.slug}).context
    assert shown["list_code"].startswith(f'<iframe src="http://127.0.0.1:8000/anslutna/infoga/lista/?sektor={work.slug}" title="')
    assert f'<img src="http://127.0.0.1:8000/anslutna/{party.slug}/marke.svg" alt="Överenskommelsen Göteborg"' in shown["badge_code"]
    text = client.get(reverse("affiliation:embed"), {"part": party.slug}).content.decode()
    assert "&lt;iframe src=" in text
    assert "readonly" in text


@pytest.mark.parametrize("part", ["finns-inte", "\x00", "å", "' OR 1=1", "x" * 5000])
def test_an_unknown_party_is_told(client: Client, make: Any, part: str) -> None:
    former = make.affiliation(from_on=date(2013, 1, 1), until_on=date(2014, 1, 1)).party
    for slug in (part, former.slug):
        text = client.get(reverse("affiliation:embed"), {"part": slug}).content.decode()
        assert "Parten finns inte bland de anslutna" in text


def test_a_party_is_found_by_its_name(client: Client, make: Any) -> None:
    party = make.affiliation(make.party("Räddningen")).party
    text = client.get(reverse("affiliation:embed"), {"q": "raddnign"}).content.decode()
    assert f"?part={party.slug}#market" in text
