import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreement', '0007_deletions_are_history'),
        ('followup', '0001_first_models'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='a_report_handed_in_never_changes',
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('key', models.SlugField(help_text='Samma fråga har samma nyckel år efter år. Då kan svaren jämföras.', verbose_name='nyckel')),
                ('about', models.CharField(choices=[('commitment', 'varje åtagande'), ('year', 'året som helhet')], max_length=12, verbose_name='gäller')),
                ('kind', models.CharField(choices=[('progress', 'hur långt det har kommit'), ('scale', 'sämre, som förut, bättre'), ('words', 'egna ord')], max_length=12, verbose_name='svaras med')),
                ('side', models.CharField(blank=True, choices=[('city', 'Staden'), ('civil_society', 'Civilsamhället')], help_text='Tomt: till båda sidor.', max_length=16, verbose_name='ställs till')),
                ('text', models.CharField(max_length=200, verbose_name='frågan')),
                ('text_sv', models.CharField(max_length=200, null=True, verbose_name='frågan')),
                ('text_en', models.CharField(max_length=200, null=True, verbose_name='frågan')),
                ('help_text', models.CharField(blank=True, max_length=300, verbose_name='hjälp under frågan')),
                ('help_text_sv', models.CharField(blank=True, max_length=300, null=True, verbose_name='hjälp under frågan')),
                ('help_text_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='hjälp under frågan')),
                ('is_quotable', models.BooleanField(default=False, verbose_name='svaret får erbjudas som citat')),
            ],
            options={
                'verbose_name': 'fråga',
                'verbose_name_plural': 'frågor',
                'ordering': ['asked_in', 'number'],
            },
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Står i öppna data. Till exempel 2026.', unique=True, verbose_name='kort namn')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='namn')),
                ('name_sv', models.CharField(max_length=80, null=True, unique=True, verbose_name='namn')),
                ('name_en', models.CharField(max_length=80, null=True, unique=True, verbose_name='namn')),
                ('note', models.TextField(blank=True, help_text='För er på kansliet.', verbose_name='vad som är nytt')),
            ],
            options={
                'verbose_name': 'frågeuppsättning',
                'verbose_name_plural': 'frågeuppsättningar',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.JSONField(verbose_name='svar')),
                ('digest', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('submitted_at', models.DateTimeField(verbose_name='inlämnad')),
                ('is_typed_in', models.BooleanField(default=False, verbose_name='inskriven från papper')),
            ],
            options={
                'verbose_name': 'inlämnad version',
                'verbose_name_plural': 'inlämnade versioner',
                'ordering': ['report', 'number'],
            },
        ),
        migrations.AlterModelOptions(
            name='answer',
            options={'ordering': ['report', 'commitment__number', 'question__number'], 'verbose_name': 'svar', 'verbose_name_plural': 'svar'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='only_legal_moves',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='report',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='one_answer_per_commitment_in_a_report',
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='progress_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='a_submitted_report_has_its_time',
        ),
        migrations.AddField(
            model_name='answer',
            name='choice',
            field=models.CharField(blank=True, choices=[('better', 'Bättre'), ('done', 'Genomfört eller löpande'), ('no_opinion', 'Ingen åsikt'), ('not_started', 'Inte påbörjat'), ('same', 'Som förut'), ('started', 'Påbörjat'), ('well_under_way', 'På god väg'), ('worse', 'Sämre')], max_length=16, verbose_name='val'),
        ),
        migrations.AddField(
            model_name='answer',
            name='is_private',
            field=models.BooleanField(default=False, verbose_name='bara Idékom får läsa'),
        ),
        migrations.AddField(
            model_name='answer',
            name='may_be_quoted',
            field=models.BooleanField(default=False, verbose_name='får citeras'),
        ),
        migrations.AddField(
            model_name='answer',
            name='words',
            field=models.TextField(blank=True, max_length=3000, verbose_name='egna ord'),
        ),
        migrations.AddField(
            model_name='report',
            name='first_submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='först inlämnad'),
        ),
        migrations.AddField(
            model_name='report',
            name='reported_through',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports_for', to='followup.report', verbose_name='rapporteras genom'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='first_submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='först inlämnad'),
        ),
        migrations.AddField(
            model_name='reportchange',
            name='reported_through',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='followup.report', verbose_name='rapporteras genom'),
        ),
        migrations.AddField(
            model_name='round',
            name='summary',
            field=models.TextField(blank=True, help_text='Årets sammanfattning på lätt svenska, i Markdown. Den står först i boken och på årets sida.', max_length=20000, verbose_name='sammanfattning'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='commitment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='agreement.commitment', verbose_name='åtagande'),
        ),
        migrations.AlterField(
            model_name='report',
            name='status',
            field=models.CharField(choices=[('draft', 'utkast'), ('submitted', 'inlämnad'), ('reopened', 'öppnad igen')], default='draft', editable=False, max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='reportchange',
            name='status',
            field=models.CharField(choices=[('draft', 'utkast'), ('submitted', 'inlämnad'), ('reopened', 'öppnad igen')], default='draft', editable=False, max_length=12, verbose_name='status'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='only_legal_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:submitted,reopened:submitted,submitted:reopened}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='2de83685caf28baba692ee828561b2a4bcb52bde', operation='UPDATE', pgid='pgtrigger_only_legal_moves_09ff5', table='followup_report', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_reportchange" ("first_submitted_at", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_through_id", "round_id", "status", "submitted_at") VALUES (NEW."first_submitted_at", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reported_through_id", NEW."round_id", NEW."status", NEW."submitted_at"); RETURN NULL;', hash='91c0ec9f1173aae0d18711c65f8fbe0ef292d3e5', operation='INSERT', pgid='pgtrigger_insert_insert_6eaab', table='followup_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_reportchange" ("first_submitted_at", "id", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_through_id", "round_id", "status", "submitted_at") VALUES (NEW."first_submitted_at", NEW."id", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reported_through_id", NEW."round_id", NEW."status", NEW."submitted_at"); RETURN NULL;', hash='9a9f46063cae02424c6049071eb754805d629730', operation='UPDATE', pgid='pgtrigger_update_update_54ee6', table='followup_report', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'reopened'])), name='report_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('reported_through', None), ('status', 'draft'), _connector='OR'), name='who_reports_for_itself_is_not_reported_through_another'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('reported_through', None), models.Q(('reported_through', models.F('pk')), _negated=True), _connector='OR'), name='nobody_is_reported_through_itself'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='followup.question', verbose_name='fråga'),
        ),
        migrations.AddField(
            model_name='question',
            name='asked_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='followup.questionset', verbose_name='frågeuppsättning'),
        ),
        migrations.AddField(
            model_name='round',
            name='questions',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='followup.questionset', verbose_name='frågor'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='followup.report', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='submitted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('asked_in', 'key'), name='a_question_stands_once_in_a_set'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['progress', 'scale', 'words']), ('about__in', ['commitment', 'year'])), name='question_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['', 'city', 'civil_society'])), name='question_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'commitment'), ('key', 'progress'), ('kind', 'progress'), ('side', '')), models.Q(models.Q(('kind', 'progress'), _negated=True), models.Q(('key', 'progress'), _negated=True)), _connector='OR'), name='progress_is_asked_of_both_about_each_commitment', violation_error_message='Frågan om hur långt det har kommit har nyckeln progress, gäller varje åtagande och ställs till båda sidor.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('is_quotable', False), models.Q(('about', 'commitment'), ('kind', 'words')), _connector='OR'), name='only_words_about_a_commitment_are_quoted', violation_error_message='Bara egna ord om ett åtagande kan citeras.'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='a_version_of_a_report_has_its_own_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='a_version_of_a_report_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='759196e443b15b55d5c544338a06f7ecd6a84823', operation='UPDATE OR DELETE', pgid='pgtrigger_a_version_of_a_report_never_changes_4541e', table='followup_reportversion', when='BEFORE')),
        ),
    ]
