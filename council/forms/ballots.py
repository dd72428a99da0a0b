"""Putting dots; and what the secretary writes about a ballot."""

from typing import Any

from django import forms
from django.db.models import Case, When
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from agreement.models import ActionPlan
from council.models import Area, DotBallot, Option, Proposal, Voter
from council.models.ballot_votes import NoDots, TooManyDots, TooManyOnOne
from idekom.lib.forms import PortalForm

NUMBER = _("Skriv ett heltal, till exempel 2, eller lämna tomt.")
LARGEST = 100_000


class DotsField(forms.IntegerField):
    """How many dots; nothing is none."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        told: dict[str, Any] = {"invalid": NUMBER, "min_value": NUMBER, "max_value": TooManyOnOne(most).messages[0]}
        super().__init__(min_value=0, max_value=most, required=False, error_messages=told, **kwargs)
        self.widget.attrs |= {"class": "width-4", "inputmode": "numeric", "autocomplete": "off"}


class DotsForm(PortalForm):
    """A number for each proposal, or a box to tick when one dot is the most."""

    unmarked = True

    def __init__(self, *args: Any, voter: Voter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = voter.ballot
        self.options: list[Option] = list(self.ballot.options.votable())
        most, put = self.ballot.most_per_option, voter.dots
        for option in self.options:
            told: dict[str, Any] = {"label": option.title, "help_text": option.text, "initial": put.get(option.pk)}
            self.fields[_name(option)] = forms.BooleanField(required=False, **told) if most == 1 else DotsField(most, **told)

    def clean(self) -> None:
        """At least one dot, and no more than one has."""
        total, has = sum(self.dots.values()), self.ballot.dots or 0
        if self.errors:
            return
        if not total:
            raise NoDots
        if total > has:
            raise TooManyDots(total, has)

    @property
    def dots(self) -> dict[int, int]:
        """{option: dots}"""
        return {option.pk: int(self.cleaned_data.get(_name(option)) or 0) for option in self.options}

    @property
    def put(self) -> list[tuple[Option, int]]:
        """The proposals that have dots."""
        return [(option, number) for option in self.options if (number := self.dots[option.pk])]

    @property
    def kept(self) -> list[tuple[str, int]]:
        """The same as names and values of fields, to send on."""
        return [(_name(option), number) for option, number in self.put]

    @property
    def left(self) -> int:
        """How many dots are left."""
        return (self.ballot.dots or 0) - sum(self.dots.values())

    @property
    def areas(self) -> list[tuple[Area, list[BoundField]]]:
        """The fields under their areas."""
        found: dict[Area, list[BoundField]] = {}
        for option in self.options:
            found.setdefault(option.area, []).append(self[_name(option)])
        return list(found.items())


def _name(option: Option) -> str:
    return f"forslag-{option.pk}"


class NoteForm(PortalForm):
    """The numbers of a vote on paper: together, or side by side. An empty box means that none is noted."""

    unmarked = True

    def __init__(self, *args: Any, ballot: DotBallot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = list(ballot.options.in_order())
        for option in self.options:
            for key, initial in (("alla", option.noted), ("staden", option.noted_city), ("civil", option.noted_civil_society)):
                field = DotsField(LARGEST, label=_LABELS[key], initial=initial)
                self.fields[f"{key}-{option.pk}"] = field

    def clean(self) -> None:
        """Both sides or none; together they are all."""
        for option in self.options:
            everybody, city, civil = (self.cleaned_data.get(f"{key}-{option.pk}") for key in _LABELS)
            if (city is None) != (civil is None):
                self.add_error(f"staden-{option.pk}", _("Skriv båda sidornas antal, eller ingens."))
            elif city is not None and civil is not None and everybody is not None and everybody != city + civil:
                self.add_error(f"alla-{option.pk}", _("Summan stämmer inte med sidornas antal. Rätta ett av dem."))

    @property
    def numbers(self) -> dict[int, tuple[int | None, int | None, int | None]]:
        """{option: (dots, the City's, civil society's)}"""
        found = {}
        for option in self.options:
            everybody, city, civil = (self.cleaned_data.get(f"{key}-{option.pk}") for key in _LABELS)
            together = everybody if everybody is not None or city is None or civil is None else city + civil
            found[option.pk] = (together, city, civil)
        return found

    @property
    def rows(self) -> list[tuple[Option, list[BoundField]]]:
        """A row for each proposal."""
        return [(option, [self[f"{key}-{option.pk}"] for key in _LABELS]) for option in self.options]


_LABELS = {"alla": _("Tillsammans"), "staden": _("Staden"), "civil": _("Civilsamhället")}


class CancelBallotForm(PortalForm):
    """Why a ballot is called off, or a vote on paper is corrected."""

    note = forms.CharField(
        label=_("Varför?"), max_length=1000, widget=forms.Textarea({"rows": 4}), error_messages={"required": _("Skriv varför. Alla kan läsa det.")}
    )


class MergeForm(PortalForm):
    """Which proposals are one."""

    whole = forms.ModelChoiceField(
        Option.objects.none(), label=_("Förslaget som ska stå kvar"), error_messages={"required": _("Välj förslaget som ska stå kvar.")}
    )
    parts = forms.ModelMultipleChoiceField(
        Option.objects.none(),
        label=_("Förslag som är samma sak"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett förslag som ska slås ihop med det.")},
    )

    def __init__(self, *args: Any, ballot: DotBallot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("whole", "parts"):
            field: Any = self.fields[name]
            field.queryset = ballot.options.whole().filter(activity=None).in_order()


class ActivitiesForm(PortalForm):
    """Which proposals become activities, and in which plan."""

    plan = forms.ModelChoiceField(ActionPlan.objects.all(), label=_("Handlingsplan"), error_messages={"required": _("Välj en handlingsplan.")})
    options = forms.ModelMultipleChoiceField(
        Option.objects.none(),
        label=_("Förslag som blir aktiviteter"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett förslag.")},
    )

    def __init__(self, *args: Any, ballot: DotBallot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["options"]
        lines = ballot.result.top(ballot.options.count(), by_sector=ballot.weighing == DotBallot.Weighing.SECTOR)
        numbers = {line.option.pk: line.in_words for line in ballot.result.lines}
        place = Case(*(When(pk=line.option.pk, then=number) for number, line in enumerate(lines)), default=len(lines))
        field.queryset = ballot.options.whole().filter(activity=None).order_by(place, "area__number", "number")
        field.label_from_instance = lambda option: f"{option.title}: {numbers[option.pk]}"


class ProposalForm(PortalForm):
    """Which of the council's proposals came of a proposal in the ballot."""

    option = forms.ModelChoiceField(Option.objects.none(), label=_("Förslag i omröstningen"), error_messages={"required": _("Välj ett förslag.")})
    proposal = forms.ModelChoiceField(
        Proposal.objects.all(), label=_("Rådets förslag"), required=False, help_text=_("Lämna tomt för att ta bort kopplingen.")
    )

    def __init__(self, *args: Any, ballot: DotBallot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["option"]
        field.queryset = ballot.options.whole().in_order()
