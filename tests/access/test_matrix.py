"""Every address for everybody with every method, against the rules of idekom/access/. An address without a rule fails here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from affiliation.models import Application
from idekom.access import ADDRESSES, MODELS, OF_A_PARTY, Rule, Who, equal_treatment
from tests.access import addresses, cast, places

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SEVERAL_METHODS = {"GET": ("GET", "HEAD"), "POST": ("POST",)}
OF_LIBRARIES = ("account_", "mfa_", "usersessions_", "demo_")
"""Signing in is allauth's and tested by it; the demo's mailbox is in no real portal."""
OF_THE_SITE = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site", "app_list", "None",
}  # fmt: skip
OF_A_MODEL = ("changelist", "add", "history", "delete", "change")
OF_THE_OFFICE = {Who.SEES_OFFICE, Who.WORKS_IN_OFFICE}
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
OF_SESSIONS = {"django_session", "usersessions_usersession"}
EMPTY_IS_MISSING = {
    "admin:affiliation_application_file", "affiliation:file", "affiliation:logo", "followup:book", "followup:party_report",
    "admin:followup_compilation_file", "council:minutes_pdf", "council:body_minutes_pdf",
}  # fmt: skip
"""Let in, one may still find nothing: the world's case and its book have no file, and its party has not reported."""


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}"


def ours() -> set[str]:
    """The addresses that ADDRESSES must have a rule for."""
    labels = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    of_models = {f"admin:{label}_{kind}" for label in labels for kind in OF_A_MODEL} | {f"admin:{name}" for name in OF_THE_SITE}
    return {name for name in names(get_resolver()) if name not in of_models and not name.startswith(OF_LIBRARIES)}


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert ours() - set(ADDRESSES) == set()
    assert set(ADDRESSES) - ours() == set()


@dataclass(frozen=True)
class Came:
    """What came of a request: "in", "sent on" elsewhere, to "login", "refused", "missing" or "no such method"; and what it wrote."""

    what: str
    wrote: tuple[str, ...]


def ask(client: Client, method: str, path: str) -> Came:
    """Make a request; its traces in the database are taken back."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = client.generic(method, path)
        transaction.set_rollback(True)
    wrote = [WRITES.match(query["sql"]) for query in queries]
    tables = tuple(match[1] for match in wrote if match and match[1] not in OF_SESSIONS)
    where = response.headers.get("Location", "")
    if where.startswith((reverse("account_login"), reverse("admin:login"))):
        return Came("login", tables)
    outcomes = {200: "in", 302: "sent on", 403: "refused", 404: "missing", 405: "no such method"}
    assert response.status_code in outcomes, f"{method} {path} answered {response.status_code}"
    return Came(outcomes[response.status_code], tables)


def expected(name: str, rule: Rule, role: str, method: str) -> set[str]:
    """What may come of it."""
    may, who = cast.MAY[role], rule.admits(method)
    is_let_in, is_method = who in may, method in {one for told in rule.methods for one in SEVERAL_METHODS[told]}
    if name == "affiliation:unfollow" and method == "POST":
        return {"in"}  # also for an address that is forgotten already: what was asked for is so
    if is_let_in:
        return ({"in", "sent on"} | ({"missing"} if name in EMPTY_IS_MISSING else set())) if is_method else {"no such method"}
    if role in {"anonymous", "applicant"}:
        refused = {"missing"} if who == Who.SECRET else {"login"}
    elif who in OF_THE_OFFICE:
        refused = {"refused"} if Who.SEES_OFFICE in may else {"login"}
    elif Who.ACTS in may and who in OF_A_PARTY:
        refused = {"missing", "sent on"}  # to what they may see of it
    else:
        refused = {"missing"}
    return refused if is_method else refused | {"no such method"}


def wrong(role: str, here: places.World, client: Client) -> list[str]:
    """What does not come out as the rules say, for one of the cast."""
    found = []
    for name, rule in ADDRESSES.items():
        path = addresses.address(name, here, knows=Who.SECRET in cast.MAY[role])
        for method in METHODS:
            came, may_come = ask(client, method, path), expected(name, rule, role, method)
            if came.what not in may_come:
                found.append(f"{role}: {method} {name} came out as {came.what}, not {' or '.join(sorted(may_come))}")
            if came.wrote and (method != "POST" or rule.admits(method) not in cast.MAY[role]):
                found.append(f"{role}: {method} {name} wrote to {', '.join(came.wrote)}")
    return found


@pytest.mark.parametrize("role", list(cast.MAY))
def test_addresses_let_in_whom_the_rules_say(role: str) -> None:
    here = places.world()
    assert wrong(role, here, cast.client(role, here)) == []


def test_a_gate_left_open_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the register for the parties' own people alone, the table would say that everybody gets in all the same."""
    monkeypatch.setitem(ADDRESSES, "affiliation:register", Rule(Who.ACTS, "…"))
    here = places.world()
    assert any("affiliation:register" in line for line in wrong("anonymous", here, Client()))


@pytest.mark.parametrize("role", list(cast.MAY))
def test_pages_of_models_in_the_admin(role: str) -> None:
    here = places.world()
    client, may = cast.client(role, here), cast.MAY[role]
    found = []
    for model in admin.site._registry:
        label = model._meta.label_lower
        rights = MODELS.get(label, frozenset())
        if role == "superuser" and label not in MODELS:
            continue  # signing in's own tables: allauth's admin
        for page, right in (("changelist", "view"), ("add", "add")):
            came = ask(client, "GET", reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")).what
            lets_in = Who.WORKS_IN_OFFICE in may if right == "add" else Who.SEES_OFFICE in may
            wanted = {"in"} if lets_in and right in rights else {"login", "refused"}
            if role == "read-only staff" and label not in MODELS:
                wanted = {"in", "refused"}
            if came not in wanted:
                found.append(f"{role}: {label} {page} came out as {came}")
    assert found == []


@pytest.mark.parametrize("role", ["secretary", "read-only staff", "superuser", "administrator", "member", "anonymous"])
def test_nobody_at_the_council_can_look_into_a_draft(role: str) -> None:
    here = places.world()
    client = cast.client(role, here)
    paths = [
        reverse("admin:affiliation_application_change", args=[here.draft.pk]),
        reverse("admin:affiliation_application_history", args=[here.draft.pk]),
    ]
    answers = [client.get(path, follow=True) for path in paths]
    assert all("Utkast" not in answer.content.decode() for answer in answers)
    if Who.SEES_OFFICE in cast.MAY[role]:
        assert [client.get(path).status_code for path in paths] == [client.get(p.replace(str(here.draft.pk), "999999")).status_code for p in paths]


def test_page_on_equal_treatment_lists_exactly_what_is_gated(client: Client) -> None:
    text = client.get(reverse("equal_treatment")).content.decode()
    gated = {str(rule.does) for rule in ADDRESSES.values() if rule.who in OF_A_PARTY}
    needs, everybody, _never = re.findall(r"<ul>(.*?)</ul>", text.split("<main")[1].split("</main>")[0], re.DOTALL)
    assert set(re.findall(r"<li>(.*?)</li>", needs)) == gated
    assert set(re.findall(r"<li>(.*?)</li>", everybody)) == set(equal_treatment().open_to_all)
    assert gated.isdisjoint(equal_treatment().open_to_all)


def test_drafts_are_never_the_staffs() -> None:
    here = places.world()
    assert here.draft not in Application.objects.visible_to_staff()
    assert settings.LOGIN_URL == "account_login"
