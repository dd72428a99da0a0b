"""Parts bound into one file: conforming, walkable, with every link and every tag in its place."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from idekom.lib import binding, pdf
from idekom.lib.faces import shown
from tests import pdf_rules

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
CSS = "@page { size: A4 } h1, h2 { break-before: page } html { image-rendering: crisp-edges }"


def part(body: str, title: str = "Del", *, is_part: bool = True) -> bytes:
    html = f'<!doctype html><html lang="sv"><head><title>{title}</title></head><body>{body}</body></html>'
    return pdf.render(html, identifier="ab" * 16, moment=MOMENT, css=CSS, is_part=is_part)


TABLE = "<table><caption>Siffror</caption><thead><tr><th scope=col>Vad</th><th scope=col>Antal</th></tr></thead><tbody>{}</tbody></table>"
ROWS = "".join(f"<tr><th scope=row>Rad {n}</th><td>{n}</td></tr>" for n in range(80))
FRONT = f'<h1>Boken</h1><p><a href="{binding.ELSEWHERE}andra">Till den andra</a> <a href="https://example.org/">Ut</a></p>'
FIRST = f'<h2 id="forsta">Första</h2><p>Ord ett.</p>{TABLE.format(ROWS)}<ul><li>punkt</li></ul>'
SECOND = (
    f'<h2 id="andra">Andra</h2><p>Ord två åäö. <a href="#andra">Hit</a> <a href="{binding.ELSEWHERE}forsta">Tillbaka</a></p><h3>Under</h3><p>x</p>'
)


def edges(number: int, total: int) -> tuple[str, str]:
    return ("", "") if number == 1 else ("Boken", f"Sida {number} av {total}")


def stamp() -> binding.Stamp:
    return binding.Stamp(part("<p>Boken Sida av 0123456789</p>"), size=9, left=80, right=520, head=790, foot=40, colour=(0.2, 0.2, 0.2))


@pytest.fixture(scope="module")
def parts() -> list[bytes]:
    return [part(FRONT, is_part=False), part(FIRST), part(SECOND)]


@pytest.fixture(scope="module")
def bound(parts: list[bytes]) -> bytes:
    return binding.bind(lambda: parts[0], parts[1:], stamp=stamp(), text=edges)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def test_what_is_bound_conforms_to_both_standards(bound: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bok.pdf"
    file.write_bytes(bound)
    assert pdf_rules.broken(file, "ua1") == {}
    assert pdf_rules.broken(file, "3a") == {}


def test_pages_and_words_are_in_order_and_numbered(bound: bytes, parts: list[bytes]) -> None:
    texts = [page.extract_text() for page in pypdf.PdfReader(BytesIO(bound)).pages]
    assert len(texts) == sum(binding.extent(content).pages for content in parts)
    assert "Boken" in texts[0]
    assert "Sida" not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"Sida {number} av {len(texts)}" in text
        assert "Boken" in text
    assert "Ord två åäö." in texts[-1]
    assert [n for n in range(80) if f"Rad {n}" not in "\n".join(texts)] == []


def test_extent_tells_pages_and_where_things_are(parts: list[bytes]) -> None:
    first = binding.extent(parts[1])
    assert first.pages > 1
    assert first.anchors == {"forsta": 1}


def test_links_lead_from_part_to_part(bound: bytes) -> None:
    book = opened(bound)
    links = [annotation for page in book.pages for annotation in page.obj.get("/Annots", [])]
    names = {str(link.Dest) for link in links if "/Dest" in link}
    assert {"andra", "forsta"} <= names
    assert {str(link.A.URI) for link in links if "/A" in link} == {"https://example.org/"}
    tree = pikepdf.NameTree(book.Root.Names.Dests)
    last: Any = tree["andra"]
    assert last[0].objgen == book.pages[-1].obj.objgen


def test_a_link_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(KeyError, match="ingenstans"):
        binding.bind(lambda: part(f'<h1>x</h1><p><a href="{binding.ELSEWHERE}ingenstans">x</a></p>'), [], stamp=stamp(), text=edges)


def test_every_tag_knows_its_page_and_every_mark_its_tag(bound: bytes) -> None:
    """The tree of tags and the number tree of marks agree, page by page, for all parts."""
    book: Any = opened(bound)
    root = book.Root.StructTreeRoot
    nums = list(root.ParentTree.Nums)
    keys = [int(key) for key in nums[::2]]
    assert keys == sorted(set(keys))
    assert int(root.ParentTreeNextKey) == max(keys) + 1
    marks = dict(zip(keys, nums[1::2], strict=True))
    for page in book.pages:
        owners = marks[int(page.obj.StructParents)]
        assert all(owner.Pg.objgen == page.obj.objgen for owner in owners)
    assert len(root.K) == 1
    assert all(child.P.objgen == root.K[0].objgen for child in root.K[0].K)


def test_the_outline_has_all_parts_below_the_books_heading(bound: bytes) -> None:
    outline: Any = pypdf.PdfReader(BytesIO(bound)).outline
    top, below = outline
    titles = [[one["/Title"] for one in item] if isinstance(item, list) else item["/Title"] for item in below]
    assert top["/Title"] == "Boken"
    assert titles == ["Första", "Andra", ["Under"]]


def test_the_same_parts_give_the_same_bytes(parts: list[bytes], bound: bytes) -> None:
    assert binding.bind(lambda: parts[0], parts[1:], stamp=stamp(), text=edges) == bound
    assert binding.bind(lambda: parts[0], [parts[2], parts[1]], stamp=stamp(), text=edges) != bound


BIND = """
import sys
from pathlib import Path
from idekom.lib import binding
sample, *parts = [Path(name).read_bytes() for name in sys.argv[1:]]
stamp = binding.Stamp(sample, size=9, left=80, right=520, head=790, foot=40, colour=(0.2, 0.2, 0.2))
edges = lambda number, total: ("", "") if number == 1 else ("Boken", f"Sida {number} av {total}")
sys.stdout.buffer.write(binding.bind(lambda: parts[0], parts[1:], stamp=stamp, text=edges))
"""


def test_the_same_parts_give_the_same_bytes_in_every_process(parts: list[bytes], bound: bytes, tmp_path: Path) -> None:
    """No order hangs on how a process hashes its words."""
    files = [tmp_path / f"{number}.pdf" for number in range(4)]
    for file, content in zip(files, [stamp().sample, *parts], strict=True):
        file.write_bytes(content)
    for seed in ("1", "2", "3"):
        made = subprocess.run([sys.executable, "-c", BIND, *files], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        assert made.stdout == bound


def cuts(book: pikepdf.Pdf) -> list[str]:
    """The names of the fonts that a file holds, one for each font program."""
    return sorted(str(thing.FontName) for thing in book.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor")


def test_each_face_is_there_once_with_the_glyphs_of_all_parts(bound: bytes, parts: list[bytes]) -> None:
    assert cuts(opened(bound)) == sorted({name for content in parts for name in cuts(opened(content))})
    assert sum(len(cuts(opened(content))) for content in parts) > len(cuts(opened(bound)))
    book: Any = opened(bound)
    fonts = book.pages[0].obj.Resources.Font
    texts = {text for font in fonts.values() for text in shown(font).values()}
    assert not [name for name, font in fonts.items() if b"<0000> <ffff>" in font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]]
    assert {sign.encode("utf-16-be").hex().encode() for sign in "åäö0123456789"} <= texts  # of the last part, on the first one's page


def test_a_part_in_a_font_that_is_not_known_keeps_its_own(parts: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binding, "faces", lambda: {name: face for name, face in pdf.faces().items() if "Bold" not in name})
    content = binding.bind(lambda: parts[0], parts[1:], stamp=stamp(), text=edges)
    assert "Ord två åäö." in pypdf.PdfReader(BytesIO(content)).pages[-1].extract_text()
    (tmp_path / "bok.pdf").write_bytes(content)
    assert pdf_rules.broken(tmp_path / "bok.pdf", "3a") == {}


def test_a_part_is_the_same_whatever_was_set_before_it(parts: list[bytes]) -> None:
    part("<h1>Något helt annat</h1><p>مرحبا Ωμέγα</p>")
    assert part(SECOND) == parts[2]


def test_of_a_part_what_is_painted_is_compressed_and_of_the_book_everything(bound: bytes, parts: list[bytes]) -> None:
    half, whole = opened(parts[1]), opened(bound)
    assert all(page.obj.Contents.Filter == pikepdf.Name.FlateDecode for page in half.pages)
    assert any("/Filter" not in thing for thing in half.objects if isinstance(thing, pikepdf.Stream))
    plain = [thing for thing in whole.objects if isinstance(thing, pikepdf.Stream) and "/Filter" not in thing]
    assert [thing.Type for thing in plain] == [pikepdf.Name.Metadata]  # what a search reads


def test_equal_colour_profiles_are_kept_once(bound: bytes, parts: list[bytes]) -> None:
    profiles = [thing for thing in opened(bound).objects if isinstance(thing, pikepdf.Stream) and thing.get("/N") == 3]
    assert len(profiles) <= 2  # WeasyPrint writes one for the pages and one for the output intent
    assert len(bound) < sum(map(len, parts))
