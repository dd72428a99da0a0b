"""Accessible PDF files: PDF/A-3a and PDF/UA-1 in one, the same bytes each time, and nothing opened but what is handed in.

How the HTML must be written for the file to conform: only text inside <a> and <li>, a th for every column and row, headings
without skips, <title> in every svg, alt on every img, no opacity.
"""

import gc
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import weasyprint
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from idekom.lib.tags import lighten, painted

Assets = Mapping[str, tuple[bytes, str]]
"""{address: (content, media type)}: everything that the HTML may refer to. Addresses start with "app:"."""

FONTS = [
    "atkinson-hyperlegible-next-latin",
    "atkinson-hyperlegible-next-latin-ext",
    *(f"noto-sans-{script}" for script in ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "arabic-arabic")),
]
"""In the order in which they are asked for a glyph; each in 400 and 700. TrueType: to unpack the web's WOFF2 takes most of a second."""
WEIGHTS = 400, 700
FONT_FAMILY = ", ".join(f"'{name}'" for name in FONTS)
MISSING = "\N{REPLACEMENT CHARACTER}"
"""Printed for a character that no bundled font has: an empty glyph would break the file for those who cannot see it."""

SIGN = r"(?:&[#\w]{1,8};|[^\s<>&])"
TEXT, ENDLESS, PIECE = re.compile(r">[^<]+"), re.compile(rf"{SIGN}{{100,}}+"), re.compile(rf"{SIGN}{{30}}(?=.)")
"""What stands between tags; a word in it that is longer than any word or checksum; and as much of that as a line holds."""

UA, EXTENSION, SCHEMA, PROPERTY, RDF = (
    "{http://www.aiim.org/pdfua/ns/id/}",
    "{http://www.aiim.org/pdfa/ns/extension/}",
    "{http://www.aiim.org/pdfa/ns/schema#}",
    "{http://www.aiim.org/pdfa/ns/property#}",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
)
for prefix, namespace in {"pdfuaid": UA, "pdfaExtension": EXTENSION, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY}.items():
    ElementTree.register_namespace(prefix, namespace[1:-1])


@dataclass(frozen=True)
class DataFile:
    """A file inside the PDF: the data that it shows."""

    name: str
    content: bytes
    description: str


class Refused(Exception):
    """The HTML asked for something that was not handed in."""


class OnlyAssets(URLFetcher):  # type: ignore[misc]
    """Gives out the assets and nothing else, and remembers what it refused."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, timeout=1)
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The asset; raises for every other address, before anything is opened."""
        try:
            content, media_type = self.assets[url]
        except KeyError:
            self.refused.append(url[:80])
            raise FatalURLFetchingError(f"refused {url[:80]!r}") from None
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


def render(
    html: str,
    *,
    identifier: str,
    moment: datetime,
    css: str = "",
    attachments: Sequence[DataFile] = (),
    assets: Assets | None = None,
    is_part: bool = False,
) -> bytes:
    """The PDF of `html`. `identifier` (32 hexadecimal digits) and `moment` stand in the file: the same input gives the same bytes.

    With `css` the fonts and that style are read once for all files of a process, and the HTML brings no style of its own: right
    for many small files. Of a part, which is bound to others, only what is painted is compressed: the rest is made anew when it is bound.
    Raises Refused when the HTML refers to anything but `assets` and the fonts.
    """
    fetcher = OnlyAssets({**_fonts(), **(assets or {})})
    files = [
        Attachment(
            string=file.content,
            name=file.name,
            description=file.description,
            created=moment,
            modified=moment,
            relationship="Data",
            url_fetcher=fetcher,
        )
        for file in attachments
    ]
    with _as_of(moment), _without_garbage_collection():
        try:
            document = HTML(string=printable(html), base_url=None, url_fetcher=fetcher).render(**(_press(css) if css else {}))
            _declare_accessible(document)
            kind = {"pdf_variant": "pdf/a-3a", "uncompressed_pdf": is_part}
            pdf: bytes = document.write_pdf(**kind, pdf_identifier=identifier.encode(), attachments=files, finisher=_finish)
            del document
        except FatalURLFetchingError as error:
            raise Refused(str(error)) from error
    if fetcher.refused:
        raise Refused(", ".join(fetcher.refused))
    return _with_one_identifier(pdf, identifier)


def _finish(document: Document, pdf: Any) -> None:
    """The last step before a file is written."""
    lighten(document, pdf)
    for stream in painted(pdf).values():
        stream.compress = True


def warm_up(css: str) -> None:
    """Read the fonts and the style beforehand."""
    _press(css)


@lru_cache(maxsize=4)
def _press(css: str) -> dict[str, Any]:
    """The fonts and a style, read once."""
    fonts = FontConfiguration()
    sheet = CSS(string=f"{font_css()}\n{css}", font_config=fonts, url_fetcher=OnlyAssets(_fonts()))
    return {"stylesheets": [sheet], "font_config": fonts}


