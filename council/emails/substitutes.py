"""The mails to substitutes, and to the member whom one of them serves for."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from council.emails.meetings import about
from council.invites import invite
from council.models import Person, SubstituteEvent, SubstituteRequest
from council.models.reading import reader
from idekom.lib import mail
from idekom.lib.history import Event

Status = SubstituteRequest.Status


def asked(event: SubstituteEvent) -> None:
    """Can they come? With the public agenda: what is internal comes when they have said yes."""
    _send("substitute_asked", event, event.subject.person, internal=False)


def confirmed(event: SubstituteEvent) -> None:
    """They serve: all the papers, and the meeting for their calendar."""
    _send("substitute_confirmed", event, event.subject.person, internal=True, with_files=True)


def found(event: SubstituteEvent) -> None:
    """To the member: who comes instead."""
    _send("substitute_found", event, event.subject.reply.person, internal=False)


def released(event: SubstituteEvent) -> None:
    """They are not needed; the meeting goes out of their calendar again if it was in there."""
    _send("substitute_released", event, event.subject.person, internal=False)


MAILS: dict[tuple[str, str], tuple[Callable[[SubstituteEvent], None], ...]] = {
    ("ask", Status.ASKED): (asked,),
    ("accept", Status.ACCEPTED): (confirmed, found),
    ("release", Status.RELEASED): (released,),
}
"""{(what happened, how it stands now): the mails}. What is no longer so is not told."""


def notify(event: SubstituteEvent) -> None:
    """Mail about an event, as long as the meeting lies ahead."""
    request = event.subject
    if not request.meeting.is_open or request.meeting.starts_at <= timezone.now() or _is_repeated(event):
        return
    for write in MAILS.get((event.action, request.status), ()):
        write(event)


def _is_repeated(event: SubstituteEvent) -> bool:
    """Whether the same has happened again since: the later one is mailed about."""
    return bool(event.subject.events.filter(action=event.action, pk__gt=event.pk).exists())


def _send(name: str, event: Event, person: Person, *, internal: bool, with_files: bool = False) -> None:
    request: SubstituteRequest = event.subject  # type: ignore[attr-defined]
    to = reader(person)
    if to is None:
        return
    email, language = to
    with translation.override(language):
        context: dict[str, Any] = about(request.meeting, internal=internal)
        files = context.pop("attachments")
        at: dict[str, Any] = {"revised_at": event.at, "internal": internal}
        if with_files:
            files.append(invite(request.meeting, to=email, name=person.name, **at))
        elif name == "substitute_released" and event.subject.events.filter(action="accept").exists():  # type: ignore[attr-defined]
            files = [invite(request.meeting, to=email, name=person.name, cancelled=True, **at)]
        else:
            files, context["has_papers"] = [], False
        until = date_format(timezone.localtime(request.answer_by), "j F H.i")
        context |= {"request": request, "until": until, "request_url": mail.absolute(request.get_absolute_url())}
        context |= {"reply_url": mail.absolute(request.reply.get_absolute_url()) if name == "substitute_found" else "", "who": person.name}
    mail.send(f"council/{name}", to=email, language=language, key=f"{name}-{event.pk}", attachments=files, **context)
