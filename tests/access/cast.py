"""Everybody who may come, and a world with one of everything for them to come to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from affiliation.models import Affiliation, Application
from agreement.models import Party, Representative
from council.models import Mandate
from followup.models import Compilation, Report, Round
from idekom.access import Who
from idekom.lib.dated import today
from idekom.users import founding
from idekom.users.models import User
from tests import builders
from tests.conftest import browser

WRONG = "this-is-nobodys-secret-00000"

PUBLIC = frozenset({Who.EVERYBODY})
SIGNED_IN = PUBLIC | {Who.SIGNED_IN}
MAY: dict[str, frozenset[Who]] = {
    "anonymous": PUBLIC,
    "applicant": PUBLIC | {Who.SECRET},
    "reader": SIGNED_IN | {Who.ACTS},
    "reporter": SIGNED_IN | {Who.ACTS, Who.REPORTS},
    "administrator": SIGNED_IN | {Who.ACTS, Who.REPORTS, Who.ADMINISTERS},
    "of another party": SIGNED_IN,
    "former": SIGNED_IN,
    "member": SIGNED_IN,
    "secretary": SIGNED_IN | {Who.SEES_OFFICE, Who.WORKS_IN_OFFICE},
    "read-only staff": SIGNED_IN | {Who.SEES_OFFICE},
    "superuser": SIGNED_IN | {Who.SEES_OFFICE, Who.WORKS_IN_OFFICE},
}
"""What each of the cast may do. A representative acts for the one party of the world, the applicant has the secret addresses."""


@dataclass
class World:
    """One of everything."""

    affiliation: Affiliation
    case: Application
    draft: Application
    round: Round
    report: Report

    @property
    def party(self) -> Party:
        """The party that the representatives act for."""
        return self.affiliation.party


def world() -> World:
    """One of everything."""
    affiliation = builders.affiliation(builders.party("Föreningen Mitt"))
    principle, commitment = builders.principle(slug="dialog"), builders.commitment(slug="atagande", number=1)
    assert principle.version == commitment.version
    builders.meeting()
    round = builders.round(2026)
    report = builders.report(affiliation.party, round)
    case = builders.application(name="Sökande förening", contact_email="sokande@example.org")
    Compilation.request(round, by=builders.user())
    return World(affiliation, case, builders.draft(name="Utkast"), round, report)


def client(role: str, here: World) -> Client:
    """The browser of one of the cast."""
    if role in {"anonymous", "applicant"}:
        return Client()
    return browser(_user(role, here))


def _user(role: str, here: World) -> User:
    user = builders.user(f"{role.replace(' ', '.')}@example.org", name=role.capitalize())
    if role in Representative.Role.values:
        builders.representative(here.party, user, Representative.Role(role))
    elif role == "of another party":
        builders.representative(user=user)
    elif role == "former":
        builders.representative(here.party)  # somebody else stays
        builders.representative(here.party, user).end(today())
    elif role == "member":
        builders.seat().appoint(builders.person(name="Member"), role=Mandate.Role.ORDINARY, from_on=today())
    elif role == "superuser":
        user.is_superuser = user.is_staff = True
    elif role == "secretary":
        user.is_staff = True
        user.groups.add(founding.load())
    elif role == "read-only staff":
        user.is_staff = True
        group = Group.objects.create(name="Läsare")
        group.permissions.set(Permission.objects.filter(codename__startswith="view_"))
        user.groups.add(group)
    user.save()
    return user


def _case(here: World, knows: bool) -> dict[str, Any]:
    return {"token": here.case.token if knows else WRONG}


def _draft(here: World, knows: bool) -> dict[str, Any]:
    return {"token": here.draft.token if knows else WRONG}


def _report(here: World, _knows: bool) -> dict[str, Any]:
    return {"year": 2026, "party": here.party.slug}


ARGUMENTS: dict[str, Callable[[World, bool], dict[str, Any]]] = {
    "agreement:principle": lambda here, knows: {"slug": "dialog"},
    "agreement:commitment": lambda here, knows: {"slug": "atagande"},
    "affiliation:case": _case,
    "affiliation:check": _draft,
    "affiliation:submit": _draft,
    "affiliation:complete": _case,
    "affiliation:withdraw": _case,
    "affiliation:section": lambda here, knows: _draft(here, knows) | {"section": "kontakt"},
    "affiliation:party": lambda here, knows: {"slug": here.party.slug},
    "followup:year": lambda here, knows: {"year": 2026},
    "followup:book": lambda here, knows: {"year": 2026},
    "followup:data_csv": lambda here, knows: {"year": 2026},
    "followup:data_json": lambda here, knows: {"year": 2026},
    "followup:reports": lambda here, knows: {"year": 2026},
    "followup:report": _report,
    "followup:answer": lambda here, knows: _report(here, knows) | {"number": 1},
    "followup:review": _report,
    "followup:submit": _report,
    "followup:receipt": _report,
    "admin:affiliation_application_file": lambda here, knows: {"pk": here.case.pk, "name": "minutes"},
    "admin:affiliation_application_step": lambda here, knows: {"pk": here.case.pk, "verb": "approve"},
    "admin:affiliation_application_take": lambda here, knows: {"pk": here.case.pk, "verb": "start_review"},
    "admin:followup_round_open": lambda here, knows: {"pk": here.round.pk},
    "admin:followup_round_close": lambda here, knows: {"pk": here.round.pk},
    "admin:followup_round_compile": lambda here, knows: {"pk": here.round.pk},
}
"""{address: its arguments in the world}. `knows`: whether whoever comes has the secret."""


def address(name: str, here: World, *, knows: bool) -> str:
    """The path of an address in the world."""
    return reverse(name, kwargs=ARGUMENTS[name](here, knows) if name in ARGUMENTS else None)
