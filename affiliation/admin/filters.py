"""How the lists of the office are narrowed down."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from affiliation.models import Affiliation, Application
from affiliation.models.handling import handlers
from affiliation.models.status import OPEN, UNDECIDED, Status
from idekom.lib.dated import today


class WhoseTurn(admin.SimpleListFilter):
    """The open cases, unless one asks for others, for a status, or for something by words."""

    title = _("läge")
    parameter_name = "lage"
    STATUSES = {"oppna": OPEN, "beslut": UNDECIDED, "komplettering": [Status.NEEDS_COMPLETION]}

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        asked = {name for name, value in request.GET.items() if value}
        self.chosen = self.value() or ("alla" if asked & {"q", "status"} else "oppna")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [
            ("oppna", _("Öppna")),
            ("beslut", _("Väntar på beslut")),
            ("komplettering", _("Väntar på komplettering")),
            ("avslutade", _("Avslutade")),
            ("alla", _("Alla")),
        ]

    def choices(self, changelist: Any) -> Any:
        """The same, without Django's own "all"."""
        for value, label in self.lookup_choices:
            yield {
                "selected": self.chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The cases."""
        if self.chosen in self.STATUSES:
            return queryset.filter(status__in=self.STATUSES[self.chosen])
        return queryset.exclude(status__in=OPEN) if self.chosen == "avslutade" else queryset


class StatusFilter(admin.SimpleListFilter):
    """Where the cases stand; drafts are nobody's here."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [(status.value, capfirst(str(status.label))) for status in Status if status != Status.DRAFT]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The cases."""
        return queryset.filter(status=self.value()) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    """How long ago they were sent in."""

    title = _("ålder")
    parameter_name = "alder"
    DAYS = {"0-7": (0, 7), "8-14": (8, 14), "over-14": (15, None)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("0-7", _("0–7 dagar")), ("8-14", _("8–14 dagar")), ("over-14", _("Över 14 dagar"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The cases."""
        youngest, oldest = self.DAYS.get(self.value() or "", (0, None))
        if youngest:
            queryset = queryset.filter(submitted_at__date__lte=today() - timedelta(days=youngest))
        return queryset.filter(submitted_at__date__gte=today() - timedelta(days=oldest)) if oldest else queryset


class SectorFilter(admin.RelatedFieldListFilter):
    """A sector: every case has one."""

    @property
    def include_empty_choice(self) -> bool:
        """No choice for cases without."""
        return False


class HandlerFilter(admin.SimpleListFilter):
    """Whose they are."""

    title = _("handläggare")
    parameter_name = "handlaggare"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        others = [(str(user.pk), str(user)) for user in handlers() if user != request.user]
        return [("mina", _("Mina")), ("ingen", _("Ingen")), *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The cases."""
        value = self.value() or ""
        if value == "mina":
            return queryset.filter(handler=request.user.pk)
        if value == "ingen":
            return queryset.filter(handler=None)
        return queryset.filter(handler=int(value)) if value in {str(key) for key, _label in self.lookup_choices} else queryset


class LeavingFilter(admin.SimpleListFilter):
    """Who stays, who leaves, who has left."""

    title = _("läge")
    parameter_name = "lage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("anslutna", _("Anslutna i dag")), ("lamnar", _("Lämnar")), ("tidigare", _("Har lämnat"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Affiliation]) -> QuerySet[Affiliation]:
        """The affiliations."""
        if self.value() == "anslutna":
            return queryset.filter(period__contains=today())
        if self.value() == "lamnar":
            return queryset.filter(period__upper_inf=False, period__endswith__gt=today())
        return queryset.filter(period__upper_inf=False, period__endswith__lte=today()) if self.value() == "tidigare" else queryset


class UnconfirmedFilter(admin.SimpleListFilter):
    """Whether the party has answered that its entry is right."""

    title = _("bekräftelse")
    parameter_name = "bekraftad"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What one may ask for."""
        return [("nej", _("Ej bekräftade"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Affiliation]) -> QuerySet[Affiliation]:
        """The affiliations."""
        return queryset.filter(unconfirmed_since__isnull=False) if self.value() == "nej" else queryset
