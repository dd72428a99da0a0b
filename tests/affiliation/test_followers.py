"""Following the register by mail: nothing without a yes, each new party told once, and off with one press."""

import re
import smtplib
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.emails import followers
from affiliation.models import Affiliation, Follower
from affiliation.tasks import deliver_mail, forget, tell_followers
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests.together import together

pytestmark = pytest.mark.django_db
FOLLOW = "/anslutna/folj/"
DAY = timedelta(days=1)


def follower(email: str = "lina@example.org", **fields: Any) -> Follower:
    """One who has said yes, a day ago."""
    moment = timezone.now() - DAY
    told = {"confirmed_at": moment, "told_until": moment, "notified_at": moment}
    return Follower.objects.create(**{"email": email, **told, **fields})


def told(day: Any = None) -> list[Any]:
    """The mails that the daily round sends."""
    mail.outbox.clear()
    followers.tell(day)
    return list(mail.outbox)


def test_an_address_is_asked_and_gets_nothing_before_it_has_said_yes(client: Client, make: Any) -> None:
    assert "Titta i er inkorg" in client.post(FOLLOW, {"email": " Lina@Example.org", "is_daily": "on"}).content.decode()
    deliver_mail()
    (message,) = mail.outbox
    asked = Follower.objects.get()
    assert (asked.email, message.to, message.subject) == ("lina@example.org", ["lina@example.org"], "Vill ni ha mejl från Idékom?")
    assert f"http://127.0.0.1:8000{FOLLOW}{asked.token}/" in message.body
    make.affiliation()
    assert told() == []
    shown = client.get(asked.get_absolute_url())
    assert "Ja, mejla mig" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    asked.refresh_from_db()
    assert asked.confirmed_at is None  # a look changes nothing
    for _press in range(2):
        assert "Ni får mejl från oss" in client.post(asked.get_absolute_url(), follow=True).content.decode()
    asked.refresh_from_db()
    assert asked.is_active


def test_the_answer_is_the_same_for_one_that_follows_already_and_no_mail_goes(client: Client) -> None:
    follower()
    new = client.post(FOLLOW, {"email": "ny@example.org", "is_daily": "on"}).content.decode()
    known = client.post(FOLLOW, {"email": "LINA@example.org", "is_daily": "on"}).content.decode()
    assert new == known
    deliver_mail()
    assert [message.to for message in mail.outbox] == [["ny@example.org"]]


def test_one_that_has_not_answered_is_asked_again_but_not_at_once(client: Client) -> None:
    for _time in range(3):
        client.post(FOLLOW, {"email": "ny@example.org", "is_daily": "on"})
        deliver_mail()
    assert len(mail.outbox) == 1
    Follower.objects.update(notified_at=timezone.now() - timedelta(minutes=11))
    client.post(FOLLOW, {"email": "ny@example.org", "is_daily": "on"})
    deliver_mail()
    assert len(mail.outbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) <= 2


@pytest.mark.parametrize("typed", ["", "lina", "a@b\r\nBcc: x@example.org", "lina@example.org\x00, x@example.org", "å" * 10_000, "\ufffd@x"])
def test_what_is_no_address_is_told_and_stays(client: Client, typed: str) -> None:
    html = client.post(FOLLOW, {"email": typed, "is_daily": "on"}).content.decode()
    assert re.search(r"Det finns \d sak", html)
    assert Follower.objects.count() == 0


def test_an_eleventh_form_in_ten_minutes_is_not_taken(client: Client) -> None:
    codes = [client.post(FOLLOW, {"email": f"{number}@example.org", "is_daily": "on"}).status_code for number in range(11)]
    assert codes == [200] * 10 + [429]
    assert Follower.objects.count() == 10


@pytest.mark.parametrize("path", ["", "sluta/"])
def test_a_wrong_token_is_no_page(client: Client, path: str) -> None:
    assert client.get(f"{FOLLOW}{'x' * 32}/{path}").status_code == 404


def test_stopping_deletes_the_row_by_the_button_and_by_the_mail_program() -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in ("a@example.org", "b@example.org"):
        off = reverse("affiliation:unfollow", args=[follower(address).token])
        page = strict.get(off, follow=True).content.decode()  # a mail program that only opens the link
        assert "Sluta följa" in page
        assert Follower.objects.filter(email=address).exists()
        for _press in range(2):
            answer = strict.post(off, {"List-Unsubscribe": "One-Click"})
            assert (answer.status_code, "Ni får inga fler mejl" in answer.content.decode()) == (200, True)
    assert Follower.objects.count() == 0


def test_saying_yes_needs_the_form() -> None:
    asked = Follower.objects.create(email="ny@example.org")
    assert Client(enforce_csrf_checks=True).post(asked.get_absolute_url()).status_code == 403


def test_news_name_the_parties_and_how_to_stop(make: Any) -> None:
    one = follower()
    make.affiliation(make.party("Räddningen <vid> Ån"))
    make.affiliation(make.party("Bryggan"))
    (message,) = told()
    assert message.subject == "2 nya parter är anslutna till Överenskommelsen Göteborg"
    assert message.body.index("Bryggan") < message.body.index("Räddningen <vid> Ån")
    assert "Räddningen &lt;vid&gt; Ån" in message.alternatives[0].content
    assert message.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{FOLLOW}{one.token}/sluta/>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one.get_absolute_url() in message.body


