"""Everybody who may come."""

from django.contrib.auth.models import Group, Permission
from django.test import Client

from agreement.models import Representative
from idekom.access import Who
from idekom.lib.dated import today
from idekom.users import founding
from idekom.users.models import User
from tests import builders
from tests.access.places import World
from tests.conftest import browser

PUBLIC = frozenset({Who.EVERYBODY})
SIGNED_IN = PUBLIC | {Who.SIGNED_IN}
MAY: dict[str, frozenset[Who]] = {
    "anonymous": PUBLIC,
    "applicant": PUBLIC | {Who.SECRET},
    "reader": SIGNED_IN | {Who.ACTS},
    "reporter": SIGNED_IN | {Who.ACTS, Who.REPORTS, Who.NOMINATES},
    "administrator": SIGNED_IN | {Who.ACTS, Who.REPORTS, Who.NOMINATES, Who.ADMINISTERS},
    "of another party": SIGNED_IN,
    "former": SIGNED_IN,
    "member": SIGNED_IN | {Who.SITS, Who.MEMBER},
    "asked": SIGNED_IN | {Who.ASKED, Who.MEMBER},
    "adjuster": SIGNED_IN | {Who.ADJUSTS, Who.MEMBER},
    "evaluator": SIGNED_IN | {Who.EVALUATES},
    "secretary": SIGNED_IN | {Who.SEES_OFFICE, Who.WORKS_IN_OFFICE},
    "read-only staff": SIGNED_IN | {Who.SEES_OFFICE},
    "superuser": SIGNED_IN | {Who.SEES_OFFICE, Who.WORKS_IN_OFFICE},
}
"""What each of the cast may do. A representative acts for the one party of the world, the applicant has the secret addresses."""


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
        here.sitting.seat_member(user)
    elif role in {"asked", "adjuster"}:
        person = here.asked.person if role == "asked" else here.council.for_adjustment.adjusters.all()[0].person
        person.user = user
        person.save(update_fields=["user"])
    elif role == "evaluator":
        here.evaluation.evaluators.add(user)
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
