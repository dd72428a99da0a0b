"""The mails about dialogue forums, to those who come or would."""

from collections.abc import Callable

from django.utils import timezone, translation

from followup.calendars import FILE_NAME, MEDIA_TYPE, calendar
from followup.models import ForumRegistration, ForumRegistrationEvent
from idekom.lib import mail

Status = ForumRegistration.Status


def confirmed(event: ForumRegistrationEvent) -> None:
    """There is a place: when, where, how to change or cancel, and the calendar file."""
    _send("forum_confirmed", event)


def waiting(event: ForumRegistrationEvent) -> None:
    """It is full: what happens when a place becomes free."""
    _send("forum_waiting", event, with_calendar=False)


def moved_up(event: ForumRegistrationEvent) -> None:
    """A place has become free, and it is theirs."""
    _send("forum_moved_up", event)


def cancelled(event: ForumRegistrationEvent) -> None:
    """They are off the list."""
    _send("forum_cancelled", event, with_calendar=False)


def changed(event: ForumRegistrationEvent) -> None:
    """Another time or place, as it is now; who waits has nothing in the calendar yet."""
    _send("forum_changed", event, with_calendar=event.subject.status == Status.REGISTERED)


MAILS: dict[tuple[str, str], Callable[[ForumRegistrationEvent], None]] = {
    ("register", Status.REGISTERED): confirmed,
    ("wait", Status.WAITING): waiting,
    ("move_up", Status.REGISTERED): moved_up,
    ("cancel", Status.CANCELLED): cancelled,
    ("ask_for_link", Status.REGISTERED): confirmed,
    ("ask_for_link", Status.WAITING): waiting,
    ("tell_of_move", Status.REGISTERED): changed,
    ("tell_of_move", Status.WAITING): changed,
}
"""{(what happened, how it stands now): the mail}. What is no longer so is not told."""


def notify(event: ForumRegistrationEvent) -> None:
    """Mail about an event; of two moves in a row only the last, and nothing about a forum that has been."""
    registration = event.subject
    told = MAILS.get((event.action, registration.status))
    if told is None or registration.forum.is_over(timezone.now()):
        return
    if event.action == "tell_of_move" and registration.events.filter(action="tell_of_move", pk__gt=event.pk).exists():
        return
    told(event)


def _send(name: str, event: ForumRegistrationEvent, *, with_calendar: bool = True) -> None:
    registration: ForumRegistration = event.subject
    forum, language = registration.forum, registration.language
    with translation.override(language):
        files = [mail.Attached(FILE_NAME, calendar(forum), MEDIA_TYPE)] if with_calendar else []
        forum_url = mail.absolute(forum.get_absolute_url())
        when = forum.when
    mail.send(
        f"followup/{name}",
        to=registration.email,
        language=language,
        key=f"forum-registration-{event.pk}",
        attachments=files,
        registration=registration,
        forum=forum,
        when=when,
        forum_url=forum_url,
    )
