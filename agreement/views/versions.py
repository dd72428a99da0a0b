"""The versions of the agreement: all of them, one as a whole, its parts, and two beside each other."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreement.comparing import changed_only, compare
from agreement.models import RevisionRound, Term, Version, Wording
from agreement.pdf import versions as pdf
from agreement.texts import LANGUAGES, language_of, read
from idekom.lib.dated import today

WAYS = ("sida", "lopande")
"""How a comparison is set: side by side, or as one running text."""


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Which versions there are, when each has been in force, and in which languages it can be read."""
    fixed = Prefetch("wordings", Wording.objects.filter(status=Wording.Status.FIXED).order_by("language"), to_attr="fixed")
    found = list(Version.objects.public(today()).prefetch_related(fixed))
    drafts = [one for one in found if one.may_change]
    return render(request, "agreement/versions/versions.html", {"versions": [*drafts, *(one for one in found if not one.may_change)]})


@require_safe
def version(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole text of a version: the official wording with the portal's own words beside it."""
    found = get_object_or_404(Version.objects.public(today()), slug=slug)
    asked = language_of(request.GET.get("sprak", ""))
    reading = read(found, asked)
    context = {"version": found, "reading": reading, "languages": _languages(asked), "chosen": _chosen(asked), "terms": Term.objects.all()}
    context |= {"before": _before(found), "round": RevisionRound.objects.public(today()).filter(version=found).first()}
    return render(request, "agreement/versions/version.html", context)


@require_safe
def version_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A version on paper."""
    found = get_object_or_404(Version.objects.public(today()), slug=slug)
    response = HttpResponse(pdf.version(read(found, language_of(request.GET.get("sprak", "")))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="overenskommelsen-{found.slug}.pdf"'
    return response


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Two versions chosen in a form; without them, the list of versions has the form."""
    known = set(Version.objects.public(today()).values_list("slug", flat=True))
    one, other = request.GET.get("fran", ""), request.GET.get("till", "")
    return redirect("agreement:compare", one, other) if {one, other} <= known else redirect("agreement:versions")


@require_safe
def comparison(request: HttpRequest, a: str, b: str) -> HttpResponse:
    """What has changed from one version to another."""
    known = Version.objects.public(today())
    one, other = get_object_or_404(known, slug=a), get_object_or_404(known, slug=b)
    told = compare(one, other, language_of(request.GET.get("sprak", "")), own=request.GET.get("text") == "egen")
    way = request.GET.get("vy", "")
    chosen = {"vy": way if way in WAYS else WAYS[0], "visa": "allt" if request.GET.get("visa") == "allt" else "", "text": request.GET.get("text")}
    context = {"one": one, "other": other, "told": told, "way": chosen["vy"], "shows_all": chosen["visa"] == "allt"}
    context["sections"] = told.sections if context["shows_all"] else changed_only(told.sections)
    context["switches"] = _switches(chosen, has_both=told.has_both)
    return render(request, "agreement/versions/compare.html", context)


def _languages(asked: str) -> list[tuple[str, Any, bool]]:
    """(what the address says, what it is called, whether it is the one) of each language."""
    names = {"sv": _("Svenska"), "en": _("Engelska"), "latt": _("Lättläst svenska")}
    return [(name, names[name], language.value == asked) for name, language in LANGUAGES.items()]


def _chosen(asked: str) -> str:
    """What the address says when it asks for the language."""
    return next(name for name, language in LANGUAGES.items() if language.value == asked)


def _before(found: Version) -> Version | None:
    """The version that was in force before it."""
    known = Version.objects.exclude(status=Version.Status.DRAFT).exclude(pk=found.pk)
    earlier = known.filter(in_force_on__lt=found.in_force_on) if found.in_force_on else known
    return earlier.order_by("-in_force_on").first()


def _switches(chosen: dict[str, str | None], *, has_both: bool) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What can be shown otherwise: (label, [(its name, the query that shows it, whether it is shown)])."""
    told: list[tuple[str, str, list[tuple[str, str]]]] = [
        (_("Uppställning"), "vy", [("sida", _("Sida vid sida")), ("lopande", _("I en text"))]),
        (_("Omfattning"), "visa", [("", _("Bara det som är ändrat")), ("allt", _("Hela texten"))]),
    ]
    if has_both:
        told.append((_("Text"), "text", [("", _("Den officiella")), ("egen", _("Portalens egna ord"))]))
    found = []
    for label, name, options in told:
        links = [(words, _query({**chosen, name: value}), (chosen[name] or "") == value) for value, words in options]
        found.append((label, links))
    return found


def _query(chosen: dict[str, str | None]) -> str:
    """Only what is not as it is without asking."""
    told = {"vy": chosen["vy"] if chosen["vy"] != WAYS[0] else "", "visa": chosen["visa"], "text": "egen" if chosen["text"] == "egen" else ""}
    return "?" + "&".join(f"{name}={value}" for name, value in told.items() if value)
