"""The newsletter: drafted from what happened, mended, published, and mailed once to each who wants a part of it."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from affiliation.models import Affiliation, Wish
from agreement.models import Link
from followup.emails import newsletters as mails
from followup.gathering import Month, gather
from followup.models import Example, Newsletter, NewsletterCopy
from followup.models.newsletters import Empty
from followup.tasks import deliver_mail
from idekom.lib.dated import period
from idekom.lib.history import WrongStatus
from tests import builders
from tests.followup import knowing
from tests.together import together

pytestmark = pytest.mark.django_db
PATH = "/kunskap/nyhetsbrev/"
MARCH = date(2026, 3, 1)


def at(day: int, hour: int = 12, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("day", "first", "following", "before"),
    [("2026-12-31", "2026-12-01", "2027-01-01", "2026-11-01"), ("2028-02-29", "2028-02-01", "2028-03-01", "2028-01-01")],
)
def test_a_month_ends_where_the_next_begins(day: str, first: str, following: str, before: str) -> None:
    month = Month(date.fromisoformat(day))
    assert (month.first.isoformat(), month.next.isoformat(), month.before.isoformat()) == (first, following, before)


def test_what_happened_in_the_month_is_gathered_and_nothing_else() -> None:
    inside, again = builders.party("Bryggan [vid] *ån*"), builders.party("Stannade")
    builders.affiliation(inside, from_on=date(2026, 3, 31))
    builders.affiliation(builders.party("Före"), from_on=date(2026, 2, 28))
    builders.affiliation(builders.party("Efter"), from_on=date(2026, 4, 1))
    builders.affiliation(again, from_on=date(2020, 1, 1), until_on=date(2026, 3, 9))
    builders.affiliation(again, from_on=date(2026, 3, 10))
    Link.objects.create(url="https://omvarld.example.org/1", title="Samråd", why="Läs den.", published_on=date(2026, 3, 1))
    Link.objects.create(url="https://omvarld.example.org/2", title="Sen", why="Läs den.", published_on=date(2026, 4, 1))
    held = builders.meeting(starts_at=at(12), ends_at=at(12, 14), status="held")
    builders.meeting(starts_at=at(13), ends_at=at(13, 14))  # not held
    example = knowing.example()
    Example.objects.update(published_at=at(20))
    Affiliation.objects.filter(party=example.report.party).update(period=period(date(2020, 1, 1)))
    texts = gather(MARCH)
    assert texts[Wish.PARTIES]["text_sv"] == f"- [Bryggan \\[vid\\] \\*ån\\*](http://127.0.0.1:8000{inside.get_absolute_url()})"
    assert texts[Wish.LINKS]["text_sv"] == "- [Samråd](<https://omvarld.example.org/1>): Läs den."
    assert texts[Wish.MEETINGS]["text_sv"] == f"- [{held.body} möttes den 12 mars 2026](http://127.0.0.1:8000{held.get_absolute_url()})"
    assert "Börja med fika" in texts[Wish.EXAMPLES]["text_sv"]
    assert "/en/kunskap/exempel/" in texts[Wish.EXAMPLES]["text_en"]
    assert texts[Wish.PROPOSALS]["text_sv"] == ""


def test_a_book_and_a_forum_of_the_month_are_told() -> None:
    forum = builders.forum(starts_at=at(5), ends_at=at(5, 15), closes_on=date(2026, 2, 1))
    book = builders.book(forum.round)
    type(book).objects.update(published_at=at(31, 23))
    told = gather(MARCH)[Wish.FOLLOWUP]["text_sv"]
    assert f"Sammanställningen för {forum.round.year} är publicerad" in told
    assert "Dialogforum den 5 mars 2026" in told
    assert gather(date(2026, 4, 2))[Wish.FOLLOWUP]["text_sv"] == ""


def test_a_month_has_one_newsletter_and_drafting_again_changes_nothing() -> None:
    made = knowing.newsletter(shown=False)
    again = knowing.newsletter(date(2026, 3, 17), shown=False, parties="- Något annat")
    assert (again.pk, [part.text for part in made.parts()]) == (made.pk, ["- Bryggan är ny", "- Läs om samråd"])
    made.gather_again({Wish.PARTIES: {"text_sv": "- Nytt"}}, by=builders.user())
    assert [part.text for part in Newsletter.objects.get().parts()] == ["- Nytt"]
    made.publish(by=builders.user())
    with pytest.raises(WrongStatus):
        made.gather_again({}, by=builders.user())


def test_a_draft_is_nowhere_and_what_is_published_has_its_page(client: Client) -> None:
    draft = knowing.newsletter(shown=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Inget nyhetsbrev är publicerat än" in client.get(PATH).text
    draft.publish(by=builders.user())
    assert draft.get_absolute_url() == f"{PATH}2026-03/"
    page = client.get(f"{PATH}2026-03/")
    assert ["Nyhetsbrev mars 2026" in page.text, "Bryggan är ny" in page.text, "<h2>Omvärldsbevakning</h2>" in page.text] == [True] * 3
    assert "Bryggan är ny (en)" in client.get(f"/en{PATH}2026-03/").text
    assert (page.cookies, client.post(f"{PATH}2026-03/").status_code) == ({}, 405)
    draft.take_back(by=builders.user())
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", ["2026-13/", "2026-00/", "0000-01/", "2026-3/", "26-03/", "2026-03-01/"])
def test_what_is_no_month_is_no_page(client: Client, path: str) -> None:
    assert client.get(PATH + path).status_code == 404


def test_an_empty_newsletter_is_not_published_and_a_draft_is_not_sent() -> None:
    empty = knowing.newsletter(shown=False, parties="")
    with pytest.raises(Empty):
        empty.publish(by=builders.user())
    with pytest.raises(WrongStatus):
        empty.send(by=builders.user())
    assert NewsletterCopy.objects.count() == 0


def test_each_gets_once_just_the_parts_that_they_have_chosen() -> None:
    knowing.follower("a@example.org", ("parties", "meetings"))
    knowing.follower("b@example.org", ("links",), language="en")
    knowing.follower("c@example.org", ("daily", "meetings"))
    knowing.follower("d@example.org", ("parties",), confirmed_at=None)
    newsletter = knowing.newsletter()
    assert newsletter.send(by=builders.user()) == 2
    for _time in range(2):
        deliver_mail()
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == ["a@example.org", "b@example.org"]
    assert len(mail.outbox) == 2
    assert ["Bryggan är ny" in sent["a@example.org"].body, "samråd" in sent["a@example.org"].body] == [True, False]
    assert "Läs om samråd (en)" in sent["b@example.org"].body
    assert (sent["a@example.org"].subject, sent["b@example.org"].subject) == ("Idékom: Nyhetsbrev mars 2026", sent["b@example.org"].subject)
    assert sent["a@example.org"].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with pytest.raises(WrongStatus):
        newsletter.send(by=builders.user())


def test_in_plain_text_a_link_is_its_words_and_its_address() -> None:
    told = "- [Bryggan \\[vid\\] \\*ån\\*](http://127.0.0.1:8000/anslutna/x/)\n- [En](<https://e.example.org/3>): Därför. [inte en länk]"
    read = "- Bryggan [vid] *ån* <http://127.0.0.1:8000/anslutna/x/>\n- En <https://e.example.org/3>: Därför. [inte en länk]"
    assert mails.as_text(told) == read


def test_who_stops_or_chooses_otherwise_before_the_mail_goes_gets_nothing() -> None:
    leaving, choosing = knowing.follower("a@example.org"), knowing.follower("b@example.org")
    knowing.newsletter().send(by=builders.user())
    leaving.stop()
    choosing.choose(["daily"], language="sv")
    deliver_mail()
    assert mail.outbox == []
    assert NewsletterCopy.objects.filter(notified_at=None).count() == 0


def test_what_has_been_sent_stays_in_the_database_too() -> None:
    newsletter = knowing.newsletter()
    newsletter.sections.filter(category="links").update(text="- Rättat")  # until it has been sent
    newsletter.send(by=builders.user())
    statements = (
        "UPDATE followup_newsletterpart SET text_sv = 'x'",
        "DELETE FROM followup_newsletterpart",
        "UPDATE followup_newsletter SET introduction_sv = 'x'",
        "UPDATE followup_newsletter SET status = 'draft'",
    )
    for sql in statements:
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("month = '2026-03-02'", "a_newsletter_is_of_a_month"),
        ("published_at = NULL", "a_shown_newsletter_has_its_day"),
    ],
)
def test_constraints_of_a_newsletter(change: str, name: str) -> None:
    knowing.newsletter()
    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE followup_newsletter SET {change}")  # noqa: S608 - the literals above


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_one_mail_to_each() -> None:
    for number in range(10):
        knowing.follower(f"f{number}@example.org")
    knowing.newsletter().send(by=builders.user())
    together(8, lambda _which: deliver_mail())
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"f{number}@example.org" for number in range(10))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_eight_workers_send_many_mails() -> None:
    """The control: look which copy waits, mail, note it – as one would without locking the row."""
    knowing.follower()
    knowing.newsletter().send(by=builders.user())
    seen = threading.Barrier(8)

    def naive(_which: int) -> None:
        copy: Any = NewsletterCopy.objects.select_related("newsletter", "follower").get(notified_at=None)
        seen.wait(timeout=60)
        mails.notify(copy)
        NewsletterCopy.objects.filter(pk=copy.pk).update(notified_at=timezone.now() + timedelta(0))

    together(8, naive)
    assert len(mail.outbox) > 1
