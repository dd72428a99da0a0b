"""Cases that came to nothing lose their people after two years, everywhere, and keep what statistics need."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from affiliation.models import Application, CaseNote, Decision
from affiliation.models.forgetting import _months_before
from affiliation.tasks import forget
from idekom.lib.dated import today
from idekom.users.models import User

pytestmark = pytest.mark.django_db
SECRETS = ["Hemliga", "8020024256", "hemlig@example.org", "031-999", "Gömda gatan", "Skrev något känsligt", "Anteckning om dem"]
LATER = today() + timedelta(days=2 * 366)


def ended(make: Any, secretary: User, verb: str = "withdraw") -> Application:
    """A case with people in every corner, which came to nothing today."""
    case: Application = make.application(
        name="Hemliga föreningen",
        registration_number="8020024256",
        contact_email="hemlig@example.org",
        contact_phone="031-999",
        address="Gömda gatan 1",
        minutes=ContentFile(b"%PDF-1.7", "p.pdf"),
    )
    case.ask_for_completion(by=secretary, note="Skrev något känsligt", fields=["minutes"])
    case.minutes = ContentFile(b"%PDF-1.7 2", "p.pdf")
    case.save_answers(["minutes"])  # the first file is kept, too: it was sent in
    CaseNote.objects.create(case=case, author=secretary, text="Anteckning om dem")
    case.complete()
    if verb == "withdraw":
        case.withdraw()
    else:
        case.decline(by=secretary, decision=Decision(on=today()), note="Skrev något känsligt")
    return case


def everything() -> str:
    """All rows of the application's tables as text."""
    return "".join(
        serializers.serialize("json", model._base_manager.all(), ensure_ascii=False) for model in apps.get_app_config("affiliation").get_models()
    )


@pytest.mark.parametrize("verb", ["withdraw", "decline"])
def test_nothing_of_the_people_is_left_anywhere(
    make: Any, secretary: User, tmp_path: Path, django_capture_on_commit_callbacks: Any, verb: str
) -> None:
    case = ended(make, secretary, verb)
    before = everything()
    assert [word for word in SECRETS if word not in before] == []
    assert len(list(tmp_path.rglob("*.pdf"))) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert Application.objects.forget_people(LATER) == 1
    after = everything()
    assert [word for word in SECRETS if word in after] == []
    assert list(tmp_path.rglob("*.pdf")) == []
    case.refresh_from_db()
    kept = (case.kind, case.legal_form, case.sector_id, case.decided_on, case.anonymised_on)
    assert kept == ("organisation", "association", case.sector_id, date(2026, 3, 1), LATER)
    assert str(case.number) in after
    assert next(event.action for event in case.events.all()) == "submit"
    assert case.changes.count() > 3  # type: ignore[attr-defined]


def test_it_happens_after_more_than_two_years_and_once(make: Any, secretary: User) -> None:
    case = ended(make, secretary)
    day = today()
    two_years = date(day.year + 2, day.month, min(day.day, 28) if day.month == 2 else day.day)
    assert Application.objects.forget_people(two_years) == 0
    assert Application.objects.forget_people(two_years + timedelta(days=1)) == 1
    assert Application.objects.forget_people(LATER + timedelta(days=400)) == 0
    case.refresh_from_db()
    assert case.anonymised_on == two_years + timedelta(days=1)


def test_two_years_before_a_leap_day_is_the_last_of_february() -> None:
    assert [_months_before(day) for day in (date(2028, 2, 29), date(2026, 1, 31), date(2026, 12, 1))] == [
        date(2026, 2, 28),
        date(2024, 1, 31),
        date(2024, 12, 1),
    ]


def test_what_is_open_or_approved_is_not_forgotten(make: Any, secretary: User) -> None:
    make.application(name="Öppen")
    make.approved(by=secretary, name="Godkänd")
    make.draft(name="Utkast")
    assert Application.objects.forget_people(LATER) == 0
    assert set(Application.objects.values_list("name", flat=True)) == {"Öppen", "Godkänd", "Utkast"}


def test_the_case_page_still_tells_how_it_ended(client: Client, make: Any, secretary: User) -> None:
    case = ended(make, secretary, "decline")
    Application.objects.forget_people(LATER)
    text = client.get(case.get_absolute_url()).content.decode()
    for told in (str(case.number), "Personuppgifterna är borttagna", "Avslagen", "Ansökan avslogs"):
        assert told in text
    assert [word for word in SECRETS if word in text] == []
    for gone in (reverse("affiliation:letter", args=[case.token]), reverse("affiliation:file", args=[case.token, "minutes"])):
        assert client.get(gone).status_code == 404


def test_the_worker_forgets_every_night(make: Any, secretary: User) -> None:
    case = ended(make, secretary)
    case.events.update(at=timezone.now() - timedelta(days=740))
    forget()
    case.refresh_from_db()
    assert (case.name, case.anonymised_on) == ("", today())


def test_the_database_lets_no_forgotten_case_name_anybody(make: Any, secretary: User) -> None:
    case = ended(make, secretary)
    Application.objects.forget_people(LATER)
    with pytest.raises(IntegrityError, match="a_forgotten_application_names_nobody"):
        Application.objects.filter(pk=case.pk).update(contact_name="Kim")


def test_the_privacy_page_says_so(client: Client) -> None:
    text = client.get(reverse("privacy")).content.decode()
    assert "Avslagna och återtagna ärenden i 24 månader" in text
