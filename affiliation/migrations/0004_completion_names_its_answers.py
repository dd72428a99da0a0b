from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("affiliation", "0003_open_all_answers_of_cases_to_complete")]
    operations = [
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'needs_completion'), _negated=True), ('asked_fields__len__gt', 0), _connector='OR'), name='an_application_to_complete_names_the_answers'),
        ),
    ]
