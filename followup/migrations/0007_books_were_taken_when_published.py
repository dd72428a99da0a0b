"""So far a book was published as soon as it was set: what was in it was taken just before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_compilations_are_taken_back_and_cancelled")]

    operations = [
        migrations.RunSQL("UPDATE followup_compilation SET taken_at = published_at WHERE published_at IS NOT NULL", migrations.RunSQL.noop),
    ]
