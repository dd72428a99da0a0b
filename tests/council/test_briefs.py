"""After the meeting: the brief for one's sector, that one has reported back, and the share that everybody sees."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from council.models import AgendaItem, Assignment, Attendance, Brief, Mandate, Meeting, MemberMeetings, ReportBack
from council.models.briefs import Told
from council.tasks import deliver_mail
from idekom.lib.dated import period, today
from tests import builders
from tests.conftest import browser
from tests.council.gathering import SECRET_ITEM, SECRET_LINK, SECRET_PAPER, Gathering, add, adjusted, everything, gather, mails_to, tell_members

pytestmark = pytest.mark.django_db
TYPED = {"with_whom": "Styrelsen", "words": "Vi vill dela lokaler.", "may_be_shown": ""}


@pytest.fixture
def here() -> Gathering:
    """A held meeting with decisions and an assignment, public and internal, whose minutes are adjusted."""
    made = gather()
    public, internal, tabled = made.meeting.items.order_by("position")
    check = add(made.meeting, "Avstämning", kind=AgendaItem.Kind.CHECK_IN)
    public.conclude("decided", by=made.office, words="Vi öppnar skolorna på kvällarna.")
    internal.conclude("decided", by=made.office, words="KANARIE-BESLUT")
    tabled.conclude("tabled", by=made.office)
    check.conclude("noted", by=made.office, words="Åtagande 3 är på väg.")
    for item, what in ((public, "Skriv till bolagen"), (internal, "KANARIE-UPPDRAG")):
        Assignment.objects.create(item=item, what=what, person=made.member(1), due_on=today() + timedelta(days=60))
    for number in (0, 1):
        Attendance.objects.create(meeting=made.meeting, person=made.member(number), capacity="ordinary", seat=made.seats[number], serves=True)
    adjusted(made)
    return made


def url(here: Gathering) -> str:
    return reverse("council:brief", args=[here.meeting.pk])


def briefs() -> list[Any]:
    """The mails with the brief."""
    return [message for message in mail.outbox if message.subject.startswith("Kort om mötet")]


def test_each_member_gets_one_brief_when_the_minutes_are_adjusted(here: Gathering) -> None:
    tell_members()
    assert sorted(one.to[0] for one in briefs()) == sorted(here.member(n).user.email for n in range(4))  # type: ignore[union-attr]
    (message,) = [one for one in mails_to(here.member(0)) if one in briefs()]
    text = str(message.body)
    assert str(here.seats[0].sector) in text
    assert "Samverkan om lokaler: beslutades. Vi öppnar skolorna på kvällarna." in text
    assert "Avstämning: antecknades. Åtagande 3 är på väg." in text
    assert "Skriv till bolagen: Ledamot 1" in text
    assert "- Öppet ämne" in text


def test_a_sector_has_its_name_of_the_day_of_the_meeting(here: Gathering) -> None:
    now, then = here.seats[0].sector, here.meeting.on
    assert now is not None
    earlier = builders.sector(name="Som det hette då", period=period(now.from_on - timedelta(days=9), then), successor=now)
    now.period = period(then + timedelta(days=1))
    now.save()
    assert Told.of(here.meeting, here.seats[0]).voice == earlier.name


def test_brief_tells_nothing_internal(here: Gathering) -> None:
    tell_members()
    pages = [everything(message) for message in mail.outbox if hasattr(message, "alternatives")]  # type: ignore[arg-type]
    pages.append(browser(here.member(0).user).get(url(here)).text)
    secrets = (SECRET_ITEM, SECRET_PAPER, SECRET_LINK, "KANARIE-BESLUT", "KANARIE-UPPDRAG")
    assert len(pages) == len(mail.outbox) + 1
    assert [secret for secret in secrets for page in pages if secret in page] == []


def test_nobody_is_mailed_before_the_minutes_are_adjusted_nor_about_old_ones(here: Gathering) -> None:
    gather()
    assert Brief.objects.make(today() + timedelta(days=90)) == 0
    assert Brief.objects.make(today()) == 4
    assert Brief.objects.make(today()) == 0


def test_member_reports_back_and_changes_it(here: Gathering) -> None:
    member = browser(here.member(0).user)
    assert "Har du återkopplat?" in member.get(url(here)).text
    page = member.post(url(here), {**TYPED, "on": str(today())}, follow=True).text
    assert "Din återkoppling är sparad." in page
    assert "med Styrelsen" in page
    member.post(url(here), {**TYPED, "with_whom": "Medlemsmötet", "on": str(today())})
    told = ReportBack.objects.get()
    assert (told.with_whom, told.person, told.on) == ("Medlemsmötet", here.member(0), today())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"on": ""}, "Skriv dagen som år-månad-dag"),
        ({"on": "igår"}, "Skriv dagen som år-månad-dag"),
        ({"on": "1999-01-01"}, "Välj en dag från mötet och fram till i dag."),
        ({"on": "9999-12-31"}, "Välj en dag från mötet och fram till i dag."),
        ({"with_whom": ""}, "Skriv med vilka du har pratat."),
        ({"with_whom": "x" * 10_000}, "Korta texten"),
        ({"words": "x" * 10_000}, "Korta texten"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(here: Gathering, typed: dict[str, str], expected: str) -> None:
    page = browser(here.member(0).user).post(url(here), {**TYPED, "on": str(today()), "words": "Mina ord", **typed})
    assert expected in page.text
    assert "Mina ord" in page.text or "words" in typed
    assert not ReportBack.objects.exists()


def test_nul_is_cleaned_away(here: Gathering) -> None:
    page = browser(here.member(0).user).post(url(here), {"with_whom": "Sty\x00relsen", "on": str(today())})
    assert page.status_code == 302
    assert ReportBack.objects.get().with_whom == "Styrelsen"


def test_only_members_of_that_day_find_the_brief_and_not_before_it_is_adjusted(here: Gathering, outsider: Any) -> None:
    other = gather()
    assert browser(other.member(0).user).get(url(other)).status_code == 404
    for user in (outsider, here.substitute(0).user, other.member(0).user):
        assert browser(user).post(url(here), {**TYPED, "on": str(today())}).status_code == 404
    assert Client().get(url(here)).status_code == 302
    assert not ReportBack.objects.exists()


def test_one_gentle_reminder_after_two_weeks_to_those_who_have_not(here: Gathering) -> None:
    tell_members()
    ReportBack.tell(here.meeting, here.member(0), day=today(), with_whom="Styrelsen", on=today())
    mail.outbox.clear()
    made = [Brief.objects.make_reminders(today() + timedelta(days=days)) for days in (0, 13)]
    assert made == [0, 0]
    assert Brief.objects.make_reminders(today() + timedelta(days=14)) == 3
    Brief.objects.make_reminders(today() + timedelta(days=15))
    ReportBack.tell(here.meeting, here.member(1), day=today(), with_whom="Styrelsen", on=today())
    deliver_mail()
    assert sorted(one.to[0] for one in mail.outbox) == sorted(here.member(n).user.email for n in (2, 3))  # type: ignore[union-attr]
    assert mail.outbox[0].subject.startswith("Har du återkopplat?")


def test_share_counts_members_of_the_day_and_the_year(here: Gathering) -> None:
    for number in (0, 3):
        ReportBack.tell(here.meeting, here.member(number), day=today(), with_whom="Styrelsen", on=today())
    ReportBack.objects.create(meeting=here.meeting, person=builders.person(), with_whom="Ingen", on=today())
    gather()
    for days in (33, 40, 50):  # other meetings of the same council
        begun = timezone.localtime() - timedelta(days=days)
        builders.meeting(here.meeting.body, starts_at=begun, ends_at=begun + timedelta(hours=1))
    share = ReportBack.objects.of_meeting(here.meeting)
    assert (share.reported, share.members) == (2, 4)
    assert ReportBack.objects.of_year(here.meeting.body, here.meeting.on.year) == share
    assert ReportBack.objects.of_year(here.meeting.body, 2011).members == 0
    html = render_to_string("council/_report_backs.html", {"share": share, "shown": ReportBack.objects.shown().filter(meeting=here.meeting)})
    assert "2 av 4 ledamöter har återkopplat" in html
    assert "Styrelsen" not in html


def test_share_of_several_meetings_adds_them_up(here: Gathering) -> None:
    first = here.meeting
    begun = first.starts_at - timedelta(days=40)
    Meeting.objects.filter(pk=first.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    here.meeting = builders.meeting(first.body)
    adjusted(here)
    ReportBack.tell(here.meeting, here.member(0), day=today(), with_whom="Styrelsen", on=today())
    share = ReportBack.objects.share(Meeting.objects.filter(body=first.body))
    assert (share.reported, share.members) == (1, 8)


def test_own_words_are_shown_only_when_the_member_lets_them(here: Gathering) -> None:
    for number, may in ((0, True), (1, False)):
        told = {"with_whom": "KANARIE-VEM", "words": f"Ord {number}", "may_be_shown": may}
        ReportBack.tell(here.meeting, here.member(number), day=today(), on=today(), **told)
    share, shown = ReportBack.objects.of_meeting(here.meeting), ReportBack.objects.shown()
    html = str(render_to_string("council/_report_backs.html", {"share": share, "shown": shown}))
    html += "".join(render_to_string("council/_member_meetings.html", {"part": MemberMeetings.of(here.member(n))}) for n in (0, 1))
    assert "Ord 0" in html
    assert "Ord 1" not in html
    assert "KANARIE-VEM" not in html


def test_members_part_is_what_they_held_a_seat_for(here: Gathering) -> None:
    ReportBack.tell(here.meeting, here.member(0), day=today(), with_whom="Styrelsen", on=today())
    part = MemberMeetings.of(here.member(0))
    assert (len(part.rows), part.attended, part.reported) == (1, 1, 1)
    assert MemberMeetings.of(here.member(2)).by_year == [(here.meeting.on.year, 1, 0, 0)]
    assert MemberMeetings.of(here.substitute(0)).rows == []
    wrong = Mandate.objects.get(person=here.member(0))
    wrong.void(reason="Ett misstag")
    assert MemberMeetings.of(wrong.person).rows == []


def test_members_report_back_once_in_the_database(here: Gathering) -> None:
    told = {"meeting": here.meeting, "person": here.member(0), "with_whom": "Styrelsen", "on": date(2026, 1, 1)}
    ReportBack.objects.create(**told)
    with pytest.raises(IntegrityError, match="a_member_reports_back_once_from_a_meeting"):
        ReportBack.objects.create(**told)


def test_next_meeting_is_told(here: Gathering) -> None:
    starts_at = timezone.now() + timedelta(days=40)
    builders.meeting(here.meeting.body, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), place="Nya salen")
    assert "Nya salen" in browser(here.member(0).user).get(url(here)).text
