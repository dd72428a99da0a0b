"""How allauth behaves here."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from idekom.users.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: an account comes with an approved affiliation, an invitation, or from the secretary."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Koden stämmer inte. Se efter att alla sex siffror är med, eller be om en ny kod."),
        "too_many_login_attempts": _("Det har gjorts för många försök. Vänta några minuter och försök igen."),
        "rate_limited": _("Det har gjorts för många försök. Vänta några minuter och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def pre_login(self, request: HttpRequest, user: "User", *, email: str | None, **kwargs: Any) -> HttpResponse | None:
        """A code that was mailed has proven the address: no second code is asked for."""
        by_code = {record.get("email") for record in get_authentication_records(request, user) if record["method"] == "code"}
        if email and email in by_code:
            proven, _made = EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": email == user.email})
            if not proven.verified:
                proven.set_verified()
        response: HttpResponse | None = super().pre_login(request, user, email=email, **kwargs)
        return response
