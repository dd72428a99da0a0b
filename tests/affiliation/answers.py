"""What an applicant types, page by page, and a browser's walk through the pages."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from affiliation.models import Application
from agreement.models import Sector
from tests import builders


def typed(page: str, **changes: Any) -> dict[str, Any]:
    """Good answers to one page of the application, as typed."""
    sector = Sector.objects.first() or builders.sector("Socialt arbete")
    pages: dict[str, dict[str, Any]] = {
        "organisationen": {"name": "Räddningen vid Ån", "kind": "organisation", "legal_form": "association", "registration_number": "802002-4256"},
        "verksamhet": {"sector": str(sector.pk), "district": "", "description": "Vi lär barn att simma."},
        "adress": {
            "address": "Ågatan 1",
            "postal_code": "411 03",
            "city": "Göteborg",
            "website": "raddningen.example.org",
            "publishes_website": "on",
        },
        "kontakt": {
            "signatory_name": "Pia Prov",
            "signatory_role": "ordförande",
            "contact_name": "Kim Kontakt",
            "contact_email": "kim@raddningen.example.org",
            "contact_phone": "031-000 00 01",
        },
        "beslutet": {"decided_by": "board", "decided_on": "2026-03-12", "decided_paragraph": "7"},
        "intyganden": {"stands_behind_agreement": "on", "meets_democratic_criteria": "on"},
    }
    return pages[page] | changes


def begin(client: Client, **changes: Any) -> Any:
    """Send the first page in."""
    builders.version()
    return client.post(reverse("affiliation:begin"), {"draft_key": str(uuid4()), **typed("organisationen", **changes)})


def answer(client: Client, application: Application, page: str, **changes: Any) -> Any:
    """Send one of the later pages in."""
    return client.post(reverse("affiliation:section", args=[application.token, page]), typed(page, **changes))


def fill_in(client: Client) -> Application:
    """Walk through all the pages; gives the draft, ready to be sent."""
    begin(client)
    application = Application.objects.latest("pk")
    for page in ("verksamhet", "adress", "kontakt", "beslutet", "intyganden"):
        response: HttpResponse = answer(client, application, page)
        assert response.status_code == 302, response.content.decode()
    application.refresh_from_db()
    return application


def submit(client: Client, application: Application) -> Any:
    """Press "Skicka in ansökan"."""
    return client.post(reverse("affiliation:submit", args=[application.token]))
