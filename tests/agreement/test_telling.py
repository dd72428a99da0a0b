"""The page behind the link in the mail, and the same for whoever is signed in for the party."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from agreement.models import Activity, ActivityUpdate, Representative
from idekom.lib.dated import today
from tests import builders
from tests.agreement import planning
from tests.payloads import NASTY

pytestmark = pytest.mark.django_db
GOOD = {"sentence": "Två av fyra träffar är hållna.", "percent": "50"}


def link(**fields: Any) -> tuple[Activity, str]:
    activity = planning.activity(title="Öva samråd", **fields)
    return activity, reverse("agreement:tell", args=[planning.contact(activity).token])


def test_the_link_opens_one_form_and_changes_nothing(client: Client) -> None:
    _activity, path = link()
    response = client.get(path)
    html = response.content.decode()
    assert html.count("<form") == 1
    assert "Öva samråd" in html
    assert "Hur långt har ni kommit?" in html
    assert ActivityUpdate.objects.count() == 0
    assert (response.headers["X-Robots-Tag"], "no-store" in response.headers["Cache-Control"]) == ("noindex, nofollow", True)


def test_the_link_updates_its_activity_and_no_other(client: Client) -> None:
    activity, path = link()
    other = planning.activity()
    response = client.post(path, GOOD, follow=True)
    update = activity.updates.get()
    assert (update.sentence, update.percent, update.way, update.by, update.party) == (GOOD["sentence"], 50, "link", None, activity.party)
    assert other.updates.count() == 0
    assert "Tack. Uppgiften är sparad" in response.content.decode()
    assert GOOD["sentence"] in client.get(activity.get_absolute_url()).content.decode()


def test_a_signed_in_reader_of_the_link_is_not_named(sign_in: Callable[..., Client]) -> None:
    activity, path = link()
    sign_in(builders.user()).post(path, GOOD)
    assert activity.updates.get().by is None


def test_pressing_twice_tells_once(client: Client) -> None:
    activity, path = link()
    key = str(uuid4())
    for _press in range(3):
        client.post(path, GOOD | {"key": key})
    assert activity.updates.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"sentence": "", "percent": "50"}, "Skriv en mening om hur det går."),
        ({"sentence": "x" * 281, "percent": "50"}, "Korta meningen till högst 280 tecken. Nu är den 281 tecken."),
        ({"sentence": "Bra."}, "Välj det som stämmer bäst."),
        ({"sentence": "Bra.", "percent": "-1"}, "Välj det som stämmer bäst."),
        ({"sentence": "Bra.", "percent": "101"}, "Välj det som stämmer bäst."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(client: Client, typed: dict[str, str], told: str) -> None:
    activity, path = link()
    html = client.post(path, typed).content.decode()
    assert told in html
    assert typed["sentence"] in html
    assert activity.updates.count() == 0


@pytest.mark.parametrize("bad", NASTY.values(), ids=NASTY)
def test_no_input_breaks_the_page(client: Client, bad: str) -> None:
    _activity, path = link()
    for field in ("sentence", "percent", "key"):
        assert client.post(path, {**GOOD, field: bad}).status_code in {200, 302}


def test_a_sentence_is_kept_on_one_line(client: Client) -> None:
    activity, path = link()
    client.post(path, {"sentence": " Två\r\nträffar  är\thållna. ", "percent": "25"})
    assert activity.updates.get().sentence == "Två träffar är hållna."


@pytest.mark.parametrize("verb", ["finish", "cancel"])
def test_an_ended_activity_takes_no_update(client: Client, verb: str) -> None:
    activity, path = link()
    getattr(activity, verb)(by=builders.user())
    html = client.post(path, GOOD, follow=True).content.decode()
    assert "Nu går det inte att lämna fler uppgifter om den." in html
    assert "<form" not in html
    assert activity.updates.count() == 0


def test_wrong_renewed_and_revoked_links_lead_nowhere(client: Client) -> None:
    activity, path = link()
    assert client.get(reverse("agreement:tell", args=["fel-lank"])).status_code == 404
    activity.contact.renew(by=builders.user())
    assert client.post(path, GOOD).status_code == 404
    renewed = reverse("agreement:tell", args=[activity.contact.token])
    assert client.get(renewed).status_code == 200
    activity.contact.revoke(by=builders.user())
    for dead in (renewed, reverse("agreement:tell", args=[activity.contact.token]), reverse("agreement:told", args=[activity.contact.token])):
        assert client.get(dead).status_code == 404
    assert activity.updates.count() == 0


def test_the_form_takes_thirty_an_hour_from_one_place(client: Client) -> None:
    activity, path = link()
    answers = [client.post(path, GOOD).status_code for _number in range(31)]
    assert (answers.count(302), answers[-1]) == (30, 429)
    assert activity.updates.count() == 30


def test_a_reporter_finds_and_updates_the_partys_activities(sign_in: Callable[..., Client]) -> None:
    acts = builders.representative(role=Representative.Role.REPORTER)
    activity = planning.activity(title="Öva samråd", party=acts.party)
    planning.activity(title="Någon annans")
    browser = sign_in(acts.user)
    mine = browser.get(reverse("my_pages")).content.decode()
    assert "Våra aktiviteter" in mine
    assert "Någon annans" not in mine
    path = reverse("agreement:own_activity", args=[activity.slug])
    assert path in mine
    html = browser.post(path, GOOD, follow=True).content.decode()
    update = activity.updates.get()
    assert "Tack. Uppgiften är sparad" in html
    assert (update.way, update.by, update.party) == ("account", acts.user, acts.party)


def test_my_pages_have_no_heading_for_activities_when_there_are_none(sign_in: Callable[..., Client]) -> None:
    assert "Våra aktiviteter" not in sign_in(builders.representative().user).get(reverse("my_pages")).content.decode()


def test_others_cannot_update_the_partys_activities(sign_in: Callable[..., Client], client: Client) -> None:
    acts = builders.representative(role=Representative.Role.READER)
    activity = planning.activity(party=acts.party)
    former = builders.representative(acts.party)
    builders.representative(acts.party)
    former.end(today())
    path = reverse("agreement:own_activity", args=[activity.slug])
    for user in (acts.user, former.user, builders.representative().user, builders.user()):
        assert sign_in(user).get(path).status_code == 404
        assert sign_in(user).post(path, GOOD).status_code == 404
    assert client.post(path, GOOD).headers["Location"].startswith(reverse("account_login"))
    assert activity.updates.count() == 0


def test_my_pages_take_as_many_queries_for_one_and_three_activities(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    acts, plan = builders.representative(), planning.plan()
    browser = sign_in(acts.user)

    def queries() -> int:
        with django_assert_max_num_queries(30) as counted:
            assert browser.get(reverse("my_pages")).status_code == 200
        return len(counted)

    planning.activity(plan, party=acts.party)
    queries()
    one = queries()
    for _number in range(2):
        planning.told(planning.activity(plan, party=acts.party))
    assert queries() == one
