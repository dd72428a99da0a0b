"""Twenty thousand parties: the page's way through the database goes by indexes, on the last page as on the first."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from affiliation.register import Register, Search
from agreement.models import District
from benchmarks import content
from idekom.lib.dated import period, today

pytestmark = pytest.mark.django_db
MANY = 20_000


def test_no_page_reads_a_whole_table(make: Any) -> None:
    make.version()
    sectors = [make.sector() for _number in range(10)]
    District.objects.create(slug="nordost", name="Nordost", period=period(date(2010, 1, 1)))
    content.build(MANY)
    with connection.cursor() as cursor:
        for table in ("agreement_party", "affiliation_affiliation", "agreement_membership"):
            cursor.execute(f"ANALYZE {table}")
    for query, page in (("", 1), ("", 200), ("", 400), ("q=bryggan", 1), ("q=19876", 1), (f"sektor={sectors[0].slug}", 1), ("q=ryggans+ajorna", 2)):
        register = Register(Search.read(QueryDict(query), today()))
        rows = register.page_rows(page)
        assert rows, query
        plan = rows.explain()
        assert "Seq Scan" not in plan, f"{query} {page}\n{plan}"
    assert Register(Search(day=today())).total == MANY
    control = str(Register(Search(day=today()))._searched().filter(party__description__contains="trädgård").explain())
    assert "Seq Scan" in control  # what is not indexed is told
