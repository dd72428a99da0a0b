"""Official texts: read in, corrected, fixed or put away; and what a draft version becomes of them."""

from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from agreement.importing import bring_in, read_promises
from agreement.models import NotYet, Passage, Promise, Version, Wording
from agreement.models.drafting import as_markdown
from agreement.reading.blocks import Unreadable
from idekom.lib.history import WrongStatus
from idekom.lib.markdown import to_html
from tests.agreement import wordings
from tests.together import together

pytestmark = pytest.mark.django_db


def test_a_document_becomes_a_draft_with_every_passage_in_its_order(make: Any) -> None:
    by = make.user()
    wording = bring_in(wordings.new_version(), "sv", "Mål och/../text.md", wordings.WHOLE.encode(), by=by)
    assert (wording.status, wording.language, wording.source_name, len(wording.source_sha256)) == ("draft", "sv", "Mål och/../text.md", 64)
    assert [passage.position for passage in wording.passages.all()] == list(range(1, 22))
    assert [(event.action, event.actor) for event in wording.events.all()] == [("begin", by)]
    assert [(promise.number, promise.owner, promise.principles) for promise in wording.promises.all()] == [(1, "city", [1]), (2, "both", [1, 2])]


def test_a_document_that_cannot_be_read_leaves_nothing_behind() -> None:
    with pytest.raises(Unreadable):
        wordings.wording("")
    assert not Wording.objects.exists()


def test_fixing_makes_the_draft_versions_own_rows() -> None:
    wording = wordings.wording()
    wording.fix(by=None)
    version = Version.objects.get()
    assert (version.vision, version.aim) == ("En stad där invånarna engagerar sig.", "Vi vill mer:")
    assert version.text == "## Värden\n\nAlla är lika mycket värda."
    assert [(goal.number, goal.text) for goal in version.goals.all()] == [(1, "Tydliga villkor."), (2, "Synliga röster.")]
    assert [(row.number, row.slug, row.name, row.short_name, row.text) for row in version.principles.all()] == [
        (1, "dialog", "Dialog", "Dialog", "Dialogen är öppen."),
        (2, "kvalitet", "Kvalitet", "Kvalitet", "Närhet är kvalitet."),
    ]
    first, second = version.commitments.all()
    assert (first.number, first.slug, first.title, first.owner) == (1, "kunskap-i-staden", "Kunskap i staden", "city")
    assert first.summary == "Göteborgs Stad åtar sig att lära sig mer."
    assert first.text == "Göteborgs Stad åtar sig att lära sig mer. Det sker varje år.\n\n\\[Principen om dialog\\]"
    assert [principle.slug for principle in second.principles.all()] == ["dialog", "kvalitet"]
    assert (wording.status, wording.makes_the_version) == ("fixed", False)


def test_nothing_unplaced_may_be_left_when_it_is_fixed() -> None:
    wording = wordings.wording(wordings.WHOLE + wordings.STRAY)
    assert wording.unplaced == 2
    with pytest.raises(NotYet, match="inte är placerade"):
        wording.fix(by=None)
    assert wording.under(22) == [23]
    wording.place({22: ("other", None), 23: ("other", None)}, by=None)
    wording.fix(by=None)
    assert Version.objects.get().text.endswith("## Något annat\n\nEn mening som ingen känner.")
    assert [event.action for event in wording.events.all()] == ["begin", "place", "fix"]


def test_every_commitment_needs_somebody_who_answers_for_it() -> None:
    wording = wordings.wording("## Vision\n\nJa.\n\n## Åtagande 1: Mötas\n\nDet är viktigt att mötas.\n")
    assert wording.promises.get().owner == ""
    with pytest.raises(NotYet, match="vem som ansvarar"):
        wording.fix(by=None)
    wording.promise({1: ("each", [])}, by=None)
    wording.fix(by=None)
    assert Version.objects.get().commitments.get().owner == "each"


def test_moving_passages_makes_and_takes_away_what_is_read_of_commitments() -> None:
    wording = wordings.wording()
    heading, text, tag = [passage.position for passage in wording.passages.filter(part="commitment", number=2)]
    wording.promise({1: ("both", [2])}, by=None)
    wording.place({heading: ("commitment", 7), text: ("commitment", 7), tag: ("other", None)}, by=None)
    read_promises(wording)
    assert [(promise.number, promise.owner, promise.principles) for promise in wording.promises.all()] == [(1, "both", [2]), (7, "both", [])]


