"""What workers do for the agreement and its plans: all of it safe to repeat. The schedule is in the settings."""

from celery import shared_task
from django.utils import timezone

from agreement.emails import activities, revision
from agreement.models import ActivityContact, RevisionComment, RevisionCommentEvent, StatusRequest
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="agreement.deliver_mail")
def deliver_mail() -> None:
    """Mail the answers to comments, and ask the contacts that are to be asked how an activity goes."""
    deliver(RevisionCommentEvent.objects.select_related("subject__round__version"), revision.notify)
    deliver(StatusRequest.objects.select_related("activity__plan"), activities.notify)


@shared_task(name="agreement.ask_for_updates")
def ask_for_updates() -> None:
    """Make the questions that are due, and mail them."""
    StatusRequest.objects.make(today())
    deliver_mail()


@shared_task(name="agreement.forget")
def forget() -> None:
    """Forget the addresses of those who commented on a draft, and whom to ask about activities that ended a year ago."""
    RevisionComment.objects.forget_addresses(timezone.now())
    ActivityContact.objects.forget(today())
