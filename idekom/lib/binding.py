"""Binding PDF files into one: their pages, and everything that makes them accessible.

A long book is set in parts, each a small file of its own, because one large document takes more than its share of time and memory.
Bound together they are one file again: one tree of tags, one outline, one set of destinations. Links from part to part are written as
addresses that begin with ELSEWHERE; page numbers are stamped afterwards, as artifacts, since a part does not know where it ends up, and so
is a head that is the same on every page.

Every part must come from `idekom.lib.pdf`; the front gives the file its metadata, its attachments and its conformance.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Object, ObjectStreamMode, Page, Pdf, String

from idekom.lib.faces import Faces, shown
from idekom.lib.pdf import faces

ELSEWHERE = "https://bok.invalid/#"
"""What the address of a link begins with when its destination is in another part."""
GROUPS = {Name(f"/{kind}") for kind in ("Document", "Part", "Art", "Sect", "Div", "NonStruct", "Table", "THead", "TBody", "TFoot", "TR")}
"""The tags that a table can be in, or that it is made of."""
Tree = Any  # pikepdf's objects have no useful static types


@dataclass(frozen=True)
class Stamp:
    """What is stamped on the pages: a file that shows every character of it in the wanted font, its size and its places in points."""

    sample: bytes
    size: float
    left: float
    right: float
    head: float
    foot: float
    colour: tuple[float, float, float]


def bind(front: Callable[[], bytes], parts: Iterable[bytes], *, stamp: Stamp, text: Callable[[int, int], tuple[str, str]]) -> bytes:
    """One file of the front and the parts, in order. `text(number, total)` tells the head and the foot of a page, which may be empty.

    The parts are asked for one by one, and the front last: it may be set while they are bound. The same front and parts give the same bytes.
    """
    bound = _Bound(stamp)
    for number, content in enumerate(parts, start=1):
        with Pdf.open(BytesIO(content)) as part:
            _name_cells(part.Root.StructTreeRoot.K[0], f"{number}-")
            bound.append(part)
    with Pdf.open(BytesIO(front())) as first:
        bound.lead(first)
        version = first.pdf_version
    bound.finish()
    bound.stamp(text)
    bound.faces.finish()
    file = BytesIO()
    bound.book.save(file, min_version=version, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return file.getvalue()


@dataclass(frozen=True)
class Extent:
    """How many pages a part has, and on which of them (from 1) its destinations are."""

    pages: int
    anchors: dict[str, int]


def extent(content: bytes) -> Extent:
    """The extent of a part."""
    with Pdf.open(BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return Extent(len(pdf.pages), {name: numbers[target[0].objgen] for name, target in _destinations(pdf)})


class _Bound:
    """The book while it grows."""

    def __init__(self, stamp: Stamp) -> None:
        self.book = Pdf.new()
        self.faces = Faces(self.book, faces())
        self.lines = _Lines(self.faces, stamp)
        self.children: list[Tree] = []
        self.marks: list[Tree] = []
        self.next_mark = 0
        self.outlines: list[Tree] = []
        self.destinations: dict[str, Tree] = {}
        self.colours: dict[bytes, Tree] = {}

    def append(self, part: Pdf) -> None:
        """Add a part after those that are there."""
        self._insert(part, len(self.book.pages))

    def lead(self, front: Pdf) -> None:
        """Put a part before all others, and let the book be what it is: its title, its language, its attachments, its conformance."""
        children, outlines = self.children, self.outlines
        self.children, self.outlines = [], []
        self._insert(front, 0)
        self.children += children
        self.outlines += outlines
        for key in sorted(set(front.Root.keys()) - {"/Type", "/Pages"}):
            self.book.Root[key] = self._copied(front, front.Root[key])
        self.book.trailer.Info = self._copied(front, front.trailer.Info)

    def _insert(self, part: Pdf, at: int) -> None:
        """Add a part's pages, then all that refers to them: what is copied after its pages stays tied to them."""
        is_taken, colours = self.faces.take(part), [self._taken_colours(part, page) for page in part.pages]
        for place, page in enumerate(part.pages, start=at):
            _spare(page)
            self.book.pages.insert(place, page)
        for page, its_colours in zip(self.book.pages[at : at + len(part.pages)], colours, strict=True):
            _shift(page, self.next_mark)
            if its_colours is not None:
                page.obj.Resources.ColorSpace = its_colours
            if is_taken:
                page.obj.Resources.Font = self.faces.fonts
        tags = self._copied(part, _below_the_document(part))
        self.children += list(tags.K)
        keys = [int(key) for key in tags.Nums[::2]]
        for key, value in zip(keys, tags.Nums[1::2], strict=True):
            self.marks += [key + self.next_mark, value]
        self.next_mark += max(keys, default=-1) + 1
        if "/Outlines" in part.Root:
            self.outlines += _siblings(self._copied(part, part.Root.Outlines).First)
        for name, target in _destinations(part):
            self.destinations[name] = self._copied(part, target)

    def _taken_colours(self, part: Pdf, page: Page) -> Tree:
        """The colour spaces that a page of a part uses, in the book: the first one of equal sets, since each part brought its own profile."""
        resources: Tree = page.obj.Resources
        if "/ColorSpace" not in resources:
            return None
        spaces = resources.ColorSpace
        del resources["/ColorSpace"]
        content = _content(spaces)
        if content not in self.colours:
            self.colours[content] = self._copied(part, spaces)
        return self.colours[content]

    def _copied(self, part: Pdf, thing: Tree) -> Tree:
        """What is in the part, in the book; the same each time."""
        return self.book.copy_foreign(part.make_indirect(thing)) if isinstance(thing, Object) else thing

    def finish(self) -> None:
        """Write the trees that now hold all parts."""
        root: Tree = self.book.Root
        tags, document = root.StructTreeRoot, root.StructTreeRoot.K[0]
        for child in self.children:
            child.P = document
        document.K = Array(self.children)
        tags.ParentTree.Nums = Array(self.marks)
        tags.ParentTreeNextKey = self.next_mark
        if "/AF" in root:  # each is listed twice by what sets the parts
            root.AF = Array({file.objgen: file for file in root.AF}.values())
        if self.outlines:
            _chain(root.Outlines, _under_the_first_heading(self.outlines))
        if "/Names" in root and "/Dests" in root.Names:
            del root.Names["/Dests"]
        if self.destinations:
            if "/Names" not in root:
                root.Names = Dictionary()
            tree = NameTree.new(self.book)
            for name in sorted(self.destinations):
                tree[name] = self.destinations[name]
            root.Names.Dests = tree.obj
        _tie_links(self.book, set(self.destinations))

    def stamp(self, text: Callable[[int, int], tuple[str, str]]) -> None:
        """Write the lines at the edges of each page."""
        total = len(self.book.pages)
        for number, page in enumerate(self.book.pages, start=1):
            self.lines.write(page, *text(number, total))


