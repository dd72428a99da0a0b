"""Where an activity comes from and what became of it: the idea, the votes, the meeting, the parties' own decisions, the work, the reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreement.models import Activity, ActivityEvent
from council.models import DotBallot, Option, PartyDecision, Proposal
from followup.models import Report

MOVES = {
    "publish": gettext_lazy("Står i handlingsplanen"),
    "finish": gettext_lazy("Genomförd"),
    "resume": gettext_lazy("Går vidare"),
    "cancel": gettext_lazy("Avbruten"),
}


@dataclass(frozen=True)
class Step:
    """Something that led to the activity, or came of it, and where one reads more."""

    on: date
    title: str
    text: str
    url: str = ""

    @classmethod
    def voted(cls, option: Option) -> Self:
        """An idea that was voted on."""
        ballot = option.ballot
        line = next(line for line in ballot.result.lines if line.option.pk == option.pk)
        on = ballot.held_on or timezone.localdate(ballot.closes_at)
        words = _("”%(idea)s” fick %(dots)s prickar.") if line.person is not None else _("”%(idea)s” var ett av förslagen.")
        return cls(on, _("Omröstningen %(ballot)s") % {"ballot": ballot}, words % {"idea": option, "dots": line.in_words}, ballot.get_absolute_url())


def of_activity(activity: Activity) -> list[Step]:
    """The steps that everybody may read, the first one first."""
    options = activity.options.filter(ballot__in=DotBallot.objects.counted()).select_related("ballot", "area")
    steps = [
        *(Step.voted(option) for option in options),
        *_proposed(activity),
        *_agreed(activity),
        *_moved(activity),
        *_reported(activity),
    ]
    return sorted(steps, key=lambda step: step.on)


def _proposed(activity: Activity) -> Iterator[Step]:
    """What the council made of it."""
    of_options, of_decisions = activity.options.values("proposal"), activity.decisions.values("proposal")
    adopted = Proposal.objects.adopted().select_related("item__meeting__body")
    for proposal in (adopted.filter(pk__in=of_options) | adopted.filter(pk__in=of_decisions)).distinct():
        assert proposal.item is not None  # a constraint: a_proposal_on_an_agenda_or_decided_has_its_item  # noqa: S101
        meeting, on = proposal.item.meeting, proposal.decided_on or proposal.item.meeting.on
        words = _("§ %(number)s: rådet lägger fram ”%(proposal)s” för parterna.") if proposal.paragraph else _("Rådet lägger fram ”%(proposal)s”.")
        yield Step(meeting.on, _("Rådets möte"), words % {"number": proposal.paragraph, "proposal": proposal}, meeting.get_absolute_url())
        yield Step(on, _("Förslaget"), proposal.aim or proposal.title, proposal.get_absolute_url())


def _agreed(activity: Activity) -> Iterator[Step]:
    """The parties that said yes, and made it this activity."""
    for said in PartyDecision.objects.filter(activity=activity, decided_on__isnull=False).select_related("party", "proposal"):
        url = reverse("council:proposal_binding", args=[said.proposal.slug])
        yield Step(said.decided_on, _("%(party)s sa ja") % {"party": said.party}, said.change or said.proposal.title, url)  # type: ignore[arg-type]


def _moved(activity: Activity) -> Iterator[Step]:
    """Its way through the plan, and what has been told of it."""
    for event in ActivityEvent.objects.filter(subject=activity, action__in=MOVES):
        yield Step(timezone.localdate(event.at), str(MOVES[event.action]), str(activity.plan), activity.plan.get_absolute_url())
    for update in activity.updates.shown():
        yield Step(timezone.localdate(update.at), str(update.title), update.sentence, f"#uppgift-{update.pk}")


def _reported(activity: Activity) -> Iterator[Step]:
    """The yearly reports of the party that answers for it, from the years in which it went on."""
    begun = activity.events.filter(action="publish").order_by("at").first()
    if begun is None or activity.party is None:
        return
    ended = activity.events.filter(action__in=["finish", "cancel"]).order_by("-at").first()
    reports = Report.objects.published().filter(party=activity.party, round__year__gte=begun.at.year).select_related("round")
    for report in reports.filter(round__year__lte=ended.at.year) if ended and not activity.goes_on else reports:
        words = _("%(party)s rapporterar om %(year)s.") % {"party": activity.party, "year": report.round.year}
        url = reverse("followup:party_report", args=[activity.party.slug, report.round.year])
        yield Step(report.round.due_on, _("Årlig rapport"), words, url)
