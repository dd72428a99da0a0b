"""What workers do: all of it safe to repeat."""

from celery import shared_task

from council.emails import seats
from council.models import SeatNotice
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about what is due."""
    deliver(SeatNotice.objects.select_related("seat__body", "seat__sector", "mandate__person"), seats.notify)


@shared_task(name="council.notice")
def notice() -> None:
    """Tell about mandates that run out and seats that are vacant."""
    SeatNotice.objects.make(today())
    deliver_mail()
