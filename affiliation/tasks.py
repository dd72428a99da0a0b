"""What the worker does for joining and the register. Each task is safe to run twice; the schedule is in the settings."""

from celery import shared_task
from django.utils import timezone

from affiliation import addressing
from affiliation.emails import (
    affiliations,
    applications,
    ceremonies,
    confirmations,
    corrections,
    elections,
    followers,
    invitations,
    memberships,
    reminders,
    waiting,
)
from affiliation.imports import kept
from affiliation.models import (
    AffiliationEvent,
    Application,
    ApplicationEvent,
    Candidate,
    CeremonyInvitation,
    Confirmation,
    Correction,
    CorrectionEvent,
    Election,
    ElectionNotice,
    Follower,
    Invitation,
    NewAddress,
    Reminder,
    WaitingDecision,
)
from affiliation.models.aside import forget_aside
from agreement.models import Membership
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="affiliation.deliver_mail")
def deliver_mail() -> None:
    """Mail about everything that has happened since last time."""
    deliver(ApplicationEvent.objects, applications.notify)
    deliver(AffiliationEvent.objects, affiliations.notify)
    deliver(Membership.objects, memberships.notify)
    deliver(Invitation.objects, invitations.notify)
    deliver(Confirmation.objects, confirmations.notify)
    deliver(Follower.objects, followers.notify)
    deliver(NewAddress.objects.select_related("follower"), followers.ask_new_address)
    deliver(CorrectionEvent.objects, corrections.notify)
    deliver(CeremonyInvitation.objects.asked_for(), ceremonies.notify)
    deliver(Reminder.objects, reminders.notify)
    deliver(Candidate.objects.to_ask(), elections.ask)
    deliver(ElectionNotice.objects.select_related("election__sector"), elections.notify)
    deliver(WaitingDecision.objects.skipped(), waiting.notify)


@shared_task(name="affiliation.run_elections")
def run_elections() -> None:
    """Open elections, remind of them and close them, by the clock."""
    Election.objects.run(timezone.now())


@shared_task(name="affiliation.decide_adjusted")
def decide_adjusted() -> None:
    """Take the decisions that waited for minutes which are adjusted now."""
    WaitingDecision.objects.take_adjusted()


@shared_task(name="affiliation.address_proposals")
def address_proposals() -> None:
    """Lay what the council has adopted before the parties."""
    addressing.address_adopted(today())


@shared_task(name="affiliation.ask_about_hinders")
def ask_about_hinders() -> None:
    """Ask those who have not handled a proposal for long what is in the way."""
    addressing.ask_about_hinders(today())


@shared_task(name="affiliation.remind")
def remind() -> None:
    """Remind of drafts and of cases that wait."""
    Reminder.objects.make(today())
    deliver(Reminder.objects, reminders.notify)


@shared_task(name="affiliation.ask_for_confirmation")
def ask_for_confirmation() -> None:
    """Ask the parties once a year whether their entry is right, and say of those that do not answer that it is not confirmed."""
    Confirmation.objects.ask(today())
    Confirmation.objects.mark_unanswered(today())
    deliver(Confirmation.objects, confirmations.notify)


@shared_task(name="affiliation.tell_followers")
def tell_followers() -> None:
    """Mail those who follow the register about new parties."""
    followers.tell()


@shared_task(name="affiliation.forget")
def forget() -> None:
    """Forget what need not be kept, in the time that the privacy page says: drafts, addresses, files, the people of cases that came to nothing."""
    Application.objects.forget_stale_drafts(today())
    Application.objects.forget_people(today())
    forget_aside(timezone.now())
    Follower.objects.forget_unconfirmed(timezone.now())
    Correction.objects.forget_addresses(timezone.now())
    Candidate.objects.forget_contacts(timezone.now())
    ElectionNotice.objects.forget(timezone.now())
    kept.forget(timezone.now())
