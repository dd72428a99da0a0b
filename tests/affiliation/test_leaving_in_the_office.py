"""The secretary registers that a party leaves, and that it stays after all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from affiliation.models import Affiliation, AffiliationEvent
from idekom.lib.dated import today
from idekom.users.models import User

pytestmark = pytest.mark.django_db
LIST = "admin:affiliation_affiliation_changelist"


def leave(client: Client, affiliation: Affiliation, day: str) -> str:
    """Fill in the last day; gives the page that follows."""
    text = client.post(reverse("admin:affiliation_affiliation_leave", args=[affiliation.pk]), {"last_day": day}, follow=True).content.decode()
    affiliation.refresh_from_db()
    return text


def test_a_party_leaves_and_stays_after_all(make: Any, secretary: User, secretary_client: Client) -> None:
    affiliation, day = make.affiliation(), today() + timedelta(days=30)
    change = reverse("admin:affiliation_affiliation_change", args=[affiliation.pk])
    assert "Registrera att parten lämnar" in secretary_client.get(change).content.decode()
    text = leave(secretary_client, affiliation, day.isoformat())
    for shown in (
        "Det är registrerat att parten lämnar.",
        f"Sista dagen är {date_format(day, 'j F Y')}.",
        "Parten meddelade att den lämnar",
        "Kansliet",
    ):
        assert shown in text
    assert affiliation.until_on == day
    assert "Det går inte längre" in leave(secretary_client, affiliation, day.isoformat())
    stay = reverse("admin:affiliation_affiliation_stay", args=[affiliation.pk])
    assert secretary_client.get(stay).status_code == 405
    assert "Parten är kvar." in secretary_client.post(stay, follow=True).content.decode()
    assert "Det går inte längre" in secretary_client.post(stay, follow=True).content.decode()
    affiliation.refresh_from_db()
    assert affiliation.until_on is None
    assert list(AffiliationEvent.objects.values_list("action", "actor")) == [("leave", secretary.pk), ("stay", secretary.pk)]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("", "Skriv dagen som år-månad-dag"),
        ("i morgon", "Skriv dagen som år-månad-dag"),
        ("2020-01-01", "Dagen har varit."),
        ("9999-12-31", "Dagen ligger långt fram."),
        ("\x00", "Skriv dagen som år-månad-dag"),
    ],
)
def test_a_last_day_that_cannot_be_is_told(make: Any, secretary_client: Client, day: str, told: str) -> None:
    affiliation = make.affiliation()
    assert told in leave(secretary_client, affiliation, day)
    assert affiliation.until_on is None


def test_only_those_with_the_right_register_it(make: Any, sign_in: Any, client: Client, outsider_client: Client) -> None:
    affiliation, reader = make.affiliation(), make.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_affiliation"))
    browser = sign_in(User.objects.get(pk=reader.pk))
    for name in ("leave", "stay"):
        address = reverse(f"admin:affiliation_affiliation_{name}", args=[affiliation.pk])
        posted = [who.post(address, {"last_day": today().isoformat()}).status_code for who in (browser, outsider_client, client)]
        assert posted == [403, 302, 302]
    page = browser.get(reverse("admin:affiliation_affiliation_change", args=[affiliation.pk])).content.decode()
    assert (affiliation.party.name in page, "Registrera att parten lämnar" in page) == (True, False)
    affiliation.refresh_from_db()
    assert affiliation.until_on is None


def test_the_register_is_filtered_by_who_leaves_and_who_has_not_confirmed(make: Any, secretary: User, secretary_client: Client) -> None:
    stays, leaves, left = make.affiliation(), make.affiliation(), make.affiliation(until_on=today() - timedelta(days=1))
    leaves.leave(by=secretary, last_day=today())
    Affiliation.objects.filter(pk=stays.pk).update(unconfirmed_since=today())

    def found(**query: str) -> set[int]:
        return {row.pk for row in secretary_client.get(reverse(LIST), query).context["cl"].result_list}

    assert found(lage="anslutna") == {stays.pk, leaves.pk}
    assert found(lage="lamnar") == {leaves.pk}
    assert found(lage="tidigare") == {left.pk}
    assert found(bekraftad="nej") == {stays.pk}
    assert found() == {stays.pk, leaves.pk, left.pk}
