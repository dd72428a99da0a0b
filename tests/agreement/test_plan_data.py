"""The list, its filters, its files and the sums tell the same, and what an oracle tells."""

import csv
import io
import json
import random
import re
from collections import Counter
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agreement.models import Activity, Side
from agreement.plans import Listing, Search
from agreement.plans.listing import readable
from agreement.plans.sums import sums
from idekom.lib.dated import today
from tests import builders
from tests.agreement import planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> list[Activity]:
    """Forty activities of three plans, six parties and five commitments, in every status."""
    chance, by = random.Random(6), builders.user()
    plans = [planning.plan(side, slug=f"plan-{side or 'gemensam'}") for side in (Side.CITY, Side.CIVIL_SOCIETY, "")]
    parties = [builders.party(f"Part {number}") for number in range(6)]
    commitments = [builders.commitment(number=number, slug=f"atagande-nr-{number}") for number in range(1, 6)]
    made = []
    for _number in range(40):
        served = tuple(chance.sample(commitments, chance.randrange(4)))
        published_on = today() - timedelta(days=chance.choice([5, 60, 89, 90, 200]))
        activity = planning.activity(chance.choice(plans), party=chance.choice(parties), commitments=served, by=by, published_on=published_on)
        if chance.random() < 0.4:
            planning.told(activity, on=today() - timedelta(days=chance.choice([1, 89, 90, 150])), percent=chance.randrange(101))
        if verb := chance.choice(["", "", "", "finish", "cancel"]):
            getattr(activity, verb)(by=by)
        made.append(activity)
    return made


def oracle(activity: Activity) -> dict[str, set[str]]:
    """The values of an activity, one plain question each."""
    last = activity.updates.order_by("-at").first()
    heard = last.at if last else activity.events.get(action="publish").at
    is_stale = activity.status == "published" and (today() - heard.date()).days >= 90
    return {
        "atagande": {commitment.slug for commitment in activity.commitments.all()},
        "part": {activity.party.slug if activity.party else ""},
        "vems": {activity.plan.side or "both"},
        "plan": {activity.plan.slug},
        "lage": {activity.status},
        "tyst": {"ja"} if is_stale else set(),
    }


def titles_of_page(client: Client, query: str) -> list[str]:
    html = client.get(f"{reverse('agreement:activities')}?{query}").content.decode()
    return re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', html)


QUERIES: list[dict[str, Any]] = [
    {},
    {"vems": ["city"]},
    {"vems": ["both", "civil_society"]},
    {"atagande": ["atagande-nr-2"], "lage": ["published"]},
    {"atagande": ["atagande-nr-1", "atagande-nr-3"]},
    {"tyst": ["ja"]},
    {"lage": ["done", "cancelled"], "plan": ["plan-city"]},
    {"part": ["inte-nagon"]},
    {"vems": ["city"], "tyst": ["ja"], "lage": ["done"]},
]


