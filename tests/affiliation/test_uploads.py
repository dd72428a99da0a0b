"""Uploaded PDFs: known by their content, kept under names of our own, and read by nobody but the secretariat."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from affiliation.models import Application
from tests.affiliation import answers

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(client: Client, draft: Application, content: bytes, name: str = "protokoll.pdf", **changes: Any) -> str:
    """Send the page about the decision with a file; gives the page that follows."""
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    address = reverse("affiliation:section", args=[draft.token, "beslutet"])
    text = client.post(address, answers.typed("beslutet", minutes=file, **changes), follow=True).content.decode()
    draft.refresh_from_db()
    return text


def kept(folder: Path) -> list[Path]:
    """The files on the disk."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_pdf_is_kept_under_a_name_of_our_own(client: Client, make: Any, tmp_path: Path) -> None:
    draft = make.draft()
    upload(client, draft, PDF, name="../../etc/Hemligt namn <b>.pdf")
    (file,) = kept(tmp_path)
    assert file.read_bytes() == PDF
    assert file.relative_to(tmp_path).as_posix() == f"files/{draft.minutes.name}"
    assert draft.minutes.name.startswith("applications/")
    assert "Hemligt" not in draft.minutes.name
    assert file.stat().st_mode & 0o077 == 0
    assert "protokoll.pdf är uppladdad" in client.get(reverse("affiliation:section", args=[draft.token, "beslutet"])).content.decode()
    assert "protokoll.pdf" in client.get(reverse("affiliation:check", args=[draft.token])).content.decode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom"),
        (b"<html><script>alert(1)</script></html>", "inte en PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "inte en PDF"),
        (b"PK\x03\x04" + b"\0" * 100, "inte en PDF"),
        (b"GIF89a%PDF-1.7", "inte en PDF"),
        (b"\n\n%PDF-1.7\n", "inte en PDF"),
        (b"MZ" + PDF, "inte en PDF"),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "inte en PDF"),
        (PDF + b"\0" * (10 * 1024 * 1024), "större än 10 MB"),
    ],
    ids=["empty", "html", "svg", "zip", "gif first", "late header", "program first", "eicar", "11 MB"],
)
def test_what_is_no_proper_pdf_is_refused(client: Client, make: Any, tmp_path: Path, content: bytes, told: str) -> None:
    draft = make.draft()
    assert told in upload(client, draft, content)
    assert not draft.minutes
    assert kept(tmp_path) == []


def test_a_good_file_stays_when_another_answer_needs_mending(client: Client, make: Any, tmp_path: Path) -> None:
    draft = make.draft()
    text = upload(client, draft, PDF, decided_on="i går")
    assert "Skriv dagen som år-månad-dag" in text
    assert "protokoll.pdf är uppladdad" in text
    assert draft.minutes.read() == PDF
    answers.answer(client, draft, "beslutet")  # now mended, without choosing the file again
    draft.refresh_from_db()
    assert draft.minutes.read() == PDF


def test_a_new_file_takes_the_place_of_the_old_one_in_a_draft(
    client: Client, make: Any, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    draft = make.draft()
    upload(client, draft, PDF)
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, draft, PDF + b"the second")
    assert [path.read_bytes() for path in kept(tmp_path)] == [PDF + b"the second"]


def test_the_secretariat_saves_the_file_and_nobody_else(client: Client, make: Any, secretary_client: Client, outsider_client: Client) -> None:
    draft = make.draft()
    upload(client, draft, PDF + b"<html><script>alert(1)</script>")  # a polyglot: a PDF to us, inert to a browser
    address = reverse("admin:affiliation_application_file", args=[draft.pk, "minutes"])
    assert secretary_client.get(address).status_code == 404  # a draft is the applicant's own
    draft.submit()
    response = secretary_client.get(address)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{draft.number}-protokoll.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content).startswith(PDF)  # type: ignore[attr-defined]
    for other in (client, outsider_client):
        assert other.get(address).status_code == 302
    for name in ("statutes", "token", "name"):
        assert secretary_client.get(reverse("admin:affiliation_application_file", args=[draft.pk, name])).status_code == 404
    assert client.get(f"/files/{draft.minutes.name}").status_code == 404
