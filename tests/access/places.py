"""A world with one of everything, and each address in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from affiliation.models import (
    Affiliation,
    Application,
    Candidate,
    Ceremony,
    CeremonyInvitation,
    Confirmation,
    Correction,
    Election,
    Follower,
    Invitation,
)
from agreement.models import ActivityContact, Goal, Membership, Party, Representative, RevisionComment
from council.models import AgendaItem, Asked, Assignment, Hinder, Mandate, Meeting, Nomination, Office, Paper
from followup.models import Compilation, Evaluation, EvaluationComment, Extension, ForumQuestion, ForumRegistration, Recommendation, Report, Round
from idekom.lib.dated import period, today
from idekom.users.models import User
from tests import builders
from tests.access import agreement, council, knowledge, plans
from tests.access.agreement import AgreementWorld
from tests.access.arguments import MORE, OF_A_PARTY, OF_A_REPORT, OF_AN_ELECTION, OF_ONE, ROWS, SECRETS, WITHOUT_A_ROW
from tests.access.around import Sitting, sitting
from tests.access.council import CouncilWorld
from tests.access.knowledge import KnowledgeWorld
from tests.affiliation import electing
from tests.agreement import wording as revising
from tests.council import building, nominating

WRONG = "this-is-nobodys-secret-00000"


@dataclass
class World:
    """One of everything. The party is an umbrella, so that it has members, and a member of another one."""

    affiliation: Affiliation
    colleague: Representative
    case: Application
    draft: Application
    round: Round
    compilation: Compilation
    report: Report
    ceremony: Ceremony
    asked_to_sign: CeremonyInvitation
    follower: Follower
    invitation: Invitation
    member: Membership
    membership: Membership
    confirmation: Confirmation
    correction: Correction
    extension: Extension
    evaluation: Evaluation
    evaluated: Report
    recommendation: Recommendation
    comment: EvaluationComment
    item: AgendaItem
    item_paper: Paper
    assignment: Assignment
    registration: ForumRegistration
    question: ForumQuestion
    agreement: AgreementWorld
    revision_comment: RevisionComment
    council: CouncilWorld
    chair: Office
    nomination: Nomination
    election: Election
    settled: Election
    candidate: Candidate
    meeting: Meeting
    paper: Paper
    asked: Asked
    contact: ActivityContact
    sitting: Sitting
    knowledge: KnowledgeWorld

    @property
    def party(self) -> Party:
        """The party that the representatives act for."""
        return self.affiliation.party

    @property
    def hinder(self) -> Hinder:
        """The question to another party about what is in the way."""
        return self.council.hinder


def world() -> World:
    """One of everything."""
    affiliation = builders.affiliation(builders.party("Föreningen Mitt", kind="umbrella"))
    party, other = affiliation.party, builders.affiliation(builders.party("Annat paraply", kind="umbrella")).party
    principle, commitment = builders.principle(slug="dialog"), builders.commitment(slug="atagande", number=1)
    assert principle.version == commitment.version
    with builders.unfrozen():
        Goal.objects.create(version=principle.version, number=1, text="Tydliga villkor.")
    meeting = building.called()
    item = AgendaItem.objects.add(builders.meeting(starts_at=timezone.now() - timedelta(hours=1)), title="Ämnet")
    round, evening, by = builders.round(2026), builders.ceremony(), builders.user()
    report = builders.report(party, round)
    evaluated = builders.report(other, round)
    evaluated.answer(commitment, progress="started")
    evaluated.submit(by=by)
    builders.book(round, by)
    compilation = Compilation.request(round, by=by)
    evaluation = builders.evaluation(2026)
    evaluation.evaluators.add(by)
    recommendation = builders.recommendation(builders.finding(evaluation))
    builders.opened(evaluation)
    forum = builders.forum(round)
    nomination = nominating.nomination(builders.seat(nominator=party))
    election, settled = _elections(party, by)
    return World(
        affiliation=affiliation,
        colleague=builders.representative(party, role=Representative.Role.READER),
        case=builders.application(name="Sökande förening", contact_email="sokande@example.org"),
        draft=builders.draft(name="Utkast"),
        round=round,
        compilation=compilation,
        report=report,
        ceremony=evening,
        asked_to_sign=CeremonyInvitation.objects.create(ceremony=evening, name="Inbjuden", email="inbjuden@example.org"),
        follower=Follower.objects.create(email="foljer@example.org"),
        invitation=Invitation.invite(party, "ny@example.org", Representative.Role.REPORTER, by=by),
        member=_named(party, "Medlemmen"),
        membership=_named(other, party.name),
        confirmation=Confirmation.objects.create(affiliation=affiliation, asked_on=today()),
        correction=Correction.suggest(party, field="description", value="Bättre ord."),
        extension=Extension.objects.ask(report, until_on=round.due_on + timedelta(days=5), by=by),
        evaluation=evaluation,
        evaluated=evaluated,
        recommendation=recommendation,
        comment=EvaluationComment.leave(evaluation, name="", text="Bra.", day=today()),
        item=item,
        item_paper=Paper.objects.create(item=item, name="Underlag", file=ContentFile(b"%PDF-1.7", "underlag.pdf")),
        assignment=Assignment.objects.create(item=AgendaItem.objects.add(item.meeting, title="Givet"), what="Göra", doer="kansliet"),
        registration=builders.registration(forum),
        question=builders.question(forum),
        agreement=agreement.world(),
        revision_comment=revising.comment(revising.revision(revising.draft())),
        council=council.world(party),
        chair=_chair(),
        nomination=nomination,
        election=election,
        settled=settled,
        candidate=election.candidates.filter(party=party)[0],
        meeting=meeting,
        paper=building.paper(building.item(meeting)),
        asked=building.asked(),
        contact=plans.contact(party),
        sitting=sitting(),
        knowledge=knowledge.world(),
    )


def _chair() -> Office:
    """The chair of a council, with a seat and a mandate."""
    since = period(today() - timedelta(days=30))  # the newest of the world's councils: the one that stands
    seat = builders.seat(builders.body(slug="det-radet", period=since), number=1, period=since)
    mandate = seat.appoint(builders.person(name="Orda Förande", slug="orda-forande"), role=Mandate.Role.ORDINARY, from_on=today())
    return Office.appoint(mandate, Office.Role.CHAIR, from_on=today())


def _elections(party: Party, by: User) -> tuple[Election, Election]:
    """An open election that the party votes in and has named somebody for, and a settled one."""
    settled = electing.closed([0])
    settled.settle(by=by, tellers=("Rut", "Rolf"), on=today())
    election = electing.election(builders.sector())
    Party.objects.filter(pk=party.pk).update(sector=election.sector)
    party.refresh_from_db()
    electing.candidate(election, party=party)
    election.open(timezone.now())
    return election, settled


def _named(umbrella: Party, name: str) -> Membership:
    named = Membership.name_member(umbrella, name, from_on=today())
    assert named
    return named


def address(name: str, here: World, *, knows: bool) -> str:
    """The path of an address in the world. `knows`: whether whoever comes has the secret that is in it, if one is."""
    arguments = _arguments(name, here)
    if "token" in arguments and not knows:
        arguments["token"] = WRONG
    return reverse(name, kwargs=arguments)


def _arguments(name: str, here: World) -> dict[str, Any]:
    """What the address is made of."""
    if name in here.sitting.arguments:
        return dict(here.sitting.arguments[name])
    if name in OF_ONE:
        return OF_ONE[name]
    if name in SECRETS:
        more = MORE.get(name, {}) | ({"code": here.ceremony.code} if "ceremony" in name else {})
        return {"token": getattr(here, SECRETS[name]).token} | more
    for knows, arguments in PARTS:
        if knows(name):
            return arguments(name, here)
    if name.startswith("admin:"):
        return _in_the_office(name, here)
    if name == "followup:like":
        return {"year": 2026, "pk": here.question.pk}
    if name in OF_A_REPORT:
        return {"year": 2026, "party": here.party.slug} | MORE.get(name, {})
    if name in OF_A_PARTY:
        return {"slug": here.party.slug} | MORE.get(name, {}) | ({"pk": getattr(here, ROWS[name]).pk} if name in ROWS else {})
    return {"code": here.ceremony.code} if name == "affiliation:ceremony" else {}


def _of_an_election(name: str, here: World) -> dict[str, Any]:
    chosen = here.settled if "protocol" in name else here.election
    return {"slug": chosen.slug} | ({"pk": here.candidate.pk} if name == "affiliation:strike_candidate" else {})


def _of_a_nomination(name: str, here: World) -> dict[str, Any]:
    return {"pk": here.nomination.seat_id if name == "council:nominate" else here.nomination.pk}


def _of_an_evaluation(name: str, here: World) -> dict[str, Any]:
    if name == "followup:evaluations":
        return {}
    more = {"party": here.evaluated.party.slug} if name == "followup:evaluator_report" else {}
    return {"year": 2026} | MORE.get(name, {}) | more


def _of_the_council(name: str, here: World) -> dict[str, Any]:
    of_a_body = {"slug": here.meeting.body.slug} if "body" in name else {}
    told: dict[str, dict[str, Any]] = {
        "council:meeting": {"day": here.meeting.on},
        "council:meeting_calendar": {"day": here.meeting.on},
        "council:body_meeting": {"day": here.meeting.on},
        "council:body_meeting_calendar": {"day": here.meeting.on},
        "council:paper": {"pk": here.paper.pk},
        "council:data_list": {"kind": "moten"},
        "council:data_one": {"kind": "moten", "pk": here.meeting.pk},
        "council:times": {"pk": here.asked.poll_id},
    }
    return of_a_body | told.get(name, {})


def _in_the_office(name: str, here: World) -> dict[str, Any]:
    of: dict[str, Any] = {
        "application": here.case,
        "affiliation": here.affiliation,
        "correction": here.correction,
        "ceremony": here.ceremony,
        "round": here.round,
        "compilation": here.compilation,
        "evaluation": here.evaluation,
        "report": here.report,
        "questionset": here.round.questions,
        "forum": here.registration.forum,
        "forumquestion": here.question,
        "revisioncomment": here.revision_comment,
        "body": here.chair.body,
        "seat": here.chair.mandate.seat,
        "mandate": here.chair.mandate,
        "office": here.chair,
        "nomination": here.nomination,
        "election": here.election,
        "timepoll": here.asked.poll,
        "meeting": here.item.meeting,
        "assignment": here.assignment,
        "activity": here.contact.activity,
    }
    model, step = name.removeprefix("admin:").split("_", 2)[1:]
    if (model, step) in WITHOUT_A_ROW:
        return {}
    more: dict[tuple[str, str], dict[str, Any]] = {
        ("ceremony", "uninvite"): {"invitation": here.asked_to_sign.pk},
        ("timepoll", "choose"): {"option": here.asked.poll.options.all()[0].pk},
        ("round", "grant"): {"extension": here.extension.pk},
        ("round", "decline"): {"extension": here.extension.pk},
        ("evaluation", "dismiss"): {"user": here.evaluation.evaluators.all()[0].pk},
        ("evaluation", "show"): {"comment": here.comment.pk},
        ("evaluation", "hold_back"): {"comment": here.comment.pk},
        ("election", "lot"): {"votes": 1},
        ("election", "strike"): {"candidate": here.candidate.pk},
        ("mandate", "letter"): {"kind": "start"},
        ("meeting", "item"): {"item": here.item.pk},
        ("meeting", "item_remove"): {"item": here.item.pk},
        ("meeting", "outcome"): {"item": here.item.pk},
        ("meeting", "paper"): {"paper": here.item_paper.pk},
        ("meeting", "paper_remove"): {"paper": here.item_paper.pk},
        ("assignment", "step"): {"verb": "finish"},
        ("activity", "step"): {"verb": "finish"},
        ("activity", "hide"): {"update": here.contact.activity.updates.all()[0].pk},
        ("evaluation", "ledger"): {"recommendation": here.recommendation.pk, "step": "svar"},
    }
    return {"pk": of[model].pk} | MORE.get(name, {}) | more.get((model, step), {})


PARTS: list[tuple[Callable[[str], bool], Callable[[str, World], dict[str, Any]]]] = [
    (lambda name: name in plans.OF_A_PLAN, lambda name, here: plans.arguments(name, here.contact.activity)),
    (lambda name: name in OF_AN_ELECTION, _of_an_election),
    (lambda name: name in {"council:nominate", "council:withdraw_nomination"}, _of_a_nomination),
    (lambda name: name.startswith("followup:evaluat"), _of_an_evaluation),
    (agreement.knows, lambda name, here: agreement.arguments(name, here.agreement)),
    (knowledge.knows, lambda name, here: knowledge.arguments(name, here.knowledge)),
    (council.knows, lambda name, here: council.arguments(name, here.council)),
    (lambda name: name.startswith("council:") and name not in OF_ONE, _of_the_council),
]
"""(which addresses, what they are made of) for those that have more to them."""
