"""A party's page: what is public about it, what it stands for, and what it has reported."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from affiliation.models import Affiliation
from agreement.models import Membership, Party
from followup import sheets
from followup.models import Report
from followup.snapshot import read
from idekom.lib.dated import today


class PartyView(DetailView[Party]):
    """A party that is or has been affiliated; of one that has left only when it was."""

    template_name = "followup/party.html"
    context_object_name = "party"

    def get_queryset(self) -> QuerySet[Party]:
        affiliated = Affiliation.objects.filter(period__startswith__lte=today()).values("party")
        return Party.objects.filter(pk__in=affiliated).select_related("sector", "district")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = [one for one in self.object.affiliations.select_related("version", "meeting__body") if one.from_on <= today()]
        current = history[0] if history[0].holds_on(today()) else None
        context = {"history": history, "current": current, "last": history[0]}
        return super().get_context_data(**context, **(self._standing(current) if current else {}), **kwargs)

    def _standing(self, current: Affiliation) -> dict[str, Any]:
        """What a party that is affiliated stands for, whom it stands with, and what it has told."""
        affiliated = Affiliation.objects.on(today()).values("party")
        umbrellas = Membership.objects.standing(today()).filter(member=self.object, umbrella__in=affiliated).select_related("umbrella")
        members = Membership.objects.standing(today()).filter(umbrella=self.object).select_related("member")
        return {
            "umbrellas": [membership.umbrella for membership in umbrellas],
            "members": members,
            "affiliated": set(affiliated.filter(party__in=members.values("member")).values_list("party", flat=True)),
            "commitments": current.version.commitments.concerning(self.object).select_related("version").order_by("number"),
            "reports": Report.objects.published().filter(party=self.object).select_related("round"),
        }


@require_safe
def party_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What a party told about a year, as it stands in the year's book."""
    reports = Report.objects.published().select_related("round__version", "round__questions", "party")
    report = get_object_or_404(reports, party__slug=slug, round__year=year)
    book = report.round.compilations.published().first()
    if book is None or not book.snapshot:
        raise Http404
    parts = sheets.in_book(report, read(book.snapshot))
    return render(request, "followup/party_report.html", {"report": report, "parts": parts})
