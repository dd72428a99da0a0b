"""Good examples: only what is public and may be quoted, for as long as that is so; a contact only by their own yes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreement.models import Representative
from followup.models import Example
from followup.models.examples import NoConsent
from followup.tasks import deliver_mail
from idekom.lib.dated import period, today
from idekom.lib.history import WrongStatus
from tests import builders
from tests.followup import knowing

pytestmark = pytest.mark.django_db
PATH = "/kunskap/exempel/"


def test_an_example_stands_by_commitment_in_the_partys_own_words(client: Client) -> None:
    example = knowing.example()
    html = client.get(PATH).text
    assert [word in html for word in ("Börja med fika", "Vi började med fika.", example.report.party.name, str(example.commitment))] == [True] * 4
    assert f'id="exempel-{example.pk}"' in html
    assert example.get_absolute_url() == f"{PATH}#exempel-{example.pk}"
    response = client.get(f"{PATH}?atagande={example.commitment.slug}")
    assert (response.context["total"], response.cookies, client.post(PATH).status_code) == (1, {}, 405)
    for typed in ("finns-inte", "%00", "å" * 9000):
        assert client.get(f"{PATH}?atagande={typed}").context["total"] == 1


@pytest.mark.parametrize("marks", [{"quoted": False}, {"quoted": False, "private": True}])
def test_what_may_not_be_quoted_is_no_candidate(marks: dict[str, Any]) -> None:
    answer = knowing.published(**marks)
    assert list(Example.objects.candidates()) == []
    with pytest.raises(NoConsent):
        knowing.example(answer)


def test_what_no_book_shows_is_no_candidate() -> None:
    answer = knowing.told()
    assert list(Example.objects.candidates()) == []
    book = builders.book(answer.report.round)
    assert list(Example.objects.candidates()) == [answer]
    book.unpublish(by=builders.user(), reason="Fel i boken.")
    assert list(Example.objects.candidates()) == []
    with pytest.raises(NoConsent):
        knowing.example(answer)


def test_an_answer_is_chosen_once() -> None:
    example = knowing.example()
    assert example.answer
    assert list(Example.objects.candidates()) == []
    with pytest.raises(IntegrityError, match="an_answer_is_one_example"), transaction.atomic():
        knowing.example(example.answer)


def test_it_disappears_when_the_report_is_opened_and_when_the_book_is_taken_back(client: Client) -> None:
    example = knowing.example()
    assert list(Example.objects.shown()) == [example]
    example.report.reopen(by=builders.user())
    assert (list(Example.objects.shown()), list(Example.objects.fallen())) == ([], [example])
    assert "Börja med fika" not in client.get(PATH).text
    example.report.submit(by=builders.user())
    assert list(Example.objects.shown()) == []  # the book that is out is older than what was handed in now
    book = builders.book(example.report.round)
    assert list(Example.objects.shown()) == [example]
    book.unpublish(by=builders.user(), reason="Fel i boken.")
    assert list(Example.objects.shown()) == []


@pytest.mark.parametrize(
    "changed",
    [{"words": "Något annat.", "quoted": ["example"]}, {"words": "Vi började med fika.", "quoted": []}, {"words": "", "quoted": []}],
)
def test_it_disappears_for_good_when_the_answer_is_changed_or_no_longer_quotable(changed: dict[str, Any]) -> None:
    example = knowing.example()
    report = example.report
    report.reopen(by=builders.user())
    report.answer(example.commitment, quoted=changed["quoted"], example=changed["words"])
    report.submit(by=builders.user())
    builders.book(report.round)
    assert list(Example.objects.shown()) == []
    assert list(Example.objects.fallen()) == [Example.objects.get(pk=example.pk)]


def test_private_later_disappears() -> None:
    example = knowing.example()
    example.report.reopen(by=builders.user())
    example.report.answer(example.commitment, private=["example"], example=example.words)
    example.report.submit(by=builders.user())
    builders.book(example.report.round)
    assert list(Example.objects.shown()) == []
    example.refresh_from_db()
    example.take_back(by=builders.user())
    with pytest.raises(NoConsent):
        example.publish(by=builders.user())


def test_new_words_are_taken_in_when_it_is_not_published(client: Client) -> None:
    example, by = knowing.example(), builders.user()
    example.report.reopen(by=by)
    example.report.answer(example.commitment, quoted=["example"], example="Vi börjar alltid med fika.")
    example.report.submit(by=by)
    builders.book(example.report.round)
    example = Example.objects.get(pk=example.pk)
    with pytest.raises(WrongStatus):
        example.renew(by=by)
    example.take_back(by=by, note="Nya ord.")
    example.renew(by=by)
    example.publish(by=by)
    assert "Vi börjar alltid med fika." in client.get(PATH).text
    assert [event.action for event in example.events.all()] == ["choose", "publish", "take_back", "renew", "publish"]


def test_the_database_publishes_nothing_without_consent() -> None:
    example = knowing.example(shown=False)
    example.report.reopen(by=builders.user())
    sql = "UPDATE followup_example SET status = 'published', published_at = now() WHERE id = %s"
    with pytest.raises(Error, match="an example is published by consent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [example.pk])
    other = knowing.example()
    for change in ("words = 'Annat'", "status = 'draft'"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE followup_example SET {change} WHERE id = %s", [other.pk])  # noqa: S608 - the literals above


def test_wrong_states_are_refused() -> None:
    example, by = knowing.example(), builders.user()
    with pytest.raises(WrongStatus):
        example.publish(by=by)
    example.take_back(by=by)
    with pytest.raises(WrongStatus):
        example.take_back(by=by)
    assert Example.objects.shown().count() == 0


def test_a_contact_is_asked_by_mail_and_shown_only_by_their_yes(client: Client) -> None:
    example = knowing.asked(email="kim@example.org", name="Kim Kontakt")
    deliver_mail()
    deliver_mail()
    (message,) = [one for one in mail.outbox if one.to == ["kim@example.org"]]
    assert message.subject == "Får vi visa dig som kontakt för ert exempel?"
    assert f"http://127.0.0.1:8000{example.get_consent_url()}" in message.body
    page = client.get(example.get_consent_url())
    assert "Kim Kontakt, kim@example.org" in page.text
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex, nofollow", True)
    assert "kim@example.org" not in client.get(PATH).text  # a look answers nothing
    assert "Du visas som kontakt" in client.post(example.get_consent_url(), {"svar": "ja"}, follow=True).text
    assert "kim@example.org" in client.get(PATH).text
    assert "Du visas inte" in client.post(example.get_consent_url(), {"svar": "nej"}, follow=True).text
    assert "kim@example.org" not in client.get(PATH).text
    for typed in ("", "kanske", "\x00"):
        client.post(example.get_consent_url(), {"svar": typed})
    example.refresh_from_db()
    assert (example.contact_consent, [event.action for event in example.events.all()][2:]) == ("no", ["ask_for_contact", "contact_yes", "contact_no"])


def test_a_contact_who_leaves_the_party_is_shown_no_more(client: Client) -> None:
    example = knowing.asked(email="kim@example.org")
    example.answer_contact(True)
    assert "kim@example.org" in client.get(PATH).text
    Representative.objects.filter(user__email="kim@example.org").update(period=period(today() - timedelta(days=9), today() - timedelta(days=1)))
    assert "kim@example.org" not in client.get(PATH).text


def test_asking_somebody_else_forgets_the_yes_and_the_old_link(client: Client) -> None:
    example = knowing.asked(email="kim@example.org")
    example.answer_contact(True)
    old = example.get_consent_url()
    knowing.asked(example, email="ny@example.org")
    assert client.get(old).status_code == 404
    assert "@example.org" not in client.get(PATH).text.split("<main")[1].split("</main>")[0]
    with pytest.raises(ValidationError, match="Välj någon som företräder parten"):
        example.ask_for_contact(builders.representative(), by=builders.user())


def test_a_wrong_token_and_one_that_nobody_was_asked_by_are_no_pages(client: Client) -> None:
    example = knowing.example()
    for path in (example.get_consent_url(), f"{PATH}kontakt/{'x' * 32}/"):
        assert (client.get(path).status_code, client.post(path, {"svar": "ja"}).status_code) == (404, 404)


@pytest.mark.parametrize("change", ["contact_consent = 'yes'", "contact_consent = 'maybe'", "published_at = NULL"])
def test_the_database_knows_no_consent_without_an_answer(change: str) -> None:
    example = knowing.example()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE followup_example SET {change} WHERE id = %s", [example.pk])  # noqa: S608 - the literals above


def test_three_examples_cost_as_many_queries_as_one(client: Client) -> None:
    knowing.asked().answer_contact(True)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for words in ("Två", "Tre"):
        knowing.asked(knowing.example(knowing.published(words=words))).answer_contact(True)
    with CaptureQueriesContext(connection) as three:
        assert client.get(PATH).context["total"] == 3
    assert len(three) == len(one)
