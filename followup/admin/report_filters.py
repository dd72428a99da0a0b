"""How the list of reports is narrowed down, in words without blame."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agreement.models import Party, Sector, Side
from followup.models import Report, Round


class RoundFilter(admin.SimpleListFilter):
    """The year; the rounds that have opened, the newest first."""

    title = _("omgång")
    parameter_name = "ar"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [(str(year), str(year)) for year in Round.objects.public().values_list("year", flat=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports."""
        chosen = {value for value, _label in self.lookup_choices}
        return queryset.filter(round__year=int(self.value() or 0)) if self.value() in chosen else queryset


class StandingFilter(admin.SimpleListFilter):
    """Whether they have come in."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("inkommet", _("Inkommet")), ("oppnat", _("Öppnat igen")), ("ej", _("Ännu ej inkommet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports; one that an umbrella has handed in for has come in."""
        reports = Report.objects.all()
        asked = {"inkommet": reports.come_in(), "oppnat": reports.filter(status=Report.Status.REOPENED), "ej": reports.not_yet_in().order_by()}
        return queryset.filter(pk__in=asked[self.value() or ""].values("pk")) if self.value() in asked else queryset


class SideFilter(admin.SimpleListFilter):
    """The two sides of the agreement."""

    title = _("sida")
    parameter_name = "sida"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return list(Side.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports."""
        of_the_city = Q(party__kind=Party.Kind.CITY_BODY)
        return queryset.filter({Side.CITY.value: of_the_city, Side.CIVIL_SOCIETY.value: ~of_the_city}.get(self.value() or "", Q()))


class SectorFilter(admin.SimpleListFilter):
    """The sectors that some party with a report belongs to."""

    title = _("sektor")
    parameter_name = "sektor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return list(Sector.objects.filter(parties__reports__isnull=False).distinct().order_by("name").values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        """The reports."""
        return queryset.filter(party__sector__slug=self.value()) if self.value() else queryset
