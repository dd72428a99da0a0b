"""How often one address may send a form that needs no account. Redis counts; when it is down nobody is stopped."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def at_most(times: int, *, minutes: int) -> Callable[[View], View]:
    """A view that takes `times` POSTs in `minutes` from one network address; then it answers 429 with a page that says so."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and _count(f"sent:{view.__module__}.{view.__name__}", request, minutes) > times:
                return render(request, "429.html", {"minutes": minutes}, status=429)
            return view(request, *args, **kwargs)

        return limited

    return decorate


def _count(what: str, request: HttpRequest, minutes: int) -> int:
    """How many there have been in the running period, this one included."""
    key = f"{what}:{get_adapter().get_client_ip(request)}"
    try:
        cache.add(key, 0, timeout=minutes * 60)
        return cache.incr(key)
    except ValueError:  # its time ran out between the two
        return 1
    except Exception:  # whatever is wrong with Redis, the form works
        log.exception("%s could not be counted", what)
        return 0
