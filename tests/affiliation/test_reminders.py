"""Reminders of what waits, with a moved clock: the set of mails is exact, however often and however late the worker runs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from affiliation.emails import reminders
from affiliation.models import Application, ApplicationEvent, Reminder
from idekom.lib.dated import today
from idekom.lib.history import deliver
from idekom.users.models import User
from tests.together import together

pytestmark = pytest.mark.django_db
ADDRESS = "kim@provet.example.org"


def run(day: date, times: int = 1) -> list[str]:
    """The worker runs on that day; gives the subjects of the mails that went."""
    mail.outbox.clear()
    for _time in range(times):
        Reminder.objects.make(day)
        deliver(Reminder.objects, reminders.notify)
    return [str(message.subject) for message in mail.outbox]


def mailed(days: range, times: int = 1) -> dict[int, list[str]]:
    """{day after today: the subjects that went}, of the days on which any went."""
    told = {number: run(today() + timedelta(days=number), times) for number in days}
    return {number: subjects for number, subjects in told.items() if subjects}


@pytest.mark.parametrize("times", [1, 3])
def test_a_draft_is_reminded_of_after_a_week_and_two_weeks_before_it_goes(make: Any, times: int) -> None:
    draft = make.draft()
    gone = draft.kept_until + timedelta(days=1)
    told = mailed(range(96), times)
    assert told == {7: ["Er ansökan är påbörjad men inte inskickad"], 76: [f"Ert utkast till ansökan raderas den {_day(gone)}"]}


def _day(day: date) -> str:
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
    return f"{day.day} {months[day.month - 1]}"


def test_the_mail_about_a_draft_has_the_link_and_the_day_it_is_deleted(make: Any) -> None:
    draft = make.draft(resume_email="styrelsen@example.org")
    run(today() + timedelta(days=7))
    (message,) = mail.outbox
    assert message.to == ["styrelsen@example.org"]
    for text in (f"/anslut/arende/{draft.token}/granska/", f"raderas den {_day(draft.kept_until + timedelta(days=1))}", "Föreningen Provet"):
        assert text in message.body
    Application.objects.forget_stale_drafts(draft.kept_until)
    assert Application.objects.count() == 1
    Application.objects.forget_stale_drafts(draft.kept_until + timedelta(days=1))
    assert (Application.objects.count(), Reminder.objects.count()) == (0, 0)


def test_a_draft_without_an_address_is_reminded_of_to_nobody(make: Any) -> None:
    make.draft(contact_email="")
    assert mailed(range(96)) == {}


def test_after_days_without_a_run_only_the_last_step_is_due(make: Any) -> None:
    make.draft()
    assert [len(run(today() + timedelta(days=number))) for number in (3, 40, 41, 95)] == [0, 1, 0, 1]


def test_a_case_that_waits_for_the_office_is_reminded_of_at_seven_and_fourteen_days(make: Any) -> None:
    case = make.application()
    told = mailed(range(40), times=2)
    assert told == {days: [f"Ansökan {case.number} har väntat i {days} dagar"] for days in (7, 14)}


def test_the_reminder_goes_to_who_handles_the_case_else_to_the_office(make: Any, secretary: User) -> None:
    case = make.application()
    run(today() + timedelta(days=7))
    assert mail.outbox[0].to == ["idekom@example.org"]
    assert f"/admin/affiliation/application/{case.pk}/change/" in mail.outbox[0].body
    case.assign(secretary, by=secretary)
    run(today() + timedelta(days=14))
    assert mail.outbox[0].to == ["kansli@example.org"]


def test_a_completion_is_reminded_of_to_the_applicant_until_it_has_come(make: Any, secretary: User) -> None:
    case = make.application()
    case.ask_for_completion(by=secretary, note="Skriv vilken paragraf.", fields=["decided_paragraph"])
    assert mailed(range(8)) == {7: [f"Vi väntar på er komplettering ({case.number})"]}
    (message,) = _rerun_seven(case)
    for text in ("Skriv vilken paragraf.", "- Paragraf i ert protokoll", case.get_absolute_url()):
        assert text in message.body
    assert message.to == [ADDRESS]
    case.complete()
    run(today() + timedelta(days=14))
    assert not Reminder.objects.filter(kind="completion", days=14).exists()


def _rerun_seven(case: Application) -> Any:
    """The same mail once more."""
    mail.outbox.clear()
    case.reminders.update(notified_at=None)
    deliver(Reminder.objects, reminders.notify)
    return mail.outbox


def test_what_was_done_between_the_making_and_the_mailing_is_not_reminded_of(make: Any, secretary: User) -> None:
    case, draft = make.application(), make.draft()
    case.ask_for_completion(by=secretary, note="Skriv.", fields=["name"])
    assert Reminder.objects.make(today() + timedelta(days=7)) == 2
    case.complete()
    draft.submit()
    mail.outbox.clear()
    assert deliver(Reminder.objects, reminders.notify) == 2
    assert mail.outbox == []


def test_a_new_wait_counts_from_its_own_beginning(make: Any, secretary: User) -> None:
    case = make.application()
    _move_back(case, 10)
    case.start_review(by=secretary)
    assert run(today()) == []
    assert run(today() + timedelta(days=7)) == [f"Ansökan {case.number} har väntat i 7 dagar"]


def test_a_case_on_the_agenda_or_ended_is_reminded_of_to_nobody(make: Any, secretary: User) -> None:
    make.application(name="Ett").put_on_agenda(by=secretary, meeting=make.meeting())
    make.application(name="Två").withdraw()
    assert mailed(range(40)) == {}


def test_paper_without_an_address_is_reminded_of_to_nobody_who_applied(make: Any, secretary: User) -> None:
    paper = make.draft(contact_email="", source="paper", registered_by=secretary)
    paper.submit(by=secretary)
    paper.ask_for_completion(by=secretary, note="Skriv.", fields=["name"])
    assert mailed(range(20)) == {}
    assert Reminder.objects.filter(notified_at=None).count() == 0


def test_the_mail_is_in_the_language_of_the_application(make: Any) -> None:
    draft = make.draft(language="en")
    run(today() + timedelta(days=7))
    assert f"/en/anslut/arende/{draft.token}/granska/" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_mail_once(make: Any) -> None:
    for number in range(6):
        make.draft(name=f"Förening {number}")
    day = today() + timedelta(days=7)

    def work(_which: int) -> None:
        Reminder.objects.make(day)
        deliver(Reminder.objects, reminders.notify)

    together(6, work)
    assert len(mail.outbox) == 6
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 6


def _move_back(case: Application, days: int) -> None:
    ApplicationEvent.objects.filter(subject=case).update(at=timezone.now() - timedelta(days=days))
