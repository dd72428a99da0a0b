"""After a meeting: the member's brief, and the reminder to report back."""

from django.urls import reverse
from django.utils import translation

from council.models import Brief, ReportBack, Told
from council.models.reading import reader
from idekom.lib import mail
from idekom.lib.dated import hours_in_words

NAMES = {Brief.Kind.BRIEF: "brief", Brief.Kind.REMINDER: "report_back_reminder"}


def notify(row: Brief) -> None:
    """Mail the brief; the reminder only to those who still have not reported back."""
    to = reader(row.person)
    is_told = ReportBack.objects.filter(meeting=row.meeting_id, person=row.person_id).exists()
    if to is None or (row.kind == Brief.Kind.REMINDER and is_told):
        return
    email, language = to
    with translation.override(language):
        brief = Told.of(row.meeting, row.seat)
        coming = brief.next_meeting
        next_when = hours_in_words(coming.starts_at, coming.ends_at) if coming else ""
        brief_url = mail.absolute(reverse("council:brief", args=[row.meeting_id]))
    mail.send(
        f"council/{NAMES[Brief.Kind(row.kind)]}",
        to=email,
        language=language,
        key=f"council-brief-{row.pk}",
        brief=brief,
        meeting=row.meeting,
        who=row.person.name,
        next_when=next_when,
        brief_url=brief_url,
    )
