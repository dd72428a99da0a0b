"""What the many-to-many table of umbrellas said becomes memberships, from the day when the umbrella was first affiliated."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

from idekom.lib.tokens import new_token


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Party, Membership = apps.get_model("agreement", "Party"), apps.get_model("agreement", "Membership")
    for member in Party.objects.prefetch_related("umbrellas"):
        for umbrella in member.umbrellas.all():
            span = DateRange(date(2012, 9, 4), None)
            values = {"name": member.name, "period": span, "token": new_token(), "notified_at": "2012-09-04T00:00:00Z"}
            Membership.objects.create(umbrella=umbrella, member=member, **values)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Membership = apps.get_model("agreement", "Membership")
    for membership in Membership.objects.exclude(member=None).filter(denied_at=None, period__upper_inf=True):
        membership.member.umbrellas.add(membership.umbrella)


class Migration(migrations.Migration):
    dependencies = [("agreement", "0002_memberships_and_addresses")]
    operations = [migrations.RunPython(forwards, backwards)]
