"""The public pages of the action plans."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreement.models import Activity, Quarter, Side
from agreement.plans.listing import readable
from agreement.plans.timeline import timeline
from idekom.lib.dated import period, today
from tests import builders
from tests.agreement import planning

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]).split())


def test_the_start_shows_plans_numbers_what_is_due_and_sums(client: Client) -> None:
    day, by = today(), builders.user()
    plan = planning.plan(name="Stadens plan", slug="stadens")
    planning.plan(name="Plan från förr", period=period(day - timedelta(days=900), day - timedelta(days=500)))
    due = planning.activity(plan, title="Klar i tid", due_on=Quarter.of(day).last)
    planning.activity(plan, title="Tyst", published_on=day - timedelta(days=100), due_on=day + timedelta(days=200))
    planning.activity(plan, title="Gjord").finish(by=by)
    planning.activity(plan, title="Bruten").cancel(by=by)
    planning.draft(plan, title="Hemligt utkast")
    words = text(client, reverse("agreement:plans"))
    assert "Pågår 2 1 av dem har ingen ny uppgift på 90 dagar eller mer Genomförda 1 Avbrutna 1" in words
    assert "3 aktiviteter i de planer som gäller nu pågår eller är genomförda." in words
    assert words.index("Stadens plan") < words.index("Plan från förr")
    assert due.title in words.split("Klart i kvartalet")[1].split("Hur aktiviteterna")[0]
    assert "Hemligt utkast" not in words


def test_before_the_first_plan_the_pages_say_so(client: Client) -> None:
    assert "Ingen handlingsplan gäller just nu" in text(client, reverse("agreement:plans"))
    assert "Inga aktiviteter än" in text(client, reverse("agreement:activities"))
    assert "Inga aktiviteter att visa än" in text(client, reverse("agreement:timeline"))
    assert "Inget ska vara klart i kvartalet" in text(client, reverse("agreement:quarter"))
    assert "Planen har inga publicerade aktiviteter än" in text(client, planning.plan().get_absolute_url())


def test_a_draft_is_nowhere(client: Client) -> None:
    commitment = builders.commitment(slug="atagande")
    activity = planning.draft(title="Hemligt utkast", how="Så.", party=builders.party(), due_on=today(), starts_on=today(), commitments=(commitment,))
    assert client.get(activity.get_absolute_url()).status_code == 404
    names = ["plans", "activities", "side_by_side", "timeline", "quarter", "updates_feed", "activities_csv", "activities_json"]
    for path in [*(reverse(f"agreement:{name}") for name in names), commitment.get_absolute_url(), activity.plan.get_absolute_url()]:
        assert "Hemligt utkast" not in client.get(path).content.decode()


def test_an_activity_says_what_how_who_when_and_for_what_money(client: Client) -> None:
    commitment = builders.commitment(title="Tidigt samråd", number=3, slug="samrad")
    activity = planning.activity(
        planning.plan(name="Stadens plan"), title="Öva samråd", how="Två kvällar.", who="Planerarna", financing="30 000 kr",
        party=planning.city_party("Planförvaltningen"), starts_on=today(), due_on=today() + timedelta(days=9), commitments=(commitment,),
    )  # fmt: skip
    planning.told(activity, percent=25, sentence="Lokalen är bokad.")
    planning.told(activity, percent=50, sentence="Första kvällen är hållen.")
    planning.contact(activity, name="Kim Hemlig", email="kim.hemlig@example.org")
    words = text(client, activity.get_absolute_url())
    for told in ("Två kvällar.", "Planförvaltningen", "Planerarna", "30 000 kr", "3. Tidigt samråd", "Stadens plan", "Ungefär halvvägs (50 %)"):
        assert told in words
    updates = words[words.index("Så har det gått") :]
    assert updates.index("Första kvällen är hållen.") < updates.index("Lokalen är bokad.")
    assert "Senast uppdaterad" in words
    assert activity.get_absolute_url() in words
    assert "hemlig" not in client.get(activity.get_absolute_url()).content.decode().lower()


def test_a_stale_activity_is_marked_in_words_on_its_page_and_in_lists(client: Client) -> None:
    plan, commitment = planning.plan(), builders.commitment()
    activity = planning.activity(plan, published_on=today() - timedelta(days=94), commitments=(commitment,))
    for path in (activity.get_absolute_url(), reverse("agreement:activities"), plan.get_absolute_url(), commitment.get_absolute_url()):
        assert "Ingen ny uppgift på 94 dagar" in text(client, path)


def test_a_commitment_shows_its_activities(client: Client) -> None:
    with_one, without = builders.commitment(), builders.commitment()
    planning.activity(title="Öva samråd", commitments=(with_one,))
    assert "Öva samråd" in text(client, with_one.get_absolute_url())
    assert "Ingen aktivitet i handlingsplanerna gäller åtagandet än." in text(client, without.get_absolute_url())


def test_both_plans_stand_beside_each_other_and_gaps_are_marked(client: Client) -> None:
    served, ended, gap = (builders.commitment(title=f"Åtagande {name}") for name in ("ett", "två", "tre"))
    planning.activity(planning.plan(Side.CITY), title="Stadens", commitments=(served,))
    planning.activity(planning.plan(""), title="Gemensamma", commitments=(served,))
    planning.activity(planning.plan(Side.CIVIL_SOCIETY), title="Föreningarnas", commitments=(served,))
    planning.activity(title="Bruten", commitments=(ended,)).cancel(by=builders.user())
    old = planning.plan(period=period(today() - timedelta(days=900), today() - timedelta(days=500)))
    planning.activity(old, title="Från förra planen", commitments=(gap,))
    html = client.get(reverse("agreement:side_by_side")).content.decode()
    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]]
    assert rows == [
        f"{served.number}. Åtagande ett Stadens Gemensamma Föreningarnas",
        f"{ended.number}. Åtagande två Ingen aktivitet",
        f"{gap.number}. Åtagande tre Ingen aktivitet",
    ]
    assert "2 av 3 åtaganden har ingen aktivitet." in text(client, reverse("agreement:side_by_side"))


def test_the_quarter_shows_what_is_due_in_it(client: Client) -> None:
    this = Quarter.of(today())
    planning.activity(title="Nu", due_on=this.last)
    planning.activity(title="Sen", due_on=this.next.first)
    planning.activity(title="Förr", due_on=this.previous.last)
    planning.activity(title="Bruten", due_on=this.last).cancel(by=builders.user())
    here = text(client, reverse("agreement:quarter"))
    due, earlier = here.split("Skulle vara klart tidigare och pågår")
    assert "Nu" in due
    assert "Förr" in earlier
    assert "Sen " not in here
    assert "Bruten" not in here
    following = text(client, f"{reverse('agreement:quarter')}?kvartal={this.next.address}")
    assert "Sen" in following
    assert "Förr" not in following


@pytest.mark.parametrize("typed", ["2026-5", "x", "%00", "%ED%A0%80", "-1", "9" * 10000])
def test_a_quarter_that_is_none_shows_this_one_and_says_so(client: Client, typed: str) -> None:
    words = text(client, f"{reverse('agreement:quarter')}?kvartal={typed}")
    assert str(Quarter.of(today())) in words


def test_the_timeline_has_a_bar_and_a_row_for_each_activity(client: Client) -> None:
    day = today()
    planning.activity(title="Lång", starts_on=day - timedelta(days=100), due_on=day + timedelta(days=100))
    planning.activity(title="Bara slut", due_on=day)
    line = timeline(readable(day), day)
    assert line
    assert [bar.activity.title for bar in line.bars] == ["Lång", "Bara slut"]
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in line.bars)
    html = client.get(reverse("agreement:timeline")).content.decode()
    assert html.count('<rect class="bar bar--city"') == 2
    assert html.count('<th scope="row">') == 2


@pytest.mark.parametrize(("years", "most"), [(1, 8), (9, 10), (300, 10), (7900, 10)])
def test_a_long_time_has_few_ticks(years: int, most: int) -> None:
    day = today()
    planning.activity(starts_on=day, due_on=day.replace(year=day.year + years, month=1, day=1))
    line = timeline(readable(day), day)
    assert line
    assert 0 < len(line.ticks) <= most


def test_the_feed_has_the_newest_updates_and_nobodys_name(client: Client) -> None:
    activity = planning.activity(title="Öva samråd", party=builders.party("Föreningen Bron"))
    planning.contact(activity)
    planning.told(activity, percent=25, sentence="Lokalen är bokad.")
    hidden = planning.told(activity, sentence="Skrivet av misstag.")
    hidden.hide(by=builders.user())
    feed = client.get(reverse("agreement:updates_feed")).content.decode()
    assert "<title>Öva samråd: Har börjat (25 %)</title>" in feed
    assert "Lokalen är bokad." in feed
    assert "misstag" not in feed
    assert "kim@example.org" not in feed


@pytest.mark.parametrize("name", ["plans", "activities", "side_by_side", "timeline", "quarter", "activities_csv", "activities_json", "updates_feed"])
def test_the_number_of_queries_is_the_same_for_one_and_three(client: Client, name: str, django_assert_max_num_queries: Callable[..., object]) -> None:
    commitment, plan = builders.commitment(), planning.plan()

    def add() -> None:
        planning.told(planning.activity(plan, commitments=(commitment,)))

    def queries(path: str) -> int:
        with django_assert_max_num_queries(12) as counted:  # type: ignore[attr-defined]
            client.get(path)
        return len(counted)

    add()
    one = queries(reverse(f"agreement:{name}"))
    add()
    add()
    assert queries(reverse(f"agreement:{name}")) == one


def test_reading_pages_take_no_post(client: Client) -> None:
    activity = planning.activity()
    names = ["plans", "activities", "side_by_side", "timeline", "quarter", "updates_feed", "activities_csv", "activities_json", "activities_schema"]
    for path in [*(reverse(f"agreement:{name}") for name in names), activity.get_absolute_url(), activity.plan.get_absolute_url()]:
        assert client.post(path).status_code == 405
    assert Activity.objects.count() == 1


def test_the_header_leads_to_the_plans(client: Client) -> None:
    header = client.get(reverse("agreement:plans")).content.decode().split("</header>")[0]
    assert '<a href="/handlingsplan/" aria-current="page">Handlingsplan</a>' in header
