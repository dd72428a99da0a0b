"""What the secretary fills in about a good example."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreement.models import Representative
from followup.models import Example
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm


class ChooseExampleForm(PortalForm):
    """A headline for an answer."""

    headline = forms.CharField(
        label=_("Er rubrik"),
        max_length=120,
        error_messages={"required": _("Skriv en rubrik till exemplet."), "max_length": _("Skriv rubriken med högst 120 tecken.")},
    )


class AskContactForm(PortalForm):
    """Who of those who act for the party is asked."""

    representative = forms.ModelChoiceField(
        label=_("Vem ska vi fråga?"),
        queryset=Representative.objects.none(),
        error_messages={"required": _("Välj vem vi ska fråga."), "invalid_choice": _("Välj någon som företräder parten.")},
    )

    def __init__(self, *args: Any, example: Example, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Representative.objects.of(example.report.party, today())
        field = self.fields["representative"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = people
        field.label_from_instance = _named  # type: ignore[method-assign]


def _named(obj: Any) -> str:
    return f"{obj.user.name or obj.user.email}, {obj.get_role_display()}"
