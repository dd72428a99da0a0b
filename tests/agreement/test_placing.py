"""Which part of the agreement each passage is put in, in every kind of document."""

import pytest

from agreement.models import Part
from agreement.reading.placing import Known
from agreement.reading.promises import owner_of, principles_of
from agreement.reading.words import PRINCIPLES, parse, part_named
from tests.agreement.documents import KINDS, Piece, dot, heading, numbered, paragraph, placed

WHOLE = [
    (heading(1, "Överenskommelsen Göteborg"), "title"),
    (heading(2, "Värden"), "values"),
    (paragraph("Alla är lika mycket värda."), "values"),
    (heading(2, "Parterna i överenskommelsen"), "parties"),
    (paragraph("Staden och organisationerna."), "parties"),
    (heading(2, "Vad är social ekonomi?"), "definition"),
    (heading(2, "Bakgrund"), "background"),
    (heading(3, "En underrubrik som ingen känner"), "background"),
    (paragraph("Det började 2010."), "background"),
    (heading(2, "Innebörd och syfte"), "meaning"),
    (heading(2, "Vision för Göteborg"), "vision"),
    (paragraph("En stad för alla."), "vision"),
    (heading(2, "Mål"), "aim"),
    (paragraph("Vi vill tre saker:"), "aim"),
    (numbered(1, "det ena;"), "goal 1"),
    (numbered(2, "det andra;"), "goal 2"),
    (paragraph("Målen följs upp."), "aim"),
    (heading(2, "Sex principer"), "principles"),
    (paragraph("De gäller alltid."), "principles"),
    (heading(3, "Principen om integritet och oberoende"), "principle 1"),
    (paragraph("Var och en bestämmer själv."), "principle 1"),
    (heading(3, "2. Dialog"), "principle 2"),
    (dot("den är öppen"), "principle 2"),
    (heading(3, "Princip 3 – Kvalitet"), "principle 3"),
    (heading(2, "Åtaganden"), "commitments"),
    (heading(3, "1. Kunskapsökning i Göteborgs stad"), "commitment 1"),
    (paragraph("Göteborgs Stad åtar sig att lära sig mer."), "commitment 1"),
    (dot("kurser"), "commitment 1"),
    (heading(4, "Bakgrund"), "commitment 1"),
    (paragraph("[Principerna om mångfald och kvalitet]"), "commitment 1"),
    (heading(3, "Åtagande 2: Samspel"), "commitment 2"),
    (heading(3, "Utan nummer"), "commitment 3"),
    (heading(3, "4. Uppföljning och utvärdering av överenskommelsen"), "commitment 4"),
    (heading(2, "Uppföljning och utvärdering"), "followup"),
    (paragraph("Varje år."), "followup"),
    (heading(2, "Så ansluter man sig"), "joining"),
    (heading(2, "Underskrifter"), "other"),
    (heading(2, "Något helt annat"), "unplaced"),
    (paragraph("Som ingen rubrik talar om."), "unplaced"),
]


def places(name: str, pieces: list[Piece], known: Known | None = None) -> list[str]:
    return [f"{one.part} {one.number}" if one.number else str(one.part) for one in placed(name, pieces, known)]


@pytest.mark.parametrize("name", KINDS)
def test_every_part_is_recognised_in_every_kind_of_document(name: str) -> None:
    assert places(name, [piece for piece, _place in WHOLE]) == [place for _piece, place in WHOLE]


@pytest.mark.parametrize("name", KINDS)
def test_a_flat_document_with_numbered_headings_is_recognised(name: str) -> None:
    flat = [
        ("1. Vision", "vision"), ("2. Principer", "principles"), ("2.1 Dialog", "principle 1"), ("2.2 Kvalitet", "principle 2"),
        ("3. Åtaganden", "commitments"), ("3.1 Kunskap", "commitment 1"), ("3.2 Samspel", "commitment 2"), ("4. Uppföljning", "followup"),
    ]  # fmt: skip
    pieces = [piece for text, _place in flat for piece in (heading(2, text), paragraph("En mening."))]
    assert places(name, pieces)[::2] == [place for _text, place in flat]


@pytest.mark.parametrize("name", KINDS)
def test_principles_and_commitments_are_known_by_name_without_their_sections(name: str) -> None:
    known = Known(PRINCIPLES, {"delaktighet": 10})
    pieces = [heading(2, "Mångfald"), paragraph("Alla får plats."), heading(2, "Delaktighet"), paragraph("Alla är med.")]
    assert places(name, pieces, known) == ["principle 1", "principle 1", "commitment 1", "commitment 1"]
    settled = Known(PRINCIPLES, {"delaktighet": 10}, {Part.PRINCIPLE: {6}, Part.COMMITMENT: {10}})
    assert places(name, pieces, settled) == ["principle 6", "principle 6", "commitment 10", "commitment 10"]


