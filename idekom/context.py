"""What every page knows."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's names and contacts, whether it is a demo, and this page's address in the other language."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "en" if language == "sv" else "sv"
    return {
        "portal": settings.PORTAL,
        "is_demo": settings.DEMO,
        "staff_need_mfa": settings.STAFF_NEED_MFA,
        "site_url": settings.SITE_URL,
        "ways": ways(language),
        "other_language": other,
        "other_language_url": _in(other, request.get_full_path()),
    }


def _in(language: str, path: str) -> str:
    """The address of the same page in the other language: all pages have the same path, below /en/ in English."""
    return f"/en{path}" if language == "en" else path.removeprefix("/en")


@cache
def ways(language: str) -> dict[str, str]:
    """The addresses that stand on every page, in the language: looked up once, since looking up is much of what a page costs."""
    with translation.override(language):
        return {name: reverse(address) for name, address in WAYS.items()}


WAYS = {
    "start": "start",
    "agreement": "agreement:agreement",
    "plans": "agreement:plans",
    "council": "council:council",
    "register": "affiliation:register",
    "years": "followup:years",
    "knowledge": "followup:knowledge",
    "apply": "affiliation:apply",
    "sign_in": "account_login",
    "about": "about",
    "accessibility": "accessibility",
    "open_data": "open_data",
    "equal_treatment": "equal_treatment",
    "privacy": "privacy",
}
