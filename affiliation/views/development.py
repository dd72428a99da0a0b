"""How the register has grown and how it is spread."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from affiliation.charts import by_district, by_sector, growth
from affiliation.register import Search
from affiliation.register.listing import of_day
from idekom.lib.dated import today


class DevelopmentView(TemplateView):
    """The register in pictures, as it was on a day."""

    template_name = "affiliation/development.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = Search.read(self.request.GET, today())
        register = of_day(search)
        query = f"?datum={search.day.isoformat()}" if search.is_dated else ""
        charts = {"growth": growth(search.day), "by_sector": by_sector(register), "by_district": by_district(register)}
        data = {"query": query, "data_url": reverse("affiliation:register_csv") + query}
        return super().get_context_data(search=search, register=register, **data, **charts, **kwargs)
