"""What workers do: all of it safe to repeat."""

from celery import shared_task

from council import minutes as drawing
from council.emails import minutes as minutes_mails
from council.emails import seats
from council.models import Minutes, MinutesEvent, MinutesNotice, SeatNotice
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about everything that has happened, or is due, and that nobody has been told of."""
    deliver(MinutesEvent.objects.select_related("subject__meeting__body", "actor"), minutes_mails.notify)
    notices = MinutesNotice.objects.select_related("event__subject__meeting__body", "adjuster__person__user")
    deliver(notices, minutes_mails.notify_adjuster)
    deliver(SeatNotice.objects.select_related("seat__body", "seat__sector", "mandate__person"), seats.notify)


@shared_task(name="council.print_minutes")
def print_minutes() -> None:
    """Make the files of minutes that have been adjusted."""
    for minutes in Minutes.objects.unprinted().select_related("meeting__body"):
        drawing.print_files(minutes)


@shared_task(name="council.notice")
def notice() -> None:
    """Tell about mandates that run out and seats that are vacant."""
    SeatNotice.objects.make(today())
    deliver_mail()
