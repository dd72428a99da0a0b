"""Small middleware of the portal's own."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from idekom.lib.kept import Kept

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Page:
    """A public page as it was answered: its text, its headers, and its fingerprint."""

    content: bytes
    headers: dict[str, str]
    etag: str

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page again, or 304 to somebody who has it already."""
        wanted = request.META.get("HTTP_IF_NONE_MATCH", "")
        if wanted and (self.etag in (etag.removeprefix("W/") for etag in parse_etags(wanted)) or wanted.strip() == "*"):
            kept = {name: value for name, value in self.headers.items() if name not in {"Content-Type", "Content-Length"}}
            return HttpResponseNotModified(headers=kept)
        return HttpResponse(b"" if request.method == "HEAD" else self.content, headers=self.headers)


class PublicPages:
    """A public page is kept in this process's memory for a moment (settings.PUBLIC_PAGE_SECONDS), and sent again to others who ask for it.

    Only what is the same for everybody: a whole page that was asked for without cookie and without credentials, that sets no cookie, and
    that says itself that it is neither private nor to be kept by nobody. What may change it – the host, the scheme, the address, the
    languages that the browser asks for – is part of its key; a page that depends on anything else (Vary) is never kept.
    """

    LARGEST = 512 * 1024
    MOST = 256
    VARY = {"cookie", "accept-language"}
    REFUSED = ("private", "no-store", "no-cache", "max-age=0")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages: Kept[Page] = Kept(self.MOST)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_anybodys(request):
            return self.get_response(request)
        meta = request.META
        asked = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE", "QUERY_STRING")
        key = (request.scheme, request.path, *(meta.get(name) for name in asked))
        page = self.pages.get(key)
        if page is not None:
            return page.answer(request)
        response = self.get_response(request)
        if request.method != "GET" or not self._is_for_all(response):
            return response
        page = self._page(response)
        self.pages.put(key, page)
        return page.answer(request)

    @staticmethod
    def _is_anybodys(request: HttpRequest) -> bool:
        """Whether it asks for a page without saying who asks."""
        meta = request.META
        return (
            bool(settings.PUBLIC_PAGE_SECONDS)
            and request.method in ("GET", "HEAD")
            and not meta.get("HTTP_COOKIE")
            and not meta.get("HTTP_AUTHORIZATION")
            and meta.get("CONTENT_LENGTH") in (None, "", "0")
        )

    @classmethod
    def _is_for_all(cls, response: HttpResponse) -> bool:
        control = response.get("Cache-Control", "").lower()
        varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
        return (
            response.status_code == HTTPStatus.OK
            and not response.streaming
            and not response.cookies
            and "Set-Cookie" not in response
            and not getattr(response, "is_private", False)
            and not any(word in control for word in cls.REFUSED)
            and varies <= cls.VARY
            and len(response.content) <= cls.LARGEST
        )

    @staticmethod
    def _page(response: HttpResponse) -> Page:
        etag = response.get("ETag", "")
        if not etag or etag.startswith("W/"):
            etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        return Page(response.content, dict(response.items()) | {"ETag": etag}, etag)


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
