"""The receipt."""

import pytest
from django.core.mail import EmailMultiAlternatives

from followup.models import ReportEvent
from followup.tasks import deliver_mail
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def test_the_one_who_reports_gets_a_receipt_once(year: Year, mailoutbox: list[EmailMultiAlternatives]) -> None:
    year.submitted(year.report, done="Vi möttes.\nTvå gånger.", example="<b>fet</b> & =1+1")
    deliver_mail()
    deliver_mail()
    (mail,) = mailoutbox
    assert mail.to == [year.person.email]
    assert mail.subject == "Kvitto: Föreningen Ljuset har lämnat in sin rapport för 2026"
    html = str(mail.alternatives[0][0])
    assert year.report.digest in mail.body
    assert year.report.digest in html
    assert "Vi möttes.\nTvå gånger." in mail.body
    assert "<b>fet</b> & =1+1" in mail.body
    assert "&lt;b&gt;fet&lt;/b&gt; &amp; =1+1" in html
    assert f"{year.url('kvitto/')}" in mail.body


def test_a_name_with_line_breaks_makes_no_headers(year: Year, mailoutbox: list[EmailMultiAlternatives]) -> None:
    year.organisation.name = "Ljuset\r\nBcc: alla@example.org"
    year.organisation.save()
    year.submitted(year.report)
    deliver_mail()
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == [year.person.email]


def test_every_event_is_counted_as_told(year: Year, mailoutbox: list[EmailMultiAlternatives]) -> None:
    year.submitted(year.report)
    deliver_mail()
    assert not ReportEvent.objects.filter(notified_at=None).exists()
