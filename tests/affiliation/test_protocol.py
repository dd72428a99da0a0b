"""The protocol of an election on paper: what it says, and that everybody can read it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from affiliation.models import Election
from affiliation.pdf.elections import protocol
from idekom.lib.dated import today
from tests import pdf_rules
from tests.affiliation import electing

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(make: Any) -> Election:
    """An election with a lot, a blank vote and a substitute."""
    election, by = electing.closed([0, 1], [1, 2], [2, 0], [], places=1, substitutes=1, candidates=4), make.user()
    order = [one.pk for one in election.on_ballot()[:3]]
    election.draw_lot(by=by, order=order[::-1], drawn_on=today(), witnesses="Vera Vittne")
    election.settle(by=by, tellers=("Rut Räknare", "Rolf Räknare"), on=today())
    return election


def words(pdf: bytes) -> str:
    """All text of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_protocol_tells_what_when_who_voted_the_result_and_the_lot(settled: Election) -> None:
    text = words(protocol(settled))
    elected = settled.outcome.elected
    wanted = [settled.name, str(settled.sector), "Röstberättigade parter 4", "Har röstat 4", "Av dem är 1 blanka", "Vera Vittne"]
    wanted += ["Rut Räknare", "Rolf Räknare", elected[0].candidate.name, elected[1].candidate.name, "Vald: ordinarie", "Vald: ersättare"]
    assert [word for word in wanted if word not in text] == []
    assert [line.candidate for line in elected] == settled.on_ballot()[:3][::-1][:2]


def test_protocol_is_accessible_and_the_same_each_time(settled: Election, tmp_path: Path) -> None:
    made = protocol(settled)
    assert made == protocol(Election.objects.get(pk=settled.pk))
    (tmp_path / "protocol.pdf").write_bytes(made)
    assert [pdf_rules.broken(tmp_path / "protocol.pdf", standard) for standard in ("ua1", "3a")] == [{}, {}]
