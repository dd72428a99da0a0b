"""The parts of the agreement, each on a page of its own: the vision, a goal, a principle, a commitment.

Below /overenskommelsen/ stands what is in force today; below /overenskommelsen/versioner/<version>/ what stood in that version.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agreement.models import Activity, Commitment, Goal, Part, Principle, Term, Version
from agreement.plans.listing import marked
from agreement.quoting import quote
from agreement.texts import language_of, read
from idekom.lib.dated import today


@require_safe
def vision(request: HttpRequest, version: str = "") -> HttpResponse:
    """The vision and the aim."""
    found = _version(version)
    told = _told(request, found, ("vision", None, ""), "vision/")
    return render(request, "agreement/vision.html", told)


@require_safe
def goal(request: HttpRequest, number: int, version: str = "") -> HttpResponse:
    """One of the ways in which the aim is to be reached."""
    found = get_object_or_404(Goal.objects.select_related("version"), number=number, version=_version(version))
    told = _told(request, found.version, (Part.GOAL.value, number, ""), found.path)
    return render(request, "agreement/goal.html", {**told, "goal": found, "goals": found.version.goals.all()})


@require_safe
def principle(request: HttpRequest, slug: str, version: str = "") -> HttpResponse:
    """One principle, and the commitments that serve it."""
    found = get_object_or_404(Principle.objects.select_related("version"), slug=slug, version=_version(version))
    told = _told(request, found.version, (Part.PRINCIPLE.value, found.number, ""), found.path)
    return render(
        request, "agreement/principle.html", {**told, "principle": found, "commitments": _of_version(found.commitments.all(), found.version)}
    )


@require_safe
def commitment(request: HttpRequest, slug: str, version: str = "") -> HttpResponse:
    """One commitment: who answers for it and what it asks."""
    found = get_object_or_404(Commitment.objects.select_related("version"), slug=slug, version=_version(version))
    told = _told(request, found.version, (Part.COMMITMENT.value, found.number, ""), found.path)
    serving = Activity.objects.shown().serving(found).with_latest().select_related("plan", "party").order_by("due_on", "pk")
    activities = [marked(activity, today()) for activity in serving]
    principles = _of_version(found.principles.all(), found.version)
    return render(request, "agreement/commitment.html", {**told, "commitment": found, "principles": principles, "activities": activities})


def _version(slug: str) -> Version | None:
    """The version with the slug, or that in force today; None before the first, so that nothing is found in it."""
    return get_object_or_404(Version.objects.public(today()), slug=slug) if slug else Version.objects.in_force(today())


def _told(request: HttpRequest, version: Version | None, place: tuple[str, int | None, str], path: str) -> dict[str, Any]:
    """The part in the official wording and in the portal's own words, and how to cite it."""
    version = version or get_object_or_404(Version.objects.none())
    reading = read(version, language_of(request.GET.get("sprak", "")))
    official, own = reading.part(place)
    address = f"{version.permanent_url}{path}"
    return {
        "version": version,
        "reading": reading,
        "official": official,
        "own": own,
        "address": address,
        "quote": quote(version, official or own, address),
        "is_old": not version.holds_on(today()),
        "terms": Term.objects.all(),
    }


def _of_version(rows: Any, version: Version) -> list[Any]:
    """The rows, which are of the version, without asking for it again."""
    found = list(rows)
    for row in found:
        row.version = version
    return found
