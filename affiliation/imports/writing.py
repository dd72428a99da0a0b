"""Writing what a plan says: all of it, or nothing."""

from django.db import connection, transaction

from affiliation.imports.planning import COLUMN_OF, Plan
from affiliation.imports.reading import Sheet
from affiliation.models import Affiliation
from agreement.models import Party

IMPORTING = 4_603_002
"""The key of the lock under which files are read in."""
BATCH = 500
OF_THE_AFFILIATION = ("ansluten_sedan", "version")


class Moved(Exception):
    """The register is no longer as it was when the file was checked; `plan` says what the file would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@transaction.atomic
def write(sheet: Sheet, *, fingerprint: str) -> Plan:
    """Write just what the checked plan said, in a number of queries that does not follow the file's length; raises Moved.

    One file at a time: of two who confirm at once the second finds that the register has moved. An IntegrityError, when an
    application is approved in the same instant, leaves nothing behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])
    plan = Plan(sheet, lock=True)
    if plan.fingerprint != fingerprint or not plan.has_work:
        raise Moved(plan)
    _write_parties(plan)
    _write_affiliations(plan)
    return plan


def _write_parties(plan: Plan) -> None:
    new = [row for row in plan.rows if row.is_new_party]
    for row in new:
        row.party.slug = row.slug
    changed = [row.party for row in plan.rows if not row.is_new_party and any(change.column in COLUMN_OF for change in row.changes)]
    Party.objects.bulk_update(changed, list(COLUMN_OF.values()), batch_size=BATCH)
    Party.objects.bulk_create([row.party for row in new], batch_size=BATCH)


def _write_affiliations(plan: Plan) -> None:
    new = [row for row in plan.rows if row.is_new_affiliation]
    for row in new:
        row.affiliation.party = row.party
    changed = [
        row.affiliation for row in plan.rows if not row.is_new_affiliation and any(change.column in OF_THE_AFFILIATION for change in row.changes)
    ]
    Affiliation.objects.bulk_update(changed, ["period", "version"], batch_size=BATCH)
    Affiliation.objects.bulk_create([row.affiliation for row in new], batch_size=BATCH)
