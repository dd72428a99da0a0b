"""The pages where a file is read in: first what it would do, then just that, by those who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.imports import kept
from agreement.models import Party
from tests.affiliation.csv_files import ADDRESS, check, new, register, sheet, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordinary(db: None) -> list[Party]:
    """A register as there are."""
    return register()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Filen är tom"),
        ("namn\nÅ".encode("latin-1"), "inte sparad som UTF-8"),
        (b"PK\x03\x04\x00\xff", "inte sparad som UTF-8"),
        (b"namn\n\"x", "går inte att läsa som CSV"),
        (b"titel,adress\nx,y", "ingen kolumn som heter namn"),
        (b"namn,namn\nx,y", "finns flera gånger"),
        (b"namn,slag\n,\n\n", "inga rader"),
        (b"namn\n" + b"x\n" * 4_001, "fler än 4000 rader"),
        (b"namn\n" + b"x" * (5 * 1024 * 1024), "större än 5 MB"),
        (b"namn\n" + b"x" * 200_000, "går inte att läsa som CSV"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_told(secretary_client: Client, data: bytes, told: str) -> None:
    assert told in check(secretary_client, data)


def test_columns_that_are_not_read_are_told(secretary_client: Client, ordinary: list[Party]) -> None:
    html = check(secretary_client, sheet({"adress": "p-1", "namn": "Öbergs vänner", "paraplyer": "x", "<b>ny": "y"}))
    assert "De här kolumnerna läses inte in: paraplyer, &lt;b&gt;ny." in html
    assert "Det finns inget att läsa in." in html


def test_the_file_that_was_checked_is_the_one_that_is_written(secretary_client: Client, make: Any) -> None:
    make.version()
    html = check(secretary_client, sheet(new()))
    assert "Inget är inläst än." in html
    assert Party.objects.count() == 0
    confirm = {"token": token(html), "file": SimpleUploadedFile("x.csv", sheet(new(namn="En annan")))}
    assert "Filen är inläst: 1 ny rad, 0 ändrade." in secretary_client.post(f"{ADDRESS}infor/", confirm, follow=True).content.decode()
    assert Party.objects.get().name == "Bryggan"
    assert "finns inte kvar" in secretary_client.post(f"{ADDRESS}infor/", {"token": token(html)}, follow=True).content.decode()
    assert Party.objects.count() == 1


def test_when_the_register_has_moved_the_new_plan_is_shown_and_nothing_written(secretary_client: Client, ordinary: list[Party]) -> None:
    html = check(secretary_client, sheet({"adress": "p-1", "namn": "Nytt namn"}))
    Party.objects.filter(slug="p-1").update(name="Annat namn")
    shown = secretary_client.post(f"{ADDRESS}infor/", {"token": token(html)}).content.decode()
    assert "Inget är inläst. Så här skulle det bli nu." in shown
    assert "från ”Annat namn” till ”Nytt namn”" in shown
    assert Party.objects.get(slug="p-1").name == "Annat namn"
    secretary_client.post(f"{ADDRESS}infor/", {"token": token(shown)})
    assert Party.objects.get(slug="p-1").name == "Nytt namn"


@pytest.mark.parametrize("forged", ["", "x", "å" * 10_000])
def test_a_token_of_somebody_s_own_making_reads_nothing(secretary_client: Client, forged: str) -> None:
    assert "finns inte kvar" in secretary_client.post(f"{ADDRESS}infor/", {"token": forged}, follow=True).content.decode()


def test_a_token_is_its_owner_s_alone_and_the_file_s_alone(secretary_client: Client, sign_in: Any, make: Any, settings: Any) -> None:
    make.version()
    told = token(check(secretary_client, sheet(new())))
    other = sign_in(make.user(is_staff=True, is_superuser=True))
    assert "finns inte kvar" in other.post(f"{ADDRESS}infor/", {"token": told}, follow=True).content.decode()
    (file,) = (settings.DATA_DIR / "files" / "imports").iterdir()
    file.write_bytes(sheet(new(namn="Utbytt")))
    assert "finns inte kvar" in secretary_client.post(f"{ADDRESS}infor/", {"token": told}, follow=True).content.decode()
    assert kept.forget(timezone.now() + timedelta(hours=11)) == 0
    assert kept.forget(timezone.now() + timedelta(hours=13)) == 1


def test_only_who_may_change_the_register_reads_files_in(
    client: Client, outsider_client: Client, sign_in: Any, make: Any, secretary_client: Client
) -> None:
    reader = sign_in(make.user(is_staff=True))
    for path in (ADDRESS, f"{ADDRESS}infor/"):
        assert reader.get(path).status_code == reader.post(path).status_code == 403
        assert "/admin/login/" in client.get(path)["Location"]
        assert "/admin/login/" in outsider_client.post(path)["Location"]
    assert secretary_client.get(f"{ADDRESS}infor/").status_code == 405
    assert ADDRESS in secretary_client.get(reverse("admin:affiliation_affiliation_changelist")).content.decode()
