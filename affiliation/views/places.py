"""Where the parties are."""

from typing import Any

from django.views.generic import TemplateView

from affiliation.places import map_of
from idekom.lib.dated import today


class MapView(TemplateView):
    """A map of squares, one for each part of the city."""

    template_name = "affiliation/map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(map=map_of(today()), **kwargs)