@cache
def fonts_digest() -> str:
    """Stands for the bundled fonts and for what sets them: files set with others look different."""
    files = b"".join(content for content, _media_type in _fonts().values())
    return sha256(files + weasyprint.__version__.encode()).hexdigest()


def font_css() -> str:
    """@font-face for each bundled font, and the family list as `font-family` of the page and its margins."""
    faces = [
        f"@font-face {{ font-family: '{name}'; font-weight: {weight}; src: url(app:fonts/{name}-{weight}.ttf) format('truetype') }}"
        for name in FONTS
        for weight in WEIGHTS
    ]
    return "\n".join([*faces, f"html {{ font-family: {FONT_FAMILY} }}", f"@page {{ font-family: {FONT_FAMILY} }}"])


def faces() -> dict[str, bytes]:
    """{name as it stands in a file: the whole font} of the bundled fonts."""
    fonts = _fonts()
    return {f"{name}{'-Bold' if weight == WEIGHTS[1] else ''}": fonts[f"app:fonts/{name}-{weight}.ttf"][0] for name in FONTS for weight in WEIGHTS}


def printable(text: str) -> str:
    """`text` with every character that no bundled font can show replaced by a visible sign."""
    return text.translate(_Printable())


def breakable(html: str) -> str:
    """The page with soft hyphens in words that no line can hold: WeasyPrint takes minutes for one of some thousand letters."""
    return TEXT.sub(lambda text: ENDLESS.sub(lambda word: PIECE.sub("\\g<0>\u00ad", word[0]), text[0]), html)


class _Printable(dict[int, int | None]):
    """What str.translate does with each character; filled as it goes."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if code in _glyphs() or chr(code) in "\n\t\r" else None if chr(code) in INVISIBLE else ord(MISSING)
        return self[code]


INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
"""Characters without a shape of their own, which fonts do not have: passed over."""


@cache
def _fonts() -> dict[str, tuple[bytes, str]]:
    folder = Path(__file__).resolve().parents[2] / "static" / "fonts" / "pdf"
    return {f"app:fonts/{name}-{weight}.ttf": ((folder / f"{name}-{weight}.ttf").read_bytes(), "font/ttf") for name in FONTS for weight in WEIGHTS}


@cache
def _glyphs() -> frozenset[int]:
    """The characters that some bundled font has in every weight."""
    maps = [(address, TTFont(BytesIO(content)).getBestCmap()) for address, (content, _type) in _fonts().items()]
    by_weight = [set().union(*(known for address, known in maps if f"-{weight}." in address)) for weight in WEIGHTS]
    return frozenset(set.intersection(*by_weight))


def _declare_accessible(document: Document) -> None:
    """Say in the file's metadata that it is PDF/UA-1 too; PDF/A wants that property described."""
    generate = document.metadata.generate_rdf_metadata

    def generate_with_ua(*args: Any) -> bytes:
        rdf = ElementTree.fromstring(generate(*args))  # noqa: S314  WeasyPrint wrote it
        part = ElementTree.SubElement(rdf, f"{RDF}Description", {f"{RDF}about": ""})
        ElementTree.SubElement(part, f"{UA}part").text = "1"
        rdf.append(_ua_schema())
        return ElementTree.tostring(rdf)

    document.metadata.generate_rdf_metadata = generate_with_ua


def _ua_schema() -> ElementTree.Element:
    """The PDF/A extension schema that describes `pdfuaid:part`."""
    description = ElementTree.Element(f"{RDF}Description", {f"{RDF}about": ""})
    under, resource = ElementTree.SubElement, {f"{RDF}parseType": "Resource"}
    schema = under(under(under(description, f"{EXTENSION}schemas"), f"{RDF}Bag"), f"{RDF}li", resource)
    under(schema, f"{SCHEMA}schema").text = "PDF/UA Universal Accessibility Schema"
    under(schema, f"{SCHEMA}namespaceURI").text = UA[1:-1]
    under(schema, f"{SCHEMA}prefix").text = "pdfuaid"
    part = under(under(under(schema, f"{SCHEMA}property"), f"{RDF}Seq"), f"{RDF}li", resource)
    for name, value in (
        ("name", "part"),
        ("valueType", "Integer"),
        ("category", "internal"),
        ("description", "Which part of ISO 14289 the file conforms to"),
    ):
        under(part, f"{PROPERTY}{name}").text = value
    return description


def _with_one_identifier(pdf: bytes, identifier: str) -> bytes:
    """The file as first published: both halves of its /ID are the same (the second would differ each time)."""
    wanted = identifier.encode()
    found, count = re.subn(rb"(/ID \[\(" + wanted + rb"\) \()[0-9a-f]{32}(?=\)\])", partial(_keep, wanted), pdf)
    if count != 1:
        raise ValueError("the file's /ID was not found")
    return found


def _keep(identifier: bytes, match: re.Match[bytes]) -> bytes:
    return match[1] + identifier


@contextmanager
def _as_of(moment: datetime) -> Iterator[None]:
    """No clock: what writes a time into the file (fonts) writes this one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A render makes millions of small objects that all live to its end: collecting costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0)  # what this render made, and nothing older
