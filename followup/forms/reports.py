"""The pages of a report as forms, and the language that a reader chooses for mails."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreement.models import Commitment
from followup.models import Answer, Entry, Kind, Overtaken, Progress, Question, Report
from followup.models.answers import MOST_CHARACTERS, Place, Stored, fingerprint
from followup.sheets import label as choice_in_words
from idekom.lib.forms import PortalForm, clean_typed

Places = Mapping[str, tuple[Commitment | None, Question]]
"""{the field's name: what it asks about, and the question}"""
Suggested = Mapping[str, Mapping[str, Any]]
"""{the field's name: the answer as a version of a report keeps it}"""
TOO_LONG = gettext_lazy("Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d tecken.")


@dataclass(frozen=True)
class Conflict:
    """An answer that somebody else has given meanwhile, beside the one that this person gives."""

    label: str
    theirs: str
    mine: str
    control: str


class ReportPageForm(PortalForm):
    """Some of a report's questions on one page. Everything may wait, so that a draft can always be saved.

    `stored` are the report's answers; `suggested` what the party said the year before, by field, where nothing is stored.
    """

    unmarked = True  # the labels say themselves what is optional

    def __init__(self, data: Any = None, *, places: Places, stored: Stored, suggested: Suggested | None = None) -> None:
        self.places, self.stored = places, stored
        self.suggested = {name: said for name, said in (suggested or {}).items() if self._answer(name) is None}
        super().__init__(data, initial={name: self._value(name) for name in places})
        for name, (commitment, question) in places.items():
            self.fields[name] = self._field(commitment, question)
            clean_typed(self.fields[name])
        self.conflicts: list[Conflict] = []
        self.last_year: int | None = None
        """The year of what is suggested."""
        self._seen = str(self.data.get("seen", "")) if self.is_bound else fingerprint(stored, map(_place, places.values()))

    @property
    def seen(self) -> str:
        """The fingerprint of the answers that the page shows, or showed when it was sent in."""
        return self._seen

    @property
    def guard(self) -> str | None:
        """The same, of the page that was sent in."""
        return self._seen if "seen" in self.data else None

    def entries(self) -> list[Entry]:
        """The answers that are good. Who may read them stays as it is, or as it was the year before."""
        good = [(name, *asked) for name, asked in self.places.items() if name in self.cleaned_data]
        return [Entry(question, commitment, self.cleaned_data[name], *self._flags(name)) for name, commitment, question in good]

    def overtaken(self, other: Overtaken) -> None:
        """Somebody else has changed the same answers: tell both, and let the next press of the button mean this person's."""
        for entry, name in zip(self.entries(), self.places, strict=True):
            if entry.place in other.stored:
                theirs, label = other.stored[entry.place], str(self.fields[name].label)
                self.conflicts.append(Conflict(label, _in_words(entry.question, theirs), _in_words(entry.question, entry), self._control(name)))
        shown = {place: theirs for place, theirs in other.stored.items() if theirs}
        self._seen += f" {fingerprint(shown, other.stored)}"

    def _control(self, name: str) -> str:
        return f"id_{name}_0" if isinstance(self.fields[name].widget, forms.RadioSelect) else f"id_{name}"

    def _answer(self, name: str) -> Answer | None:
        return self.stored.get(_place(self.places[name]))

    def _flags(self, name: str) -> tuple[bool | None, bool | None]:
        """Whether it is private and may be quoted, as the year before; None where it stays as it is."""
        said = self.suggested.get(name)
        return (said["is_private"], said["may_be_quoted"]) if said else (None, None)

    def _value(self, name: str) -> str:
        answer = self._answer(name)
        said = self.suggested.get(name, {})
        return answer.value if answer else said.get("choice") or said.get("words") or ""

    def _is(self, name: str, flag: str) -> bool:
        """Whether the answer, or else what is suggested, is "is_private" or "may_be_quoted"."""
        answer = self._answer(name)
        return bool(getattr(answer, flag) if answer else self.suggested.get(name, {}).get(flag))

    def _label(self, commitment: Commitment | None, question: Question) -> str:
        return _("%(question)s (frivilligt)") % {"question": question.text} if question.kind == Kind.WORDS else question.text

    def _field(self, commitment: Commitment | None, question: Question) -> forms.Field:
        label = self._label(commitment, question)
        if question.kind != Kind.WORDS:
            return forms.ChoiceField(label=label, choices=_choices(question), widget=forms.RadioSelect, required=False, help_text=question.help_text)
        area = forms.Textarea(attrs={"rows": 4})
        field = forms.CharField(label=label, help_text=question.help_text, widget=area, required=False)
        field.validators.append(MaxLengthValidator(MOST_CHARACTERS, TOO_LONG))  # what is too long is told in words, not cut off
        return field


class ProgressForm(ReportPageForm):
    """How far each commitment has come, all on one page."""

    def _label(self, commitment: Commitment | None, question: Question) -> str:
        return f"{commitment.number}. {commitment.title}" if commitment else question.text


class AnswerForm(ReportPageForm):
    """One commitment, or the year as a whole, with what the party wants to keep from the public and what may be quoted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_quotes()
        names = [(name, question.text) for name, (_commitment, question) in self.places.items()]
        self.fields["private"] = forms.MultipleChoiceField(
            label=_("Vad ska bara Idékom läsa? (frivilligt)"),
            choices=names,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Det ni kryssar i finns inte i boken, på webben eller i öppna data. Det kan ändå begäras ut som allmän handling."),
            initial=[name for name, _text in names if self._is(name, "is_private")],
        )

    def entries(self) -> list[Entry]:
        """The answers that are good, each with who may read it."""
        private = self.cleaned_data.get("private", [])
        return [
            replace(entry, is_private=entry.question.key in private, may_be_quoted=bool(self.cleaned_data.get(f"quote_{entry.question.key}")))
            for entry in super().entries()
        ]

    def clean(self) -> dict[str, Any]:
        """What only Idékom may read cannot be quoted."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in cleaned.get("private", []):
            if cleaned.get(f"quote_{name}"):
                self.add_error(f"quote_{name}", _("Det som bara Idékom får läsa kan inte citeras. Ta bort ett av kryssen."))
        return cleaned

    def _add_quotes(self) -> None:
        """A box under each answer that may be offered as a quote."""
        for name in [name for name, (_commitment, question) in self.places.items() if question.is_quotable]:
            self.fields[f"quote_{name}"] = forms.BooleanField(
                label=_("Det får citeras i boken, med vårt namn"), required=False, initial=self._is(name, "may_be_quoted")
            )
        order = [field for name in self.places for field in (name, f"quote_{name}")]
        self.order_fields([*order, *(name for name in self.fields if name not in order)])


class MembersForm(PortalForm):
    """The members that an umbrella reports for."""

    unmarked = True

    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Vilka medlemmar rapporterar ni för?"),
        queryset=Report.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("De behöver då inte rapportera själva. Vi mejlar dem, och de kan säga ifrån."),
        error_messages={"invalid_choice": gettext_lazy("Någon av medlemmarna rapporterar själv. Läs om sidan och välj igen.")},
    )

    def __init__(self, *args: Any, reports: QuerySet[Report], report: Report, **kwargs: Any) -> None:
        super().__init__(*args, initial={"members": reports.filter(reported_through=report)}, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = reports
        field.label_from_instance = lambda other: other.party.name


class LanguageForm(PortalForm):
    """The language of the mails."""

    language = forms.ChoiceField(label=gettext_lazy("Språk i mejlen till dig"), choices=settings.LANGUAGES)


def _choices(question: Question) -> list[Any]:
    """The choices, with "no opinion" apart from the others, and a way to take back what need not be answered."""
    choices = Kind(question.kind).choices_of_answer
    opinions = [choice for choice in choices if choice[0] != Progress.NO_OPINION]
    others = [choice for choice in choices if choice[0] == Progress.NO_OPINION]
    return [*opinions, (_("Eller"), others if question.kind == Kind.PROGRESS else [*others, ("", _("Inget svar"))])]


def _place(asked: tuple[Commitment | None, Question]) -> Place:
    commitment, question = asked
    return commitment.pk if commitment else None, question.pk


def _in_words(question: Question, said: Answer | Entry | None) -> str:
    if said is None or not said.value:
        return _("Inget svar")
    told = said.value if question.kind == Kind.WORDS else choice_in_words(question.kind, said.value)
    if said.is_private:
        return f"{told} ({_('bara Idékom får läsa')})"
    return f"{told} ({_('får citeras')})" if said.may_be_quoted else told
