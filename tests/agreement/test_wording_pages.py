"""Reading a text in and checking it, in the secretary's office."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import Passage, Version, Wording
from tests.agreement import wordings
from tests.agreement.documents import WRITERS, heading, paragraph
from tests.conftest import browser

pytestmark = pytest.mark.django_db
READ_IN = "admin:agreement_version_read_in"
NEW = {"language": "sv", "into": "ny", "name": "Överenskommelsen 2027", "slug": ""}


def url(step: str, wording: Wording) -> str:
    return reverse(f"admin:agreement_wording_{step}", args=[wording.pk])


def upload(client: Client, text: str | bytes = wordings.WHOLE, document: str = "text.md", **told: str) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(reverse(READ_IN), NEW | told | {"file": SimpleUploadedFile(document, data)}, follow=True)


def row(position: int, part: str, number: str = "", was: str = "unplaced:") -> dict[str, str]:
    return {f"part-{position}": part, f"number-{position}": number, f"was-{position}": was}


@pytest.fixture
def stray() -> Wording:
    """A draft with a heading and a paragraph that have no place."""
    return wordings.wording(wordings.WHOLE + wordings.STRAY)


def test_the_list_of_versions_leads_to_the_page_and_its_help(founded: Version, secretary_client: Client) -> None:
    assert reverse(READ_IN) in secretary_client.get(reverse("admin:agreement_version_changelist")).text
    page = secretary_client.get(reverse(READ_IN)).text
    assert ("Så känns delarna igen" in page, "Principen om dialog" in page) == (True, True)


def test_the_template_is_recognised_whole(secretary_client: Client) -> None:
    file = secretary_client.get(reverse("admin:agreement_version_template"))
    assert file["Content-Disposition"] == 'attachment; filename="overenskommelse-mall.md"'
    wording = wordings.wording(file.content.decode())
    assert wording.unplaced == 0
    assert [promise.owner for promise in wording.promises.all()] == ["city", "sector", "both"]
    wording.fix(by=None)
    version = Version.objects.get()
    assert (version.goals.count(), version.principles.count(), version.commitments.count()) == (3, 6, 3)


@pytest.mark.parametrize("name", list(WRITERS))
def test_a_document_of_each_kind_becomes_a_new_draft_version_with_a_text_to_check(name: str, secretary_client: Client) -> None:
    page = upload(secretary_client, WRITERS[name]([heading(1, "Titel"), heading(2, "Vision"), paragraph("En stad.")]), name)
    wording = Wording.objects.get()
    assert page.redirect_chain[-1][0] == url("change", wording)
    assert "Dokumentet är inläst som ett utkast" in page.text
    assert "3 stycken, 3 meningar och rubriker" in page.text
    assert (wording.version.name, wording.version.slug, wording.version.status) == ("Överenskommelsen 2027", "overenskommelsen-2027", "draft")


def test_a_new_versions_swedish_name_is_written_also_when_one_works_in_english(secretary_client: Client) -> None:
    path = reverse(READ_IN).replace("/admin/", "/en/admin/", 1)
    secretary_client.post(path, NEW | {"file": SimpleUploadedFile("text.md", wordings.WHOLE.encode())})
    version = Version.objects.filter(**{"name_sv": "Överenskommelsen 2027"}).get()
    secretary_client.post(url("fix", version.wordings.get()))
    assert "/en/" in url("fix", version.wordings.get())
    assert version.commitments.filter(**{"title_sv": "Kunskap i staden", "title_en": None}).exists()


def test_a_document_for_a_standing_version_is_read_against_it(founded: Version, secretary_client: Client) -> None:
    upload(secretary_client, "## Åtaganden\n\n### Delaktighet\n\nAlla är med.\n", into=str(founded.pk))
    assert list(founded.wordings.get().passages.values_list("part", "number")) == [("commitments", None), ("commitment", 10), ("commitment", 10)]


@pytest.mark.parametrize(
    ("told", "text", "name", "message"),
    [
        ({}, "text", "a.pdf", "Filen ska vara Markdown"),
        ({}, "", "a.md", "Filen är tom"),
        ({}, "\0" * 50, "a.txt", "går inte att läsa"),
        ({}, b"PK\x03\x04", "a.docx", "Filen är skadad"),
        ({"name": ""}, "text", "a.md", "Skriv vad den nya versionen ska heta"),
        ({"name": "???"}, "text", "a.md", "Skriv en adress"),
        ({"slug": "2017"}, "text", "a.md", "Adressen är upptagen"),
        ({"slug": "å ö"}, "text", "a.md", "bokstäver a–z"),
        ({"name": "x" * 10_000}, "text", "a.md", "Korta texten"),
        ({"into": "-1"}, "text", "a.md", "Välj en av versionerna"),
        ({"into": "\0"}, "text", "a.md", "Välj en av versionerna"),
        ({"language": "fi"}, "text", "a.md", "Välj ett av språken"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    founded: Version, secretary_client: Client, told: dict[str, str], text: str | bytes, name: str, message: str
) -> None:
    page = upload(secretary_client, text, name, **told)
    assert (page.status_code, message in page.text) == (200, True)
    assert (Wording.objects.count(), Version.objects.count()) == (0, 2)


def test_without_a_file_one_is_asked_for(secretary_client: Client) -> None:
    assert "Välj en fil" in secretary_client.post(reverse(READ_IN), NEW).text


def test_what_has_no_place_is_shown_first_and_then_everything(stray: Wording, secretary_client: Client) -> None:
    page = secretary_client.get(url("change", stray))
    assert [one.position for one in page.context["page"]] == [22, 23]
    assert "2 stycken kunde inte placeras" in page.text
    assert "Fastställ texten" not in page.text
    whole = secretary_client.get(url("change", stray), {"visa": "alla"})
    assert [one.position for one in whole.context["page"]] == list(range(1, 24))
    assert [place.label for place in whole.context["outline"]][:4] == ["Ännu inte placerad", "Titel", "Värden", "Vision"]


def test_passages_are_placed_and_the_text_is_fixed(stray: Wording, secretary_client: Client) -> None:
    typed = row(22, "commitment", "3") | {"along-22": "on"} | row(23, "unplaced")
    page = secretary_client.post(url("place", stray) + "?visa=oplacerade", typed, follow=True)
    assert page.redirect_chain[-1][0].endswith("?visa=oplacerade")
    assert "Placeringen är sparad" in page.text
    assert list(stray.passages.filter(position__gt=21).values_list("part", "number")) == [("commitment", 3)] * 2
    refused = secretary_client.post(url("fix", stray), follow=True)
    assert "Välj vem som ansvarar för varje åtagande" in refused.text
    owners = {f"owner-{number}": "both" for number in (1, 2, 3)} | {"principles-1": ["1", "2"], "principles-3": ["2"]}
    assert "Ansvar och principer är sparade" in secretary_client.post(url("promises", stray), owners, follow=True).text
    assert "Texten är fastställd" in secretary_client.post(url("fix", stray), follow=True).text
    rows = [(one.owner, [principle.number for principle in one.principles.all()]) for one in stray.version.commitments.all()]
    assert rows == [("both", [1, 2]), ("both", []), ("both", [2])]
    page = secretary_client.get(url("change", stray))
    assert ("<select" in page.text, "Texten fastställdes" in page.text) == (False, True)


@pytest.mark.parametrize(
    ("part", "number", "message"),
    [
        ("commitment", "", "Skriv ett nummer."),
        ("commitment", "0", "från 1 till 999"),
        ("goal", "-3", "från 1 till 999"),
        ("goal", "9" * 10_000, "från 1 till 999"),
        ("principle", "tre\0", "från 1 till 999"),
        ("nonsens", "", "Välj en av delarna"),
        ("", "", "Välj en del."),
    ],
)
def test_a_wrong_place_is_told_and_what_was_chosen_stays(stray: Wording, secretary_client: Client, part: str, number: str, message: str) -> None:
    page = secretary_client.post(url("place", stray), row(22, part, number) | row(23, "vision"))
    assert (page.status_code, message in page.text) == (200, True)
    assert page.context["placing"]["part-23"].value() == "vision"
    assert stray.unplaced == 2


def test_a_number_that_a_standing_version_does_not_have_is_told(founded: Version, secretary_client: Client) -> None:
    wording = wordings.wording("## Något\n\nEtt stycke.\n", founded)
    page = secretary_client.post(url("place", wording), row(1, "commitment", "14", was="title:"))
    assert "Versionen har inget sådant nummer" in page.text


def test_only_what_was_changed_on_the_page_is_written(stray: Wording, secretary_client: Client) -> None:
    """Somebody else has placed the heading meanwhile; this page still shows it unplaced, and only moves the paragraph."""
    Passage.objects.filter(wording=stray, position=22).update(part="other")
    secretary_client.post(url("place", stray), row(22, "unplaced") | row(23, "vision"))
    assert list(stray.passages.filter(position__gt=21).values_list("part", flat=True)) == ["other", "vision"]


@pytest.mark.parametrize("typed", [{"owner-1": "nobody"}, {"principles-1": ["9"]}, {"principles-1": ["\0"]}])
def test_a_wrong_owner_or_principle_is_told(typed: dict[str, Any], secretary_client: Client) -> None:
    wording = wordings.wording()
    page = secretary_client.post(url("promises", wording), typed)
    assert (page.status_code, "Inget är sparat än" in page.text) == (200, True)
    assert wording.promises.get(number=1).owner == "city"


@pytest.mark.parametrize("step", ["place", "promises", "fix", "discard"])
def test_the_steps_are_for_the_secretariat_by_post_and_once(step: str, secretary_client: Client, outsider_client: Client, make: Any) -> None:
    wording = wordings.wording()
    assert secretary_client.get(url(step, wording)).status_code == 405
    assert outsider_client.post(url(step, wording)).status_code == 302
    assert browser(make.user(is_staff=True)).post(url(step, wording)).status_code == 403
    assert wording.events.count() == 1
    wording.discard(by=None)
    told = secretary_client.post(url(step, wording), row(1, "vision", was="title:") | {"owner-1": "both"}, follow=True)
    assert "har ändrats sedan sidan visades" in told.text
    assert [event.action for event in wording.events.all()] == ["begin", "discard"]


def test_a_draft_waits_on_the_first_page_until_it_is_put_away(secretary_client: Client) -> None:
    assert "Inlästa texter att kontrollera" not in secretary_client.get(reverse("admin:index")).text
    wording = wordings.wording()
    assert "Inlästa texter att kontrollera" in secretary_client.get(reverse("admin:index")).text
    assert "Utkastet är borttaget" in secretary_client.post(url("discard", wording), follow=True).text
    assert Wording.objects.get().status == "discarded"
    assert "Inlästa texter att kontrollera" not in secretary_client.get(reverse("admin:index")).text


def test_a_page_of_a_long_text_asks_as_often_and_shows_a_part_of_it(secretary_client: Client) -> None:
    counts = []
    for number in (1, 3, 300):
        wording = wordings.wording("## Bakgrund\n\n" + "\n\n".join(f"Mening {n}." for n in range(number)), wordings.new_version(f"v{number}"))
        with CaptureQueriesContext(connection) as captured:
            assert "I dokumentets ordning" in secretary_client.get(url("change", wording), {"visa": "alla"}).text
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
    wording = Wording.objects.get(version__slug="v300")
    page = secretary_client.get(url("change", wording), {"visa": "alla"})
    assert page.context["page"].paginator.num_pages == 6
    last = secretary_client.get(url("change", wording), {"visa": "alla", "sida": "6"})
    assert ("Mening 299." in last.text, len(last.context["page"].object_list)) == (True, 1)
