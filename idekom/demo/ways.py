"""The demo's activity that has come the whole way: from a ballot and a proposal to the plan, the work and the reports."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agreement.models import ActionPlan, Activity, ActivityUpdate
from council.models import DotBallot, PartyDecision
from idekom.demo.proposals import SLUG
from idekom.lib.dated import today
from idekom.users.models import User


def build(secretary: User) -> None:
    """What got most dots becomes an activity of a party that has said yes to the council's proposal."""
    ballot = DotBallot.objects.get(slug="exempelprioritering")
    said = (
        PartyDecision.objects.filter(proposal__slug=SLUG, status="yes", binds_on__lte=today())
        .select_related("party", "proposal")
        .order_by("pk")
        .first()
    )
    if said is None:
        return
    (activity,) = ballot.begin_activities([ballot.result.lines[0].option], ActionPlan.objects.get(slug="gemensam-plan"), by=secretary)
    activity.options.update(proposal=said.proposal)
    activity.party, activity.how = said.party, "Vi provar i ett stadsområde först, och berättar hur det gick."
    activity.starts_on, activity.due_on = today() - timedelta(days=60), today() + timedelta(days=200)
    activity.save()
    activity.commitments.set(said.proposal.commitments.all())
    activity.publish(by=secretary)
    said.join_activity(activity, by=secretary)
    _told(activity, "Tre föreningar är med från början.", 25, days=30)
    _told(activity, "Första provet är gjort. Det gick lättare än vi trodde.", 50, days=6)
    activity.events.filter(action="publish").update(at=_moment(50))
    activity.events.update(notified_at=timezone.now())


def _told(activity: Activity, sentence: str, percent: int, *, days: int) -> None:
    update = ActivityUpdate.objects.tell(activity, sentence=sentence, percent=percent, way=ActivityUpdate.Way.LINK)
    ActivityUpdate.objects.filter(pk=update.pk).update(at=_moment(days))


def _moment(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(today() - timedelta(days=days), time(10)))
