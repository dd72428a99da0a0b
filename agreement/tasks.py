"""What workers do for the agreement and its plans: all of it safe to repeat. The schedule is in the settings."""

from celery import shared_task

from agreement.emails import activities
from agreement.models import ActivityContact, StatusRequest
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="agreement.deliver_mail")
def deliver_mail() -> None:
    """Ask the contacts that are to be asked how an activity goes."""
    deliver(StatusRequest.objects.select_related("activity__plan"), activities.notify)


@shared_task(name="agreement.ask_for_updates")
def ask_for_updates() -> None:
    """Make the questions that are due, and mail them."""
    StatusRequest.objects.make(today())
    deliver_mail()


@shared_task(name="agreement.forget")
def forget() -> None:
    """Forget whom to ask about activities that ended a year ago."""
    ActivityContact.objects.forget(today())
