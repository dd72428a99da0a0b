"""Suggesting a correction, and answering a suggestion."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from affiliation.forms.fields import WebsiteField
from affiliation.models import Correction
from affiliation.models.corrections import named
from agreement.models import Party
from idekom.lib.forms import PortalForm

LONGEST = 1000
TOO_LONG = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")
Field = Correction.Field
SHOWN_OF_ALL = [Field.NAME, Field.SECTOR, Field.DISTRICT, Field.OTHER]
SHOWN_OF_THE_AFFILIATED = [Field.NAME, Field.WEBSITE, Field.DESCRIPTION, Field.SECTOR, Field.DISTRICT, Field.OTHER]


class CorrectionForm(PortalForm):
    """What is wrong in a party's entry, and how it should read."""

    field = forms.ChoiceField(
        label=_("Vad är fel?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad som är fel."), "invalid_choice": _("Välj ett av alternativen.")},
    )
    value = forms.CharField(
        label=_("Så ska det stå"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv hur det ska stå."), "max_length": TOO_LONG},
    )
    comment = forms.CharField(
        label=_("Hur vet ni det?"),
        help_text=_("Till exempel: jag är kassör i föreningen, eller: det står på deras webbplats."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("E-postadress, om ni vill ha svar"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Skriv adressen så här: namn@forening.se.")},
    )

    def __init__(self, *args: Any, is_affiliated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = SHOWN_OF_THE_AFFILIATED if is_affiliated else SHOWN_OF_ALL
        self.fields["field"].choices = [(choice.value, capfirst(str(choice.label))) for choice in choices]  # type: ignore[attr-defined]

    def clean_value(self) -> str:
        """The value as the field keeps it: a web address completed, a sector or district by the name it has in Swedish."""
        value: str = self.cleaned_data["value"]
        field = self.cleaned_data.get("field")
        if field == Field.NAME:
            value = " ".join(value.split())
            longest = Party._meta.get_field("name").max_length or LONGEST
            if len(value) > longest:
                raise ValidationError(gettext("Korta namnet till högst %(most)d tecken.") % {"most": longest})
        elif field == Field.WEBSITE:
            return str(WebsiteField().clean(value))
        elif field in (Field.SECTOR, Field.DISTRICT):
            return _name(field, value)
        return value


class AnswerForm(PortalForm):
    """Words to whoever suggested a correction."""

    note = forms.CharField(
        label=_("Ord till den som föreslog"),
        help_text=_("Står i mejlet, om den som föreslog lämnade en adress."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


def _name(field: str, typed: str) -> str:
    found: Any = named(field, typed)
    if found is None:
        told = {
            "sector": gettext("Det finns ingen sektor med det namnet. Skriv ett av namnen i listan över sektorer."),
            "district": gettext("Det finns inget stadsområde med det namnet. Skriv ett av namnen i listan över stadsområden."),
        }
        raise ValidationError(told[field])
    return str(found.name_sv)
