"""What the secretary says about a seat: who takes it over, from which day, why it was wrong."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from council.models import Body, Mandate, Office, Person, Seat
from idekom.lib.forms import PortalForm

HOW = _("Skriv datumet som år-månad-dag, till exempel 2026-03-01.")
FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)
FAR = _("Välj en dag mellan 1990 och 2200.")


class DayField(forms.DateField):
    """A day that a council can have."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            error_messages={"invalid": HOW, "required": HOW},
            validators=[MinValueValidator(FIRST, FAR), MaxValueValidator(LAST, FAR)],
            **kwargs,
        )


class SeatForm(PortalForm):
    """Something about one seat, whose role matters when it has a substitute."""

    on = DayField(label=_("Från och med"))
    role = forms.ChoiceField(label=_("Roll"), choices=Mandate.Role.choices, initial=Mandate.Role.ORDINARY)

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not seat.has_substitute:
            self.fields["role"].choices = [(Mandate.Role.ORDINARY.value, Mandate.Role.ORDINARY.label)]  # type: ignore[attr-defined]


class PassOnForm(SeatForm):
    """Who takes the seat over: somebody known, or somebody new."""

    person = forms.ModelChoiceField(
        label=_("Vem tar över platsen"),
        queryset=Person.objects.all(),
        required=False,
        empty_label=_("Välj, eller skriv ett nytt namn"),
        error_messages={"invalid_choice": _("Välj en av personerna i listan, eller skriv ett nytt namn.")},
    )
    new_name = forms.CharField(label=_("Namn på någon som inte finns i listan"), max_length=120, required=False)
    field_order = ["person", "new_name", "on", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "new_name"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "person" in told and "new_name" in told and bool(told["person"]) == bool(told["new_name"]):
            self.add_error("person", _("Välj en person i listan eller skriv ett nytt namn, men inte båda."))
        return told


class VacateForm(SeatForm):
    """From which day nobody has the seat."""


class ChairForm(PortalForm):
    """Chair or vice chair, from when to when."""

    role = forms.ChoiceField(label=_("Uppdrag"), choices=Office.Role.choices)
    on = DayField(label=_("Från och med"))
    until_on = DayField(label=_("Till och med"), required=False, help_text=_("Tomt: så länge personen har platsen."))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("on") and told.get("until_on") and told["until_on"] < told["on"]:
            self.add_error("until_on", _("Sista dagen är före den första. Ändra en av dem."))
        return told


class LastDayForm(PortalForm):
    """The last day of something."""

    on = DayField(label=_("Sista dag"))


class VoidForm(PortalForm):
    """Why something never held."""

    reason = forms.CharField(
        label=_("Varför uppdraget är fel"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sparas i historiken. Visas bara för kansliet."),
        error_messages={"required": _("Skriv varför. Skälet sparas.")},
    )


class CloseForm(PortalForm):
    """The last day of a body, why, and what follows it."""

    on = DayField(label=_("Sista dag"))
    reason = forms.CharField(
        label=_("Varför det avslutas"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visas för alla."),
        error_messages={"required": _("Skriv varför. Skälet visas för alla.")},
    )
    followed_by = forms.ModelMultipleChoiceField(
        label=_("Följs av"),
        queryset=Body.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Lägg till det nya organet först om det inte finns i listan."),
        error_messages={"invalid_choice": _("Välj bland organen i listan."), "invalid_pk_value": _("Välj bland organen i listan.")},
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["followed_by"].queryset = Body.objects.exclude(pk=body.pk)  # type: ignore[attr-defined]
