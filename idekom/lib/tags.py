"""A lighter tree of tags: the same headings, paragraphs, lists and tables, without what says nothing.

WeasyPrint gives each line of text a tag of its own, and each <div>, and writes down what may go without saying. A reader hears no
difference; a long book is three times as heavy with them, and takes as much longer to bind.
"""

from typing import Any

Tag = Any  # pydyf has no types

PLAIN = {"Type", "S", "K", "Pg", "P"}
"""What every tag has; one with more than this says something."""
HOLD_TEXT = {"/NonStruct", "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/LBody", "/Lbl", "/Caption"}
"""Tags that text may stand in directly."""


def lighten(_document: Any, pdf: Any) -> None:
    """Fold plain spans into what they stand in, and plain divisions of blocks into what is around them; the last step before a file is written."""
    tags: list[Tag] = [thing for thing in pdf.objects if isinstance(thing, dict)]
    by_reference = {tag.reference: tag for tag in tags}
    root = by_reference[pdf.catalog["StructTreeRoot"]]
    moved: dict[bytes, bytes] = {}
    _lighten(by_reference[root["K"][0]], by_reference, moved)
    marks = by_reference[root["ParentTree"]]["Nums"]
    for place in range(1, len(marks), 2):
        if isinstance(marks[place], list):
            marks[place][:] = [_last(reference, moved) for reference in marks[place]]
    for tag in tags:
        if tag.get("Type") == "/StructElem":
            _say_no_more(tag)


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