@pytest.mark.parametrize("chosen", QUERIES)
def test_page_csv_and_json_show_what_the_oracle_says(client: Client, many: list[Activity], chosen: dict[str, list[str]]) -> None:
    known = {name: values for name, values in chosen.items() if values != ["inte-nagon"]}
    right = {one.title for one in many if all(oracle(one)[name] & set(values) for name, values in known.items())}
    query = "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)
    page = titles_of_page(client, query)
    file = client.get(f"{reverse('agreement:activities_csv')}?{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    told = json.loads(client.get(f"{reverse('agreement:activities_json')}?{query}").content)
    assert set(page) == right
    assert [row["vad"] for row in rows] == [row["vad"] for row in told["aktiviteter"]] == page
    assert rows == told["aktiviteter"]
    assert told["antal"] == len(page)
    assert f'<h2 id="antal">{len(page)} aktivitet' in client.get(f"{reverse('agreement:activities')}?{query}").content.decode()


def test_facets_count_what_each_choice_would_show(many: list[Activity]) -> None:
    for vems, lage in product(["", "city"], ["", "published"]):
        chosen = {name: [value] if value else [] for name, value in {"vems": vems, "lage": lage}.items()}
        empty = Search().chosen
        listing = Listing(Search({**empty, **chosen}), today())
        for facet in listing.facets:
            for option in facet.options:
                alone = Listing(Search({**empty, **chosen, facet.name: [option.value]}), today())
                assert option.count == len(alone.found), (facet.name, option.value)


def test_sums_equal_the_oracle(client: Client, many: list[Activity]) -> None:
    counted = [one for one in many if one.status in {"published", "done"}]
    found = sums(readable(today()))
    assert found.total == len(counted)
    assert found.cancelled == len(many) - len(counted)
    assert found.stale == sum(1 for one in counted if oracle(one)["tyst"])
    commitments, parties, sides = ({row.label: row.total for row in chart.rows} for chart in found.charts)
    by_commitment = Counter(str(commitment) for one in counted for commitment in one.commitments.all())
    by_commitment["Inget åtagande"] = sum(1 for one in counted if not one.commitments.exists())
    assert commitments == +by_commitment
    assert parties == Counter(one.party.name for one in counted if one.party)
    assert sides == Counter(str(one.plan.whose_label) for one in counted)
    assert sum(parties.values()) == sum(sides.values()) == found.total
    for chart in found.charts:
        for row in chart.rows:
            if row.queries != ("",):
                assert len(titles_of_page(client, row.queries[0])) == row.total


def test_chosen_filters_can_be_taken_away_one_by_one(client: Client, many: list[Activity]) -> None:
    html = client.get(f"{reverse('agreement:activities')}?vems=city&lage=done").content.decode()
    chosen = html.split('aria-label="Valda filter"')[1].split("</ul>")[0]
    assert '<a href="?lage=done"><span class="visually-hidden">Ta bort </span>Staden' in chosen
    assert '<a href="?vems=city"><span class="visually-hidden">Ta bort </span>Genomförd' in chosen
    assert "Rensa alla" in chosen


@pytest.mark.parametrize(
    "query", ["vems=%00", "atagande=%ED%A0%80", "lage=draft", "sida=-1", "sida=x", "plan=" + "x" * 5000, "&".join(["part=a"] * 500)]
)
def test_odd_addresses_show_everything(client: Client, query: str) -> None:
    planning.activity(title="Öva samråd")
    planning.draft(title="Hemligt utkast")
    assert titles_of_page(client, query) == ["Öva samråd"]


def test_a_long_list_has_pages(client: Client) -> None:
    plan, party, by = planning.plan(), builders.party(), builders.user()
    for _number in range(51):
        planning.activity(plan, party=party, by=by)
    assert len(titles_of_page(client, "")) == 50
    assert len(titles_of_page(client, "sida=2")) == 1


def test_cells_that_a_spreadsheet_would_calculate_are_text(client: Client) -> None:
    planning.activity(title="=1+1", how="+2")
    file = client.get(reverse("agreement:activities_csv")).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert (row["vad"], row["hur"]) == ("'=1+1", "'+2")


def test_the_schema_names_the_columns_of_the_files(client: Client) -> None:
    planning.activity()
    schema = client.get(reverse("agreement:activities_schema")).json()
    (row,) = client.get(reverse("agreement:activities_json")).json()["aktiviteter"]
    assert [field["name"] for field in schema["fields"]] == list(row)
    assert all(field["description"] for field in schema["fields"])


def test_no_file_has_a_contact(client: Client) -> None:
    planning.contact(planning.activity(), name="Kim Hemlig", email="hemlig@example.org")
    for name in ("activities_csv", "activities_json", "updates_feed"):
        assert "hemlig" not in client.get(reverse(f"agreement:{name}")).content.decode().lower()


def test_open_data_lists_the_set(client: Client) -> None:
    html = client.get(reverse("open_data")).content.decode()
    assert "Handlingsplanens aktiviteter" in html
    assert "/handlingsplan.csv" in html
    assert "utan_ny_uppgift" in html
