"""A world with one of everything."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
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
from tests.access.around import Sitting, sitting
from tests.access.council import CouncilWorld
from tests.access.knowledge import KnowledgeWorld
from tests.affiliation import electing
from tests.agreement import wording as revising
from tests.council import building, nominating


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
