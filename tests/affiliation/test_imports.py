"""Reading the register's own CSV back in: what goes out comes in, and nothing is written that was not shown."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from affiliation.imports.planning import Outcome
from affiliation.imports.reading import read
from affiliation.imports.writing import Moved, write
from affiliation.models import Affiliation
from agreement.models import Party
from idekom.lib.dated import period
from tests.affiliation.csv_files import check, exported, new, outcomes, plan, read_in, register, sheet
from tests.together import together

pytestmark = pytest.mark.django_db
HOSTILE = [
    '=HYPERLINK("http://x")', "+46", "-1", "@x", "\tflik", "'=äkta", "''", "'", 'cit"at', "kom,ma; semi", "rad\nbryt", "rad\r\nbryt", "slut\r",
    " mellanslag ", "<script>alert(1)</script>", "{{ 7*7 }}", "e\u0301", "\u202eabc", "\u00a0x\u200b", "emoji 👩‍👩‍👧", "NULL", "None", "åäö ÅÄÖ",
]  # fmt: skip


@pytest.fixture
def ordinary(db: None) -> list[Party]:
    """A register as there are."""
    return register()


def test_what_goes_out_comes_in_as_unchanged_whatever_it_says(make: Any, ordinary: list[Party]) -> None:
    for number, text in enumerate(HOSTILE):
        make.affiliation(make.party(text, slug=f"h-{number}", description=text, sector=make.sector(text)))
    for path in ("/anslutna.csv", "/en/anslutna.csv"):
        assert outcomes(exported(path=path)) == ["same"] * (len(HOSTILE) + len(ordinary))
    with pytest.raises(Moved):
        read_in(exported())
    assert Party._base_manager.filter(changes__pgh_label="update_update").count() == 0  # nothing was written


def test_out_wiped_in_and_out_again_gives_the_same_bytes(ordinary: list[Party]) -> None:
    before = exported()
    Affiliation.objects.all().delete()
    Party.objects.all().delete()
    assert outcomes(before) == ["new"] * 4
    read_in(before)
    assert exported() == before
    assert outcomes(before) == ["same"] * 4


def test_a_spreadsheet_s_semicolons_and_case_are_understood(ordinary: list[Party]) -> None:
    rows = list(csv.reader(StringIO(exported().decode("utf-8-sig"), newline="")))
    file = StringIO()
    loud = [[cell.upper() if name in ("slag", "sektor") else cell for name, cell in zip(rows[0], row, strict=True)] for row in rows[1:]]
    csv.writer(file, delimiter=";").writerows([rows[0], *loud])
    assert outcomes(file.getvalue().encode()) == ["same"] * 4


def test_changes_are_shown_old_and_new_and_then_written(ordinary: list[Party], make: Any) -> None:
    make.sector("Kultur")
    cells = {"namn": "Öbergs  goda vänner", "sektor": "kultur", "webbplats": "obergs.example.org", "ansluten_sedan": "2016-04-01"}
    data = sheet({"adress": "http://x/anslutna/p-1/", **cells})
    (row,) = plan(data).rows
    assert {change.column: (change.old, change.new) for change in row.changes} == {
        "namn": ("Öbergs vänner", "Öbergs goda vänner"),
        "sektor": ("", "Kultur"),
        "webbplats": ("", "https://obergs.example.org"),
        "ansluten_sedan": ("2016-03-02", "2016-04-01"),
    }
    read_in(data)
    party = Party.objects.get(slug="p-1")
    assert (party.name, str(party.sector), party.website) == ("Öbergs goda vänner", "Kultur", "https://obergs.example.org")
    assert party.description == ordinary[1].description  # a column that is not there leaves the value
    assert party.affiliations.get().period == period(date(2016, 4, 1))


def test_an_empty_cell_clears_and_a_missing_one_leaves(ordinary: list[Party]) -> None:
    read_in(sheet({"adress": "p-0", "namn": "Räddningen vid Ån", "sektor": "", "ansluten_sedan": "", "version": ""}))
    party = Party.objects.get(slug="p-0")
    assert (party.sector, str(party.district), party.affiliations.get().from_on) == (None, "Nordost", date(2015, 3, 2))


def test_a_row_without_an_address_is_a_new_party(ordinary: list[Party], make: Any) -> None:
    data = sheet(new(namn="Bryggan"), new(namn="Bryggan"), new(namn="Öbergs vänner"), new(namn="Feed", version=""))
    rows = plan(data).rows
    assert [bool(row.note) for row in rows] == [False, True, True, False]
    read_in(data)
    made_now = Party.objects.exclude(pk__in=[one.pk for one in ordinary])
    assert sorted(made_now.values_list("slug", flat=True)) == ["bryggan", "bryggan-2", "feed-2", "obergs-vanner"]
    made = Affiliation.objects.get(party__slug="bryggan")
    assert (made.from_on, made.decided_on, made.until_on) == (date(2020, 5, 1), date(2020, 5, 1), None)


def test_one_that_has_left_comes_back_and_an_older_file_does_not_bring_it_back(make: Any) -> None:
    left = make.affiliation(make.party("Bryggan", slug="bryggan"), from_on=date(2015, 1, 1), until_on=date(2019, 1, 1))
    assert outcomes(sheet(new(adress="bryggan", ansluten_sedan="2015-01-01"))) == ["same"]
    (row,) = plan(sheet(new(adress="bryggan", ansluten_sedan="2018-01-01"))).rows
    assert [problem.column for problem in row.problems] == ["ansluten_sedan"]
    read_in(sheet(new(adress="bryggan", ansluten_sedan="2020-05-01")))
    assert left.party.affiliations.count() == 2


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"namn": ""}, "namn", "Skriv partens namn."),
        ({"namn": "å" * 161}, "namn", "högst 160 tecken"),
        ({"slag": "klubb"}, "slag", "enskild organisation, paraplyorganisation"),
        ({"juridisk_form": ""}, "juridisk_form", "Skriv den juridiska formen."),
        ({"juridisk_form": "nämnd"}, "juridisk_form", "bara för dem"),
        ({"sektor": "Finns inte"}, "sektor", "”Finns inte” finns inte att välja."),
        ({"ansluten_sedan": ""}, "ansluten_sedan", "år-månad-dag"),
        ({"ansluten_sedan": "2024-02-31"}, "ansluten_sedan", "år-månad-dag"),
        ({"ansluten_sedan": "3024-02-01"}, "ansluten_sedan", "Kontrollera året."),
        ({"ansluten_sedan": "1999-01-01", "version": ""}, "version", "Ingen version"),
        ({"webbplats": "javascript:alert(1)"}, "webbplats", "Skriv webbplatsens adress"),
        ({"beskrivning": "å" * 1001}, "beskrivning", "högst 1000 tecken"),
        ({"adress": "feed"}, "adress", "ingen som en part kan ha"),
        ({"adress": "/å ä/"}, "adress", "ingen som en part kan ha"),
        ({"organisationsnummer": "19121212-1212"}, "organisationsnummer", "personnummer"),
        ({"organisationsnummer": "8020024256"}, "organisationsnummer", "finns redan"),
    ],
)
def test_a_fault_names_its_row_its_column_and_how_to_mend_it(
    make: Any, secretary_client: Client, cells: dict[str, str], column: str, told: str
) -> None:
    make.version()
    make.party(registration_number="8020024256")
    data = sheet(new(namn="God"), new(**cells))
    good, bad = plan(data).rows
    assert (good.outcome, bad.outcome, bad.number) == (Outcome.NEW, Outcome.WRONG, 3)
    assert [problem.column for problem in bad.problems] == [column]
    assert told in bad.problems[0].text
    html = check(secretary_client, data)
    assert f"<strong>{column}:</strong>" in html
    assert 'name="token"' not in html
    with pytest.raises(Moved):
        write(read(data), fingerprint=plan(data).fingerprint)
    assert Party.objects.filter(name="God").count() == 0


def test_the_same_party_twice_and_a_row_with_too_few_cells_are_faults(ordinary: list[Party]) -> None:
    data = sheet({"adress": "p-1", "namn": "A"}, {"adress": "P/p-1", "namn": "B"}) + b"p-2\r\n"
    assert outcomes(data) == ["changed", "wrong", "wrong"]
    assert "2" in plan(data).rows[2].problems[0].text


@pytest.mark.django_db(transaction=True)
def test_eight_who_confirm_at_once_write_once(make: Any) -> None:
    make.version()
    data = sheet(*[new(namn=f"Klubb {number}") for number in range(30)])
    seen = plan(data).fingerprint
    results = together(8, lambda _which: write(read(data), fingerprint=seen))
    assert sorted(type(result).__name__ for result in results) == ["Moved"] * 7 + ["Plan"]
    assert (Party.objects.count(), Affiliation.objects.count()) == (30, 30)


def test_two_thousand_rows_take_hardly_more_queries_than_twenty(make: Any) -> None:
    make.version()
    make.sector("Kultur")
    queries = []
    for number in (20, 2000):
        data = sheet(*[new(namn=f"Klubb {number} {which}", sektor="Kultur", adress=f"k-{number}-{which}") for which in range(number)])
        with CaptureQueriesContext(connection) as found:
            read_in(data)
        queries.append(len(found))
        assert outcomes(data) == ["same"] * number
    assert queries[1] - queries[0] < 10  # a few batches more


def test_the_columns_that_go_out_are_read(ordinary: list[Party]) -> None:
    assert sorted(plan(exported()).unread) == ["bekraftad", "paraplyer"]
