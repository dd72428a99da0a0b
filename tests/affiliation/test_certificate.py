"""The certificate: what it says, for whom there is one, and that it can be read by everybody."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from affiliation.models import Affiliation
from affiliation.pdf.certificate import _rendered, certificate
from idekom.lib.dated import today
from tests import pdf_rules

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    """All text of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def address(affiliation: Affiliation) -> str:
    """Where the certificate is."""
    return reverse("affiliation:certificate", args=[affiliation.party.slug])


def test_it_cites_both_decisions_and_says_where_to_check(make: Any, client: Client) -> None:
    meeting = make.meeting()
    decided = {"idekom_decided_on": date(2026, 3, 12), "meeting": meeting, "paragraph": "7", "decided_paragraph": "4"}
    affiliation = make.affiliation(make.party("Räddningen vid Ån"), from_on=date(2026, 3, 12), decided_on=date(2026, 2, 1), **decided)
    response = client.get(address(affiliation))
    text = words(response.content)
    for shown in (
        "Räddningen vid Ån",
        "är ansluten till Överenskommelsen sedan den 12 mars 2026.",
        "Styrelsen 1 februari 2026, § 4",
        "Idékom 12 mars 2026, § 7",
        f"Utfärdat {today().day} ",
        affiliation.party.get_absolute_url(),
    ):
        assert shown in text
    assert (response["Content-Type"], len(PdfReader(BytesIO(response.content)).pages)) == ("application/pdf", 1)


def test_a_delegated_decision_and_older_rows(make: Any) -> None:
    delegated = make.affiliation(idekom_decided_on=date(2026, 3, 12), is_delegated=True)
    assert "Delegationsbeslut 12 mars 2026" in words(certificate(delegated, today()))
    assert "Godkänd av Idékom" not in words(certificate(make.affiliation(), today()))


def test_it_conforms_and_is_the_same_all_day_and_another_the_next(make: Any, tmp_path: Path) -> None:
    name = "Föreningen för gemensam odling, återbruk och grannsamverkan i de östra stadsdelarna, " + "a" * 75
    affiliation = make.affiliation(make.party(name), idekom_decided_on=today(), paragraph="7", until_on=today() + timedelta(days=9))
    pdf = certificate(affiliation, today())
    _rendered.cache_clear()
    assert certificate(affiliation, today()) == pdf
    assert certificate(affiliation, today() + timedelta(days=1)) != pdf
    path = tmp_path / "bevis.pdf"
    path.write_bytes(pdf)
    assert (pdf_rules.broken(path, "ua1"), pdf_rules.broken(path, "3a")) == ({}, {})
    assert len(PdfReader(path).pages) == 1
    assert "Gäller till och med" in words(pdf)


def test_only_a_party_affiliated_today_has_one(make: Any, client: Client) -> None:
    former = make.affiliation(until_on=today() - timedelta(days=1))
    coming = make.affiliation(from_on=today() + timedelta(days=1))
    assert [client.get(address(one)).status_code for one in (former, coming)] == [404, 404]
    assert client.get(reverse("affiliation:certificate", args=[make.party().slug])).status_code == 404
    assert client.post(address(make.affiliation())).status_code == 405
