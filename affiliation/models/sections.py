"""The questions of an application in their order: which answers belong together, and which must be there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Section:
    """A page of the application: its address, its heading as a question, and its answers."""

    slug: str
    title: str | Promise
    fields: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[str, ...]:
        """The answers that must be there."""
        return tuple(name for name in self.fields if name not in self.optional)


SECTIONS = (
    Section(
        "organisationen",
        gettext_lazy("Vilken organisation vill ansluta sig?"),
        ("name", "kind", "legal_form", "registration_number"),
        frozenset({"registration_number"}),
    ),
    Section(
        "verksamhet",
        gettext_lazy("Vad gör ni, och var?"),
        ("sector", "district", "description", "publishes_description", "members"),
        frozenset({"district", "publishes_description", "members"}),
    ),
    Section(
        "adress",
        gettext_lazy("Var finns ni, och vad får vi visa?"),
        ("address", "postal_code", "city", "website", "publishes_address", "publishes_website"),
        frozenset({"address", "postal_code", "city", "website", "publishes_address", "publishes_website"}),
    ),
    Section(
        "kontakt",
        gettext_lazy("Vem skriver under, och vem svarar på frågor?"),
        ("signatory_name", "signatory_role", "contact_name", "contact_email", "contact_phone"),
        frozenset({"contact_phone"}),
    ),
    Section(
        "beslutet",
        gettext_lazy("Hur fattade ni beslutet?"),
        ("decided_by", "decided_on", "decided_paragraph", "minutes", "statutes"),
        frozenset({"decided_paragraph", "minutes", "statutes"}),
    ),
    Section("intyganden", gettext_lazy("Vad står ni för?"), ("stands_behind_agreement", "meets_democratic_criteria")),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
FIELDS = frozenset(name for section in SECTIONS for name in section.fields)
"""The names of all answers."""


@dataclass(frozen=True)
class Answer:
    """One question with its answer in words."""

    name: str
    label: str
    value: str
    is_given: bool
    is_required: bool

    @property
    def is_file(self) -> bool:
        """Whether it is an uploaded file, to be downloaded."""
        return self.is_given and self.name in FILE_NAMES

    @property
    def is_missing(self) -> bool:
        """Whether it must be answered and is not."""
        return self.is_required and not self.is_given


@dataclass(frozen=True)
class AnsweredSection:
    """A page of the application with its answers."""

    section: Section
    answers: list[Answer]


def answered(case: models.Model) -> list[AnsweredSection]:
    """All answers of an application in order, in words; what concerns umbrellas only when it is one."""
    return [AnsweredSection(section, list(_answers(case, section))) for section in SECTIONS]


def required(case: models.Model, section: Section) -> frozenset[str]:
    """The answers of a section that this case must have: minutes tell the decision, and somebody on paper may have no e-mail."""
    told = {"decided_by", "decided_on"} if getattr(case, "minutes", None) else set()
    unasked = {"contact_email"} if getattr(case, "source", "") == "paper" else set()
    return frozenset(section.required) - told - unasked


def missing(case: models.Model) -> list[str]:
    """The names of the answers that must be there and are not."""
    return [name for section in SECTIONS for name in section.fields if name in required(case, section) and not getattr(case, name)]


def labels(case: models.Model, names: Iterable[str]) -> list[str]:
    """What the answers with these names are called, in their order."""
    return [_label(case, name) for section in SECTIONS for name in section.fields if name in set(names)]


def in_words(case: models.Model, name: str) -> str:
    """One answer of a case in words."""
    return _in_words(case, name, getattr(case, name))


def after(section: Section) -> Section | None:
    """The page that follows; None after the last one."""
    number = SECTIONS.index(section) + 1
    return SECTIONS[number] if number < len(SECTIONS) else None


def before(section: Section) -> Section | None:
    """The page before; None before the first one."""
    number = SECTIONS.index(section)
    return SECTIONS[number - 1] if number else None


def _answers(case: models.Model, section: Section) -> Iterator[Answer]:
    must = required(case, section)
    for name in section.fields:
        if name == "members" and getattr(case, "kind", "") != "umbrella":
            continue
        field = case._meta.get_field(name)
        value = getattr(case, name)
        is_bool = isinstance(field, models.BooleanField)
        yield Answer(
            name,
            _label(case, name),
            _in_words(case, name, value),
            bool(value) or (is_bool and name in section.optional),
            name in must,
        )


def _label(case: models.Model, name: str) -> str:
    return str(capfirst(str(getattr(case._meta.get_field(name), "verbose_name", name))))


def _in_words(case: models.Model, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if not value:
        return _("Ej angivet")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(case._meta.get_field(name), models.FileField):
        return FILE_NAMES[name]
    if name == "registration_number":
        return f"{value[:6]}-{value[6:]}"
    shown = getattr(case, f"get_{name}_display", None)
    text = str(shown() if shown else value)
    return text[:1].upper() + text[1:] if shown else text


FILE_NAMES = {"minutes": "protokoll.pdf", "statutes": "stadgar.pdf"}
"""What an uploaded file is called wherever it is shown: never what the user called it."""
