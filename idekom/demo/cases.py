"""The demo's applications that have been: one that was taken back so long ago that its people are forgotten."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from affiliation.models import Application
from agreement.models import Sector
from idekom.lib.dated import today

KEY = UUID("5d1ce3a2-0f5c-4d5e-9a53-1de600000023")
DAYS = 800


def build() -> None:
    """Made through the same verbs as users use, and then moved back in time."""
    answers = {
        "name": "Påhittade kören",
        "kind": "organisation",
        "legal_form": "association",
        "sector": Sector.objects.on(today()).earliest("pk"),
        "description": "Vi sjunger påhittade sånger.",
        "signatory_name": "Ordförande i kör",
        "signatory_role": "ordförande",
        "contact_name": "Kontaktperson i kör",
        "contact_email": "koren@pahittade.example.org",
        "decided_by": Application.DecidedBy.BOARD,
        "decided_on": today() - timedelta(days=DAYS + 20),
        "stands_behind_agreement": True,
        "meets_democratic_criteria": True,
    }
    case = Application.objects.begin(KEY, language="sv", answers=answers)
    case.submit()
    case.withdraw()
    then = timezone.now() - timedelta(days=DAYS)
    Application.objects.filter(pk=case.pk).update(started_at=then, submitted_at=then)
    case.events.update(at=then, notified_at=then)
    Application.objects.forget_people(today())
