"""What the worker does for the council. Each task is safe to run twice; the schedule is in the settings."""

from celery import shared_task
from django.utils import timezone

from council.emails import assignments, briefs, notices, replies, substitutes
from council.models import AssignmentReminder, Brief, MeetingEvent, Notice, ReplyReminder, SubstituteEvent, SubstituteRequest
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about what has happened to meetings, and about what is due around them."""
    deliver(MeetingEvent.objects, Notice.objects.spread)
    deliver(Notice.objects, notices.notify)
    deliver(ReplyReminder.objects, replies.notify)
    deliver(SubstituteEvent.objects, substitutes.notify)
    deliver(AssignmentReminder.objects, assignments.notify)
    deliver(Brief.objects, briefs.notify)


@shared_task(name="council.sweep")
def sweep() -> None:
    """Ask substitutes where members are away, and write the briefs of minutes that have been adjusted."""
    SubstituteRequest.objects.call(timezone.now())
    Brief.objects.make(today())
    deliver_mail()


@shared_task(name="council.remind")
def remind() -> None:
    """Remind of what somebody has taken on, and of reporting back."""
    AssignmentReminder.objects.make(today())
    Brief.objects.make_reminders(today())
    deliver_mail()
