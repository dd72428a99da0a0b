"""A world with one of everything, and each address in it."""

from dataclasses import dataclass
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
from followup.models import Compilation, Report, Round
from idekom.lib.dated import today
from tests import builders

WRONG = "this-is-nobodys-secret-00000"


@dataclass
class World:
    """One of everything. The party is an umbrella, so that it has members, and a member of another one."""

    affiliation: Affiliation
    colleague: Representative
    case: Application
    draft: Application
    round: Round
    report: Report
    ceremony: Ceremony
    asked_to_sign: CeremonyInvitation
    follower: Follower
    invitation: Invitation
    member: Membership
    membership: Membership
    confirmation: Confirmation
    correction: Correction

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
    Compilation.request(round, by=by)
    return World(
        affiliation=affiliation,
        colleague=builders.representative(party, role=Representative.Role.READER),
        case=builders.application(name="Sökande förening", contact_email="sokande@example.org"),
        draft=builders.draft(name="Utkast"),
        round=round,
        report=report,
        ceremony=evening,
        asked_to_sign=CeremonyInvitation.objects.create(ceremony=evening, name="Inbjuden", email="inbjuden@example.org"),
        follower=Follower.objects.create(email="foljer@example.org"),
        invitation=Invitation.invite(party, "ny@example.org", Representative.Role.REPORTER, by=by),
        member=_named(party, "Medlemmen"),
        membership=_named(other, party.name),
        confirmation=Confirmation.objects.create(affiliation=affiliation, asked_on=today()),
        correction=Correction.suggest(party, field="description", value="Bättre ord."),
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
    if name in OF_ONE:
        return OF_ONE[name]
    if name in SECRETS:
        return {"token": getattr(here, SECRETS[name]).token} | MORE.get(name, {}) | ({"code": here.ceremony.code} if "ceremony" in name else {})
    if name.startswith("admin:"):
        return _in_the_office(name, here)
    if name in OF_A_REPORT:
        return {"year": 2026, "party": here.party.slug} | MORE.get(name, {})
    if name in OF_A_PARTY:
        return {"slug": here.party.slug} | MORE.get(name, {}) | ({"pk": getattr(here, ROWS[name]).pk} if name in ROWS else {})
    return {"code": here.ceremony.code} if name == "affiliation:ceremony" else {}


def _in_the_office(name: str, here: World) -> dict[str, Any]:
    of = {"application": here.case, "affiliation": here.affiliation, "correction": here.correction, "ceremony": here.ceremony, "round": here.round}
    of |= {"report": here.report, "questionset": here.round.questions}
    model, step = name.removeprefix("admin:").split("_", 2)[1:]
    if (model, step) in WITHOUT_A_ROW:
        return {}
    more = {"invitation": here.asked_to_sign.pk} if step == "uninvite" else {}
    return {"pk": of[model].pk} | MORE.get(name, {}) | more


OF_ONE: dict[str, dict[str, Any]] = {
    "agreement:principle": {"slug": "dialog"},
    "agreement:commitment": {"slug": "atagande"},
    "followup:year": {"year": 2026},
    "followup:book": {"year": 2026},
    "followup:blank_form": {"year": 2026, "side": "staden"},
    "followup:data_csv": {"year": 2026},
    "followup:data_json": {"year": 2026},
    "followup:reports": {"year": 2026},
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
}
"""{address: whose secret is in it}"""
OF_A_REPORT = {"followup:report", "followup:answer", "followup:review", "followup:submit", "followup:receipt", "followup:paper_form"}
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
    "admin:affiliation_application_file": {"name": "minutes"},
    "admin:affiliation_application_step": {"verb": "approve"},
    "admin:affiliation_application_take": {"verb": "start_review"},
}
WITHOUT_A_ROW = {
    ("application", "decide"), ("application", "decide_take"), ("application", "decided"), ("application", "hand_over"),
    ("application", "paper"), ("affiliation", "import"), ("affiliation", "import_confirm"),
}  # fmt: skip
