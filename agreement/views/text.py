"""The agreement in force, how its principles and commitments go together, and what its words mean."""

from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import DetailView, ListView

from agreement.models import Term, Version
from agreement.texts import under_headings
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
            kwargs["sections"] = list(under_headings(self.object.text))
            kwargs["terms"] = Term.objects.all()
        return super().get_context_data(**kwargs)


class MatrixPage(AgreementPage):
    """Which commitments serve which principles."""

    template_name = "agreement/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.object:
            kwargs["principles"] = self.object.principles.annotate(uses=Count("commitments"))
        return super().get_context_data(**kwargs)


class GlossaryPage(ListView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """The words of the agreement, and what they mean."""

    template_name = "agreement/glossary.html"
    context_object_name = "terms"

    def get_queryset(self) -> QuerySet[Term]:
        return Term.objects.in_order()
