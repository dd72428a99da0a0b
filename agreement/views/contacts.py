"""Whom do I talk to? The City's contacts by words, subject and part of the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agreement.models import Contact, District, Topic
from agreement.models.contacts import LONGEST_SEARCH, ContactQuerySet
from idekom.lib.dated import today
from idekom.lib.text import cleaned


@dataclass(frozen=True)
class Choice:
    """One thing to choose among several, and what is chosen. What does not exist is passed over: an old address still finds something."""

    name: str
    label: str | Promise
    everything: str | Promise
    rows: list[Any]
    asked: str

    @property
    def chosen(self) -> Any:
        """The row that is asked for, None for all."""
        return next((row for row in self.rows if row.slug == self.asked), None)


class Search:
    """What somebody looks for, as the address says."""

    def __init__(self, query: Mapping[str, str], standing: ContactQuerySet) -> None:
        self.q = cleaned(query.get("q", ""))[:LONGEST_SEARCH].strip()
        topics = list(Topic.objects.filter(contacts__in=standing).distinct())
        districts = list(District.objects.on(today()).filter(contacts__in=standing).distinct())
        self.topic = Choice("amne", _("Ämne"), _("Alla ämnen"), topics, query.get("amne", ""))
        self.district = Choice("stadsomrade", _("Stadsområde"), _("Hela staden"), districts, query.get("stadsomrade", ""))

    @property
    def choices(self) -> list[Choice]:
        """What there is to choose among."""
        return [self.topic, self.district]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.q or self.topic.chosen or self.district.chosen)

    def found_in(self, contacts: ContactQuerySet) -> ContactQuerySet:
        """Those that match everything that is asked for."""
        found = contacts.found_by(self.q)
        found = found.about(self.topic.chosen.slug) if self.topic.chosen else found
        return found.for_district(self.district.chosen.slug) if self.district.chosen else found


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """All that hold today, or those that match."""
    standing = Contact.objects.on(today())
    search = Search(request.GET, standing)
    return render(request, "agreement/contacts.html", {"search": search, "contacts": list(search.found_in(standing).in_order())})
