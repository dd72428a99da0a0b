"""What the secretary fills in when a text is read in, checked and let into force."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreement.models import Owner, Part, Passage, Promise, Version, Wording
from idekom.lib.dated import today
from idekom.lib.forms import PortalForm, clean_typed

HIGHEST = 999
NEW = "ny"
AT_MOST = _("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.")
Place = tuple[str, int | None]


class UploadForm(PortalForm):
    """A document, its language, and the version whose text it is."""

    file = forms.FileField(
        label=_("Dokument"),
        help_text=_("Markdown (.md), Word (.docx) eller ren text (.txt). Högst 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.docx,.txt,.text"}),
        error_messages={"required": _("Välj en fil."), "invalid": _("Välj en fil."), "empty": _("Filen är tom. Välj en annan fil.")},
    )
    language = forms.ChoiceField(
        label=_("Språk"),
        choices=Wording.Language,
        initial=Wording.Language.SWEDISH,
        error_messages={"required": _("Välj språk."), "invalid_choice": _("Välj ett av språken i listan.")},
    )
    into = forms.ChoiceField(
        label=_("Texten hör till"),
        error_messages={"required": _("Välj en version."), "invalid_choice": _("Välj en av versionerna i listan.")},
    )
    name = forms.CharField(
        label=_("Den nya versionens namn"),
        max_length=120,
        required=False,
        help_text=_("Bara när texten hör till en ny version. Till exempel Överenskommelsen 2027."),
        error_messages={"max_length": AT_MOST},
    )
    slug = forms.SlugField(
        label=_("Den nya versionens adress"),
        max_length=50,
        required=False,
        help_text=_("Bara när texten hör till en ny version. Små bokstäver, siffror och bindestreck. Tomt: adressen görs av namnet."),
        error_messages={"max_length": AT_MOST, "invalid": _("Skriv adressen med bokstäver a–z, siffror och bindestreck.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in Version.objects.order_by("-pk")}
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)  # noqa: S101 - for mypy
        drafts = [(key, f"{version} ({version.get_status_display()})") for key, version in self.versions.items()]
        for name in ("name", "slug"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]  # the help text says when it is asked for
        into.choices = [(NEW, gettext("En ny version, som blir ett utkast")), *drafts]

    def clean(self) -> dict[str, Any]:
        """A new version needs a name, and an address that no other has."""
        told = super().clean() or {}
        if told.get("into") == NEW and "name" in told and "slug" in told:
            told["slug"] = told["slug"] or slugify(told["name"])[:50].strip("-")
            if not told["name"]:
                self.add_error("name", gettext("Skriv vad den nya versionen ska heta."))
            elif not told["slug"]:
                self.add_error("slug", gettext("Skriv en adress, till exempel 2027."))
            elif Version.objects.filter(slug=told["slug"]).exists():
                self.add_error("slug", gettext("Adressen är upptagen. Skriv en annan."))
        return told

    def version(self) -> Version:
        """The chosen version; a new one is made."""
        chosen = self.cleaned_data["into"]
        if chosen != NEW:
            return self.versions[chosen]
        with translation.override("sv"):  # the language of what is adopted
            return Version.objects.create(slug=self.cleaned_data["slug"], name=self.cleaned_data["name"])


@dataclass(frozen=True)
class Row:
    """A passage, and the fields that say where it stands."""

    passage: Passage
    part: forms.BoundField
    number: forms.BoundField
    along: forms.BoundField | None
    was: str


class PlacingForm(PortalForm):
    """Where some of a wording's passages stand: a part each, and a number for goals, principles and commitments."""

    def __init__(self, passages: Iterable[Passage], numbers: Mapping[Part, Collection[int]] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages, self.numbers = list(passages), numbers
        for passage in self.passages:
            self._ask(passage)

    def _ask(self, passage: Passage) -> None:
        position = passage.position
        words = {"number": position}
        self.fields[f"part-{position}"] = forms.ChoiceField(
            choices=Part,
            initial=passage.part,
            widget=forms.Select(attrs={"aria-label": gettext("Del för stycke %(number)d") % words}),
            error_messages={"required": _("Välj en del."), "invalid_choice": _("Välj en av delarna i listan.")},
        )
        wrong = _("Skriv ett nummer från 1 till 999.")
        self.fields[f"number-{position}"] = forms.IntegerField(
            required=False,
            initial=passage.number,
            min_value=1,
            max_value=HIGHEST,
            widget=forms.TextInput(attrs={"aria-label": gettext("Nummer för stycke %(number)d") % words, "inputmode": "numeric", "size": 3}),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )
        if passage.kind == Passage.Kind.HEADING:
            self.fields[f"along-{position}"] = forms.BooleanField(
                required=False, label=_("Flytta även styckena under rubriken"), widget=forms.CheckboxInput()
            )

    def rows(self) -> Iterator[Row]:
        """The passages with their fields."""
        for passage in self.passages:
            position, is_heading = passage.position, passage.kind == Passage.Kind.HEADING
            was = self.data.get(f"was-{position}", "") if self.is_bound else f"{passage.part}:{passage.number or ''}"
            along = self[f"along-{position}"] if is_heading else None
            yield Row(passage, self[f"part-{position}"], self[f"number-{position}"], along, was)

    def clean(self) -> dict[str, Any]:
        """Goals, principles and commitments have a number, in a version that stands one of its own."""
        told = super().clean() or {}
        for passage in self.passages:
            part, name = told.get(f"part-{passage.position}"), f"number-{passage.position}"
            if part not in Part.numbered() or name not in told:
                continue
            if told[name] is None:
                self.add_error(name, gettext("Skriv ett nummer."))
            elif self.numbers is not None and told[name] not in self.numbers.get(Part(part), ()):
                self.add_error(name, gettext("Versionen har inget sådant nummer."))
        return told

    def places(self) -> dict[int, Place]:
        """{position: its new place} of the rows that were changed on the page."""
        found = {}
        for passage in self.passages:
            place = self._place(passage.position)
            if f"{place[0]}:{place[1] or ''}" != self.data.get(f"was-{passage.position}"):
                found[passage.position] = place
        return found

    def along(self) -> dict[int, Place]:
        """{position of a heading: the place that what stands under it is to share}"""
        return {one.position: self._place(one.position) for one in self.passages if self.cleaned_data.get(f"along-{one.position}")}

    def _place(self, position: int) -> Place:
        part = self.cleaned_data[f"part-{position}"]
        return part, self.cleaned_data[f"number-{position}"] if part in Part.numbered() else None


class PromisesForm(PortalForm):
    """Whom each commitment binds, and which principles it serves."""

    def __init__(self, promises: Iterable[Promise], titles: Mapping[int, str], principles: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promises, self.titles = list(promises), titles
        owners = [("", gettext("Välj")), *Owner.choices]
        names = [(str(number), name) for number, name in principles.items()]
        for promise in self.promises:
            words = {"number": promise.number}
            self.fields[f"owner-{promise.number}"] = forms.ChoiceField(
                choices=owners,
                required=False,
                initial=promise.owner,
                widget=forms.Select(attrs={"aria-label": gettext("Ansvarig för åtagande %(number)d") % words}),
                error_messages={"invalid_choice": _("Välj något i listan.")},
            )
            self.fields[f"principles-{promise.number}"] = forms.MultipleChoiceField(
                choices=names,
                required=False,
                initial=[str(number) for number in promise.principles],
                widget=forms.CheckboxSelectMultiple(),
                label=gettext("Principer för åtagande %(number)d") % words,
                error_messages={"invalid_choice": _("Välj bland principerna i texten."), "invalid_list": _("Välj bland principerna i texten.")},
            )
        for field in self.fields.values():
            clean_typed(field)

    def rows(self) -> Iterator[tuple[Promise, str, forms.BoundField, forms.BoundField]]:
        """(the promise, the commitment's title, its owner, its principles)"""
        for promise in self.promises:
            yield promise, self.titles.get(promise.number, ""), self[f"owner-{promise.number}"], self[f"principles-{promise.number}"]

    def told(self) -> dict[int, tuple[str, list[int]]]:
        """{number: (owner, principles)}"""
        data = self.cleaned_data
        return {one.number: (data[f"owner-{one.number}"], [int(n) for n in data[f"principles-{one.number}"]]) for one in self.promises}


class InForceForm(PortalForm):
    """The day from which a version is to hold."""

    on = forms.DateField(
        label=_("Gäller från och med"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Välj en dag."), "invalid": _("Skriv datumet som år-månad-dag, till exempel 2027-01-01.")},
    )

    def clean_on(self) -> Any:
        """Not further ahead than a year."""
        day = self.cleaned_data["on"]
        if day > today() + timedelta(days=366):
            raise forms.ValidationError(gettext("Dagen ligger mer än ett år fram. Kontrollera året."))
        if day.year < 2000:
            raise forms.ValidationError(gettext("Dagen ligger långt tillbaka. Kontrollera året."))
        return day
