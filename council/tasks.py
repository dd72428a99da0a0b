"""What workers do: all of it safe to repeat. The schedule is in the settings."""

from celery import shared_task
from django.utils import timezone

from council import minutes as drawing
from council.emails import assignments, ballots, briefs, decisions, letters, nominations, notices, polls, replies, seats, substitutes
from council.emails import minutes as minutes_mails
from council.models import (
    AssignmentReminder,
    BallotNotice,
    Brief,
    DotBallot,
    Hinder,
    MandateLetter,
    MeetingEvent,
    Minutes,
    MinutesEvent,
    MinutesNotice,
    Nomination,
    NominationEvent,
    Notice,
    PaperText,
    PartyDecisionEvent,
    PollNotice,
    Proposal,
    ReplyReminder,
    SeatNotice,
    SubstituteEvent,
    SubstituteRequest,
    Voter,
)
from idekom.lib.dated import today
from idekom.lib.history import deliver


@shared_task(name="council.deliver_mail")
def deliver_mail() -> None:
    """Mail about everything that has happened, or is due, and that nobody has been told of."""
    deliver(MeetingEvent.objects, Notice.objects.spread)
    deliver(Notice.objects, notices.notify)
    deliver(ReplyReminder.objects, replies.notify)
    deliver(SubstituteEvent.objects, substitutes.notify)
    deliver(AssignmentReminder.objects, assignments.notify)
    deliver(Brief.objects, briefs.notify)
    deliver(MinutesEvent.objects.select_related("subject__meeting__body", "actor"), minutes_mails.notify)
    to_adjusters = MinutesNotice.objects.select_related("event__subject__meeting__body", "adjuster__person__user")
    deliver(to_adjusters, minutes_mails.notify_adjuster)
    deliver(SeatNotice.objects.select_related("seat__body", "seat__sector", "mandate__person"), seats.notify)
    deliver(NominationEvent.objects.select_related("subject__seat", "subject__party", "subject__meeting"), nominations.notify)
    deliver(MandateLetter.objects.standing(), letters.notify)
    deliver(PartyDecisionEvent.objects.select_related("subject__party", "subject__proposal"), decisions.notify)
    deliver(Hinder.objects.select_related("decision__party", "decision__proposal"), decisions.ask)
    deliver(PollNotice.objects.select_related("asked__poll__meeting__body", "asked__poll__body", "asked__person__user"), polls.notify)
    deliver(BallotNotice.objects.select_related("voter__ballot__body", "voter__person__user"), ballots.notify)


@shared_task(name="council.run_ballots")
def run_ballots() -> None:
    """Open and close dot ballots by the clock, and remind those who have not voted."""
    DotBallot.objects.run(timezone.now())
    deliver_mail()


@shared_task(name="council.sweep")
def sweep() -> None:
    """Ask substitutes where members are away, and do what waited for minutes to be adjusted: briefs, decisions on proposals."""
    SubstituteRequest.objects.call(timezone.now())
    Brief.objects.make(today())
    Proposal.objects.follow_tabled()
    Proposal.objects.take_adjusted()
    deliver_mail()


@shared_task(name="council.print_minutes")
def print_minutes() -> None:
    """Make the files of minutes that have been adjusted."""
    for minutes in Minutes.objects.unprinted().select_related("meeting__body"):
        drawing.print_files(minutes)


@shared_task(name="council.read_papers")
def read_papers() -> None:
    """Read the papers that have come, so that a search finds what stands in them."""
    PaperText.objects.read_all()


@shared_task(name="council.remind")
def remind() -> None:
    """Remind of what somebody has taken on, and of reporting back."""
    AssignmentReminder.objects.make(today())
    Brief.objects.make_reminders(today())
    deliver_mail()


@shared_task(name="council.notice")
def notice() -> None:
    """Tell about mandates that run out and seats that are vacant."""
    SeatNotice.objects.make(today())
    deliver_mail()


@shared_task(name="council.forget")
def forget() -> None:
    """Forget how to reach those who were named for a seat, when it is long decided, and who put which dots."""
    Nomination.objects.forget_contacts(today())
    Voter.objects.forget(today())


@shared_task(name="council.thank_members")
def thank_members() -> None:
    """Write to the members whose mandate has ended."""
    MandateLetter.objects.write_thanks(today())
    deliver_mail()
