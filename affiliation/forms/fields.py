"""Fields of the application that know how their answer must look, and say how to mend it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from stdnum.se import orgnr

from idekom.lib.dated import today
from idekom.lib.fields import DayField


class RegistrationNumberField(forms.CharField):
    """A Swedish organisation number, kept as ten digits. A personal identity number is refused, and so never kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def clean(self, value: Any) -> str:
        """Ten digits, or nothing."""
        digits = re.sub(r"[\s\-‐-―−]", "", super().clean(value))
        if not digits:
            return ""
        if len(digits) == 12 and digits.startswith("16"):
            digits = digits[2:]
        if re.fullmatch(r"(19|20)?\d{10}", digits) and int(digits[-8:-6]) < 20:
            raise ValidationError(
                _("Det här ser ut som ett personnummer, och det ska ni inte lämna. Skriv organisationens nummer, eller lämna fältet tomt.")
            )
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise ValidationError(_("Skriv organisationsnumret med 10 siffror, till exempel 802002-4256."))
        if not orgnr.is_valid(digits):
            raise ValidationError(_("Numret stämmer inte: någon siffra är fel. Jämför med registreringsbeviset, eller lämna fältet tomt."))
        return digits


class WebsiteField(forms.URLField):
    """A web address over http or https; `example.se` is completed."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        message = _("Skriv webbplatsens adress, till exempel www.foreningen.se.")
        super().__init__(assume_scheme="https", error_messages={"invalid": message}, **kwargs)
        self.validators = [URLValidator(schemes=["http", "https"], message=message), *self.validators[1:]]
        self.widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"})


class PastDateField(DayField):
    """A day that has been."""

    def clean(self, value: Any) -> date | None:
        """The day, if it is not in the future nor before anybody's memory."""
        day = super().clean(value)
        if day and day > today():
            raise ValidationError(_("Dagen ligger i framtiden. Skriv den dag då beslutet fattades."))
        if day and day.year < 1990:
            raise ValidationError(_("Dagen ligger långt tillbaka. Kontrollera året."))
        return day


class ComingDateField(DayField):
    """Today, or a day to come."""

    def clean(self, value: Any) -> date | None:
        """The day, if it has not been and is within ten years."""
        day = super().clean(value)
        if day and day < today():
            raise ValidationError(_("Dagen har redan varit. Skriv dagens datum eller en dag som kommer."))
        if day and day.year > today().year + 10:
            raise ValidationError(_("Dagen ligger långt fram. Kontrollera året."))
        return day


class ParagraphField(forms.CharField):
    """The number of a paragraph in minutes; a paragraph sign before it is taken away."""

    def to_python(self, value: Any) -> str:
        """The number alone."""
        return str(super().to_python(value)).lstrip("§ ")
