"""A lighter tree of tags: the same headings, paragraphs, lists and tables, without what says nothing.

WeasyPrint gives each line of text a tag of its own, and each <div>, and writes down what may go without saying. A reader hears no
difference; a long book is three times as heavy with them, and takes as much longer to bind.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

Tag = Any  # pydyf has no types

PLAIN = {"Type", "S", "K", "Pg", "P"}
"""What every tag has; one with more than this says something."""
HOLD_TEXT = {"/NonStruct", "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/LBody", "/Lbl", "/Caption"}
"""Tags that text may stand in directly."""


def lighten(_document: Any, pdf: Any) -> None:
    """Fold plain spans into what they stand in, and plain divisions of blocks into what is around them; the last step before a file is written.

    What a tag holds that stands in no other, the running heads, becomes what it is: an artifact, which nobody reads aloud on each page.
    """
    tags: list[Tag] = [thing for thing in pdf.objects if isinstance(thing, dict)]
    by_reference = {tag.reference: tag for tag in tags}
    root = by_reference[pdf.catalog["StructTreeRoot"]]
    document = by_reference[root["K"][0]]
    moved: dict[bytes, bytes] = {}
    _lighten(document, by_reference, moved)
    there = {tag.reference for tag in _with_all_below(document, by_reference)}
    streams = painted(pdf)
    marks = by_reference[root["ParentTree"]]["Nums"]
    for key, owners in zip(marks[::2], marks[1::2], strict=True):
        if isinstance(owners, list):
            last = [_last(reference, moved) for reference in owners]
            owners[:] = [reference if reference in there else b"null" for reference in last]
            _set_aside(streams[key].stream, {mark for mark, reference in enumerate(last) if reference not in there})
    for tag in tags:
        if tag.get("Type") == "/StructElem":
            _say_no_more(tag) if tag.reference in there else tag.clear()


def _with_all_below(tag: Tag, by_reference: dict[bytes, Tag]) -> Iterator[Tag]:
    yield tag
    for kid in tag["K"]:
        if isinstance(kid, bytes) and "S" in by_reference[kid]:
            yield from _with_all_below(by_reference[kid], by_reference)


def painted(pdf: Any) -> dict[int, Any]:
    """{the key of a page's marks: the stream with what is painted on it} of a file that is not written yet."""
    streams = {thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Stream)}
    pages = [thing for thing in pdf.objects if isinstance(thing, dict) and thing.get("Type") == "/Page"]
    return {page["StructParents"]: streams[page["Contents"]] for page in pages}


def _set_aside(content: list[Any], marks: set[int]) -> None:
    """Let what has these marks be an artifact."""
    for place, operator in enumerate(content):
        if operator == b"BDC" and content[place - 1].get("MCID") in marks:
            content[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _lighten(tag: Tag, by_reference: dict[bytes, Tag], moved: dict[bytes, bytes]) -> None:
    kids: list[Any] = []
    for kid in tag["K"]:
        child = by_reference[kid] if isinstance(kid, bytes) else None
        if child is None or "S" not in child:
            kids.append(kid)
            continue
        _lighten(child, by_reference, moved)
        if not _says_nothing(child, tag, by_reference):
            kids.append(kid)
            continue
        for grandchild in child["K"]:
            if isinstance(grandchild, bytes):
                by_reference[grandchild]["P"] = tag.reference
            kids.append(grandchild)
        moved[kid] = tag.reference
        child.clear()
    tag["K"][:] = kids


def _says_nothing(child: Tag, parent: Tag, by_reference: dict[bytes, Tag]) -> bool:
    if set(child) != PLAIN or child["Pg"] != parent.get("Pg", child["Pg"]):
        return False
    if child["S"] == "/Span":
        return parent["S"] in HOLD_TEXT and not any(isinstance(kid, bytes) for kid in child["K"])
    return child["S"] == "/Div" and parent["S"] in {"/Document", "/Sect", "/Div"} and all(_is_block(kid, by_reference) for kid in child["K"])


def _is_block(kid: Any, by_reference: dict[bytes, Tag]) -> bool:
    return isinstance(kid, bytes) and by_reference[kid].get("S", "/Span") not in {"/Span", "/Link", "/NonStruct"}


def _say_no_more(tag: Tag) -> None:
    """That a tag is one, and that its only mark is alone, is known without being said (ISO 32000-1, 14.7.2)."""
    del tag["Type"]
    if len(tag["K"]) == 1 and isinstance(tag["K"][0], int):
        tag["K"] = tag["K"][0]


def _last(reference: bytes, moved: dict[bytes, bytes]) -> bytes:
    while reference in moved:
        reference = moved[reference]
    return reference
