"""The start page, the statements, the health check and the error pages."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from idekom import access, emails, pictures
from idekom.context import ways
from idekom.forms import AccessibilityReport
from idekom.lib.dated import today

log = logging.getLogger(__name__)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, the next date, the ways in, and the four pictures."""
    return render(request, "start.html", pictures.of(today()))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """About the council and the portal."""
    return render(request, "about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law asks for."""
    return render(request, "accessibility.html")


@require_http_methods(["GET", "HEAD", "POST"])
def accessibility_report(request: HttpRequest) -> HttpResponse:
    """Telling what one cannot get at, without a name."""
    form = AccessibilityReport(request.POST or None)
    is_sent = False
    if request.method == "POST" and form.is_valid():
        try:
            emails.accessibility_report(**form.cleaned_data)
            is_sent = True
        except OSError:  # no mail server answers
            log.exception("The accessibility report could not be mailed")
            form.add_error(None, _("Det gick inte att skicka just nu. Ring oss gärna, eller försök igen om en stund."))
    return render(request, "accessibility_report.html", {"form": form, "is_sent": is_sent})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and for how long."""
    return render(request, "privacy.html")


@require_safe
def equal_treatment(request: HttpRequest) -> HttpResponse:
    """What affiliation changes and what it does not, written from the rules of access."""
    return render(request, "equal_treatment.html", {"treatment": access.equal_treatment()})


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the database and Redis answer: 200 when both do, 503 when not."""
    checks = {"database": _works(_ask_database), "redis": _works(_ask_redis)}
    ok = all(checks.values())
    return JsonResponse({"ok": ok, **{name: "ok" if works else "fel" for name, works in checks.items()}}, status=200 if ok else 503)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    cache.get("health")


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong with it, the answer is the same
        log.exception("Health check: %s failed", ask.__name__)
        return False
    return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    return _plain("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for something one may not see."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own mistakes: it asks nothing of the database, which may be what is broken."""
    return _plain("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open too long or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def _plain(template: str, status: int) -> HttpResponse:
    context = {
        "portal": settings.PORTAL,
        "is_demo": settings.DEMO,
        "staff_need_mfa": settings.STAFF_NEED_MFA,
        "site_url": settings.SITE_URL,
        "ways": ways(get_language() or settings.LANGUAGE_CODE),
    }
    return HttpResponse(render_to_string(template, context), status=status)
