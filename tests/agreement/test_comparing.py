"""Two versions beside each other."""

import random
import re
from time import perf_counter
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.comparing import compare
from agreement.models import Version
from idekom.lib.differences import aligned, words
from tests.agreement.test_pages import text_of
from tests.agreement.wording import SHORT, changed, wording

WORDS = st.lists(st.sampled_from(["staden", "föreningen", "invånarna", "ska", "inte", ",", ".", "  ", "\n", "2017", "ö"]), max_size=25).map(" ".join)


@pytest.fixture
def old(founded: Version) -> Version:
    return Version.objects.get(slug="2012")


@given(WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_the_pieces_put_together_are_the_two_texts(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(text for mark, text in pieces if mark != "ins") == before
    assert "".join(text for mark, text in pieces if mark != "del") == after
    assert all(text for _mark, text in pieces)
    assert (before == after) == (not any(mark for mark, _text in pieces))


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
@settings(max_examples=300, deadline=None)
def test_every_paragraph_of_both_stands_once_and_in_its_order(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after)
    assert [i for i, _j in pairs if i is not None] == list(range(len(before)))
    assert [j for _i, j in pairs if j is not None] == list(range(len(after)))
    assert (None, None) not in pairs


def test_a_changed_phrase_reads_as_a_phrase() -> None:
    assert words("organisationer i den sociala ekonomin.", "organisationer i civilsamhällets egna organ.") == [
        ("", "organisationer i "),
        ("del", "den sociala ekonomin"),
        ("ins", "civilsamhällets egna organ"),
        ("", "."),
    ]


def test_the_founding_versions_differ_in_medborgarna(old: Version, founded: Version, client: Client) -> None:
    page = client.get("/overenskommelsen/jamfor/2012/2017/").text
    assert "Det som jämförs är portalens egna texter" in page
    words = text_of(page)
    assert "En stad där borttaget: medborgarna slut på borttaget engagerar sig" in words
    assert "En stad där tillagt: invånarna slut på tillagt engagerar sig" in words
    assert "1 stycke ändrat 1 stycke tillagt 0 stycken borttagna" in words
    assert "Stycket fanns inte." in words
    assert "Samtalet mellan staden" not in words


def test_all_in_one_text(founded: Version, client: Client) -> None:
    page = client.get("/overenskommelsen/jamfor/2012/2017/?vy=lopande&visa=allt").text
    assert "<table" not in page
    assert "borttaget: medborgarna slut på borttaget tillagt: invånarna slut på tillagt engagerar" in text_of(page)
    assert "Nytt stycke tillagt: I juni 2017" in text_of(page)
    assert "Samtalet mellan staden" in page
    assert 'href="?vy=lopande&amp;visa=allt" aria-current="true">Hela texten' in page


def test_the_other_way_round_what_was_added_is_removed(founded: Version, client: Client) -> None:
    words = text_of(client.get("/overenskommelsen/jamfor/2017/2012/").text)
    assert "borttaget: invånarna" in words
    assert "1 stycke ändrat 0 stycken tillagda 1 stycke borttaget" in words


def test_official_wordings_are_compared_where_both_have_one(old: Version, founded: Version, client: Client) -> None:
    wording(old)
    assert not compare(old, founded, "sv").is_official
    wording(founded, changed(medborgarna="invånarna", Den_återkommer="Den upphör aldrig"))
    told = compare(old, founded, "sv")
    assert (told.is_official, told.changed, told.added, told.removed) == (True, 1, 1, 1)
    page = client.get("/overenskommelsen/jamfor/2012/2017/").text
    assert "Det som jämförs är de officiella texterna." in page
    assert "borttaget: medborgarna slut på borttaget är med" in text_of(page)
    assert "I juni 2017" not in page
    assert "I juni 2017" in client.get("/overenskommelsen/jamfor/2012/2017/?text=egen").text


def test_a_principle_that_has_got_another_number_is_compared_with_itself(old: Version, founded: Version) -> None:
    wording(old)
    moved = {1: 2, 2: 1}
    wording(founded, [(part, moved[n or 0] if part == "principle" else n, kind, text) for part, n, kind, text in SHORT])
    assert compare(old, founded, "sv").is_same


def test_paragraphs_are_paired_by_likeness_within_their_part(old: Version, founded: Version) -> None:
    new: list[Any] = [one for one in SHORT if one[3] != "Den börjar tidigt."]
    place = next(n for n, one in enumerate(new) if one[3] == "Dialogen är öppen.")
    new[place : place + 1] = [("principle", 2, "paragraph", "En helt ny mening först."), ("principle", 2, "paragraph", "Dialogen är alltid öppen.")]
    wording(old)
    wording(founded, new)
    told = next(section for section in compare(old, founded, "sv").sections if section.title == "Dialog")
    assert [(row.state, row.before and row.before.words, row.after and row.after.words) for row in told.rows] == [
        ("same", "Dialog", "Dialog"),
        ("added", None, "En helt ny mening först."),
        ("changed", "Dialogen är öppen.", "Dialogen är alltid öppen."),
        ("removed", "Den börjar tidigt.", None),
        ("same", "Den återkommer.", "Den återkommer."),
    ]


def test_the_same_version_twice_is_told(founded: Version, client: Client) -> None:
    page = client.get("/overenskommelsen/jamfor/2017/2017/").text
    assert "Ni jämför en version med sig själv" in page
    assert not re.search(r"<(ins|del)>", page)


@pytest.mark.parametrize("pair", ["2012/2099", "2099/2012"])
def test_unknown_versions_are_not_found(founded: Version, client: Client, pair: str) -> None:
    assert client.get(f"/overenskommelsen/jamfor/{pair}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "to"),
    [("?fran=2012&till=2017", "jamfor/2012/2017/"), ("", "versioner/"), ("?fran=2012&till=x", "versioner/"), ("?fran=%00&till=..%2F", "versioner/")],
)
def test_two_versions_are_chosen_in_a_form(founded: Version, client: Client, query: str, to: str) -> None:
    assert client.get(f"/overenskommelsen/jamfor/{query}").headers["Location"] == f"/overenskommelsen/{to}"


def test_a_long_text_is_compared_soon(old: Version, founded: Version) -> None:
    """Sixty pages, with a tenth of the words changed and paragraphs moved, all of it in one part."""
    chance = random.Random(6)
    vocabulary = [f"ord{n}" for n in range(3000)]
    paragraphs = [[chance.choice(vocabulary) for _ in range(45)] for _ in range(600)]
    later = [[word if chance.random() > 0.1 else "annat" for word in one] for one in paragraphs if chance.random() > 0.05]
    for version, texts in ((old, paragraphs), (founded, later)):
        wording(version, [("other", None, "paragraph", " ".join(text)) for text in texts])
    start = perf_counter()
    told = compare(old, founded, "sv")
    assert perf_counter() - start < 10
    assert told.removed == len(paragraphs) - len(later)
    assert (told.added, told.changed > 500) == (0, True)
