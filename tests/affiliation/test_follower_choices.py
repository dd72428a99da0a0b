"""What a follower wants to hear of: chosen when one begins, changed on one's own page, and kept whatever else is changed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.emails import followers
from affiliation.models import Follower, NewAddress
from affiliation.tasks import deliver_mail, forget
from idekom.lib.dated import today
from tests import builders
from tests.followup.knowing import follower

pytestmark = pytest.mark.django_db
FOLLOW = "/anslutna/folj/"
CHOSEN = {"is_daily": "on", "categories": ["links", "examples"]}


def choices(one: Follower) -> str:
    return reverse("affiliation:following_choices", args=[one.token])


def wishes() -> list[str]:
    return Follower.objects.get().wishes


def test_one_chooses_when_one_begins_and_the_mail_and_the_page_say_what(client: Client) -> None:
    client.post(FOLLOW, {"email": "ny@example.org", **CHOSEN})
    deliver_mail()
    (message,) = mail.outbox
    said = [part in message.body for part in ("- Nyhetsbrevet: Goda exempel", "Omvärldsbevakning", "Rådets förslag")]
    assert said == [True, True, False]
    assert wishes() == ["daily", "examples", "links"]
    assert "Goda exempel" in client.get(Follower.objects.get().get_absolute_url()).text


def test_nothing_chosen_is_told_and_the_address_stays(client: Client) -> None:
    html = client.post(FOLLOW, {"email": "ny@example.org"}).text
    assert "Välj minst en sak som ni vill ha mejl om." in html
    assert 'value="ny@example.org"' in html
    assert Follower.objects.count() == 0


@pytest.mark.parametrize("typed", ["finns-inte", "\x00", "daily", "å" * 9000, "-1"])
def test_a_category_that_does_not_exist_is_told(client: Client, typed: str) -> None:
    html = client.post(FOLLOW, {"email": "ny@example.org", "is_daily": "on", "categories": [typed]}).text
    assert re.search(r"Det finns 1 sak", html)
    assert Follower.objects.count() == 0


def test_from_the_newsletter_its_parts_are_chosen_already(client: Client) -> None:
    page = client.get(f"{FOLLOW}?nyhetsbrev=1").text
    assert (page.count(" checked"), client.get(FOLLOW).text.count(" checked")) == (6, 1)


def test_categories_survive_a_change_of_language(client: Client) -> None:
    one = follower(wishes=("daily", "examples", "links"))
    shown = client.get(choices(one)).text
    sent = {**CHOSEN, "language": "en", "email": one.email}
    assert [value for value in ("links", "examples") if re.search(rf'value="{value}"[^>]*checked', shown)] == ["links", "examples"]
    client.post(choices(one), sent)
    one.refresh_from_db()
    assert (one.language, one.wishes) == ("en", ["daily", "examples", "links"])


def test_categories_survive_a_change_of_address_before_and_after_the_new_one_says_yes(client: Client) -> None:
    one = follower(wishes=("daily", "examples", "links"))
    client.post(choices(one), {**CHOSEN, "language": "sv", "email": "ny@example.org"})
    one.refresh_from_db()
    assert (one.email, one.wishes) == ("lina@example.org", ["daily", "examples", "links"])
    deliver_mail()
    deliver_mail()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ny@example.org"], "Ska mejlen gå till den här adressen?")
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", str(message.body))
    assert link
    assert "Ja, mejla hit" in client.get(link[1]).text
    one.refresh_from_db()
    assert one.email == "lina@example.org"  # a look changes nothing
    assert "Mejlen går nu till den nya adressen." in client.post(link[1], follow=True).text
    one.refresh_from_db()
    assert (one.email, one.wishes, one.language, one.is_active) == ("ny@example.org", ["daily", "examples", "links"], "sv", True)
    assert client.get(link[1]).status_code == 404


def test_categories_survive_asking_to_follow_once_more(client: Client) -> None:
    follower(wishes=("links",))
    client.post(FOLLOW, {"email": "LINA@example.org", "is_daily": "on"})
    deliver_mail()
    assert (wishes(), mail.outbox) == (["links"], [])


def test_a_new_address_that_follows_already_becomes_one_with_the_choices_of_who_moved() -> None:
    moving, other = follower(wishes=("links",)), follower("ny@example.org", ("parties",))
    moving.move("NY@example.org")
    NewAddress.objects.get().confirm()
    assert (Follower.objects.get().email, wishes(), Follower.objects.filter(pk=other.pk).exists()) == ("ny@example.org", ["links"], False)


def test_a_stranger_is_not_asked_twice_in_ten_minutes_and_forgotten_after_a_week() -> None:
    one = follower()
    for _time in range(3):
        one.move("ny@example.org")
        deliver_mail()
    assert len(mail.outbox) == 1
    NewAddress.objects.update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    forget()
    assert (NewAddress.objects.count(), Follower.objects.count()) == (0, 1)


def test_who_wants_no_daily_mail_gets_none_and_who_begins_hears_of_what_comes(make: Any) -> None:
    one = follower(wishes=("links",), told_until=timezone.now() - timedelta(days=9))
    make.affiliation(make.party("Gammal"))
    assert followers.tell() == 0
    one.choose(["daily", "links"], language="sv")
    assert followers.tell() == 0
    make.affiliation(make.party("Färsk"))
    assert followers.tell() == 1
    assert ["Färsk" in mail.outbox[0].body, "Gammal" in mail.outbox[0].body] == [True, False]
    assert choices(one) in mail.outbox[0].body


def test_wrong_choices_are_told_and_change_nothing(client: Client) -> None:
    one = follower(wishes=("links",))
    mistakes: list[dict[str, Any]] = [{"language": "xx"}, {"email": "ingen"}, {"categories": []}, {"categories": ["nej"]}]
    for wrong in mistakes:
        sent: dict[str, Any] = {"categories": ["parties"], "language": "sv", "email": one.email} | wrong
        assert re.search(r"Det finns \d sak", client.post(choices(one), sent).text)
    one.refresh_from_db()
    assert (one.email, one.wishes, NewAddress.objects.count()) == ("lina@example.org", ["links"], 0)
    assert client.get(f"{FOLLOW}{'x' * 32}/val/").status_code == 404
    assert client.get(f"/anslutna/adress/{'x' * 32}/").status_code == 404


@pytest.mark.parametrize(("typed", "name"), [(["spam"], "follower_wishes_are_known"), ([], "a_follower_wishes_for_something")])
def test_the_database_knows_what_one_can_wish_for(typed: list[str], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        follower(wishes=tuple(typed))


def test_a_former_partys_badge_says_former_and_its_code_leads_to_the_live_entry(client: Client) -> None:
    day = today()
    now = builders.affiliation(builders.party("Kvar"))
    former = builders.affiliation(builders.party("Borta"), from_on=day - timedelta(days=90), until_on=day - timedelta(days=1))
    said = {one.party.name: client.get(reverse("affiliation:badge", args=[one.party.slug])).text for one in (now, former)}
    assert "Tidigare ansluten till" in said["Borta"]
    assert "Tidigare" not in said["Kvar"]
    assert "Ansluten till" in said["Kvar"]
    page = client.get(former.party.get_absolute_url())
    assert (page.status_code, "Borta" in page.text) == (200, True)
    code = client.get(reverse("affiliation:embed"), {"part": now.party.slug}).context["badge_code"]
    assert f'<a href="http://127.0.0.1:8000{now.party.get_absolute_url()}">' in code
