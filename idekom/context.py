"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The portal's names and contacts, whether it is a demo, and this page's address in the other language."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "en" if language == "sv" else "sv"
    return {
        "portal": settings.PORTAL,
        "is_demo": settings.DEMO,
        "staff_need_mfa": settings.STAFF_NEED_MFA,
        "site_url": settings.SITE_URL,
        "other_language": other,
        "other_language_url": _in(other, request.get_full_path()),
    }


def _in(language: str, path: str) -> str:
    """The address of the same page in the other language: all pages have the same path, below /en/ in English."""
    return f"/en{path}" if language == "en" else path.removeprefix("/en")
