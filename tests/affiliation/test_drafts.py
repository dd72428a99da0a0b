"""Drafts belong to the applicant: they leave no trace, and do not stay for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from affiliation.models import Application
from affiliation.models.status import DRAFT_DAYS
from idekom.lib.dated import today

pytestmark = pytest.mark.django_db


def test_forget_stale_drafts_deletes_old_drafts_and_their_files_alone(make: Any, django_capture_on_commit_callbacks: Any) -> None:
    old = make.draft(name="Gammalt utkast", minutes=ContentFile(b"%PDF-1.7", "p.pdf"))
    make.draft(name="Nytt utkast")
    make.application(name="Inskickad")
    storage, file = old.minutes.storage, old.minutes.name
    begun = timezone.localtime(old.started_at)  # days by the calendar, also across the change of the clock
    for days, left in ((DRAFT_DAYS, 3), (DRAFT_DAYS + 1, 2)):
        Application.objects.filter(name="Gammalt utkast").update(started_at=begun - timedelta(days=days))
        Application.objects.filter(name="Inskickad").update(started_at=begun - timedelta(days=1000))
        with django_capture_on_commit_callbacks(execute=True):
            assert Application.objects.forget_stale_drafts(today()) == 3 - left
        assert Application.objects.count() == left
        assert storage.exists(file) == (left == 3)


def test_changes_of_a_draft_are_not_kept_but_those_of_a_case_are(make: Any) -> None:
    changes = apps.get_model("affiliation", "ApplicationChange").objects
    draft = make.draft()
    draft.name = "Ändrat namn"
    draft.save()
    assert changes.count() == 0
    draft.submit()
    assert list(changes.values_list("status", "name")) == [("submitted", "Ändrat namn")]
