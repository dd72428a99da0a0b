"""The logotype: known by its content, drawn again, and shown while the party is affiliated."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import weasyprint  # noqa: F401 - as in the portal, where it changes how Pillow takes broken pictures
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin
from pytest_django import DjangoCaptureOnCommitCallbacks

from affiliation.models import Affiliation
from agreement.models import Party, Representative
from idekom.lib.dated import today
from tests.affiliation.test_own_pages import typed

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
SECRET = b"57 deg 42 min N <script>alert(1)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture of one colour."""
    file = BytesIO()
    Image.new("RGB", size, "#00457c").save(file, kind, **options)
    return file.getvalue()


def bomb() -> bytes:
    """A small PNG that says it is 30 000 × 30 000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def upload(me: Representative, sign_in: Any, content: bytes, name: str = "logga.png", **more: str) -> str:
    """Send the entry with a file; gives the page that follows."""
    file = SimpleUploadedFile(name, content, content_type="image/png")
    answer = sign_in(me.user).post(reverse("affiliation:own_details", args=[me.party.slug]), typed(logo=file, **more), follow=True)
    me.party.refresh_from_db()
    text: str = answer.content.decode()
    return text


def served(client: Client, party: Party) -> Image.Image:
    """The logotype as everybody gets it."""
    response: Any = client.get(reverse("affiliation:logo", args=[party.slug]))
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(b"".join(response.streaming_content)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_png_of_four_hundred(make: Any, sign_in: Any, client: Client, kind: str) -> None:
    me = make.representative()
    upload(me, sign_in, picture(kind, (1200, 600)), name="../../etc/<b>.exe")
    shown = served(client, me.party)
    assert (shown.format, shown.size) == ("PNG", (400, 200))
    assert me.party.logo.name.startswith("logos/")
    text = client.get(me.party.get_absolute_url()).content.decode()
    assert f'alt="Logotyp för {me.party.name}"' in text
    assert reverse("affiliation:logo", args=[me.party.slug]) in text


def test_nothing_but_the_picture_is_kept(make: Any, sign_in: Any, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    me = make.representative()
    for content in (picture("JPEG", exif=exif), picture("PNG", pnginfo=told), picture("PNG", icc_profile=SECRET), picture() + b"<html>" + SECRET):
        upload(me, sign_in, content)
        kept = me.party.logo.read()
        assert SECRET not in kept
        assert Image.open(BytesIO(kept)).info == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "inte att läsa som en bild"),
        (b"<html><script>alert(1)</script></html>", "inte att läsa som en bild"),
        (picture("GIF"), "inte att läsa som en bild"),
        (picture("TIFF"), "inte att läsa som en bild"),
        (picture()[: len(picture()) // 2], "inte att läsa som en bild"),
        (picture("JPEG", (500, 500))[:700], "inte att läsa som en bild"),
        (picture("WEBP", (500, 500))[:60], "inte att läsa som en bild"),
        (b"GIF89a" + picture(), "inte att läsa som en bild"),
        (b"%PDF-1.7\n" + picture(), "inte att läsa som en bild"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "inte att läsa som en bild"),
        (bomb(), "bild"),
        (picture(size=(4100, 4000)), "för många bildpunkter"),
        (picture() + b"\0" * MEGABYTE, "större än 1 MB"),
    ],
    ids=["empty", "svg", "html", "gif", "tiff", "half png", "half jpeg", "half webp", "gif first", "pdf first", "no png", "bomb", "many", "1 MB"],
)
def test_what_is_no_proper_picture_is_refused(make: Any, sign_in: Any, tmp_path: Path, content: bytes, told: str) -> None:
    me = make.representative()
    text = upload(me, sign_in, content)
    assert told in text
    assert "att rätta" in text
    assert not me.party.logo
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_new_picture_takes_the_old_ones_place_and_none_leaves_none(
    make: Any, sign_in: Any, client: Client, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    me = make.representative()
    upload(me, sign_in, picture())
    with django_capture_on_commit_callbacks(execute=True):
        upload(me, sign_in, picture(size=(80, 80)))
    assert served(client, me.party).size == (80, 80)
    assert len(list(tmp_path.rglob("*.png"))) == 1
    address = reverse("affiliation:own_details", args=[me.party.slug])
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(me.user).post(address, typed())
    assert served(client, me.party).size == (80, 80)  # saved without a file: it stays
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(me.user).post(address, typed(without_logo="on"))
    me.party.refresh_from_db()
    assert not me.party.logo
    assert list(tmp_path.rglob("*.png")) == []
    assert client.get(reverse("affiliation:logo", args=[me.party.slug])).status_code == 404


def test_it_is_cached_and_asked_for_again_by_name(make: Any, sign_in: Any, client: Client) -> None:
    me = make.representative()
    upload(me, sign_in, picture())
    address = reverse("affiliation:logo", args=[me.party.slug])
    first = client.get(address)
    assert (first.headers["Cache-Control"], first.cookies) == ("public, max-age=3600", {})
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    upload(me, sign_in, picture())
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert client.post(address).status_code == 405


def test_it_is_shown_only_while_the_party_is_affiliated(make: Any, sign_in: Any, client: Client) -> None:
    me = make.representative()
    address = reverse("affiliation:logo", args=[me.party.slug])
    assert client.get(address).status_code == 404
    upload(me, sign_in, picture())
    assert client.get(address).status_code == 200
    Affiliation.objects.get().delete()
    make.affiliation(me.party, from_on=today().replace(year=2015), until_on=today().replace(year=2016))
    assert client.get(address).status_code == 404
    assert "<img" not in client.get(me.party.get_absolute_url()).content.decode()


def test_a_file_that_is_gone_from_the_disk_is_not_found(make: Any, sign_in: Any, client: Client) -> None:
    me = make.representative()
    upload(me, sign_in, picture())
    me.party.logo.storage.delete(me.party.logo.name)
    assert client.get(reverse("affiliation:logo", args=[me.party.slug])).status_code == 404
