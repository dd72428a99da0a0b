"""What the worker does for the council. Each task is safe to run twice; the schedule is in the settings."""

from functools import partial

from celery import shared_task

from council.emails import letters, nominations
from council.models import MandateLetter, NominationEvent
from council.pdf.letters import letter
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about what has happened to nominations and mandates."""
    deliver(NominationEvent.objects.select_related("subject__seat", "subject__party", "subject__meeting"), nominations.notify)
    deliver(MandateLetter.objects.standing(), partial(letters.notify, letter=letter))


@shared_task(name="council.thank_members")
def thank_members() -> None:
    """Write to the members whose mandate has ended."""
    MandateLetter.objects.write_thanks(today())
    deliver(MandateLetter.objects.standing(), partial(letters.notify, letter=letter))
