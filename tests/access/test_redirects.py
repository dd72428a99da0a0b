"""Nobody is led to another site by an address of ours."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from idekom.access import ADDRESSES, Who
from tests.access import addresses, cast, places

pytestmark = pytest.mark.django_db
ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "https:elsewhere.example", "\thttps://elsewhere.example"]
NAMES = ["next", "url", "sedan", "return", "redirect", "to", "continue"]


def leads_away(client: Client, method: str, path: str, where: str) -> bool:
    """Whether the answer is a redirect to the other site."""
    asked = dict.fromkeys(NAMES, where)
    with transaction.atomic():
        response = client.get(path, asked) if method == "GET" else client.post(path, asked, HTTP_REFERER=where)
        transaction.set_rollback(True)
    return response.headers.get("Location", "").strip().lower().startswith(("http", "//", "/\\", "\\"))


@pytest.mark.parametrize("role", ["anonymous", "applicant", "administrator", "secretary"])
def test_no_address_of_ours_leads_away(role: str) -> None:
    here = places.world()
    client, knows = cast.client(role, here), Who.SECRET in cast.MAY[role]
    found = []
    for name, rule in ADDRESSES.items():
        path = addresses.address(name, here, knows=knows)
        for method in rule.methods:
            for where in ELSEWHERE[:2] if method == "POST" else ELSEWHERE:
                cache.clear()  # the limits on forms
                if leads_away(client, method, path, where):
                    found.append(f"{method} {path} leads to {where}")
    assert found == []


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_request_login_code", "admin:login", "account_email"])
def test_signing_in_and_out_lead_nowhere_else(name: str, where: str) -> None:
    here = places.world()
    client = cast.client("secretary", here)
    for path in (reverse(name), f"/en{reverse(name)}"):
        for response in (client.get(path, {"next": where}), client.post(path, {"next": where})):
            assert "elsewhere" not in response.headers.get("Location", "").split("?")[0]