def test_the_text_of_a_standing_version_changes_nothing_in_it(founded: Version) -> None:
    before = list(founded.commitments.values())
    text = "## Vision\n\nEn stad.\n\n## Åtaganden\n\n### 10. Kunskapsökning i Göteborgs stad\n\nStaden åtar sig mycket.\n\n### 12\n\nOrden sprids.\n"
    wording = wordings.wording(text, founded)
    placed = [(passage.part, passage.number) for passage in wording.passages.filter(part="commitment")]
    assert placed == [("commitment", 1)] * 2 + [("commitment", 12)] * 2  # by name first, then by number
    wording.fix(by=None)
    assert (list(founded.commitments.values()), wording.status) == (before, "fixed")


@pytest.mark.parametrize("language", ["en", "sv-easy"])
def test_a_text_in_another_language_makes_nothing(language: str) -> None:
    wording = wordings.wording(language=language)
    wording.fix(by=None)
    assert wording.version.is_unwritten


def test_a_language_has_one_fixed_text() -> None:
    first = wordings.wording()
    again = wordings.wording(version=first.version)
    first.fix(by=None)
    with pytest.raises(NotYet, match="redan en fastställd text"):
        again.fix(by=None)
    again.discard(by=None)
    assert again.status == "discarded"


@pytest.mark.parametrize("end", ["fix", "discard"])
def test_after_the_end_nothing_more_can_be_done(end: str) -> None:
    wording = wordings.wording()
    stale = Wording.objects.get(pk=wording.pk)
    getattr(wording, end)(by=None)
    steps = [
        lambda: stale.fix(by=None),
        lambda: stale.discard(by=None),
        lambda: stale.place({1: ("other", None)}, by=None),
        lambda: stale.promise({1: ("both", [])}, by=None),
    ]
    for step in steps:
        with pytest.raises((WrongStatus, NotYet)):
            step()  # type: ignore[no-untyped-call]
    assert wording.events.count() == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agreement_passage SET text = 'Annat.' WHERE wording_id = %s",
        "UPDATE agreement_passage SET part = 'other', number = NULL WHERE wording_id = %s",
        "DELETE FROM agreement_passage WHERE wording_id = %s",
        "INSERT INTO agreement_passage (wording_id, position, kind, text, part) VALUES (%s, 999, 'item', 'Till.', 'other')",
        "UPDATE agreement_promise SET owner = 'both' WHERE wording_id = %s",
        "DELETE FROM agreement_promise WHERE wording_id = %s",
        "INSERT INTO agreement_promise (wording_id, number, owner, principles) VALUES (%s, 99, 'both', '{}')",
        "UPDATE agreement_wording SET status = 'draft' WHERE id = %s",
        "UPDATE agreement_wording SET source_name = 'annat' WHERE id = %s",
        "UPDATE agreement_wording SET language = 'en' WHERE id = %s",
        "DELETE FROM agreement_wording WHERE id = %s",
    ],
)
def test_a_fixed_text_cannot_be_changed_by_raw_sql(sql: str) -> None:
    wording = wordings.wording()
    wording.fix(by=None)
    before = [list(model.objects.order_by("pk").values()) for model in (Wording, Passage, Promise)]
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [wording.pk])
    assert [list(model.objects.order_by("pk").values()) for model in (Wording, Passage, Promise)] == before


def test_passages_cannot_be_moved_into_a_fixed_text() -> None:
    fixed, other = wordings.wording(), wordings.wording(version=wordings.new_version("annan"))
    fixed.fix(by=None)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Passage.objects.filter(wording=other, position=21).update(wording=fixed, position=900)
    assert fixed.passages.count() == 21


@pytest.mark.parametrize(
    "text", ["1. Först", "- streck", "# *stjärna* _under_ [länk](x) `kod` <b>", "+ plus", "&aring; \\ ~ | >", "1 2", "2012. Ett år"]
)
def test_a_passage_as_markdown_says_exactly_its_words(text: str) -> None:
    html = to_html(as_markdown([Passage(kind="paragraph", text=text)]))
    shown = html.removeprefix("<p>").removesuffix("</p>\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == text


@pytest.mark.django_db(transaction=True)
def test_ten_presses_fix_once() -> None:
    wording = wordings.wording()
    results = together(10, lambda _which: Wording.objects.get(pk=wording.pk).fix(by=None))
    assert len([result for result in results if result is None]) == 1
    assert all(isinstance(result, WrongStatus | NotYet) for result in results if result is not None)
    assert (wording.events.filter(action="fix").count(), wording.version.commitments.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_ten_presses_fix_several_times() -> None:
    """The control: look, then write."""
    wording = wordings.wording()

    def naive(_which: int) -> None:
        mine = Wording.objects.get(pk=wording.pk)
        if mine.may("fix"):
            connection.cursor().execute("SELECT pg_sleep(0.2)")
            Wording.objects.filter(pk=mine.pk).update(status="fixed")
            mine._record("fix", by=None)

    together(10, naive)
    assert wording.events.filter(action="fix").count() > 1
