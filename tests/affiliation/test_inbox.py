"""The inbox with many cases, its filters, and the list of what waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Affiliation, Application, Correction
from idekom.lib.dated import today
from idekom.users.models import User

pytestmark = pytest.mark.django_db
INBOX = "admin:affiliation_application_changelist"


def inbox(client: Client, **query: str) -> list[str]:
    """The names in the inbox."""
    return [case.name for case in client.get(reverse(INBOX), query).context["cl"].result_list]


@pytest.fixture
def old(make: Any) -> Any:
    """old(name, days): an application that was sent in so many days ago."""

    def make_old(name: str, days: int, **fields: Any) -> Application:
        case: Application = make.application(name=name, **fields)
        Application.objects.filter(pk=case.pk).update(submitted_at=timezone.localtime() - timedelta(days=days))
        return case

    return make_old


def test_filters_by_age_meet_without_gap_or_overlap(old: Any, secretary_client: Client) -> None:
    for days in (0, 7, 8, 14, 15, 40):
        old(f"{days}", days)
    assert inbox(secretary_client, alder="0-7") == ["7", "0"]
    assert inbox(secretary_client, alder="8-14") == ["14", "8"]
    assert inbox(secretary_client, alder="over-14") == ["40", "15"]
    assert inbox(secretary_client, alder="x") == ["40", "15", "14", "8", "7", "0"]


def test_filters_by_handler(old: Any, make: Any, secretary: User, secretary_client: Client) -> None:
    colleague = make.user(name="Hugo", is_staff=True, is_superuser=True)
    old("min", 3).assign(secretary, by=secretary)
    old("hugos", 2).assign(colleague, by=secretary)
    old("ingens", 1)
    assert inbox(secretary_client, handlaggare="mina") == ["min"]
    assert inbox(secretary_client, handlaggare="ingen") == ["ingens"]
    assert inbox(secretary_client, handlaggare=str(colleague.pk)) == ["hugos"]
    assert inbox(secretary_client, handlaggare="9" * 30) == ["min", "hugos", "ingens"]
    assert "Hugo" in secretary_client.get(reverse(INBOX)).content.decode()


def test_filters_by_turn_status_and_source(old: Any, secretary: User, secretary_client: Client) -> None:
    old("väntar", 3)
    asked = old("frågad", 2)
    asked.ask_for_completion(by=secretary, note="x", fields=["name"])
    old("tillbaka", 1).withdraw()
    assert inbox(secretary_client) == ["väntar", "frågad"]
    assert inbox(secretary_client, lage="beslut") == ["väntar"]
    assert inbox(secretary_client, lage="komplettering") == ["frågad"]
    assert inbox(secretary_client, status="withdrawn") == ["tillbaka"]
    assert inbox(secretary_client, status="draft") == []
    assert inbox(secretary_client, source__exact="paper") == []


def test_search_finds_the_register_number_and_closed_cases(old: Any, secretary_client: Client) -> None:
    case = old("Näverluren", 3)
    case.enter_in_registry("0390/26", "")
    case.withdraw()
    assert inbox(secretary_client, q="0390/26") == ["Näverluren"]
    assert inbox(secretary_client, q="0390/26", lage="oppna") == []


@pytest.mark.parametrize("page", ["", "?lage=alla&handlaggare=ingen&alder=0-7"])
def test_queries_do_not_grow_with_the_inbox(make: Any, secretary: User, secretary_client: Client, page: str) -> None:
    counts, made, sector = [], 0, make.sector()
    for wanted in (1, 3, 300):
        for number in range(made, wanted):
            make.application(name=f"Förening {number}", sector=sector, handler=secretary if not page else None)
        made = wanted
        secretary_client.get(reverse(INBOX) + page)
        with CaptureQueriesContext(connection) as queries:
            shown = secretary_client.get(reverse(INBOX) + page).context["cl"].result_list
        counts.append((len(shown), len(queries)))
    assert [shown for shown, _queries in counts] == [1, 3, 100]
    assert len({queries for _shown, queries in counts}) == 1


def test_what_waits_is_counted_and_linked_to_just_that(old: Any, make: Any, secretary: User, secretary_client: Client) -> None:
    old("sen", 20).assign(secretary, by=secretary)
    old("ny", 2)
    old("frågad", 30).ask_for_completion(by=secretary, note="x", fields=["name"])
    old("klar", 50).withdraw()
    affiliation = make.affiliation()
    Affiliation.objects.filter(pk=affiliation.pk).update(unconfirmed_since=today())
    Correction.suggest(affiliation.party, field="name", value="Nytt namn")
    todo = {waiting.label: waiting for waiting in secretary_client.get(reverse("admin:index")).context["todo"]}
    wanted = {
        "Ansökningar som väntar på beslut": ["sen", "ny"],
        "Ansökningar som har väntat på beslut i mer än 14 dagar": ["sen"],
        "Öppna ansökningar som är mina": ["sen"],
        "Öppna ansökningar utan handläggare": ["frågad", "ny"],
        "Ansökningar som väntar på komplettering": ["frågad"],
    }
    for label, names in wanted.items():
        found = [case.name for case in secretary_client.get(todo[label].url).context["cl"].result_list]
        assert (label, todo[label].count, found) == (label, len(names), names)
    assert todo["Ansökningar som väntar på beslut"].detail == "den äldsta i 20 dagar"
    unconfirmed = todo["Anslutningar som inte är bekräftade"]
    assert [row.party for row in secretary_client.get(unconfirmed.url).context["cl"].result_list] == [affiliation.party]


def test_an_empty_office_has_nothing_to_do(secretary_client: Client) -> None:
    assert secretary_client.get(reverse("admin:index")).context["todo"] == []
