"""The admin site: the secretary's office. Its first page is a list of what waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from affiliation.models import Application, Correction
from agreement.models import Party
from council.models import Mandate, Seat
from followup.models import Compilation, Report, Round
from idekom.lib.dated import today


@dataclass(frozen=True)
class Waiting:
    """Something for the secretary to do: how many there are, and where."""

    label: str
    count: int
    url: str
    detail: str = ""


class PortalAdmin(admin.AdminSite):
    """Django's admin with the portal's face, and signing in by allauth."""

    site_header = gettext_lazy("Idékoms kansli")
    site_title = gettext_lazy("Kansliet")
    index_title = gettext_lazy("Att göra")
    enable_nav_sidebar = False
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, with what waits."""
        return super().index(request, {"todo": to_do(today()), **(extra_context or {})})


def to_do(day: date) -> list[Waiting]:
    """What waits for the secretary on `day`; things of which there are none are left out."""
    found = [*_applications(day), *_corrections(), *_rounds(), *_seats(day)]
    return [waiting for waiting in found if waiting.count]


def _applications(day: date) -> list[Waiting]:
    cases = reverse("admin:affiliation_application_changelist")
    waiting = Application.objects.awaiting_decision()
    oldest = waiting.values_list("submitted_at", flat=True).first()
    age = (day - oldest.date()).days if oldest else 0
    detail = ngettext("den äldsta i %(days)d dag", "den äldsta i %(days)d dagar", age) % {"days": age}
    asked = Application.objects.filter(status=Application.Status.NEEDS_COMPLETION)
    return [
        Waiting(_("Ansökningar som väntar på beslut"), waiting.count(), f"{cases}?status__in=submitted,under_review,on_agenda", detail),
        Waiting(_("Ansökningar som väntar på komplettering"), asked.count(), f"{cases}?status__in=needs_completion"),
    ]


def _corrections() -> list[Waiting]:
    return [Waiting(_("Föreslagna rättelser i förteckningen"), Correction.objects.open().count(), reverse("admin:affiliation_correction_changelist"))]


def _rounds() -> list[Waiting]:
    reports = reverse("admin:followup_report_changelist")
    found = []
    for round in Round.objects.filter(status=Round.Status.OPEN):
        missing = Report.objects.filter(round=round, status=Report.Status.DRAFT).count()
        detail = _("senast %(day)s") % {"day": date_format(round.due_on, "j F Y")}
        found.append(
            Waiting(
                _("Rapporter för %(year)s som inte har kommit in än") % {"year": round.year},
                missing,
                f"{reports}?round__id__exact={round.pk}",
                detail,
            )
        )
    failed = Compilation.objects.filter(status=Compilation.Status.FAILED, round__status=Round.Status.OPEN).count()
    found.append(Waiting(_("Sammanställningar som misslyckades"), failed, reverse("admin:followup_compilation_changelist") + "?status__exact=failed"))
    return found


def _seats(day: date) -> list[Waiting]:
    held = Mandate.objects.valid().on(day).filter(role=Mandate.Role.ORDINARY).values("seat_id")
    vacant = Seat.objects.on(day).exclude(pk__in=held).count()
    homeless = Party.objects.filter(affiliations__period__contains=day, representatives=None).count()
    return [
        Waiting(_("Platser i rådet utan ledamot"), vacant, reverse("admin:council_seat_changelist")),
        Waiting(_("Anslutna parter utan företrädare"), homeless, reverse("admin:agreement_party_changelist")),
    ]
