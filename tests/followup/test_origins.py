"""An activity's whole way on one line of time, and only what everybody may read of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreement.models import ActivityEvent
from council.models import DotBallot
from followup import origins
from followup.models import Compilation
from followup.snapshot import take
from idekom.lib.dated import today
from tests import builders
from tests.agreement import planning
from tests.council import balloting, proposing
from tests.followup.conftest import Year

pytestmark = pytest.mark.django_db


def test_the_way_goes_from_the_votes_over_the_meeting_and_the_yes_to_the_updates(client: Client) -> None:
    by, party = builders.user(), builders.affiliation().party
    ballot = balloting.closed({0: 2, 1: 1}, {0: 1})
    (activity,) = ballot.begin_activities([balloting.options(ballot)[0]], planning.plan(side=""), by=by)
    activity.party, activity.how, activity.due_on = party, "Vi provar.", today() + timedelta(days=30)
    activity.save()
    activity.publish(by=by)
    proposal = proposing.adopted("Öppna dörrar")
    (row,) = proposing.addressed(party, of=proposal)
    proposing.says(row).join_activity(activity, by=by)
    planning.told(activity, sentence="Första dörren är öppen.")
    steps = origins.of_activity(activity)
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    told = {step.title: step for step in steps}
    assert "fick 3 prickar" in told[f"Omröstningen {ballot}"].text
    assert told["Rådets möte"].url == proposal.item.meeting.get_absolute_url()  # type: ignore[union-attr]
    assert told["Förslaget"].url == proposal.get_absolute_url()
    assert told[f"{party} sa ja"].url == reverse("council:proposal_binding", args=[proposal.slug])
    assert told["Står i handlingsplanen"].url == activity.plan.get_absolute_url()
    page = client.get(activity.get_absolute_url()).text
    assert all(step.url in page for step in steps)


def test_a_ballot_that_is_open_again_and_a_draft_of_a_proposal_are_left_out() -> None:
    activity = planning.activity()
    paper = balloting.recorded(7, 3)
    option = balloting.options(paper)[0]
    option.proposal = proposing.proposal("Hemligt utkast")
    option.activity = activity
    option.save()
    assert [step.title for step in origins.of_activity(activity)] == [f"Omröstningen {paper}", "Står i handlingsplanen"]
    DotBallot.objects.filter(pk=paper.pk).update(status="draft")
    assert [step.title for step in origins.of_activity(activity)] == ["Står i handlingsplanen"]


def test_reports_of_its_years_are_its_last_steps(year: Year) -> None:
    activity = planning.activity(party=year.organisation)
    ActivityEvent.objects.filter(subject=activity, action="publish").update(at=timezone.now() - timedelta(days=400))
    year.submitted(year.report)
    assert "Årlig rapport" not in [step.title for step in origins.of_activity(activity)]
    out = {"status": "published", "sha256": "0" * 64, "size": 1, "taken_at": timezone.now()}
    Compilation.objects.create(round=year.round, revision=1, snapshot=take(year.round), published_at=timezone.now(), **out)
    (step,) = [step for step in origins.of_activity(activity) if step.title == "Årlig rapport"]
    assert step.url == reverse("followup:party_report", args=[year.organisation.slug, year.round.year])
