"""The register over time: its growth, how it is spread, who has left, and the feed of new parties."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from affiliation.charts import by_district, by_sector, growth
from affiliation.register import Register, Search
from agreement.models import District
from idekom.lib.dated import period, today

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def spread_out(make: Any) -> None:
    """Parties of both sides with and without sector and district, at different times."""
    work, sport = make.sector("Arbete"), make.sector("Idrott")
    north = District.objects.create(slug="nordost", name="Nordost", period=period(date(2010, 1, 1)))
    make.affiliation(make.party(sector=work, district=north), from_on=date(2012, 9, 4))
    make.affiliation(make.party(sector=work), from_on=date(2015, 1, 1))
    make.affiliation(make.party(sector=sport), from_on=date(2013, 1, 1), until_on=date(2018, 6, 1))
    make.affiliation(make.party(kind="city_body", district=north), from_on=date(2014, 1, 1))
    make.affiliation(make.party(), from_on=date(2020, 1, 1))


@pytest.mark.parametrize("day", [date(2012, 9, 4), date(2016, 5, 5), date(2018, 6, 1), date(2018, 6, 2), today()])
def test_the_curve_ends_at_the_number_of_the_list(client: Client, make: Any, day: date) -> None:
    spread_out(make)
    drawn = growth(day)
    assert drawn
    register = Register(Search(day=day))
    assert drawn.last.total == register.total == len(register.page(1)) == register.counted.total
    sectors, districts = by_sector(register), by_district(register)
    assert sectors
    assert districts
    assert sum(row.total for row in sectors.rows) == drawn.last.civil_society
    assert sum(row.total for row in districts.rows) == drawn.last.total
    shown = client.get(reverse("affiliation:development"), {"datum": day.isoformat()}).context
    assert shown["growth"].last == drawn.last


def test_shares_are_of_those_who_can_have_one(make: Any) -> None:
    spread_out(make)
    chart = by_sector(Register(Search(day=today())))
    assert chart
    assert [(row.label, row.values, row.share) for row in chart.rows] == [("Arbete", (2,), "67 %"), ("Ingen sektor angiven", (1,), "33 %")]
    chart = by_district(Register(Search(day=today())))
    assert chart
    assert [(row.label, row.values, row.share) for row in chart.rows] == [("Nordost", (2,), "50 %"), ("Inget stadsområde angivet", (2,), "50 %")]


def test_each_picture_has_a_table_and_its_data(client: Client, make: Any) -> None:
    spread_out(make)
    text = client.get(reverse("affiliation:development"), {"datum": "2016-05-05"}).content.decode()
    assert text.count("<table") == text.count("Siffrorna i en tabell") == 3
    assert text.count("/anslutna.csv?datum=2016-05-05") == 3
    assert "den 5 maj 2016" in text
    assert "i dag." not in text.partition("<figure")[2]
    assert "Arbete" in text
    assert "i dag" in client.get(reverse("affiliation:development")).content.decode()


@pytest.mark.parametrize("datum", ["igår", "2026-02-30", "1900-01-01", "9999-12-31"])
def test_odd_days(client: Client, make: Any, datum: str) -> None:
    spread_out(make)
    text = client.get(reverse("affiliation:development"), {"datum": datum}).content.decode()
    assert ("Datumet finns inte" in text) == (datum in ("igår", "2026-02-30"))
    assert ("Ingen var ansluten den dagen" in text) == (datum == "1900-01-01")


def test_the_former_have_their_time_and_no_reason(client: Client, make: Any) -> None:
    make.affiliation(make.party("Nu"))
    back = make.affiliation(make.party("Tillbaka"), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1)).party
    make.affiliation(back)
    gone = make.affiliation(make.party("Örnen"), from_on=date(2013, 1, 1), until_on=date(2015, 12, 31)).party
    make.affiliation(gone, from_on=date(2017, 1, 1), until_on=date(2018, 1, 31))
    make.affiliation(make.party("Ån"), from_on=date(2013, 1, 1), until_on=today() - timedelta(days=1))
    make.affiliation(make.party("Sista dagen"), until_on=today())
    answer = client.get(reverse("affiliation:former"))
    assert [party.name for party in answer.context["parties"]] == ["Ån", "Örnen"]
    assert "1 januari 2017 – 31 januari 2018<br>1 januari 2013 – 31 december 2015" in answer.content.decode()


def test_the_former_come_in_pages(client: Client, make: Any) -> None:
    for number in range(53):
        make.affiliation(make.party(f"Förening {number:02d}"), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    for page, first in (("2", "Förening 50"), ("99", "Förening 50"), ("x", "Förening 00"), ("-1", "Förening 50")):
        assert client.get(reverse("affiliation:former"), {"sida": page}).context["parties"][0].name == first


def entries(client: Client) -> list[dict[str, str]]:
    """The feed's entries."""
    feed = ElementTree.fromstring(client.get(reverse("affiliation:feed")).content)  # noqa: S314 - our own
    return [{name: entry.findtext(f"{ATOM}{name}", "") for name in ("id", "title", "updated", "summary")} for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_has_the_newest_first_and_lasting_ids(client: Client, make: Any) -> None:
    old = make.affiliation(make.party("Äldst & <b>"), from_on=date(2013, 1, 1))
    late = make.affiliation(make.party("Sen\x01"), from_on=date(2014, 1, 1), idekom_decided_on=date(2020, 5, 5))
    make.affiliation(make.party("Förr"), from_on=date(2013, 1, 1), until_on=date(2014, 1, 1))
    make.affiliation(make.party("Kommer"), from_on=today() + timedelta(days=3))
    found = entries(client)
    assert [entry["title"] for entry in found] == ["Sen", "Äldst & <b>"]
    assert [entry["updated"][:10] for entry in found] == ["2020-05-05", "2013-01-01"]
    assert [entry["id"] for entry in found] == [f"http://127.0.0.1:8000/anslutna/#{one.pk}" for one in (late, old)]
    late.party.name = "Nytt namn"
    late.party.save()
    assert entries(client)[0]["id"] == found[0]["id"]


def test_the_feed_has_fifty(client: Client, make: Any) -> None:
    for number in range(52):
        make.affiliation(make.party(f"Förening {number}"), from_on=date(2020, 1, 1) + timedelta(days=number))
    found = entries(client)
    assert len(found) == 50
    assert found[0]["title"] == "Förening 51"
    assert client.get(reverse("affiliation:feed")).headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_register_of_nothing_but_the_city_has_no_sectors(client: Client, make: Any) -> None:
    make.affiliation(make.party(kind="city_body"))
    assert "Bara delar av staden var anslutna" in client.get(reverse("affiliation:development")).content.decode()
