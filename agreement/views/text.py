"""The agreement in force: its text, its principles, its commitments and how they go together."""

from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import DetailView, ListView

from agreement.models import Activity, Commitment, Principle, Term, Version
from agreement.plans.listing import marked
from idekom.lib.dated import today


class AgreementPage(DetailView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """The whole text of the version in force."""

    template_name = "agreement/agreement.html"
    context_object_name = "version"

    def get_object(self, queryset: QuerySet[Version] | None = None) -> Version | None:
        """None before the first version: the page says so."""
        return Version.objects.in_force(today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.object:
            kwargs["commitments"] = self.object.commitments.prefetch_related("principles")
        return super().get_context_data(**kwargs)


class MatrixPage(AgreementPage):
    """Which commitments serve which principles."""

    template_name = "agreement/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.object:
            kwargs["principles"] = self.object.principles.annotate(uses=Count("commitments"))
        return super().get_context_data(**kwargs)


class PrinciplePage(DetailView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """One principle, and the commitments that serve it."""

    template_name = "agreement/principle.html"

    def get_queryset(self) -> QuerySet[Principle]:
        return Principle.objects.filter(version=Version.objects.in_force(today())).select_related("version")


class CommitmentPage(DetailView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """One commitment: who answers for it and what it asks."""

    template_name = "agreement/commitment.html"

    def get_queryset(self) -> QuerySet[Commitment]:
        return Commitment.objects.filter(version=Version.objects.in_force(today())).select_related("version").prefetch_related("principles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        serving = Activity.objects.shown().serving(self.object).with_latest().select_related("plan", "party").order_by("due_on", "pk")
        return super().get_context_data(activities=[marked(activity, today()) for activity in serving], **kwargs)


class GlossaryPage(ListView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """The words of the agreement, and what they mean."""

    template_name = "agreement/glossary.html"
    context_object_name = "terms"

    def get_queryset(self) -> QuerySet[Term]:
        return Term.objects.in_order()
