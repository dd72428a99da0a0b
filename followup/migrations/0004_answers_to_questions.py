import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0003_answers_become_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='round',
            name='questions',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='followup.questionset', verbose_name='frågor'),
        ),
        migrations.AlterField(
            model_name='question',
            name='asked_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='followup.questionset', verbose_name='frågeuppsättning'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='followup.question', verbose_name='fråga'),
        ),
        migrations.RemoveField(
            model_name='answer',
            name='done',
        ),
        migrations.RemoveField(
            model_name='answer',
            name='example',
        ),
        migrations.RemoveField(
            model_name='answer',
            name='plan',
        ),
        migrations.RemoveField(
            model_name='answer',
            name='progress',
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('first_submitted_at__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='a_submitted_report_has_its_times'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('report', 'question', 'commitment'), name='one_answer_to_a_question_in_a_report', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['', 'better', 'done', 'no_opinion', 'not_started', 'same', 'started', 'well_under_way', 'worse'])), name='choice_is_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice', ''), _negated=True), models.Q(('words', ''), _negated=True), _connector='XOR'), name='an_answer_is_a_choice_or_words'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('is_private', False), ('may_be_quoted', False), _connector='OR'), name='what_is_private_is_not_quoted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='a_question_that_has_been_asked_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM followup_round WHERE status <> 'planned' AND questions_id IN (NEW.asked_in_id, OLD.asked_in_id)\n                    ) THEN\n                        RAISE EXCEPTION 'a question that has been asked never changes';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='de14ecd4a96edb969f8290f91f35f28ff2c78e58', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_a_question_that_has_been_asked_never_changes_fe7d8', table='followup_question', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='a_report_handed_in_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (SELECT 1 FROM followup_report WHERE id = COALESCE(NEW.report_id, OLD.report_id) AND status = 'submitted') THEN\n                        RAISE EXCEPTION 'a report that has been handed in never changes';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='24aedc1cc5f2ba47eb0b32e54340030493c0a0b3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_a_report_handed_in_never_changes_c8e62', table='followup_answer', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ReportNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notified_at', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('retry_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='followup.reportevent')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'user'), name='a_person_is_told_once_of_an_event')],
            },
        ),
    ]
