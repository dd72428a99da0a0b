"""Who reads a page that one must sign in to."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from idekom.users.models import User


def signed_in(request: HttpRequest) -> "User":
    """The reader; the page lets nobody in who is not signed in."""
    return cast("User", request.user)
