from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agreement", "0003_umbrellas_become_memberships")]
    operations = [migrations.RemoveField(model_name="party", name="umbrellas")]
