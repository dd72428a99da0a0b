"""The full history of a case: its events with their mails, the internal notes, and how the answers have changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from affiliation.emails.applications import MAILS
from affiliation.models import Application, ApplicationEvent
from affiliation.models.answers import FILES
from affiliation.models.sections import answered

INTERNAL = "assign"
"""What happens among the secretariat."""


@dataclass(frozen=True)
class Change:
    """An answer that was changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One thing in the story: when, what, by whom, and what came of it."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    mail: str = ""
    is_internal: bool = False
    changes: list[Change] = field(default_factory=list)


def story(case: Application) -> list[Entry]:
    """Everything that has happened to a case, the newest first."""
    return sorted([*_events(case), *_notes(case), *_changes(case)], key=lambda entry: entry.at, reverse=True)


def _events(case: Application) -> Iterator[Entry]:
    for event in case.events.select_related("actor"):
        who = str(event.actor) if event.actor else _("den sökande") if event.action in {"submit", "complete", "withdraw"} else ""
        yield Entry(event.at, event.title, who, event.note, _mailed(event, case), event.action == INTERNAL)


def _mailed(event: ApplicationEvent, case: Application) -> str:
    """When the mail about an event went, in words."""
    if event.action not in MAILS or event.action == INTERNAL:
        return ""
    if not case.contact_email:
        return _("Inget mejl: den sökande har ingen e-postadress.")
    if event.notified_at:
        moment = timezone.localtime(event.notified_at)
        return _("Mejlet gick %(day)s kl. %(time)s.") % {"day": date_format(moment, "j F Y"), "time": date_format(moment, "H.i")}
    if event.attempts:
        return _("Mejlet har inte gått än. Antal försök: %(attempts)d. Nytt försök görs av sig självt.") % {"attempts": event.attempts}
    return _("Mejlet har inte gått än.")


def _notes(case: Application) -> Iterator[Entry]:
    for note in case.notes.select_related("author"):
        yield Entry(note.at, _("Intern anteckning"), str(note.author), note.text, is_internal=True)


def _changes(case: Application) -> Iterator[Entry]:
    """What differs between one version of the case and the next."""
    manager: Any = case.changes  # type: ignore[attr-defined]  # made by pghistory
    versions = list(manager.select_related("pgh_context", "sector", "district").order_by("pgh_id"))
    contexts = [version.pgh_context.metadata if version.pgh_context else {} for version in versions]
    known = get_user_model().objects.filter(pk__in={context.get("user") for context in contexts} - {None})
    names = {user.pk: str(user) for user in known}
    for (old, new), context in zip(pairwise(versions), contexts[1:], strict=True):
        user = context.get("user")
        who = names.get(user, "") if user else _("den sökande") if "/anslut/arende/" in str(context.get("url", "")) else ""
        if answers := list(_answers(old, new)):
            yield Entry(new.pgh_created_at, _("Svar ändrades"), who, changes=answers)
        if registry := list(_registry(old, new)):
            yield Entry(new.pgh_created_at, _("Diarienumret ändrades"), who, is_internal=True, changes=registry)


def _answers(old: Any, new: Any) -> Iterator[Change]:
    before, after = ({answer.name: answer for part in answered(version) for answer in part.answers} for version in (old, new))
    for name in dict.fromkeys([*before, *after]):
        if name in FILES:
            if getattr(old, name) != getattr(new, name):
                yield Change(after[name].label, before[name].value, _("en ny fil") if getattr(new, name) else after[name].value)
            continue
        told = [answers[name].value if name in answers else "" for answers in (before, after)]
        if told[0] != told[1]:
            yield Change((after.get(name) or before[name]).label, told[0] or _("Ej angivet"), told[1] or _("Ej angivet"))


def _registry(old: Any, new: Any) -> Iterator[Change]:
    for name in ("registry_number", "registry_url"):
        values = getattr(old, name), getattr(new, name)
        if values[0] != values[1]:
            label = capfirst(str(Application._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            yield Change(label, *(value or _("Ej angivet") for value in values))
