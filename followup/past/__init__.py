"""The history of the cooperation: milestones from the file beside this one, and what the portal itself has seen since, in one list."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreement.models import Version
from council.models import Body, Minutes
from followup.models import Compilation, Evaluation

FILE = Path(__file__).parent / "milestones.toml"


@dataclass(frozen=True)
class Milestone:
    """Something that happened: the day as far as it is known, what, and where to read more."""

    on: date
    when: str
    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Year:
    """A year, and what happened in it."""

    year: int
    milestones: list[Milestone]


def history(day: date) -> list[Year]:
    """Everything up to `day`, the earliest first, by year."""
    sources = (_from_the_file(), _versions(), _bodies(), _minutes(), _books(), _evaluations())
    found = sorted((one for source in sources for one in source if one.on <= day), key=lambda one: one.on)
    return [Year(year, list(those)) for year, those in groupby(found, key=lambda one: one.on.year)]


def _from_the_file() -> Iterator[Milestone]:
    language = "en" if get_language() == "en" else "sv"
    for row in _told():
        exact = row.get("known", "day")
        when = {"day": "j F Y", "month": "F Y", "year": "Y"}[exact]
        yield Milestone(row["on"], date_format(row["on"], when), row[f"title_{language}"], row.get(f"text_{language}", ""))


@cache
def _told() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["milestone"]
    return rows


def _versions() -> Iterator[Milestone]:
    for version in Version.objects.exclude(status=Version.Status.DRAFT):
        if version.in_force_on:
            yield _on(version.in_force_on, _("%(name)s börjar gälla") % {"name": version.name}, url=version.get_absolute_url())


def _bodies() -> Iterator[Milestone]:
    for body in Body.objects.all():
        yield _on(body.from_on, _("%(name)s börjar") % {"name": body.name}, url=body.get_absolute_url())
        if body.until_on:
            yield _on(body.until_on, _("%(name)s avslutas") % {"name": body.name}, body.closing_reason, body.get_absolute_url())


def _minutes() -> Iterator[Milestone]:
    """The first adjusted minutes of each year, which lead on to the others."""
    first = Minutes.objects.adjusted().values("meeting__starts_at__year").annotate(first=Min("meeting__starts_at")).order_by().values("first")
    for minutes in Minutes.objects.adjusted().filter(meeting__starts_at__in=first).select_related("meeting__body"):
        on = minutes.meeting.on
        yield _on(on, _("Årets första justerade protokoll: %(body)s") % {"body": minutes.meeting.body}, url=minutes.address)


def _books() -> Iterator[Milestone]:
    """The first edition of each year's book."""
    published = Compilation.objects.published().values("round__year").annotate(first=Min("published_at")).order_by("round__year")
    for row in published.values_list("round__year", "first"):
        year, first = row
        on = timezone.localtime(first).date()
        yield _on(on, _("Sammanställningen för %(year)s publiceras") % {"year": year}, url=reverse("followup:year", args=[year]))


def _evaluations() -> Iterator[Milestone]:
    for evaluation in Evaluation.objects.filter(status=Evaluation.Status.FINAL):
        on = evaluation.final_on or date(evaluation.year, 12, 31)
        yield _on(on, _("Utvärderingen %(year)s är klar") % {"year": evaluation.year}, url=evaluation.get_absolute_url())


def _on(day: date, title: str, text: str = "", url: str = "") -> Milestone:
    return Milestone(day, date_format(day, "j F Y"), title, text, url)