def test_many_new_parties_make_one_mail_that_says_how_many_more(make: Any) -> None:
    follower(language="en")
    for number in range(53):
        make.affiliation(make.party(f"Klubb {number:02}"))
    (message,) = told()
    assert message.body.count("/en/anslutna/part-") == 50
    assert "3" in message.body.split("Klubb 49")[1]


def test_each_party_is_told_once_whenever_it_was_registered_and_whatever_day_it_starts(make: Any) -> None:
    follower()
    tomorrow = today() + DAY
    make.affiliation(make.party("Bakdaterad"), from_on=today() - timedelta(days=3000))
    make.affiliation(make.party("I morgon"), from_on=tomorrow)
    make.affiliation(make.party("Redan slut"), from_on=today() - 9 * DAY, until_on=today() - DAY)
    (message,) = told()
    assert [name for name in ("Bakdaterad", "I morgon", "Redan slut") if name in message.body] == ["Bakdaterad"]
    assert told() == []
    (next_day,) = told(tomorrow)
    assert [name for name in ("Bakdaterad", "I morgon") if name in next_day.body] == ["I morgon"]
    Affiliation.objects.filter(party__name="I morgon").update(period=period(today() - 5 * DAY))  # its first day is corrected
    assert told(tomorrow) == told(tomorrow + 30 * DAY) == []


def test_going_on_under_another_version_is_no_news_and_coming_back_is(make: Any) -> None:
    follower()
    stayed, returned = make.party("Stannade"), make.party("Kom tillbaka")
    for party, last_day in ((stayed, today() - DAY), (returned, today() - 20 * DAY)):
        make.affiliation(party, from_on=today() - 300 * DAY, until_on=last_day)
        make.affiliation(party, from_on=today())
    (message,) = told()
    assert "Kom tillbaka" in message.body
    assert "Stannade" not in message.body


def test_one_who_says_yes_late_is_told_of_what_comes_after(make: Any) -> None:
    make.affiliation(make.party("Gammal"))
    followers.tell()
    asked = Follower.objects.create(email="sen@example.org")
    asked.confirm()
    assert told() == []
    make.affiliation(make.party("Färsk"))
    (message,) = told()
    assert "Gammal" not in message.body


def test_a_mail_server_that_is_down_loses_nothing(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    follower("a@example.org")
    follower("b@example.org")
    make.affiliation(make.party("Bryggan"))
    right = EmailBackend.send_messages

    def down_for_a(self: Any, messages: Any) -> int:
        if messages[0].to == ["a@example.org"]:
            raise smtplib.SMTPServerDisconnected("down")
        return right(self, messages)

    with monkeypatch.context() as fault:
        fault.setattr(EmailBackend, "send_messages", down_for_a)
        assert [message.to for message in told()] == [["b@example.org"]]
    make.affiliation(make.party("Lyktan"))
    sent = {message.to[0]: message.body for message in told(today() + DAY)}
    assert ("Bryggan" in sent["a@example.org"], "Bryggan" in sent["b@example.org"]) == (True, False)
    assert all("Lyktan" in body for body in sent.values())


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_mail_to_each(make: Any) -> None:
    for number in range(10):
        follower(f"f{number}@example.org")
        make.affiliation(make.party(f"Klubb {number}"))
    together(8, lambda _which: tell_followers())
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"f{number}@example.org" for number in range(10))
    assert all(message.body.count("/anslutna/part-") == 10 for message in mail.outbox)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_eight_workers_send_many_mails(make: Any) -> None:
    """The control: look who is untold, mail, note it – as one would without locking the row."""
    row = follower()
    make.affiliation()
    moment, seen = followers.announce(today()), threading.Barrier(8)

    def naive(_which: int) -> None:
        mine = Follower.objects.untold(moment).get(pk=row.pk)
        seen.wait(timeout=60)
        followers._tell(mine, today(), moment)
        Follower.objects.filter(pk=mine.pk).update(told_until=moment)

    together(8, naive)
    assert len(mail.outbox) > 1


def test_what_nobody_confirmed_is_forgotten_after_a_week_and_others_stay() -> None:
    now = timezone.now()
    Follower.objects.create(email="gammal@example.org", asked_at=now - timedelta(days=7, minutes=1))
    Follower.objects.create(email="ny@example.org", asked_at=now - timedelta(days=6, hours=23))
    follower(asked_at=now - timedelta(days=900))
    forget()
    assert sorted(Follower.objects.values_list("email", flat=True)) == ["lina@example.org", "ny@example.org"]


def test_the_secretary_can_take_an_address_away(secretary_client: Client, outsider_client: Client, secretary: User) -> None:
    address, row = reverse("admin:affiliation_follower_changelist"), follower()
    chosen = {"action": "stop", "_selected_action": [row.pk]}
    outsider_client.post(address, chosen)
    assert Follower.objects.count() == 1
    assert "1 adress är borttagen." in secretary_client.post(address, chosen, follow=True).content.decode()
    assert Follower.objects.count() == 0
