"""The mails about an application: what they say, to whom, in which language, and each once."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from affiliation.emails import applications as emails
from affiliation.models import Application, ApplicationEvent, Decision
from affiliation.tasks import deliver_mail
from idekom.lib.dated import today
from idekom.lib.history import deliver
from idekom.users.models import User
from tests.together import together

pytestmark = pytest.mark.django_db


def sent() -> Any:
    """The one mail that goes when the worker works."""
    mail.outbox.clear()
    deliver_mail()
    (message,) = mail.outbox
    return message


def test_received_has_the_answers_the_reference_and_what_comes_next(make: Any) -> None:
    meeting = make.meeting()
    case = make.application()
    message = sent()
    html = message.alternatives[0].content
    assert (message.to, message.subject) == (["kim@provet.example.org"], f"Vi har tagit emot er ansökan ({case.number})")
    for text in (
        case.number,
        "Hej Kim Kontakt,",
        case.get_absolute_url(),
        "Föreningen Provet",
        "Vi prövar saker tillsammans.",
        "Ej angivet",
        "031-000 00 00",
    ):
        assert text in message.body
        assert text in html
    assert f"Nästa möte är den {timezone.localtime(meeting.starts_at).day} " in message.body


def test_each_step_has_its_mail(make: Any, secretary: User) -> None:
    case, meeting = make.application(), make.meeting()
    sent()
    case.start_review(by=secretary)
    assert "Kansliet har börjat granska ansökan" in sent().body
    case.ask_for_completion(by=secretary, note="Skriv paragrafen.\nOch ladda upp stadgarna.", fields=["decided_paragraph", "statutes"])
    asked = sent()
    for text in ("Skriv paragrafen.\nOch ladda upp stadgarna.", "- Paragraf i ert protokoll\n- Stadgarna"):
        assert text in asked.body
    assert "<li>Stadgarna</li>" in asked.alternatives[0].content
    case.complete()
    assert "Vi har tagit emot kompletteringen" in sent().body
    case.put_on_agenda(by=secretary, meeting=meeting)
    assert "Rådhuset" in sent().body
    affiliation = case.approve(by=secretary, decision=Decision(on=today(), meeting=meeting, paragraph="7"))
    approved = sent().body
    for text in ("Välkomna.", "§ 7", affiliation.party.get_absolute_url(), "/konto/login/", "Ni får en kod"):
        assert text in approved
    declined = make.application(name="Klubben")
    sent()
    declined.decline(by=secretary, decision=Decision(on=today()), note="Drivs med vinstsyfte.")
    assert "Drivs med vinstsyfte." in sent().body
    withdrawn = make.application(name="Gruppen")
    sent()
    withdrawn.withdraw()
    mail.outbox.clear()
    deliver_mail()
    applicant, office = mail.outbox
    assert (applicant.to, office.to) == (["kim@provet.example.org"], ["idekom@example.org"])
    assert "ärendet är avslutat" in applicant.body
    assert office.subject == f"Ansökan {withdrawn.number} är återtagen"
    assert f"/admin/affiliation/application/{withdrawn.pk}/change/" in office.body


def test_a_case_without_an_address_mails_nobody_and_goes_on(make: Any, secretary: User) -> None:
    paper = make.draft(contact_email="", source="paper", registered_by=secretary)
    paper.submit(by=secretary)
    paper.start_review(by=secretary)
    paper.ask_for_completion(by=secretary, note="Skriv paragrafen.", fields=["decided_paragraph"])
    paper.complete()
    affiliation = paper.approve(by=secretary, decision=Decision(on=today()))
    deliver_mail()
    assert mail.outbox == []
    assert paper.events.filter(notified_at=None).count() == 0
    assert affiliation.party.representatives.count() == 0


def test_who_handles_a_case_is_told_to_no_applicant(make: Any, secretary: User) -> None:
    case = make.application()
    sent()
    case.assign(secretary, by=secretary)
    mail.outbox.clear()
    deliver_mail()
    assert [message for message in mail.outbox if "kim@provet.example.org" in message.to] == []


def test_mail_is_in_the_language_of_the_application(make: Any) -> None:
    case = make.application(language="en")
    message = sent()
    assert f"/en/anslut/arende/{case.token}/" in message.body
    assert '<html lang="en">' in message.alternatives[0].content


def test_preview_is_the_mail_that_goes(make: Any, secretary: User) -> None:
    case = make.application()
    sent()
    future = Application.objects.get(pk=case.pk)
    future.asked_fields = ["decided_paragraph", "statutes"]
    shown = emails.preview(ApplicationEvent(subject=future, action="ask_for_completion", note="Skriv <paragrafen>."))
    case.ask_for_completion(by=secretary, note="Skriv <paragrafen>.", fields=["decided_paragraph", "statutes"])
    message = sent()
    assert (shown.subject, shown.text) == (message.subject, message.body)


def test_deliver_twice_mails_once(make: Any) -> None:
    make.application()
    deliver_mail()
    deliver_mail()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_deliver_by_many_at_once_mails_once(make: Any) -> None:
    for number in range(10):
        make.application(name=f"Förening {number}")
    together(8, lambda _which: deliver_mail())
    assert sorted(message.extra_headers["Message-ID"] for message in mail.outbox) == sorted(
        f"<application-event-{pk}@example.org>" for pk in ApplicationEvent.objects.values_list("pk", flat=True)
    )


def test_a_mail_server_that_is_down_delays_the_mail_and_loses_nothing(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make.application().events.get()

    def down(*_args: Any) -> int:
        raise smtplib.SMTPServerDisconnected("down")

    with monkeypatch.context() as fault:
        fault.setattr(EmailBackend, "send_messages", down)
        deliver_mail()
    event.refresh_from_db()
    assert (event.notified_at, event.attempts, len(mail.outbox)) == (None, 1, 0)
    deliver(ApplicationEvent.objects, emails.notify, now=timezone.now() + timedelta(minutes=2))
    event.refresh_from_db()
    assert event.notified_at is not None
    assert len(mail.outbox) == 1
