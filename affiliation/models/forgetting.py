"""Forgetting the people of the cases that came to nothing: what is left of a case is what counts and statistics need."""

from calendar import monthrange
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from affiliation.models.answers import FILES
from affiliation.models.status import FORGET_MONTHS, TO_FORGET

if TYPE_CHECKING:
    from affiliation.models.applications import Application, ApplicationQuerySet

PERSONAL = frozenset(
    {
        "name",
        "registration_number",
        "members",
        "description",
        "address",
        "postal_code",
        "city",
        "website",
        "signatory_name",
        "signatory_role",
        "contact_name",
        "contact_email",
        "contact_phone",
        "decided_paragraph",
        "minutes",
        "statutes",
        "resume_email",
    }
)
"""What tells who applied. Left are the number, the statuses, the dates, kind, legal form, sector and district."""


def forget_people(cases: "ApplicationQuerySet", day: date) -> int:
    """Take the personal data out of the cases that came to nothing more than FORGET_MONTHS before `day`; returns how many."""
    ended = cases.filter(status__in=TO_FORGET, anonymised_on=None).annotate(ended_at=Max("events__at"))
    due = [case for case in ended if timezone.localdate(case.ended_at) < _months_before(day)]  # type: ignore[attr-defined]
    for case in due:
        _forget(case, day)
    return len(due)


@transaction.atomic
def _forget(case: "Application", day: date) -> None:
    """In the row, in the copies that its history keeps, in what was written to and about the applicant, and on the disk."""
    copies = case.changes  # type: ignore[attr-defined]
    files = {name for copy in [case, *copies.all()] for name in (str(getattr(copy, field)) for field in FILES) if name}
    storage = case.minutes.storage
    type(case)._base_manager.filter(pk=case.pk).update(anonymised_on=day, **dict.fromkeys(PERSONAL, ""))
    tracked = PERSONAL & {field.name for field in copies.model._meta.get_fields()}
    copies.update(**dict.fromkeys(tracked, ""))  # after the row, whose own update made one more
    case.events.update(note="")
    case.notes.all().delete()
    case.reminders.all().delete()
    if invitation := getattr(case, "ceremony_invitation", None):
        invitation.delete()
    for name in files:
        transaction.on_commit(partial(storage.delete, name), robust=True)


def _months_before(day: date) -> date:
    """The same day of the month FORGET_MONTHS earlier, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - FORGET_MONTHS, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
