"""The mails about minutes: to those who are to adjust them, and to the secretariat."""

from django.conf import settings
from django.urls import reverse

from council.models import MinutesEvent, MinutesNotice
from idekom.lib import mail

TO_ADJUSTERS = {"send": "minutes_to_adjust", "take_back": "minutes_taken_back"}
TO_OFFICE = {"remark": "minutes_remark", "lock": "minutes_adjusted"}
"""{what has happened: the mail about it}"""


def notify(event: MinutesEvent) -> None:
    """Mail the secretariat about an event, or let its adjusters be mailed; about some there is nothing to say."""
    if event.action in TO_ADJUSTERS:
        event.tell_adjusters()
    elif event.action in TO_OFFICE:
        url = mail.absolute(reverse("admin:council_minutes_change", args=[event.subject.pk]))
        mail.send(
            f"council/{TO_OFFICE[event.action]}",
            to=settings.PORTAL["contact_email"],
            language="sv",
            key=f"minutes-event-{event.pk}",
            meeting=event.subject.meeting,
            note=event.note,
            url=url,
        )


def notify_adjuster(notice: MinutesNotice) -> None:
    """Mail an adjuster about an event."""
    event, user = notice.event, notice.adjuster.person.user
    if user is None:  # the account was taken away meanwhile
        return
    mail.send(
        f"council/{TO_ADJUSTERS[event.action]}",
        to=user.email,
        language=user.language,
        key=f"minutes-notice-{notice.pk}",
        meeting=event.subject.meeting,
        note=event.note,
        url=mail.absolute(reverse("council:adjusting", args=[event.subject.pk])),
    )