def _name_cells(tag: Tree, prefix: str) -> None:
    """Let the headings of a part's tables, and the cells that name them, be called what no other part calls theirs."""
    kids = tag.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if not isinstance(kid, Dictionary) or "/S" not in kid:
            continue
        if kid.S in GROUPS:
            _name_cells(kid, prefix)
        elif kid.S == Name.TH and "/ID" in kid:
            kid.ID = String(f"{prefix}{kid.ID}")
        elif kid.S == Name.TD and "/Headers" in kid.get("/A", {}):
            kid.A.Headers = Array([String(f"{prefix}{name}") for name in kid.A.Headers])


def _shift(page: Page, by: int) -> None:
    """Let a page's marks, and its links', begin where those of the parts before end."""
    page.obj.StructParents = int(page.obj.StructParents) + by
    for annotation in page.obj.get("/Annots", []):
        if "/StructParent" in annotation:
            annotation.StructParent = int(annotation.StructParent) + by


def _below_the_document(part: Pdf) -> Tree:
    """A part's tags without the two at the top, which the book has already: {K: those below them, Nums: whose each mark is}."""
    root: Tree = part.Root.StructTreeRoot
    tags = list(root.K[0].K)
    for tag in tags:
        del tag["/P"]
    return Dictionary(K=Array(tags), Nums=root.ParentTree.Nums)


def _siblings(first: Tree) -> Iterator[Tree]:
    """An outline item and those after it."""
    item = first
    while item is not None:
        following = item.get("/Next")
        yield item
        item = following


