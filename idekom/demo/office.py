"""The secretariat's own work in the demo: a colleague, whose case is whose, notes, register numbers, and an application on paper."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.contrib.auth.models import Group

from affiliation.models import Affiliation, Application, CaseNote
from agreement.models import Sector
from idekom.lib.dated import today
from idekom.users.founding import SECRETARIAT
from idekom.users.models import User

NAMESPACE = UUID("0f1ce000-0f5c-4d5e-9a53-1de600000000")
COLLEAGUE = "handlaggare@idekom.example.org"


def build(secretary: User) -> None:
    """Make it."""
    colleague = User.objects.create_user(COLLEAGUE, name="Hugo Handläggare", is_staff=True)
    colleague.groups.add(Group.objects.get(name=SECRETARIAT))
    for number, case in enumerate(Application.objects.open()):
        _work(number, case, secretary, colleague)
    _paper(secretary)
    Application.objects.filter(meeting=None, idekom_decided_on__isnull=False, paragraph="").update(is_delegated=True)
    _unconfirmed()


def _work(number: int, case: Application, secretary: User, colleague: User) -> None:
    if number % 3 == 2:
        return
    case.assign(secretary if number % 3 else colleague, by=secretary)
    case.enter_in_registry(f"{390 + number:04d}/{case.started_at:%y}", f"https://diariet.example.org/{390 + number:04d}")
    CaseNote.objects.create(case=case, author=colleague, text="Ringde kassören. Stadgarna antas på årsmötet, de mejlar dem efteråt.")


def _paper(secretary: User) -> None:
    answers = {
        "name": "Vävstugan vid Provbacken",
        "kind": "organisation",
        "legal_form": "association",
        "sector": Sector.objects.on(today()).order_by("slug")[0],
        "description": "Vi väver ihop, och lär varandra svenska medan vi gör det.",
        "signatory_name": "Ordförande i förening",
        "signatory_role": "ordförande",
        "contact_name": "Ordförande i förening",
        "contact_phone": "031-000 00 00",
        "decided_by": Application.DecidedBy.ANNUAL_MEETING,
        "decided_on": today() - timedelta(days=30),
        "decided_paragraph": "9",
        "stands_behind_agreement": True,
        "meets_democratic_criteria": True,
    }
    Application.objects.register_paper(uuid5(NAMESPACE, "paper"), by=secretary, language="sv", answers=answers)


def _unconfirmed() -> None:
    """A few that have not answered this year's question."""
    silent = Affiliation.objects.on(today()).filter(application__isnull=False).order_by("pk").values("pk")[3:6]
    Affiliation.objects.filter(pk__in=[row["pk"] for row in silent]).update(unconfirmed_since=today() - timedelta(days=12))
