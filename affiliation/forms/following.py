"""Where to mail what is new, and what of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from affiliation.models import Wish
from idekom.lib.forms import PortalForm

_NOTHING = _("Välj minst en sak som ni vill ha mejl om.")


def _email_field(label: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Skriv den adress som mejlen ska gå till."),
            "invalid": _("Skriv adressen så här: namn@forening.se."),
            "max_length": _("Adressen är för lång. Skriv en adress på högst %(limit_value)d tecken."),
        },
    )


class WishesForm(PortalForm):
    """What to hear of: new parties as they come, and parts of the monthly newsletter. Something has to be chosen."""

    is_daily = forms.BooleanField(label=Wish.DAILY.label, required=False)
    categories = forms.MultipleChoiceField(
        label=_("Nyhetsbrevet en gång i månaden, de delar ni väljer"),
        choices=Wish.choices_of_newsletter,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """At least one of them."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.wishes:
            self.add_error("categories", _NOTHING)
        return data

    @property
    def wishes(self) -> list[str]:
        """What is chosen."""
        daily = [Wish.DAILY.value] if self.cleaned_data.get("is_daily") else []
        return [*daily, *self.cleaned_data.get("categories", [])]


class FollowForm(WishesForm):
    """An address, and what it wants to hear of."""

    email = _email_field(_("E-postadress"))
    field_order = ("email", "is_daily", "categories")


class ChoicesForm(WishesForm):
    """What a follower may change: what it hears of, the language and the address."""

    language = forms.ChoiceField(label=_("Språk i mejlen"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    email = _email_field(_("E-postadress"))
