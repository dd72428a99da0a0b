"""How a round goes, as its page in the admin tells it: who has reported, who has not yet, who has been told what, who asks for more time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import QueryDict

from agreement.models import Party, Sector, Side
from followup.models import Answer, Extension, Report, ReportReminder, Round


@dataclass(frozen=True)
class Chosen:
    """The side and the sector that the page is narrowed down to."""

    side: Side | None = None
    sector: Sector | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Chosen":
        """What the address asks for; what there is not is passed over."""
        side = query.get("sida", "")
        slug = query.get("sektor", "").replace("\0", "")
        return cls(Side(side) if side in Side.values else None, Sector.objects.filter(slug=slug).first() if slug else None)

    def narrow(self, reports: QuerySet[Report]) -> QuerySet[Report]:
        """The reports of that side and sector."""
        of_the_city = Q(party__kind=Party.Kind.CITY_BODY)
        if self.side:
            reports = reports.filter(of_the_city if self.side == Side.CITY else ~of_the_city)
        return reports.filter(party__sector=self.sector) if self.sector else reports

    @property
    def query(self) -> str:
        """The same as an address has it."""
        told = {"sida": self.side.value if self.side else "", "sektor": self.sector.slug if self.sector else ""}
        return "&".join(f"{name}={value}" for name, value in told.items() if value)


def standing(round: Round, chosen: Chosen) -> dict[str, Any]:
    """What the page shows of a round that has opened."""
    reports = Report.objects.filter(round=round).select_related("party__sector", "round")
    by_sector = round.turnout_by_sector()
    return {
        "turnout": round.turnout(),
        "turnout_of_all": round.turnout_of_all(),
        "by_sector": by_sector,
        "sectors": [row.sector for row in by_sector if row.sector],
        "sides": Side,
        "chosen": chosen,
        "submitted": chosen.narrow(reports.submitted()).order_by("-submitted_at"),
        "not_yet": _not_yet(chosen.narrow(reports.not_yet_in())),
        "waiting": Extension.objects.waiting().filter(report__round=round).select_related("report__party", "report__round", "asked_by"),
        "log": _log(round),
        "compilations": round.compilations.defer("snapshot").select_related("round").order_by("-revision")[:5],
    }


def _not_yet(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Each with its last reminder, and what it has asked for."""
    went = Q(reminders__notified_at__isnull=False, reminders__is_dropped=False)
    begun = Answer.objects.filter(report=OuterRef("pk"))
    return reports.annotate(reminded_on=Max("reminders__made_on", filter=went), is_begun=Exists(begun)).prefetch_related("extensions")


def _log(round: Round) -> Any:
    """Each sending: its day, its kind, by whom, and what came of it. The newest first."""
    went = Q(notified_at__isnull=False)
    return (
        ReportReminder.objects.filter(report__round=round)
        .order_by()
        .values("made_on", "kind", "days", "made_by__name")
        .annotate(
            mailed=Count("pk", filter=went & Q(is_dropped=False)),
            dropped=Count("pk", filter=Q(is_dropped=True)),
            on_their_way=Count("pk", filter=Q(notified_at__isnull=True)),
        )
        .order_by("-made_on", "kind", "days")
    )
