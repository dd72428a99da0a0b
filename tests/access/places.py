"""A world with one of everything, and each address in it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse

from affiliation.models import (
    Affiliation,
    Application,
    Ceremony,
    CeremonyInvitation,
    Confirmation,
    Correction,
    Follower,
    Invitation,
)
from agreement.models import Membership, Party, Representative
from followup.models import Compilation, Evaluation, EvaluationComment, Extension, ForumQuestion, ForumRegistration, Recommendation, Report, Round
from idekom.lib.dated import today
from tests import builders
from tests.access.council import Sitting, sitting

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
    registration: ForumRegistration
    question: ForumQuestion
    sitting: Sitting

    @property
    def party(self) -> Party:
        """The party that the representatives act for."""
        return self.affiliation.party


def world() -> World:
    """One of everything."""
    affiliation = builders.affiliation(builders.party("Föreningen Mitt", kind="umbrella"))
    party, other = affiliation.party, builders.affiliation(builders.party("Annat paraply", kind="umbrella")).party
    principle, commitment = builders.principle(slug="dialog"), builders.commitment(slug="atagande", number=1)
    assert principle.version == commitment.version
    builders.meeting()
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
        registration=builders.registration(forum),
        question=builders.question(forum),
        sitting=sitting(),
    )


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
    if name.startswith("followup:evaluat"):
        return _of_an_evaluation(name, here)
    if name.startswith("admin:"):
        return _in_the_office(name, here)
    if name == "followup:like":
        return {"year": 2026, "pk": here.question.pk}
    if name in OF_A_REPORT:
        return {"year": 2026, "party": here.party.slug} | MORE.get(name, {})
    if name in OF_A_PARTY:
        return {"slug": here.party.slug} | MORE.get(name, {}) | ({"pk": getattr(here, ROWS[name]).pk} if name in ROWS else {})
    return {"code": here.ceremony.code} if name == "affiliation:ceremony" else {}


def _of_an_evaluation(name: str, here: World) -> dict[str, Any]:
    if name == "followup:evaluations":
        return {}
    more = {"party": here.evaluated.party.slug} if name == "followup:evaluator_report" else {}
    return {"year": 2026} | MORE.get(name, {}) | more


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
    }
    model, step = name.removeprefix("admin:").split("_", 2)[1:]
    if (model, step) in WITHOUT_A_ROW:
        return {}
    more: dict[tuple[str, str], dict[str, Any]] = {
        ("ceremony", "uninvite"): {"invitation": here.asked_to_sign.pk},
        ("round", "grant"): {"extension": here.extension.pk},
        ("round", "decline"): {"extension": here.extension.pk},
        ("evaluation", "dismiss"): {"user": here.evaluation.evaluators.all()[0].pk},
        ("evaluation", "show"): {"comment": here.comment.pk},
        ("evaluation", "hold_back"): {"comment": here.comment.pk},
        ("evaluation", "ledger"): {"recommendation": here.recommendation.pk, "step": "svar"},
    }
    return {"pk": of[model].pk} | MORE.get(name, {}) | more.get((model, step), {})


OF_ONE: dict[str, dict[str, Any]] = {
    "agreement:principle": {"slug": "dialog"},
    "agreement:commitment": {"slug": "atagande"},
    "followup:year": {"year": 2026},
    "followup:book": {"year": 2026},
    "followup:blank_form": {"year": 2026, "side": "staden"},
    "followup:chapter": {"year": 2026, "number": 1},
    "followup:statements": {"year": 2026},
    "followup:answers": {"year": 2026},
    "followup:parties": {"year": 2026},
    "followup:data_csv": {"year": 2026},
    "followup:data_json": {"year": 2026},
    "followup:reports": {"year": 2026},
    "followup:slides": {"year": 2026},
    "followup:forum": {"year": 2026},
    "followup:forum_calendar": {"year": 2026},
    "followup:register": {"year": 2026},
    "followup:questions": {"year": 2026},
    "followup:forum_screen": {"year": 2026},
}
SECRETS = {
    "affiliation:case": "case",
    "affiliation:complete": "case",
    "affiliation:withdraw": "case",
    "affiliation:check": "draft",
    "affiliation:submit": "draft",
    "affiliation:section": "draft",
    "affiliation:resume": "draft",
    "affiliation:file": "case",
    "affiliation:letter": "draft",
    "affiliation:ceremony_invited": "asked_to_sign",
    "affiliation:following": "follower",
    "affiliation:unfollow": "follower",
    "affiliation:invitation": "invitation",
    "affiliation:membership": "membership",
    "affiliation:confirmation": "confirmation",
    "followup:registration": "registration",
    "followup:cancel_registration": "registration",
}
"""{address: whose secret is in it}"""
OF_A_REPORT = {
    "followup:report", "followup:answer", "followup:review", "followup:submit", "followup:receipt", "followup:more_time", "followup:paper_form",
    "followup:progress", "followup:whole_year", "followup:confirm", "followup:members", "followup:preview", "followup:stand_alone", "followup:reopen",
}  # fmt: skip
OF_A_PARTY = {
    "affiliation:party", "affiliation:logo", "affiliation:certificate", "affiliation:badge", "affiliation:suggest", "followup:party_report",
    "affiliation:own_party", "affiliation:own_details", "affiliation:own_confirm", "affiliation:own_people", "affiliation:step_down",
    "affiliation:hand_over", "affiliation:own_person", "affiliation:end_person", "affiliation:revoke_invitation", "affiliation:own_members",
    "affiliation:end_member", "affiliation:deny_membership", "affiliation:own_leave", "affiliation:own_stay",
}  # fmt: skip
ROWS = {
    "affiliation:own_person": "colleague",
    "affiliation:end_person": "colleague",
    "affiliation:revoke_invitation": "invitation",
    "affiliation:end_member": "member",
    "affiliation:deny_membership": "membership",
}
MORE: dict[str, dict[str, Any]] = {
    "affiliation:section": {"section": "kontakt"},
    "affiliation:file": {"name": "minutes"},
    "followup:answer": {"number": 1},
    "followup:party_report": {"year": 2026},
    "followup:evaluator_reports": {"of": 2026},
    "followup:evaluator_report": {"of": 2026},
    "followup:evaluator_finding": {"number": 1},
    "followup:evaluator_new_recommendation": {"number": 1},
    "followup:evaluator_recommendation": {"number": 1, "which": 1},
    "followup:evaluator_mark": {"number": 1},
    "followup:registration": {"year": 2026},
    "followup:cancel_registration": {"year": 2026},
    "admin:affiliation_application_file": {"name": "minutes"},
    "admin:followup_forumquestion_step": {"verb": "set_aside"},
    "admin:affiliation_application_step": {"verb": "approve"},
    "admin:affiliation_application_take": {"verb": "start_review"},
}
WITHOUT_A_ROW = {
    ("application", "decide"), ("application", "decide_take"), ("application", "decided"), ("application", "hand_over"),
    ("application", "paper"), ("affiliation", "import"), ("affiliation", "import_confirm"),
}  # fmt: skip
