"""Answers to the notice: by link and signed in, changed until the meeting starts, all kept; and who is called in whose place."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from council.models import Answers, Mandate, Meeting, Reply, ReplyEvent
from council.models.replies import AnswersClosed, NoSubstitute
from council.tasks import deliver_mail
from idekom.lib.dated import period, today
from tests import builders
from tests.conftest import browser
from tests.council.gathering import SECRET_ITEM, SECRET_LINK, SECRET_PAPER, Gathering, gather, mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    """A called meeting, whose notices have gone."""
    made = gather()
    made.call()
    mail.outbox.clear()
    return made


def test_opening_the_link_changes_nothing_and_a_button_answers(here: Gathering) -> None:
    reply, client = here.reply(0), Client()
    page = client.get(reply.get_absolute_url())
    assert "Jag kommer inte" in page.text
    assert "Skicka min ersättare" in page.text
    assert not page.cookies.get("sessionid")
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert (here.reply(0).status, ReplyEvent.objects.count()) == ("waiting", 0)
    answered = client.post(reply.get_absolute_url(), {"svar": "come"}, follow=True)
    assert "Du har svarat att du kommer." in answered.text
    assert here.reply(0).status == "coming"


def test_who_answers_second_wins_and_all_answers_are_kept(here: Gathering) -> None:
    reply = here.reply(0)
    for verb in ("come", "come", "stay_away", "send_substitute", "come"):
        getattr(reply, verb)(by=None)
    assert reply.status == "coming"
    assert [event.action for event in reply.events.all()] == ["come", "stay_away", "send_substitute", "come"]


def test_answers_close_when_the_meeting_starts_or_is_cancelled(here: Gathering) -> None:
    reply = here.reply(0)
    with pytest.raises(AnswersClosed):
        reply.come(by=None, now=here.meeting.starts_at)
    here.meeting.cancel(by=here.office, note="Inställt.")
    with pytest.raises(AnswersClosed):
        reply.come(by=None)
    page = Client().post(reply.get_absolute_url(), {"svar": "come"}, follow=True)
    assert "Det går inte längre att svara" in page.text
    assert "Jag kommer inte" not in page.text
    assert here.reply(0).status == "waiting"


def test_link_of_somebody_who_has_left_the_seat_and_a_wrong_one_are_not_found(here: Gathering) -> None:
    reply = here.reply(0)
    Mandate.objects.get(person=here.member(0)).void(reason="Ett misstag")
    assert Client().get(reply.get_absolute_url()).status_code == 404
    assert Client().get(reverse("council:reply", args=["this-is-nobodys-secret"])).status_code == 404
    assert Client().post(reply.get_absolute_url(), {"svar": "come"}).status_code == 404


@pytest.mark.parametrize("sent", ["", "dance", "come\x00", "ask_again", "_become", "x" * 10_000])
def test_what_is_no_answer_changes_nothing(here: Gathering, sent: str) -> None:
    page = Client().post(here.reply(0).get_absolute_url(), {"svar": sent}, follow=True)
    assert page.status_code == 200
    assert "Välj ett av svaren." in page.text
    assert here.reply(0).status == "waiting"


def test_seat_without_a_substitute_has_nobody_to_send(here: Gathering) -> None:
    Mandate.objects.get(seat=here.seats[0], role="substitute").void(reason="Ett misstag")
    reply = here.reply(0)
    assert "Skicka min ersättare" not in Client().get(reply.get_absolute_url()).text
    with pytest.raises(NoSubstitute):
        reply.send_substitute(by=None)


def test_mailed_page_shows_nothing_internal(here: Gathering) -> None:
    text = Client().get(here.reply(0).get_absolute_url()).text
    assert [secret for secret in (SECRET_ITEM, SECRET_PAPER, SECRET_LINK) if secret in text] == []


def test_meeting_on_another_day_asks_again(here: Gathering) -> None:
    here.reply(0).come(by=None)
    starts_at = here.meeting.starts_at + timedelta(days=2)
    here.meeting.move(by=here.office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    deliver_mail()
    assert (here.reply(0).status, here.reply(0).about) == ("waiting", starts_at)
    assert "gäller ditt tidigare svar inte längre" in str(mails_to(here.member(0))[0].body)
    here.reply(0).come(by=None)
    here.meeting.move(by=here.office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), place="Annan sal")
    deliver_mail()
    assert here.reply(0).status == "coming"


def test_one_answer_a_member_and_meeting_in_the_database(here: Gathering) -> None:
    reply = here.reply(0)
    with pytest.raises(IntegrityError, match="a_member_answers_once_about_a_meeting"):
        Reply.objects.create(meeting=reply.meeting, person=reply.person, seat=reply.seat, about=reply.about)


def test_signed_in_member_answers_on_their_own_page(here: Gathering) -> None:
    member = browser(here.member(0).user)
    page = member.get(reverse("council:member_meeting", args=[here.meeting.pk])).text
    assert "Kommer du?" in page
    assert SECRET_ITEM in page
    assert SECRET_LINK in page
    member.post(reverse("council:member_answer", args=[here.meeting.pk]), {"svar": "stay_away"})
    reply = here.reply(0)
    assert (reply.status, reply.events.get().actor) == ("absent", here.member(0).user)


def test_member_who_came_after_the_notice_can_answer(here: Gathering) -> None:
    old = Mandate.objects.get(person=here.member(0))
    old.period = period(old.from_on, today() - timedelta(days=1))
    old.take_effect()
    successor = builders.person(name="Efterträdare", user=builders.user())
    here.seats[0].appoint(successor, role=Mandate.Role.ORDINARY, from_on=today())
    browser(successor.user).post(reverse("council:member_answer", args=[here.meeting.pk]), {"svar": "come"})
    assert Reply.objects.get(person=successor).status == "coming"


def test_others_find_nothing_and_get_requests_are_refused(here: Gathering, outsider: Any) -> None:
    url = reverse("council:member_answer", args=[here.meeting.pk])
    assert browser(outsider).post(url, {"svar": "come"}).status_code == 404
    assert browser(here.substitute(0).user).post(url, {"svar": "come"}).status_code == 404
    assert browser(here.member(0).user).get(url).status_code == 405
    assert Client().post(url, {"svar": "come"}).url.startswith("/konto/")  # type: ignore[attr-defined]
    stranger = gather()
    assert browser(stranger.member(0).user).get(reverse("council:member_meeting", args=[here.meeting.pk])).status_code == 404


def test_secretary_sees_the_answers_and_notes_one(here: Gathering, secretary_client: Client) -> None:
    here.reply(0).come(by=None)
    here.reply(1).stay_away(by=None)
    deliver_mail()
    url = reverse("admin:council_reply_answers", args=[here.meeting.pk])
    page = secretary_client.get(url).text
    assert "1 av 4 platser har någon som kommer." in page
    assert "Kommer: 1. Kommer inte: 1. Har inte svarat: 2." in page
    noted = secretary_client.post(reverse("admin:council_reply_answer", args=[here.reply(2).pk]), {"svar": "come"}, follow=True)
    assert "Svaret från Ledamot 2 är antecknat." in noted.text
    assert here.reply(2).status == "coming"
    assert secretary_client.get(reverse("admin:council_reply_answer", args=[here.reply(2).pk])).status_code == 405
    assert browser(here.member(0).user).get(url).status_code == 302


def test_reminder_is_previewed_and_goes_once_a_day_to_those_who_are_silent(here: Gathering, secretary_client: Client) -> None:
    here.reply(0).come(by=None)
    url = reverse("admin:council_reply_remind", args=[here.meeting.pk])
    page = secretary_client.get(url).text
    assert "Ledamot 1" in page
    assert "Ledamot 0" not in page
    assert "Du har inte svarat på kallelsen än." in page
    assert here.reply(1).token not in page
    assert mail.outbox == []
    for _again in range(2):
        secretary_client.post(url)
        deliver_mail()
    assert sorted(one.to[0] for one in mail.outbox) == sorted(here.member(n).user.email for n in (1, 2, 3))  # type: ignore[union-attr]
    assert here.reply(1).token in str(mails_to(here.member(1))[0].body)


def test_reminded_member_who_answered_meanwhile_gets_no_mail(here: Gathering) -> None:
    assert Reply.objects.remind(here.meeting, by=here.office, day=today()) == 4
    here.reply(0).come(by=None)
    deliver_mail()
    assert len(mails_to(here.member(0))) == 0
    assert len(mail.outbox) == 3


def test_desk_costs_the_same_for_one_seat_and_three(here: Gathering, django_assert_num_queries: Any) -> None:
    few = gather()
    for seat in few.seats[1:]:
        for mandate in seat.mandates.all():
            mandate.void(reason="Platsen är tom")
    few.call()
    for meeting in (few.meeting, here.meeting):
        with django_assert_num_queries(6):
            answers = Answers.of(Meeting.objects.select_related("body").get(pk=meeting.pk))
            assert [row.cannot_be_mailed for row in answers.rows] == [False] * 4


def test_my_meetings_lists_them_with_the_answers(here: Gathering) -> None:
    here.reply(0).come(by=None)
    begun = timezone.now() - timedelta(days=30)
    builders.meeting(here.meeting.body, starts_at=begun, ends_at=begun + timedelta(hours=1), place="Gamla salen")
    page = browser(here.member(0).user).get(reverse("council:my_meetings")).text
    assert "Du kommer" in page
    assert "Möten som har varit" in page
    assert "Inga möten är planerade" in browser(builders.user()).get(reverse("council:my_meetings")).text
