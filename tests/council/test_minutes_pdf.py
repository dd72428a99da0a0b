"""The minutes on paper pass PDF/UA-1 and PDF/A-3a, whatever is written in them, and are the same each time."""

from pathlib import Path

import pytest

from council import minutes as drawing
from council.models import Assignment
from tests import pdf_rules
from tests.council.sitting import sitting

pytestmark = pytest.mark.django_db
STRANGE = {
    "plain": "Vi möttes och talade om lokaler.",
    "endless": "x" * 20_000,
    "every block": "".join(chr(code) for code in range(0x20, 0x2FFF, 7)),
    "tags": "<img src=https://example.org/x.png> <script>alert(1)</script> &amp; </table>",
    "lines": "rad\n" * 500,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_minutes_conform_whatever_is_written_in_them(text: str, tmp_path: Path) -> None:
    here = sitting(city=1, civil_society=2)
    here.came(0)
    item = here.add(text[:150].replace("\n", " "), discussion=text)
    item.conclude("decided", by=here.by, words=text)
    here.add("Del", parent=item).conclude("noted", by=here.by)
    Assignment.objects.create(item=item, what=text[:200], doer="Kansliet")
    minutes = here.held().adjusted()
    for number, content in enumerate(drawing.files(minutes)):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(content)
        assert [pdf_rules.broken(file, standard) for standard in ("ua1", "3a")] == [{}, {}]
    assert drawing.files(minutes) == drawing.files(minutes)
