"""Pages behind a secret address: whoever has it may see them, so they are kept by no cache and found by no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def secret(view: View) -> View:
    """A page behind a secret address."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_private = True  # type: ignore[attr-defined]
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper
