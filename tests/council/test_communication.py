"""The communication plan: what remains, what is late in words, and what is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council.models import Communication
from idekom.lib.dated import today

pytestmark = pytest.mark.django_db
PATH = "/radet/kommunikationsplan/"


def row(audience: str = "Föreningar", *, days: int = 10, **fields: Any) -> Communication:
    told = {"purpose": "Fler ansluter sig", "content": "Vad det betyder", "channel": "Träff", "who": "Arbetsgruppen"}
    return Communication.objects.create(**{"audience": audience, "due_on": today() + timedelta(days=days), **told, **fields})


def test_the_plan_shows_what_remains_and_what_is_late_in_words(client: Client) -> None:
    for audience, days in (("Sist", 30), ("Idag", 0), ("Sen", -1)):
        row(audience, days=days)
    row("Färdig", days=-9, done_on=today() - timedelta(days=10))
    page = client.get(PATH)
    assert [one.audience for one in page.context["remaining"]] == ["Sen", "Idag", "Sist"]
    assert [one.audience for one in page.context["done"]] == ["Färdig"]
    assert "1 rad är försenad." in page.text
    assert page.text.count("Försenad</span>") == 1
    assert (page.cookies, client.post(PATH).status_code) == ({}, 405)


def test_a_row_is_late_from_the_day_after_and_done_is_never_late() -> None:
    day, one = today(), row(days=0)
    assert list(Communication.objects.overdue(day)) == []
    assert list(Communication.objects.overdue(day + timedelta(days=1))) == [one]
    assert Communication.objects.all().finish(day) == 1
    assert list(Communication.objects.overdue(day + timedelta(days=1))) == []
    assert Communication.objects.all().finish(day + timedelta(days=5)) == 0
    one.refresh_from_db()
    assert one.done_on == day


@pytest.mark.parametrize("field", ["audience", "purpose", "content", "channel", "who"])
def test_a_row_says_it_all(field: str) -> None:
    told: dict[str, Any] = {"audience": "Alla", field: ""}
    with pytest.raises(IntegrityError, match="a_communication_says_to_whom_why_what_and_how"), transaction.atomic():
        row(told.pop("audience"), **told)


def test_an_empty_plan_says_so(client: Client) -> None:
    assert "Planen är tom" in client.get(PATH).text


def test_the_secretary_is_told_of_late_rows_and_notes_them_done(secretary_client: Client, outsider_client: Client) -> None:
    late = row("Nämnder", days=-4)
    assert "Försenade rader i kommunikationsplanen" in secretary_client.get(reverse("admin:index")).text
    address = reverse("admin:council_communication_changelist")
    assert "Nämnder" in secretary_client.get(f"{address}?lage=sena").text
    chosen = {"action": "finish", "_selected_action": [late.pk]}
    outsider_client.post(address, chosen)
    late.refresh_from_db()
    assert late.done_on is None
    assert "1 rad är gjord." in secretary_client.post(address, chosen, follow=True).text
    late.refresh_from_db()
    assert late.done_on == today()


def test_three_rows_cost_as_many_queries_as_one(client: Client) -> None:
    row()
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    row("Två")
    row("Tre", days=-3)
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(PATH).context["remaining"]) == 3
    assert len(three) == len(one)
