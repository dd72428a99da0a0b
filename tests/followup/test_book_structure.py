"""What makes the book accessible, read from the file itself, rule by rule; each rule has a control that breaks it and is found out.

The numbers are those of ISO 14289-1 (PDF/UA-1) and ISO 19005-3 (PDF/A-3).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from followup import book

SUMMARY = "# Året\n\nMer **gjordes**.\n\n### Tre saker\n\n- En [länk](https://example.org/)\n- Två\n\n| Vad | Antal |\n|---|---|\n| Forum | 1 |\n"
QUESTIONS = [
    {"key": "progress", "about": "commitment", "kind": "progress", "side": "", "text": "Hur långt?", "is_quotable": False},
    {"key": "example", "about": "commitment", "kind": "words", "side": "", "text": "Ett exempel?", "is_quotable": True},
    {"key": "consultation", "about": "year", "kind": "scale", "side": "", "text": "Samråd", "is_quotable": False},
]
HEADING = re.compile(r"H([1-6])")


def answer(question: str, number: int | None, *, choice: str = "", words: str = "") -> dict[str, Any]:
    return {"question": question, "commitment": number, "choice": choice, "words": words, "may_be_quoted": bool(words)}


def party(n: int) -> dict[str, Any]:
    choice = ["started", "done", "no_opinion"][n % 3]
    told = [each for number in (1, 2) for each in (answer("progress", number, choice=choice), answer("example", number, words=f"Exempel {n}. " * 30))]
    about = {"kind": "organisation", "legal_form": "ideell förening", "sector": "Kultur", "has_reported": n < 10, "through": None}
    side = "city" if n % 4 == 0 else "civil_society"
    answers = [*told, answer("consultation", None, choice="better")] if n < 10 else []
    return {"slug": f"part-{n}", "name": f"Part {n} & <co>", "side": side, "reports_for": [], "answers": answers, **about}


@pytest.fixture(scope="module")
def made() -> bytes:
    """A book with something of everything."""
    counts = [{"question": "progress", "commitment": n, "side": "city", "choice": "done", "count": 2} for n in (1, 2)]
    about = {"title": "Samspel", "summary": "Om samspel.", "owner": "both", "owner_label": "Båda"}
    commitments = [{"number": 1, "slug": "a", **about}, {"number": 2, "slug": "b", **about}]  # two chapters alike
    return book.render(
        {
            "format": "idekom-uppfoljning/2",
            "year": 2026,
            "agreement": "Överenskommelsen",
            "opens_on": "2026-09-01",
            "due_on": "2026-10-31",
            "forum_on": None,
            "latest_at": "2026-10-05T10:00:00+00:00",
            "summary": SUMMARY,
            "question_set": "Frågorna",
            "questions": QUESTIONS,
            "glossary": [{"word": "part", "meaning": "Den som har anslutit sig."}],
            "commitments": commitments,
            "earlier": [{"year": 2024, "counts": counts}],
            "parties": [party(n) for n in range(12)],
        }
    )


@pytest.fixture
def pdf(made: bytes) -> Iterator[Pdf]:
    """The book, opened; each test has its own."""
    with Pdf.open(BytesIO(made)) as opened:
        yield opened


@dataclass
class Tag:
    """A tag of the structure tree."""

    kind: str
    row: Any
    below: list["Tag"] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator["Tag"]:
        """The tags of these kinds, this one and those below it, in order."""
        if not kinds or self.kind in kinds:
            yield self
        for tag in self.below:
            yield from tag.all(*kinds)

    def attribute(self, name: str) -> Any:
        """An attribute of the tag, None where it has none."""
        told = self.row.get("/A")
        rows = list(told) if isinstance(told, Array) else [told] if told is not None else []
        return next((row[name] for row in rows if name in row), None)


def tags(pdf: Pdf) -> Tag:
    """The tree of tags, from the document."""

    def read(row: Any) -> Tag:
        kids = row.get("/K")
        rows = list(kids) if isinstance(kids, Array) else [kids] if kids is not None else []
        return Tag(str(row.S)[1:], row, [read(kid) for kid in rows if isinstance(kid, Dictionary) and "/S" in kid])

    return read(pdf.Root.StructTreeRoot.K[0])


def headings(pdf: Pdf) -> list[str]:
    """7.4.2-1: the first heading is of level 1, and none is more than one level below the one before it."""
    levels = [int(match[1]) for tag in tags(pdf).all() if (match := HEADING.fullmatch(tag.kind))]
    skips = [f"H{before} then H{level}" for before, level in zip([0, *levels], levels, strict=False) if level > before + 1]
    return skips if levels else ["no heading"]


def lists(pdf: Pdf) -> list[str]:
    """7.2-19 and 7.2-20: lists hold items, and items a label and a body. (A list of terms has its pairs in groups.)"""
    wrong = [f"{tag.kind} in L" for one in tags(pdf).all("L") for tag in one.below if tag.kind not in {"LI", "L", "Caption", "Div"}]
    return wrong + [f"{tag.kind} in LI" for one in tags(pdf).all("LI") for tag in one.below if tag.kind not in {"Lbl", "LBody"}]


def links(pdf: Pdf) -> list[str]:
    """7.18.5: a link holds its words and its annotation alone, and the annotation says where it leads."""
    wrong = [f"{tag.kind} in Link" for one in tags(pdf).all("Link") for tag in one.below if tag.kind != "Link"]
    annotations = [(page, annotation) for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
    wrong += ["a link without words" for _page, annotation in annotations if not str(annotation.get("/Contents", ""))]
    wrong += ["a link without its tag" for _page, annotation in annotations if "/StructParent" not in annotation]
    return wrong + ["a page with links in no order" for page, _annotation in annotations if page.obj.get("/Tabs") != Name.S]


def pictures(pdf: Pdf) -> list[str]:
    """7.3-1: every picture is told in words."""
    return ["a picture without words" for tag in tags(pdf).all("Figure") if not str(tag.row.get("/Alt", "")).strip()]


def tables(pdf: Pdf) -> list[str]:
    """7.2-43 and 7.5-1: every row is as wide as the others, and every cell names the headings that it stands under."""
    wrong = []
    for table in tags(pdf).all("Table"):
        widths = {sum(int(cell.attribute("/ColSpan") or 1) for cell in row.below) for row in table.all("TR")}
        wrong += [f"rows of {sorted(widths)} cells"] if len(widths) != 1 else []
        known = {str(cell.row.get("/ID", "")) for cell in table.all("TH")}
        wrong += ["a cell without headings of its own table" for cell in table.all("TD") if not named(cell) or not named(cell) <= known]
    every = [str(cell.row.get("/ID", "")) for cell in tags(pdf).all("TH")]
    return wrong + [f"{len(every) - len(set(every))} headings called the same"] * (len(every) > len(set(every)))


def named(cell: Tag) -> set[str]:
    """The headings that a cell names."""
    return {str(name) for name in cell.attribute("/Headers") or []}


def marks(pdf: Pdf) -> list[str]:
    """7.1-3: everything that is painted is tagged, or marked as an artifact."""
    wrong = []
    painting = {"Tj", "TJ", "f", "f*", "S", "B", "Do", "sh"}
    for number, page in enumerate(pdf.pages, start=1):
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator in {"BDC", "BMC"}) - (operator == "EMC")
            if operator in painting and depth == 0:
                wrong.append(f"{operator} outside marks on page {number}")
    return wrong


def fonts(pdf: Pdf) -> list[str]:
    """7.21: every font is inside the file."""
    found = [row for page in pdf.pages for row in page.obj.Resources.get("/Font", {}).values()]
    inner = [descendant for row in found for descendant in row.get("/DescendantFonts", [row])]
    return ["a font that is not inside" for row in inner if not any(f"/FontFile{which}" in row.FontDescriptor for which in ("", "2", "3"))]


def names(pdf: Pdf) -> list[str]:
    """7.1 and 7.2: the file has a language and a title that is shown, and says that it is tagged."""
    root = pdf.Root
    told = {"language": "/Lang" in root, "tags": bool(root.MarkInfo.Marked), "title": bool(root.ViewerPreferences.DisplayDocTitle)}
    return [f"no {name}" for name, is_there in told.items() if not is_there]


def archive(pdf: Pdf) -> list[str]:
    """ISO 19005-3: what it claims to be, its colours, its attachments, and no picture that is smoothed."""
    with pdf.open_metadata() as metadata:
        claims = {key: metadata.get(key) for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")}
    wrong = [f"claims {claims}"] if claims != {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"} else []
    wrong += [] if "/OutputIntents" in pdf.Root else ["no output intent"]
    files = list(pdf.Root.get("/AF", []))
    wrong += [] if len(files) == len({file.objgen for file in files}) == 2 else [f"{len(files)} attachments"]
    wrong += ["an attachment without relationship" for file in files if file.get("/AFRelationship") != Name.Data]
    images = [row for row in pdf.objects if isinstance(row, pikepdf.Stream) and row.get("/Subtype") == Name.Image]
    return wrong + ["a smoothed picture" for row in images if row.get("/Interpolate", False)]


def marked(pdf: Pdf) -> list[str]:
    """7.1: every mark on a page leads to the tag that holds it."""
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    known = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    wrong = []
    for number, page in enumerate(pdf.pages, start=1):
        owners = list(known.get(int(page.obj.StructParents), []))
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) == "BDC" and isinstance(instruction.operands[1], Dictionary) and "/MCID" in instruction.operands[1]:
                mark = int(instruction.operands[1].MCID)
                if mark >= len(owners) or owners[mark] is None:
                    wrong.append(f"mark {mark} on page {number}")
    return wrong


def spoil_first(kind: str, change: Callable[[Any], None]) -> Callable[[Pdf], None]:
    """A change to the first tag of a kind."""
    return lambda pdf: change(next(tags(pdf).all(kind)).row)


def unmarked_line(pdf: Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 m 9 9 l S")


def unembedded(pdf: Pdf) -> None:
    font = next(iter(pdf.pages[1].obj.Resources.Font.values())).DescendantFonts[0]
    for which in ("/FontFile", "/FontFile2", "/FontFile3"):
        if which in font.FontDescriptor:
            del font.FontDescriptor[which]


RULES: dict[str, tuple[Callable[[Pdf], list[str]], Callable[[Pdf], None]]] = {
    "headings": (headings, spoil_first("H2", lambda row: setattr(row, "S", Name.H5))),
    "lists": (lists, spoil_first("LBody", lambda row: setattr(row, "S", Name.P))),
    "links": (links, lambda pdf: next(a for page in pdf.pages for a in page.obj.get("/Annots", [])).__setitem__("/Contents", String(""))),
    "pictures": (pictures, spoil_first("Figure", lambda row: setattr(row, "Alt", String(" ")))),
    "tables": (tables, spoil_first("TR", lambda row: setattr(row, "K", Array(list(row.K)[:-1])))),
    "marks": (marks, unmarked_line),
    "fonts": (fonts, unembedded),
    "names": (names, lambda pdf: pdf.Root.__delitem__("/Lang")),
    "archive": (archive, lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "marked": (marked, lambda pdf: setattr(pdf.Root.StructTreeRoot.ParentTree, "Nums", Array(list(pdf.Root.StructTreeRoot.ParentTree.Nums)[2:]))),
}


@pytest.mark.parametrize("name", RULES)
def test_the_book_keeps_the_rule(name: str, pdf: Pdf) -> None:
    rule, _spoil = RULES[name]
    assert rule(pdf) == []


@pytest.mark.parametrize("name", RULES)
def test_a_book_that_breaks_the_rule_is_found_out(name: str, pdf: Pdf) -> None:
    rule, spoil = RULES[name]
    spoil(pdf)
    assert rule(pdf) != []


def test_it_has_something_of_everything(pdf: Pdf) -> None:
    """The control of the fixture: what the rules are about is there."""
    kinds = [tag.kind for tag in tags(pdf).all()]
    assert {"H1", "H2", "H3", "H4", "L", "LI", "Table", "TH", "TD", "Figure", "Link", "P"} <= set(kinds)
    assert kinds.count("Table") >= 6
    assert kinds.count("Figure") >= 3