def _under_the_first_heading(items: list[Tree]) -> list[Tree]:
    """The book's own heading, with all that the other parts brought below it."""
    top, *others = items
    below = [*(list(_siblings(top.First)) if "/First" in top else []), *others]
    if below:
        _chain(top, below)
    return [top]


def _chain(parent: Tree, items: list[Tree]) -> None:
    """Hang outline items below another one, in this order."""
    for place, item in enumerate(items):
        for key, neighbour in (("/Prev", place - 1), ("/Next", place + 1)):
            if key in item:
                del item[key]
            if 0 <= neighbour < len(items):
                item[key] = items[neighbour]
        item.Parent = parent
    parent.First, parent.Last = items[0], items[-1]
    parent.Count = sum(1 + max(int(item.get("/Count", 0)), 0) for item in items)


def _destinations(pdf: Pdf) -> Iterator[tuple[str, Tree]]:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        for name, target in NameTree(pdf.Root.Names.Dests).items():
            yield str(name), target


def _tie_links(book: Pdf, known: set[str]) -> None:
    """Let the links to other parts lead to their destinations; raises KeyError for one that leads nowhere."""
    for page in book.pages:
        for annotation in page.obj.get("/Annots", []):
            action: Tree = annotation.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if address.startswith(ELSEWHERE):
                name = address.removeprefix(ELSEWHERE)
                if name not in known:
                    raise KeyError(name)
                del annotation["/A"]
                annotation.Dest = String(name)


class _Lines:
    """Writes lines at the edges of pages, outside the tree of tags."""

    def __init__(self, faces: Faces, stamp: Stamp) -> None:
        self.stamp = stamp
        with Pdf.open(BytesIO(stamp.sample)) as sample:
            ((name, font),) = sample.pages[0].obj.Resources.Font.items()
            self.codes = {bytes.fromhex(text.decode()).decode("utf-16-be"): glyph for glyph, text in shown(font).items()}
            self.widths = _widths(font)
            faces.take(sample)
        self.font: Tree = faces.fonts[name]
        self.before = faces.book.make_stream(b"q")
        red, green, blue = stamp.colour
        self.colour = f"{red:.3f} {green:.3f} {blue:.3f} rg"

    def write(self, page: Page, head: str, foot: str) -> None:
        """Write the head at the left edge and the foot at the right one."""
        lines = [self._line("Header", head, self.stamp.left, self.stamp.head)] if head else []
        lines += [self._line("Footer", foot, self.stamp.right - self._width(foot), self.stamp.foot)] if foot else []
        if lines:
            page.contents_add(self.before, prepend=True)
            page.contents_add("\n".join(["Q", *lines]).encode())
            page.obj.Resources.Font["/Stamp"] = self.font

    def _line(self, kind: str, text: str, left: float, baseline: float) -> str:
        glyphs = "".join(f"{self.codes[character]:04x}" for character in text)
        shows = f"BT /Stamp {self.stamp.size} Tf 1 0 0 1 {left:.3f} {baseline} Tm <{glyphs}> Tj ET"
        return f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC q {self.colour} {shows} Q EMC"

    def _width(self, text: str) -> float:
        return sum(self.widths[self.codes[character]] for character in text) / 1000 * self.stamp.size


def _widths(font: Tree) -> dict[int, float]:
    """{code: its width} of a CID font whose /W lists widths one run after the other."""
    found: dict[int, float] = {}
    runs = list(font.DescendantFonts[0].W)
    for start, widths in zip(runs[::2], runs[1::2], strict=True):
        found |= {int(start) + place: float(width) for place, width in enumerate(widths)}
    return found


def _content(spaces: Tree) -> bytes:
    """Stands for all that a set of colour spaces says."""
    told = sha256()
    for name, space in sorted(spaces.items()):
        is_profile = isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased
        told.update(name.encode() + (space[1].read_raw_bytes() if is_profile else space.unparse()))
    return told.digest()


def _spare(page: Page) -> None:
    """Do without the boxes that say the same as the whole page's, and let its content stand by itself, or all of its file is kept with it."""
    for box in ("/BleedBox", "/TrimBox"):
        if box in page.obj and page.obj[box] == page.obj.MediaBox:
            del page.obj[box]
    content: Tree = page.obj.Contents
    content.write(content.read_raw_bytes(), filter=content.get("/Filter"))
