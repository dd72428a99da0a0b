"""What workers do: all of it safe to repeat."""

from celery import shared_task
from django.utils import timezone

from agreement.emails import revision
from agreement.models import RevisionComment, RevisionCommentEvent
from idekom.lib.history import deliver


@shared_task(name="agreement.deliver_mail")
def deliver_mail() -> None:
    """Mail the answers to comments."""
    deliver(RevisionCommentEvent.objects.select_related("subject__round__version"), revision.notify)


@shared_task(name="agreement.forget")
def forget() -> None:
    """Forget the addresses of those who commented on a draft, in the time that they were told."""
    RevisionComment.objects.forget_addresses(timezone.now())
