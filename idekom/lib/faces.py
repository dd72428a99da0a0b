"""One copy of each face for all parts of a book.

Every part brings its own cut of the same faces: the glyphs that it shows, under the numbers that they have in the whole face. A cut with
the glyphs of all parts serves them all, so a bound book holds each face once.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Tree = Any  # pikepdf's objects have no useful static types
SHOWS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
CUT = re.compile(r"/[A-Z]{6}\+(.+)")
MAP_ABOVE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
MAP_BELOW = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
SHAPING = {"GDEF", "GPOS", "GSUB"}
"""The tables of a font that say which glyphs to take; in a file they are chosen already."""
MOST_IN_LIST = 100
"""So many lines a list in a map of characters may have."""


def shown(font: Tree) -> dict[int, bytes]:
    """{glyph: the text that it stands for, as hexadecimal UTF-16} of what a part shows in a font."""
    _range, _end, lists = font.ToUnicode.read_bytes().partition(b"endcodespacerange")
    return {int(glyph, 16): text for glyph, text in SHOWS.findall(lists)}


class Faces:
    """The faces of a book that grows. `known` is {name: the whole TrueType file}."""

    def __init__(self, book: Pdf, known: Mapping[str, bytes]) -> None:
        self.book = book
        self.known = known
        self.fonts: Tree = book.make_indirect(Dictionary())
        self.shown: dict[str, dict[int, bytes]] = {}

    def take(self, part: Pdf) -> bool:
        """Note what a part shows in which font and take the fonts off its pages; False, and nothing done, when one is not known."""
        resources: list[Tree] = [page.obj.Resources for page in part.pages]
        fonts = {name: font for one in resources for name, font in one.get("/Font", Dictionary()).items()}
        if not all(_face(font) in self.known for font in fonts.values()):
            return False
        for name, font in fonts.items():
            if name not in self.fonts:
                self.fonts[name] = self.book.copy_foreign(part.make_indirect(font))
            self.shown[name] = {**shown(font), **self.shown.get(name, {})}
        for one in resources:
            one.Font = Dictionary()
        return True

    def finish(self) -> None:
        """Give each font the glyphs of all parts."""
        for name, texts in self.shown.items():
            font: Tree = self.fonts[name]
            whole = TTFont(BytesIO(self.known[_face(font)]), recalcTimestamp=False)
            descendant, advances, order = font.DescendantFonts[0], whole["hmtx"], whole.getGlyphOrder()
            scale = 1000 / whole["head"].unitsPerEm
            widths = {glyph: round(advances[order[glyph]][0] * scale) for glyph in sorted(texts)}
            descendant.W = Array([each for glyph, width in widths.items() for each in (glyph, Array([width]))])
            font.ToUnicode = Stream(self.book, _map(texts))
            content = _cut(whole, texts)
            descendant.FontDescriptor.FontFile2 = Stream(self.book, content, Length1=len(content))


def _face(font: Tree) -> str:
    """The name of the face that a font is a cut of."""
    match = CUT.fullmatch(str(font.BaseFont)) if font.get("/Subtype") == Name.Type0 else None
    return match[1] if match else ""


def _cut(whole: TTFont, glyphs: Mapping[int, bytes]) -> bytes:
    """The face with these glyphs alone, under the numbers that they have."""
    for table in SHAPING & set(whole.keys()):
        del whole[table]
    cutter = subset.Subsetter(subset.Options(retain_gids=True, hinting=False))
    cutter.populate(gids=list(glyphs))
    cutter.subset(whole)
    file = BytesIO()
    whole.save(file)
    return file.getvalue()


def _map(texts: Mapping[int, bytes]) -> bytes:
    """Which text each glyph stands for, as a reader of the file wants it."""
    lines = [b"<%04x> <%s>\n" % (glyph, texts[glyph]) for glyph in sorted(texts)]
    lists = [lines[start : start + MOST_IN_LIST] for start in range(0, len(lines), MOST_IN_LIST)]
    return MAP_ABOVE + b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(one), b"".join(one)) for one in lists) + MAP_BELOW
