"""What workers do: all of it safe to repeat."""

from celery import shared_task

from council.emails import polls
from council.models import PaperText, PollNotice
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about polls that have opened, and about the time that was chosen."""
    deliver(PollNotice.objects.select_related("asked__poll__meeting__body", "asked__poll__body", "asked__person__user"), polls.notify)


@shared_task(name="council.read_papers")
def read_papers() -> None:
    """Read the papers that have come, so that a search finds what stands in them."""
    PaperText.objects.read_all()
