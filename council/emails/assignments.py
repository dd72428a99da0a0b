"""The reminder to somebody who has taken something on."""

from django.utils import translation

from council.models import Assignment, AssignmentReminder
from council.models.reading import reader
from idekom.lib import mail
from idekom.lib.dated import today


def notify(row: AssignmentReminder) -> None:
    """Mail about it, unless it is done meanwhile or has got another day."""
    assignment = row.assignment
    to = reader(assignment.person) if assignment.person else None
    if to is None or assignment.status != Assignment.Status.OPEN or assignment.due_on != row.due_on:
        return
    email, language = to
    with translation.override(language):
        done_url = mail.absolute(row.get_absolute_url())
    mail.send(
        "council/assignment_reminder",
        to=email,
        language=language,
        key=f"assignment-reminder-{row.pk}",
        assignment=assignment,
        is_late=row.due_on < today(),
        is_today=row.due_on == today(),
        done_url=done_url,
    )
