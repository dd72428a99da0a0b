"""Who is in the room: a row for everybody who holds a seat that day, and rows for those without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.models import Attendance, Mandate, Meeting, Person, Seat
from idekom.lib.forms import PortalForm

HERE, LISTENS = "here", "listens"
MORE = 3
"""Empty rows for those without a seat; more come when these are filled."""
MOST = 60
CLOCK = gettext_lazy("Skriv tiden som timme och minut, till exempel 18.30.")


class ClockField(forms.TimeField):
    """A time of the day, written as one does."""

    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput({"type": "time"}, "%H:%M")
        super().__init__(label=label, required=False, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], error_messages={"invalid": CLOCK}, widget=widget)


class PresenceForm(PortalForm):
    """When somebody came and went."""

    arrived_at = ClockField(gettext_lazy("Kom"))
    left_at = ClockField(gettext_lazy("Gick"))

    def __init__(self, *args: Any, meeting: Meeting, noted: Attendance | None, **kwargs: Any) -> None:
        known = {"arrived_at": _clock(noted.arrived_at) if noted else None, "left_at": _clock(noted.left_at) if noted else None}
        super().__init__(*args, initial=known | kwargs.pop("initial", {}), **kwargs)
        self.meeting, self.noted = meeting, noted

    def moments(self) -> dict[str, datetime | None]:
        """When, on the day of the meeting."""
        return {name: self._moment(self.cleaned_data[name]) for name in ("arrived_at", "left_at")}

    def _moment(self, clock: time | None) -> datetime | None:
        return None if clock is None else timezone.make_aware(datetime.combine(self.meeting.on, clock.replace(tzinfo=None)))


class SeatedForm(PresenceForm):
    """Somebody who holds a seat, or steps in for one."""

    def __init__(self, *args: Any, row: "Seated", seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, noted=row.noted, initial={"there": row.how}, **kwargs)
        self.row = row
        choices = [("", _("frånvarande"))]
        if row.is_substitute:
            own_first = sorted((seat for seat in seats if seat.side == row.seat.side), key=lambda seat: (seat.pk != row.seat.pk, seat.number))
            choices += [(LISTENS, _("här, tjänstgör inte"))]
            choices += [(str(seat.pk), _("tjänstgör för plats %(seat)s") % {"seat": seat}) for seat in own_first]
        else:
            choices += [(HERE, _("närvarande"))]
        self.fields = {"there": forms.ChoiceField(label=_("Närvaro"), choices=choices, required=False), **self.fields}
        self.fields["there"].error_messages["invalid_choice"] = _("Välj ett av svaren.")
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {row.person.name}"

    def attendance(self) -> Attendance | None:
        """What is noted about the person; None: absent. A time of coming or going says that they were there."""
        there, row = self.cleaned_data["there"], self.row
        if not there:
            return None
        seat_id = int(there) if there.isdecimal() else row.seat.pk
        capacity = Attendance.Capacity.SUBSTITUTE if row.is_substitute else Attendance.Capacity.ORDINARY
        fields = {"meeting": self.meeting, "person": row.person, "capacity": capacity, "seat_id": seat_id, "serves": there != LISTENS}
        return Attendance(**fields, **self.moments())

    def clean(self) -> dict[str, Any]:
        """Who has come or gone was there."""
        filled = super().clean() or {}
        if not filled.get("there") and "there" not in self.errors and (filled.get("arrived_at") or filled.get("left_at")):
            self.add_error("there", _("Tider är ifyllda. Ange att personen var närvarande, eller ta bort tiderna."))
        return filled


class OtherForm(PresenceForm):
    """Somebody without a seat: known already, or written by name."""

    CAPACITIES = [choice for choice in Attendance.Capacity.choices if choice[0] in {"co_opted", "secretary", "guest"}]

    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none(), required=False)
    name = forms.CharField(label=gettext_lazy("Eller nytt namn"), max_length=120, required=False)
    capacity = forms.ChoiceField(label=gettext_lazy("Som"), choices=CAPACITIES, required=False, initial="guest")
    words = forms.CharField(label=gettext_lazy("Organisation eller uppgift"), max_length=160, required=False)
    field_order = ("person", "name", "capacity", "words", "arrived_at", "left_at")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        noted: Attendance | None = kwargs["noted"]
        known = {"person": noted.person_id, "capacity": noted.capacity, "words": noted.words} if noted else {}
        super().__init__(*args, initial=known, **kwargs)
        field: Any = self.fields["person"]
        field.queryset, field.empty_label = Person.objects.all(), _("ingen")
        field.choices = [("", field.empty_label), *((one.pk, one.name) for one in people)]  # fetched once for all the rows
        for name in ("person", "capacity"):
            self.fields[name].error_messages["invalid_choice"] = _("Välj ett av svaren.")

    def clean(self) -> dict[str, Any]:
        """One person, that the council does not know under the same name already."""
        filled = super().clean() or {}
        if filled.get("person") and filled.get("name"):
            self.add_error("name", _("Välj en person eller skriv ett nytt namn, inte båda."))
        elif filled.get("name") and Person.objects.filter(name__iexact=filled["name"]).exists():
            self.add_error("name", _("Det finns redan en person med det namnet. Välj personen i listan, eller gör namnet tydligare."))
        elif not filled.get("person") and not filled.get("name") and not self.errors and self._says_something(filled):
            self.add_error("name", _("Välj eller skriv vem det är. Ta annars bort det andra på raden."))
        return filled

    def _says_something(self, filled: dict[str, Any]) -> bool:
        return bool(filled.get("words") or filled.get("arrived_at") or filled.get("left_at"))

    def attendance(self) -> Attendance | None:
        """What is noted; a new person is made. None: the row is empty."""
        person, filled = self.cleaned_data["person"], self.cleaned_data
        if not person and not filled["name"]:
            return None
        person = person or Person.objects.called(filled["name"])
        capacity = filled["capacity"] or Attendance.Capacity.GUEST
        return Attendance(meeting=self.meeting, person=person, capacity=capacity, words=filled["words"], **self.moments())


@dataclass(frozen=True)
class Seated:
    """Somebody with a mandate that day, or who was noted for a seat all the same."""

    seat: Seat
    person: Person
    is_substitute: bool
    noted: Attendance | None

    @property
    def how(self) -> str:
        """How they are noted, as the form says it."""
        if self.noted is None:
            return ""
        if not self.is_substitute:
            return HERE
        return str(self.noted.seat_id) if self.noted.serves else LISTENS


class RoomForm:
    """The whole room on one page."""

    def __init__(self, meeting: Meeting, typed: QueryDict | None = None) -> None:
        self.meeting, self.is_bound = meeting, typed is not None
        self.seats = list(meeting.body.seats.on(meeting.on).with_holders(meeting.on))
        noted = list(meeting.attendances.select_related("person", "seat__group", "seat__sector"))
        rows = _seated(self.seats, noted)
        own = {id(row.noted) for row in rows}
        self.seated = [
            SeatedForm(typed, prefix=f"s{row.seat.pk}-{row.person.pk}-{int(row.is_substitute)}", meeting=meeting, row=row, seats=self.seats)
            for row in rows
        ]
        others: list[Attendance | None] = [one for one in noted if id(one) not in own]
        wanted = min(_count(typed), MOST) if typed is not None else len(others) + MORE
        others += [None] * max(0, wanted - len(others))
        people = list(Person.objects.all())
        self.others = [OtherForm(typed, prefix=f"o{n}", meeting=meeting, noted=one, people=people) for n, one in enumerate(others)]

    @property
    def all(self) -> "list[SeatedForm | OtherForm]":
        """Every row."""
        return [*self.seated, *self.others]

    @cached_property
    def is_good(self) -> bool:
        """Whether every row can be read."""
        good = [form.is_valid() for form in self.all]  # each of them, so that each tells what is wrong
        return self.is_bound and all(good)

    @property
    def has_errors(self) -> bool:
        """Whether something is to be mended."""
        return self.is_bound and any(form.errors for form in self.all)

    def store(self) -> bool:
        """Note who was there. False: something is wrong, which its row tells, and nothing is changed. Raises WrongStatus."""
        if not self.is_good:
            return False
        with Meeting.objects.being_recorded(self.meeting.pk):
            found = [(form, form.attendance()) for form in self.all]
            present = [(form, one) for form, one in found if one is not None]
            wrong = Attendance.objects.note(self.meeting, [one for _form, one in present])
            for place, error in wrong.items():
                present[place][0].add_error(None, ValidationError(error.messages))
            transaction.set_rollback(bool(wrong))
        return not wrong


def _seated(seats: Iterable[Seat], noted: list[Attendance]) -> list[Seated]:
    """A row for each mandate of the day, seat by seat; and for whoever was noted for a seat without one, as when it was mended since."""
    rows, left = [], {one.person_id: one for one in noted if one.seat_id}
    for seat in seats:
        for mandate in sorted(seat.serving, key=lambda one: one.role):
            is_substitute = mandate.role == Mandate.Role.SUBSTITUTE
            one = left.get(mandate.person_id)
            is_own = one is not None and (one.capacity == mandate.role) and (is_substitute or one.seat_id == seat.pk)
            rows.append(Seated(seat, mandate.person, is_substitute, left.pop(mandate.person_id) if is_own else None))
    strays = [Seated(one.seat, one.person, one.capacity == Attendance.Capacity.SUBSTITUTE, one) for one in left.values() if one.seat]
    return sorted([*rows, *strays], key=lambda row: (row.seat.group.number, row.seat.number, row.is_substitute))


def _clock(moment: datetime | None) -> time | None:
    return timezone.localtime(moment).time() if moment else None


def _count(typed: QueryDict) -> int:
    told = typed.get("others", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 4 else 0
