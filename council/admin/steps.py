"""What the secretary does with a seat, a mandate, an office or a body: each step says in words what will happen before it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.forms.seats import ChairForm, CloseForm, LastDayForm, PassOnForm, VacateForm, VoidForm
from council.models import Body, Mandate, NotThatDay, Office, Person, Seat

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from idekom.users.models import User

DAY = timedelta(days=1)
Told = dict[str, Any]
"""A form's cleaned data."""


@dataclass(frozen=True)
class Step:
    """One step: its name, what is asked, what is said before it is done, how it is done and what its button says."""

    title: "str | Promise"
    button: "str | Promise"
    done: "str | Promise"
    form: Callable[..., forms.Form]
    words: Callable[[Any, Told], list[str]]
    do: Callable[[Any, Told, "User"], object]


def rehearse(step: Step, subject: Any, told: Told, by: "User") -> None:
    """Do the step and take it back: raises what it would raise."""
    with transaction.atomic():
        step.do(subject, told, by)
        transaction.set_rollback(True)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _until(day: date | None) -> str:
    return _("till och med den %(day)s") % {"day": _day(day)} if day else _("tills vidare")


def _leaving(seat: Seat, told: Told) -> list[str]:
    """What happens to whoever sits there, and to the office they have."""
    sitting = seat.sitting(told["on"], Mandate.Role(told["role"]))
    if sitting is None:
        return []
    said = [_("%(name)s har platsen till och med den %(day)s.") % {"name": sitting.person, "day": _day(told["on"] - DAY)}]
    offices = [office for office in sitting.offices.filter(voided_at=None) if office.until_on is None or office.until_on >= told["on"]]
    return said + [_("Uppdraget som %(office)s upphör samma dag.") % {"office": office.get_role_display()} for office in offices]


def _pass_words(seat: Seat, told: Told) -> list[str]:
    role = Mandate.Role(told["role"])
    leaving = _leaving(seat, told) or [_("Ingen har platsen den dagen.")]
    words = _("%(name)s har platsen som %(role)s från och med den %(day)s, %(until)s.")
    name, until = told["person"] or told["new_name"], seat.takes_over_until(told["on"], role)
    said = [*leaving, words % {"name": name, "role": role.label, "day": _day(told["on"]), "until": _until(until)}]
    return said if told["person"] else [*said, _("%(name)s läggs till bland personerna.") % {"name": name}]


def _pass(seat: Seat, told: Told, by: "User") -> None:
    with transaction.atomic():
        person = told["person"] or Person.objects.called(told["new_name"])
        seat.pass_on(person, on=told["on"], role=Mandate.Role(told["role"]), by=by)


def _vacate_words(seat: Seat, told: Told) -> list[str]:
    coming = seat.mandates.filter(voided_at=None, role=told["role"], period__startswith__gte=told["on"]).order_by("period").first()
    after = _until(coming.from_on - DAY) if coming else _("tills någon utses")
    return [*_leaving(seat, told), _("Platsen är vakant från och med den %(day)s, %(until)s.") % {"day": _day(told["on"]), "until": after}]


def _chair_words(seat: Seat, told: Told) -> list[str]:
    sitting = _sitting(seat, told["on"])
    until = told["until_on"] or sitting.until_on
    words = _("%(name)s är %(office)s i %(body)s från och med den %(day)s, %(until)s.")
    office = Office.Role(told["role"]).label
    return [words % {"name": sitting.person, "office": office, "body": seat.body, "day": _day(told["on"]), "until": _until(until)}]


def _sitting(seat: Seat, on: date) -> Mandate:
    sitting = seat.sitting(on, Mandate.Role.ORDINARY)
    if sitting is None:
        raise NotThatDay
    return sitting


def _chair(seat: Seat, told: Told, by: "User") -> None:
    Office.appoint(_sitting(seat, told["on"]), Office.Role(told["role"]), from_on=told["on"], until_on=told["until_on"], by=by)


def _void_words(mandate: Mandate, told: Told) -> list[str]:
    said = [
        _("Uppdraget för %(name)s på plats %(seat)s räknas som om det aldrig har funnits.") % {"name": mandate.person, "seat": mandate.seat},
        _("Det försvinner från de öppna sidorna, men finns kvar i kansliets historik med skälet."),
    ]
    return said + [
        _("Uppdraget som %(office)s blir också ogiltigt.") % {"office": one.get_role_display()} for one in mandate.offices.filter(voided_at=None)
    ]


def _end_words(office: Office, told: Told) -> list[str]:
    words = {"name": office.mandate.person, "office": office.get_role_display(), "day": _day(told["on"])}
    return [_("%(name)s är %(office)s till och med den %(day)s.") % words]


def _close_words(body: Body, told: Told) -> list[str]:
    on = told["on"]
    seats = body.seats.filter(period__contains=on).count()
    mandates = Mandate.objects.valid().filter(seat__body=body, period__contains=on).count()
    words = _("%(body)s avslutas. Sista dagen är den %(day)s.") % {"body": body, "day": _day(on)}
    counts = _("%(seats)d platser och %(mandates)d uppdrag upphör samma dag, och likaså arbetsgrupper.") % {"seats": seats, "mandates": mandates}
    after = ", ".join(str(one) for one in told["followed_by"])
    return [words, counts, *([_("Det följs av: %(names)s.") % {"names": after}] if after else [])]


SEAT_STEPS = {
    "gar-over": Step(
        gettext_lazy("Låt platsen gå över till någon"),
        gettext_lazy("Låt platsen gå över"),
        gettext_lazy("Platsen har gått över."),
        PassOnForm,
        _pass_words,
        _pass,
    ),
    "vakant": Step(
        gettext_lazy("Lämna platsen vakant"),
        gettext_lazy("Lämna vakant"),
        gettext_lazy("Platsen är lämnad vakant."),
        VacateForm,
        _vacate_words,
        lambda seat, told, by: seat.vacate(told["on"], role=Mandate.Role(told["role"]), by=by),
    ),
    "ordforande": Step(
        gettext_lazy("Ge ett uppdrag som ordförande eller vice ordförande"),
        gettext_lazy("Ge uppdraget"),
        gettext_lazy("Uppdraget är infört."),
        lambda _seat, *args, **kwargs: ChairForm(*args, **kwargs),
        _chair_words,
        _chair,
    ),
}
"""{part of the address: step} with a seat."""

VOID = Step(
    gettext_lazy("Ogiltigförklara uppdraget"),
    gettext_lazy("Ogiltigförklara"),
    gettext_lazy("Uppdraget är ogiltigförklarat."),
    lambda _mandate, *args, **kwargs: VoidForm(*args, **kwargs),
    _void_words,
    lambda mandate, told, by: mandate.void(by=by, reason=told["reason"]),
)
END_OFFICE = Step(
    gettext_lazy("Avsluta uppdraget"),
    gettext_lazy("Avsluta"),
    gettext_lazy("Uppdraget har en sista dag."),
    lambda _office, *args, **kwargs: LastDayForm(*args, **kwargs),
    _end_words,
    lambda office, told, by: office.end(told["on"], by=by),
)
CLOSE = Step(
    gettext_lazy("Avsluta organet"),
    gettext_lazy("Avsluta organet"),
    gettext_lazy("Organet är avslutat."),
    CloseForm,
    _close_words,
    lambda body, told, by: body.close(told["on"], told["reason"], followed_by=told["followed_by"], by=by),
)
