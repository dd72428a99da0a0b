"""The lighter tree of tags: what it keeps, and that every mark on a page still belongs to a tag."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from idekom.lib import pdf

PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title>
<style>@page {{ @top-left {{ content: "Huvud" }} @bottom-right {{ content: counter(page) }} }}</style></head><body>
<section><h1>Rubrik</h1><div><div><p>{long} <em>betonat</em> <a href="https://example.org/">länk</a></p></div>Löst i en ruta</div>
<ul><li>Ett</li><li>Två</li></ul><table><caption>Tabell</caption><thead><tr><th scope="col">A</th></tr></thead>
<tbody><tr><td>1</td></tr></tbody></table></section></body></html>"""


@pytest.fixture
def made() -> pikepdf.Pdf:
    html = PAGE.format(long="Så många ord att de inte ryms på en rad. " * 200)
    return pikepdf.open(BytesIO(pdf.render(html, identifier="0" * 32, moment=datetime(2026, 1, 1, tzinfo=UTC))))


def kids(tag: Any) -> list[Any]:
    """What the tag holds: a mark that is alone stands by itself, without a list around it."""
    held = tag.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def walk(tag: Any) -> list[Any]:
    return [tag, *(found for kid in kids(tag) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid for found in walk(kid))]


def test_lines_and_plain_divisions_have_no_tags_of_their_own(made: pikepdf.Pdf) -> None:
    kinds = [str(tag.S) for tag in walk(made.Root.StructTreeRoot.K[0])]
    assert kinds.count("/P") == len(made.pages)  # the paragraph goes on over the pages
    assert kinds.count("/Div") == 1  # the one that holds text itself
    assert {"/H1", "/Sect", "/L", "/LI", "/LBody", "/Table", "/Caption", "/TH", "/TD", "/Link"} <= set(kinds)


def test_every_mark_belongs_to_the_tag_that_holds_it(made: pikepdf.Pdf) -> None:
    root = made.Root.StructTreeRoot
    held = {(tag.Pg.objgen, int(mark)): tag.objgen for tag in walk(root.K[0]) for mark in kids(tag) if isinstance(mark, int)}
    nums = list(root.ParentTree.Nums)
    pages = [page.obj.objgen for page in made.pages]
    told = {
        (pages[int(key)], mark): tag.objgen
        for key, tags in zip(nums[::2], nums[1::2], strict=True)
        if isinstance(tags, pikepdf.Array)
        for mark, tag in enumerate(tags)
        if isinstance(tag, pikepdf.Dictionary)  # none holds a running head
    }
    assert told == held
    assert len(told) > 100


def test_every_tag_names_the_one_it_stands_in(made: pikepdf.Pdf) -> None:
    for tag in walk(made.Root.StructTreeRoot.K[0]):
        for kid in kids(tag):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == tag.objgen


def test_running_heads_are_artifacts_that_no_tag_holds(made: pikepdf.Pdf) -> None:
    for page in made.pages:
        opened = [instruction.operands for instruction in pikepdf.parse_content_stream(page) if str(instruction.operator) == "BDC"]
        heads = [properties for tag, properties in opened if tag == pikepdf.Name.Artifact]
        assert [properties.Type for properties in heads] == [pikepdf.Name.Pagination] * 2
    outside = [thing for thing in made.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") in ("/NonStruct", "/Span")]
    assert len([tag for tag in walk(made.Root.StructTreeRoot.K[0]) if tag.S in ("/NonStruct", "/Span")]) == len(outside)
