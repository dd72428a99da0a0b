"""Pages behind a secret address: no cache keeps them, no search engine finds them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def secret(view: View) -> View:
    """A page behind a secret address."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.is_private = True  # type: ignore[attr-defined]
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper
