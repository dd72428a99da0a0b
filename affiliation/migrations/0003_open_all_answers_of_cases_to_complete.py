"""Cases that wait for completion were open as a whole until now: they name all their answers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from affiliation.models.sections import FIELDS


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("affiliation", "Application").objects.filter(status="needs_completion", asked_fields=[]).update(asked_fields=sorted(FIELDS))


class Migration(migrations.Migration):
    dependencies = [("affiliation", "0002_keeping_the_register_true")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
