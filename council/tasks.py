"""What workers do: all of it safe to repeat."""

from celery import shared_task

from council import minutes as drawing
from council.emails import letters, nominations, polls, seats
from council.emails import minutes as minutes_mails
from council.models import MandateLetter, Minutes, MinutesEvent, MinutesNotice, NominationEvent, PaperText, PollNotice, SeatNotice
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about everything that has happened, or is due, and that nobody has been told of."""
    deliver(MinutesEvent.objects.select_related("subject__meeting__body", "actor"), minutes_mails.notify)
    notices = MinutesNotice.objects.select_related("event__subject__meeting__body", "adjuster__person__user")
    deliver(notices, minutes_mails.notify_adjuster)
    deliver(SeatNotice.objects.select_related("seat__body", "seat__sector", "mandate__person"), seats.notify)
    deliver(NominationEvent.objects.select_related("subject__seat", "subject__party", "subject__meeting"), nominations.notify)
    deliver(MandateLetter.objects.standing(), letters.notify)
    deliver(PollNotice.objects.select_related("asked__poll__meeting__body", "asked__poll__body", "asked__person__user"), polls.notify)


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


@shared_task(name="council.thank_members")
def thank_members() -> None:
    """Write to the members whose mandate has ended."""
    MandateLetter.objects.write_thanks(today())
    deliver(MandateLetter.objects.standing(), letters.notify)


@shared_task(name="council.read_papers")
def read_papers() -> None:
    """Read the papers that have come, so that a search finds what stands in them."""
    PaperText.objects.read_all()
