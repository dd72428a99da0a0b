"""Small middleware of the portal's own."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]


class CrossOriginHeaders:
    """No other site may embed what the portal sends, nor does the portal embed others."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response


class PrivatePagesStayPrivate:
    """A page shown to somebody signed in, or a case behind its secret address, is kept by no cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or getattr(response, "is_private", False):
            add_never_cache_headers(response)
            response.headers["Cache-Control"] += ", no-store" if "no-store" not in response.headers["Cache-Control"] else ""
        return response


class StaffNeedMFA:
    """Nobody enters the admin without a second factor; the demo may switch this off (STAFF_NEED_MFA)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_NEED_MFA and self._is_staff_in_the_admin(request) and not is_mfa_enabled(request.user):
            messages.warning(request, _("För att arbeta i kansliet behöver du först lägga till en inloggningsnyckel eller en kodapp."))
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _is_staff_in_the_admin(request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_staff and request.path.startswith(reverse("admin:index"))
