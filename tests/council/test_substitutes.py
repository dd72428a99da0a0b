"""Substitutes are asked in turn until one says yes; who comes second, or is not needed any more, is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from council.models import Answers, Mandate, Meeting, Person, SubstituteRequest, replies, substitutes
from council.models.replies import AnswersClosed
from council.models.substitutes import NotNeeded, answer_by
from council.tasks import deliver_mail, sweep
from tests.conftest import browser
from tests.council.gathering import SECRET_ITEM, SECRET_LINK, SECRET_PAPER, Gathering, everything, gather, mails_to
from tests.together import together

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=25)


@pytest.fixture
def here() -> Gathering:
    """A meeting in a week whose member 0 does not come."""
    made = gather()
    made.call()
    made.reply(0).stay_away(by=None)
    mail.outbox.clear()
    return made


def asked(here: Gathering) -> list[tuple[str, str]]:
    """(who, how it stands), in the order in which they were asked."""
    rows = SubstituteRequest.objects.filter(meeting=here.meeting).order_by("asked_at", "pk").select_related("person")
    return [(one.person.name, one.status) for one in rows]


def request_to(person: Person) -> SubstituteRequest:
    """The question to somebody."""
    return SubstituteRequest.objects.get(person=person)


def test_own_substitute_is_asked_first_once_by_mail(here: Gathering) -> None:
    sweep()
    sweep()
    assert asked(here) == [("Ersattare 0", "asked")]
    (message,) = mails_to(here.substitute(0))
    assert message.subject.startswith("Kan du komma i stället?")
    assert request_to(here.substitute(0)).token in str(message.body)
    assert "Ledamot 0 kan inte komma" in str(message.body)
    assert message.attachments == []


def test_next_one_is_asked_after_a_day_in_order_of_nearness_and_never_from_the_other_side(here: Gathering) -> None:
    now = timezone.now()
    for day in range(6):
        SubstituteRequest.objects.call(now + day * DAY)
        SubstituteRequest.objects.call(now + day * DAY)
    assert asked(here) == [("Ersattare 0", "expired"), ("Ersattare 1", "expired"), ("Ersattare 2", "expired")]


def test_nobody_is_passed_over_before_the_time_is_out(here: Gathering) -> None:
    now = timezone.now()
    SubstituteRequest.objects.call(now)
    SubstituteRequest.objects.call(now + timedelta(hours=23))
    assert asked(here) == [("Ersattare 0", "asked")]


@pytest.mark.parametrize(("ahead", "patience"), [(200, 24), (96, 24), (40, 10), (4, 1), (2, 1), (0.5, 0.5)])
def test_time_to_answer_is_shorter_when_the_meeting_is_near(ahead: float, patience: float) -> None:
    now = timezone.now()
    assert answer_by(now, now + timedelta(hours=ahead)) == now + timedelta(hours=patience)


def test_no_goes_on_to_the_next_at_once_and_yes_ends_it(here: Gathering) -> None:
    sweep()
    client, first = Client(), request_to(here.substitute(0))
    assert "Ja, jag kommer" in client.get(first.get_absolute_url()).text
    assert asked(here) == [("Ersattare 0", "asked")]
    client.post(first.get_absolute_url(), {"svar": "decline"})
    sweep()
    second = request_to(here.substitute(1))
    client.post(second.get_absolute_url(), {"svar": "accept"})
    sweep()
    assert asked(here) == [("Ersattare 0", "declined"), ("Ersattare 1", "accepted")]
    assert "Tack, du är med" in client.get(second.get_absolute_url()).text


def test_who_says_yes_gets_everything_and_the_member_is_told(here: Gathering) -> None:
    sweep()
    (question,) = mails_to(here.substitute(0))
    assert [secret for secret in (SECRET_ITEM, SECRET_PAPER, SECRET_LINK) if secret in everything(question)] == []
    page = Client().get(request_to(here.substitute(0)).get_absolute_url()).text
    assert [secret for secret in (SECRET_ITEM, SECRET_PAPER, SECRET_LINK) if secret in page] == []
    request_to(here.substitute(0)).accept(by=None)
    mail.outbox.clear()
    deliver_mail()
    (confirmed,) = mails_to(here.substitute(0))
    assert all(secret in everything(confirmed) for secret in (SECRET_ITEM, SECRET_PAPER, SECRET_LINK))
    (told,) = mails_to(here.member(0))
    assert told.subject == "Ersattare 0 kommer i stället för dig"
    assert [row.substitute.name for row in Answers.of(here.meeting).rows if row.substitute] == ["Ersattare 0"]


def test_member_who_comes_after_all_releases_the_substitute_who_is_told(here: Gathering) -> None:
    sweep()
    request_to(here.substitute(0)).accept(by=None)
    deliver_mail()
    mail.outbox.clear()
    here.reply(0).come(by=None)
    sweep()
    assert asked(here) == [("Ersattare 0", "released")]
    (message,) = mails_to(here.substitute(0))
    assert message.subject.startswith("Du behövs inte")
    assert "METHOD:CANCEL" in everything(message)
    here.reply(0).stay_away(by=None)
    sweep()
    assert asked(here) == [("Ersattare 0", "asked")]


def test_late_yes_counts_as_long_as_nobody_else_has_said_it(here: Gathering) -> None:
    now = timezone.now()
    SubstituteRequest.objects.call(now)
    SubstituteRequest.objects.call(now + DAY)
    request_to(here.substitute(0)).accept(by=None)
    assert asked(here) == [("Ersattare 0", "accepted"), ("Ersattare 1", "released")]
    with pytest.raises(NotNeeded):
        request_to(here.substitute(1)).accept(by=None)
    page = Client().post(request_to(here.substitute(1)).get_absolute_url(), {"svar": "accept"}, follow=True).text
    assert "Ingen ersättare behövs längre" in page
    assert "någon annan hann före" in page


def test_two_seats_never_ask_the_same_person(here: Gathering) -> None:
    here.reply(1).stay_away(by=None)
    here.reply(2).stay_away(by=None)
    sweep()
    request_to(here.substitute(0)).decline(by=None)
    sweep()
    assert asked(here) == [("Ersattare 0", "declined"), ("Ersattare 1", "asked"), ("Ersattare 2", "asked")]


def test_whoever_cannot_be_mailed_or_sits_at_the_meeting_is_passed_over(here: Gathering) -> None:
    first = here.substitute(0)
    first.user = None
    first.save()
    here.seats[1].mandates.get(role="substitute").void(reason="Fel person")
    here.seats[1].appoint(here.member(2), role=Mandate.Role.SUBSTITUTE, from_on=here.seats[1].from_on)
    sweep()
    assert asked(here) == [("Ersattare 2", "asked")]


def test_substitute_who_can_no_longer_is_followed_by_the_next(here: Gathering) -> None:
    sweep()
    one = request_to(here.substitute(0))
    one.accept(by=None)
    one.decline(by=None)
    sweep()
    assert asked(here) == [("Ersattare 0", "declined"), ("Ersattare 1", "asked")]


def test_nobody_is_asked_or_answers_when_the_meeting_has_begun_or_is_cancelled(here: Gathering) -> None:
    sweep()
    one = request_to(here.substitute(0))
    assert SubstituteRequest.objects.call(here.meeting.starts_at + timedelta(minutes=1)) == 0
    with pytest.raises(AnswersClosed):
        one.accept(by=None, now=here.meeting.starts_at)
    here.meeting.cancel(by=here.office, note="Inställt.")
    with pytest.raises(AnswersClosed):
        one.accept(by=None)
    assert "Mötet är inställt." in Client().get(one.get_absolute_url()).text


def test_substitute_who_serves_reads_what_is_internal_and_others_do_not(here: Gathering) -> None:
    sweep()
    url = f"/mina-sidor/moten/{here.meeting.pk}/"
    one = browser(here.substitute(0).user)
    before = one.get(url).text
    assert SECRET_ITEM not in before
    assert SECRET_PAPER not in before
    assert SECRET_LINK not in before
    assert "Kan du komma i stället?" in before
    papers = list(here.meeting.items.values_list("papers__pk", flat=True).order_by("position"))
    assert [one.get(f"{url}underlag/{pk}/").status_code for pk in papers if pk] == [200, 404, 404]
    request_to(here.substitute(0)).accept(by=None)
    after = one.get(url).text
    assert SECRET_ITEM in after
    assert SECRET_PAPER in after
    assert SECRET_LINK in after
    assert [one.get(f"{url}underlag/{pk}/").status_code for pk in papers if pk] == [200, 200, 200]


def test_database_holds_one_accepted_substitute_a_seat_and_one_seat_a_substitute(here: Gathering) -> None:
    sweep()
    first = request_to(here.substitute(0))
    first.accept(by=None)
    told = {"meeting": here.meeting, "reply": first.reply, "asked_at": timezone.now(), "answer_by": timezone.now()}
    with pytest.raises(IntegrityError, match="a_seat_has_one_accepted_substitute"), connection.cursor():
        SubstituteRequest.objects.create(seat=first.seat, person=here.substitute(1), status="accepted", **told)


def test_database_asks_a_substitute_for_one_seat_at_a_time(here: Gathering) -> None:
    sweep()
    first = request_to(here.substitute(0))
    told = {"meeting": here.meeting, "reply": first.reply, "asked_at": timezone.now(), "answer_by": timezone.now()}
    with pytest.raises(IntegrityError, match="a_substitute_is_asked_for_one_seat_at_a_time"):
        SubstituteRequest.objects.create(seat=here.seats[1], person=first.person, **told)


def two_who_may_say_yes() -> list[int]:
    """The first has not answered in time, and the second has been asked."""
    made = gather()
    made.call()
    made.reply(0).stay_away(by=None)
    now = timezone.now()
    SubstituteRequest.objects.call(now)
    SubstituteRequest.objects.call(now + DAY)
    return list(SubstituteRequest.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_at_once_one_wins_and_the_other_is_told() -> None:
    pks = two_who_may_say_yes()
    results = together(2, lambda which: SubstituteRequest.objects.get(pk=pks[which]).accept(by=None))
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotNeeded"]
    assert SubstituteRequest.objects.accepted().count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_turn_and_the_constraint_both_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    pks = two_who_may_say_yes()
    monkeypatch.setattr(replies, "in_turn", lambda pk: Meeting.objects.get(pk=pk))
    monkeypatch.setattr(substitutes, "in_turn", lambda pk: Meeting.objects.get(pk=pk))
    monkeypatch.setattr(SubstituteRequest, "is_needed", lambda self: True)
    monkeypatch.setattr(SubstituteRequest, "release", lambda self, by: None)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX a_seat_has_one_accepted_substitute")
    try:
        results = together(2, lambda which: SubstituteRequest.objects.get(pk=pks[which]).accept(by=None))
        assert (results, SubstituteRequest.objects.accepted().count()) == ([None, None], 2)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE council_substituterequest CASCADE")
            cursor.execute(
                "CREATE UNIQUE INDEX a_seat_has_one_accepted_substitute ON council_substituterequest (meeting_id, seat_id) WHERE status = 'accepted'"
            )


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_ask_one_substitute_for_a_seat() -> None:
    made = gather()
    made.call()
    for number in (0, 1, 2):
        made.reply(number).stay_away(by=None)
    now = timezone.now()
    results = together(4, lambda _which: SubstituteRequest.objects.call(now))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert asked(made) == [("Ersattare 0", "asked"), ("Ersattare 1", "asked"), ("Ersattare 2", "asked")]