def test_what_a_standing_version_does_not_have_is_left_to_a_person() -> None:
    known = Known({"dialog": 2}, {}, {Part.GOAL: {1}, Part.PRINCIPLE: {2}, Part.COMMITMENT: {1}})
    pieces = [
        heading(2, "Åtaganden"),
        heading(3, "1. Kunskap"),
        heading(3, "14. Klimat"),
        paragraph("Vi delar."),
        heading(2, "Mål"),
        dot("ett"),
        dot("två"),
    ]
    assert places("text.md", pieces, known) == ["commitments", "commitment 1", "unplaced", "unplaced", "aim", "goal 1", "unplaced"]


def test_a_doubled_number_is_left_to_a_person_and_a_doubled_part_is_one() -> None:
    pieces = [
        heading(2, "Bakgrund"),
        heading(2, "Åtagande 1: Ett"),
        heading(2, "Bakgrund"),
        heading(2, "Åtagande 1: Ett till"),
        paragraph("Vi gör det."),
    ]
    assert places("text.md", pieces) == ["background", "commitment 1", "background", "unplaced", "unplaced"]


def test_text_before_the_first_known_heading_is_left_to_a_person() -> None:
    assert places("text.md", [paragraph("Ett brev."), heading(1, "Titel"), paragraph("Mer.")]) == ["unplaced", "unplaced", "unplaced"]
    assert places("text.txt", [paragraph("Överenskommelse mellan oss"), paragraph("Mer text.")]) == ["title", "unplaced"]


def test_the_english_text_is_recognised() -> None:
    names = [
        "Values",
        "The parties",
        "Background",
        "Vision",
        "Goals",
        "Principles",
        "The principle of dialogue",
        "Commitments",
        "1. Knowledge",
        "How to join",
    ]
    found = places("text.md", [heading(3 if name in {"The principle of dialogue", "1. Knowledge"} else 2, name) for name in names])
    assert found == ["values", "parties", "background", "vision", "aim", "principles", "principle 1", "commitments", "commitment 1", "joining"]


@pytest.mark.parametrize(
    ("text", "numbers", "label", "name"),
    [
        ("3. Dialogforum", (3,), "", "Dialogforum"),
        ("4.2 Principen om dialog", (4, 2), "principle", "Dialog"),
        ("Åtagande 3: Förstärkt samspel", (3,), "commitment", "Förstärkt samspel"),
        ("ÅTAGANDE 12 – SPRIDNING", (12,), "commitment", "SPRIDNING"),
        ("Princip IV. Långsiktighet", (4,), "principle", "Långsiktighet"),
        ("IX) Delaktighet", (9,), "", "Delaktighet"),
        ("b) Kvalitet", (2,), "", "Kvalitet"),
        ("§ 5 Uppföljning", (5,), "", "Uppföljning"),
        ("I samverkan", (), "", "I samverkan"),
        ("Mål i sikte", (), "", "Mål i sikte"),
        ("Delmål 2", (2,), "goal", "Delmål 2"),
        ("7.", (7,), "", "7."),
    ],
)
def test_a_heading_is_taken_apart_in_any_numbering_style(text: str, numbers: tuple[int, ...], label: str, name: str) -> None:
    found = parse(text)
    assert (found.numbers, found.label, found.name) == (numbers, label, name)


@pytest.mark.parametrize("name", ["Delaktighet", "Samverkan inom den sociala ekonomin", "Visionärer i arbete", "Måltider", "Om oss", ""])
def test_a_name_that_only_resembles_a_part_opens_none(name: str) -> None:
    assert part_named(name) == ""


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Göteborgs Stad åtar sig att lära sig mer.", "city"),
        ("Därför åtar sig staden att fråga först.", "city"),
        ("Den sociala ekonomins organisationer i Göteborgs Stad åtar sig att samverka.", "both"),
        ("Den sociala ekonomins organisationer åtar sig att samverka.", "sector"),
        ("Organisationerna åtar sig att öppna dörren. Staden är glad för det.", "sector"),
        ("Båda parter åtar sig att mötas.", "both"),
        ("Göteborgs Stad och civilsamhällets organisationer åtar sig att mötas.", "both"),
        ("Parterna åtar sig var för sig att upphandla klokt.", "each"),
        ("Göteborgs Stad åtar sig att köpa. Föreningarna åtar sig att sälja.", "each"),
        ("Staden ska ge besked i tid.", "city"),
        ("Det är viktigt att mötas.", ""),
    ],
)
def test_the_owner_is_read_from_the_words(text: str, owner: str) -> None:
    assert owner_of(["Rubrik", text]) == owner


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Text. (Principen om dialog)", [2]),
        ("[Principerna om mångfald och kvalitet]", [3, 6]),
        ("(principerna om öppenhet, dialog samt integritet)", [1, 2, 5]),
        ("Principer: dialog, långsiktighet", [2, 4]),
        ("Vi följer principen om dialog.", []),
        ("[Dialog] (om kvalitet)", []),
    ],
)
def test_principles_are_read_from_the_tags(text: str, numbers: list[int]) -> None:
    names = dict(enumerate(["Integritet och oberoende", "Dialog", "Kvalitet", "Långsiktighet", "Öppenhet och insyn", "Mångfald"], start=1))
    assert principles_of(["1. Rubrik", text], names) == numbers
