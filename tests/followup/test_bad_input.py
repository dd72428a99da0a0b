"""Whatever is typed into the report: never an error page, nothing lost, and shown as text everywhere."""

from html import escape, unescape
from pathlib import Path
from urllib.parse import quote_plus

import pypdf
import pytest
from django.test import Client

from followup import book, snapshot
from followup.datafiles import as_csv
from followup.forms.reports import AnswerForm
from followup.models import Answer
from idekom.lib import pdf
from idekom.lib.text import cleaned
from tests import payloads, pdf_rules
from tests.followup.conftest import Year
from tests.lib.test_pdf import watched

pytestmark = pytest.mark.django_db
FIELDS = ["progress", "done", "example", "plan"]


def squeezed(text: str) -> str:
    """The letters of a text, without what line breaking adds and takes."""
    return "".join(c for c in text if not c.isspace() and c not in "-\u00ad")


@pytest.mark.parametrize("kind", payloads.NASTY)
@pytest.mark.parametrize("field", FIELDS)
def test_nothing_typed_breaks_the_page_or_is_lost(field: str, kind: str, year: Year) -> None:
    typed = payloads.NASTY[kind]
    url = year.url(f"ataganden/{year.both.number}/")
    response = year.browser.post(url, {"progress": "started", field: typed})
    if response.status_code == 302:
        stored = Answer.objects.filter(question__key=field).values_list("choice", "words")
        assert ["".join(pair) for pair in stored] == [said for said in [cleaned(typed).strip()] if said]
    else:
        assert field == "progress"
        assert response.status_code == 200
        assert "Fel:" in response.content.decode()


@pytest.mark.parametrize("kind", payloads.NASTY)
@pytest.mark.parametrize("field", ["consultation", "subject", "private"])
def test_nothing_typed_breaks_the_page_about_the_year(field: str, kind: str, year: Year) -> None:
    typed = payloads.NASTY[kind]
    response = year.browser.post(year.url("aret/"), {field: typed})
    told = [said for said in [cleaned(typed).strip()] if said and field == "subject"]
    assert list(Answer.objects.values_list("words", flat=True)) == told
    if response.status_code != 302:
        assert (field != "subject", "Fel:" in response.content.decode()) == (True, True)


@pytest.mark.parametrize("kind", payloads.NASTY)
def test_nothing_typed_breaks_the_page_on_how_far_it_has_come(kind: str, year: Year) -> None:
    field = f"progress-{year.both.number}"
    response = year.browser.post(year.url("laget/"), {field: payloads.NASTY[kind], f"progress-{year.sector.number}": "done"})
    if payloads.NASTY[kind]:
        assert response.context["form"].errors.keys() == {field}
        assert response.context["form"][f"progress-{year.sector.number}"].value() == "done"
        assert Answer.objects.count() == 0
    else:
        assert Answer.objects.get().commitment == year.sector


def test_lone_surrogates_and_line_ends_are_cleaned_in_the_form_itself(year: Year) -> None:
    places = {question.key: (None, question) for question in year.report.questions_about("year")}
    form = AnswerForm({"subject": " ett\r\ntv\ud800å\x00\x07 ", "consultation": ""}, places=places, stored={})
    assert form.is_valid()
    assert form.cleaned_data["subject"] == "ett\ntv\ufffdå"


@pytest.mark.parametrize("field", FIELDS[1:])
def test_text_that_is_too_long_is_told_and_kept(field: str, year: Year) -> None:
    typed = "<lång> text " * 20_000
    page = year.browser.post(year.url(f"ataganden/{year.both.number}/"), {"progress": "done", field: typed}).content.decode()
    assert "Korta texten till högst 3000 tecken." in page
    assert typed.strip() in unescape(page)
    assert escape("<lång>") in page


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%FF%FE%00", b"%F0%9F", b"\xed\xa0\x80"])
@pytest.mark.parametrize("field", FIELDS)
def test_bytes_that_are_no_text_do_no_harm(field: str, raw: bytes, year: Year) -> None:
    body = b"progress=done&" + quote_plus(field).encode() + b"=" + raw
    response = year.browser.post(year.url(f"ataganden/{year.both.number}/"), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 302}


def test_forged_fields_change_nothing_else(year: Year, client: Client) -> None:
    forged = {"progress": "done", "report": year.office_report.pk, "commitment": year.city.pk, "status": "submitted", "id": "1"}
    year.browser.post(year.url(f"ataganden/{year.both.number}/"), forged)
    assert list(Answer.objects.values_list("report", "commitment")) == [(year.report.pk, year.both.pk)]
    assert year.report.status == "draft"


def test_hostile_words_are_printed_and_open_nothing(year: Year, tmp_path: Path) -> None:
    canary = tmp_path / "canary-91c2.svg"
    canary.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    attacks = [payloads.typed(kind, canary.as_uri()) for kind in payloads.KINDS]
    words = {field: "\n".join(attacks[start::3]) for start, field in enumerate(FIELDS[1:])}
    year.organisation.name = attacks[0][:160]
    year.organisation.save()
    year.submitted(year.report, **words)
    file = tmp_path / "bok.pdf"
    with watched(canary.name) as opened:
        file.write_bytes(book.render(snapshot.take(year.round)))
    assert opened == []
    reader = pypdf.PdfReader(file)
    assert sorted(reader.attachments) == ["idekom-uppfoljning-2026.csv", "idekom-uppfoljning-2026.json"]
    printed = squeezed("".join(page.extract_text() for page in reader.pages))
    missing = [attack for attack in attacks if squeezed(attack)[:30] not in printed]
    assert missing == []
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


def test_nasty_words_give_a_conforming_book_and_harmless_cells(year: Year, tmp_path: Path) -> None:
    nasty = [cleaned(text).strip() for text in payloads.NASTY.values()]
    year.organisation.name = cleaned(payloads.NASTY["right to left"] + payloads.NASTY["emoji"])
    year.organisation.save()
    for text in nasty:
        year.report.answer(year.sector, progress="done", done=text[:3000])
    year.submitted(year.report, done="\n\n".join(text[:600] for text in nasty), example=cleaned(payloads.NASTY["formula"]), plan=nasty[2])
    taken = snapshot.take(year.round)
    file = tmp_path / "bok.pdf"
    file.write_bytes(book.render(taken))
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}
    assert '"\'=HYPERLINK(""http://x"")' in as_csv(taken).decode()
    assert squeezed(pdf.printable("<script>alert(1)</script>")) in squeezed("".join(page.extract_text() for page in pypdf.PdfReader(file).pages))
