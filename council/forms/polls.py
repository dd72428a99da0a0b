"""Which times one can."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.models import Asked
from council.models.polls import CanCome
from idekom.lib.forms import PortalForm

MISSING = _("Välj ja, om det behövs eller nej.")


class TimesForm(PortalForm):
    """A row of three choices for each time."""

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = asked.chosen
        for option in asked.poll.options.all():
            self.fields[f"tid-{option.pk}"] = forms.ChoiceField(
                label=option.when,
                choices=CanCome.choices,
                widget=forms.RadioSelect,
                initial=said.get(option.pk),
                error_messages={"required": MISSING, "invalid_choice": MISSING},
            )

    @property
    def answers(self) -> dict[int, str]:
        """{time: what is said about it}"""
        return {int(name.removeprefix("tid-")): value for name, value in self.cleaned_data.items()}
