"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url


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
        "other_language_url": translate_url(request.get_full_path(), other),
    }
