"""One row per answer instead of one per commitment; the rounds so far keep the four questions that they asked."""

import hashlib
import json

from django.db import migrations
from django.db.models import F

OLD = [
    ("progress", "progress", "Hur långt har det kommit?", "How far has it come?"),
    ("done", "words", "Vad har ni gjort under året?", "What have you done during the year?"),
    ("example", "words", "Ett exempel att sprida", "An example to spread"),
    ("plan", "words", "Vad planerar ni för nästa år?", "What do you plan for next year?"),
]
SLUG = "de-forsta-fragorna"


def forwards(apps, schema_editor):
    Round = apps.get_model("followup", "Round")
    if not Round.objects.exists():
        return
    asked = _questions(apps)
    Round.objects.update(questions_id=asked["progress"].asked_in_id)
    for report in apps.get_model("followup", "Report").objects.select_related("round", "party"):
        rows = list(report.answers.select_related("commitment").order_by("commitment__number"))
        if report.status == "submitted":
            _keep_version(apps, report, rows)
        for row in rows:
            _split(row, asked)
    apps.get_model("followup", "Report").objects.filter(status="submitted").update(first_submitted_at=F("submitted_at"))


def backwards(apps, schema_editor):
    for report in apps.get_model("followup", "Report").objects.all():
        told = {}
        for row in report.answers.exclude(commitment=None).select_related("question"):
            told.setdefault(row.commitment_id, {})[row.question.key] = row.choice or row.words
        report.answers.all().delete()
        known = {name for name, *_ in OLD}
        for commitment, values in told.items():
            report.answers.create(commitment_id=commitment, **{name: value for name, value in values.items() if name in known})


def _questions(apps):
    made = apps.get_model("followup", "QuestionSet").objects.create(
        slug=SLUG, name="De första frågorna", name_sv="De första frågorna", name_en="The first questions"
    )
    create = apps.get_model("followup", "Question").objects.create
    return {
        key: create(asked_in=made, number=number, key=key, kind=kind, about="commitment", is_quotable=key == "example", text=sv, text_sv=sv, text_en=en)
        for number, (key, kind, sv, en) in enumerate(OLD, start=1)
    }


def _split(row, asked):
    """The row's four answers, each a row of its own."""
    create = row.report.answers.create
    for key, *_ in OLD:
        value = getattr(row, key)
        if value and key == "progress":
            create(commitment=row.commitment, question=asked[key], choice=value)
        elif value:
            create(commitment=row.commitment, question=asked[key], words=value, may_be_quoted=key == "example")
    row.delete()


def _keep_version(apps, report, rows):
    """What was handed in, under the checksum that its receipt bears."""
    told = [{"commitment__number": row.commitment.number, **{key: getattr(row, key) for key, *_ in OLD}} for row in rows]
    said = json.dumps(
        {"year": report.round.year, "party": report.party.slug, "answers": told}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    content = [
        {
            "commitment": row.commitment.number,
            "question": key,
            "choice": getattr(row, key) if key == "progress" else "",
            "words": "" if key == "progress" else getattr(row, key),
            "is_private": False,
            "may_be_quoted": key == "example",
        }
        for row in rows
        for key, *_ in OLD
        if getattr(row, key)
    ]
    report.versions.create(
        number=1,
        content=content,
        digest=hashlib.sha256(said.encode()).hexdigest(),
        submitted_at=report.submitted_at,
        submitted_by_id=report.events.filter(action="submit").values_list("actor_id", flat=True).first(),
    )


class Migration(migrations.Migration):
    dependencies = [("followup", "0002_questions_and_versions")]

    operations = [migrations.RunPython(forwards, backwards)]
