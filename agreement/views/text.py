"""The agreement in force, how its principles and commitments go together, and what its words mean."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from agreement.matrix import Matrix, matrix
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


@require_safe
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Which commitments rest on which principles, in the agreement's order or in the areas of the action plans."""
    return render(request, "agreement/matrix.html", {"matrix": _matrix(request)})


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The same as data."""
    found = _matrix(request)
    if found is None:
        raise Http404
    response = HttpResponse(found.as_csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="matris-{found.version.slug}.csv"'
    return response


def _matrix(request: HttpRequest) -> Matrix | None:
    """None before the first version: the page says so."""
    version = Version.objects.in_force(today())
    return matrix(version, today(), by_area=request.GET.get("indelning") == "omraden") if version else None


class GlossaryPage(ListView):  # type: ignore[type-arg]  # Django's views take no types when they run
    """The words of the agreement, and what they mean."""

    template_name = "agreement/glossary.html"
    context_object_name = "terms"

    def get_queryset(self) -> QuerySet[Term]:
        return Term.objects.in_order()
