"""Founding data of the follow-up: the questions that the first round asks.

A set that exists is left as it is, so loading twice changes nothing.
"""

import tomllib
from pathlib import Path

from django.db import transaction

from followup.models import Question, QuestionSet

HERE = Path(__file__).parent


@transaction.atomic
def load() -> int:
    """Load what is missing; returns how many rows were made."""
    told = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))
    made, is_new = QuestionSet.objects.get_or_create(slug=told["slug"], defaults=told["set"])
    if not is_new:
        return 0
    for number, row in enumerate(told["question"], start=1):
        Question.objects.create(asked_in=made, number=number, **row)
    return 1 + len(told["question"])
