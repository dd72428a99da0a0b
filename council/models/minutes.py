"""The minutes of a meeting: drawn from its agenda, attendance and outcomes, adjusted by people from both sides, then for ever as they are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Side
from council.models.meetings import Meeting
from council.models.people import Person
from idekom.lib import canonical
from idekom.lib.history import Event, Outgoing, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far the minutes have come."""

    DRAFT = "draft", _("utkast")
    FOR_ADJUSTMENT = "for_adjustment", _("för justering")
    ADJUSTED = "adjusted", _("justerat")


TRANSITIONS: Transitions = {
    "send": ({Status.DRAFT}, Status.FOR_ADJUSTMENT),
    "take_back": ({Status.FOR_ADJUSTMENT}, Status.DRAFT),
    "lock": ({Status.FOR_ADJUSTMENT}, Status.ADJUSTED),
}


class OneSided(ValidationError):
    """Adjusters come from both sides."""

    def __init__(self) -> None:
        super().__init__(_("Välj minst en justerare från vardera sidan."), code="one_sided")


class NotHeld(ValidationError):
    """Minutes are sent when the meeting has been held."""

    def __init__(self) -> None:
        super().__init__(_("Mötet är inte hållet än. Ange först att det är hållet."), code="not_held")


class NoAdjuster(ValidationError):
    """Only those who are to adjust the minutes may approve them."""

    def __init__(self) -> None:
        super().__init__(_("Protokollet justeras av andra, eller du har redan godkänt det."), code="no_adjuster")


STANDS = pgtrigger.Trigger(
    name="what_is_adjusted_stands",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    condition=pgtrigger.Condition("OLD.status = 'adjusted'"),
    func="""
        IF TG_OP = 'UPDATE' AND NEW.status = OLD.status AND NEW.document = OLD.document AND NEW.meeting_id = OLD.meeting_id
            AND NEW.adjusted_at = OLD.adjusted_at AND NEW.note = OLD.note
            AND OLD.sha256 IN ('', NEW.sha256) AND OLD.public_sha256 IN ('', NEW.public_sha256) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'what_is_adjusted_stands' USING ERRCODE = 'check_violation';
    """,
)
"""Adjusted minutes never change; only the checksums of their files are written once, when the files have been made."""

BOTH_SIDES = pgtrigger.Trigger(
    name="both_sides_have_adjusted",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Condition("NEW.status = 'adjusted' AND OLD.status <> 'adjusted'"),
    func="""
        IF EXISTS (SELECT 1 FROM council_adjuster WHERE minutes_id = NEW.id AND approved_at IS NULL)
            OR (SELECT count(DISTINCT side) FROM council_adjuster WHERE minutes_id = NEW.id) < 2 THEN
            RAISE EXCEPTION 'both_sides_have_adjusted' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def begin(self, meeting: Meeting) -> "Minutes":
        """The minutes of a meeting, made when they are first asked for: the same however often."""
        return self.get_or_create(meeting=meeting)[0]

    def adjusted(self) -> Self:
        """Those that everybody may read."""
        return self.filter(status=Status.ADJUSTED)

    def unprinted(self) -> Self:
        """The adjusted ones whose files have still to be made."""
        return self.adjusted().filter(Q(sha256="") | Q(public_sha256=""))

    def waiting_for(self, user: "User") -> Self:
        """Those that the user has still to adjust."""
        return self.filter(status=Status.FOR_ADJUSTMENT, adjusters__person__user=user, adjusters__approved_at=None)

    def readable_by(self, user: "User") -> Self:
        """Those that the user adjusts or has adjusted, once they have been sent."""
        return self.exclude(status=Status.DRAFT).filter(adjusters__person__user=user)


class Minutes(Stateful):
    """The minutes of a meeting. `document` is what the adjusters read and approve: all of it as plain data."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    meeting = models.OneToOneField(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, related_name="protocol")
    note = models.TextField(_("inledning"), blank=True, help_text=_("Står före paragraferna."))
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT, editable=False)
    document = models.JSONField(default=dict, editable=False)
    adjusted_at = models.DateTimeField(_("justerat"), null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    public_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("protokoll")
        verbose_name_plural = _("protokoll")
        ordering = ["-meeting__starts_at"]
        constraints = [
            status_is_known("minutes", Status),
            models.CheckConstraint(name="adjusted_minutes_have_a_time", condition=~Q(status="adjusted") | Q(adjusted_at__isnull=False)),
            models.CheckConstraint(name="minutes_are_a_draft_or_have_a_document", condition=Q(status="draft") | ~Q(document={})),
        ]
        triggers = [only_legal_moves(TRANSITIONS), STANDS, BOTH_SIDES]

    def __str__(self) -> str:
        return str(_("Protokoll %(meeting)s") % {"meeting": self.meeting})

    @property
    def address(self) -> str:
        """Its page for everybody, once it is adjusted."""
        return self.meeting.address("minutes")

    @property
    def is_adjusted(self) -> bool:
        """Whether it stands for ever."""
        return self.status == Status.ADJUSTED

    def write(self, note: str) -> None:
        """What stands before the paragraphs; raises WrongStatus once the adjusters have the minutes."""
        if not type(self).objects.filter(pk=self.pk, status=Status.DRAFT).update(note=note):
            raise WrongStatus
        self.note = note

    @transaction.atomic
    def choose_adjusters(self, chosen: Mapping[Side, Iterable[Person]]) -> None:
        """Let these people adjust the minutes, and nobody else; raises WrongStatus once somebody has them."""
        if type(self).objects.select_for_update(of=("self",)).get(pk=self.pk).status != Status.DRAFT:
            raise WrongStatus
        self.adjusters.all().delete()
        Adjuster.objects.bulk_create(Adjuster(minutes=self, person=person, side=side) for side, people in chosen.items() for person in people)

    def remark(self, *, by: "User", note: str) -> None:
        """An adjuster asks for a change: the secretariat is told. Raises NoAdjuster."""
        if not type(self).objects.waiting_for(by).filter(pk=self.pk).exists():
            raise NoAdjuster
        self._record("remark", by=by, note=note)

    @transaction.atomic
    def add(self, words: str, *, by: "User", is_internal: bool = False) -> "Addendum":
        """An addendum to minutes that stand; raises WrongStatus before they do."""
        if self.status != Status.ADJUSTED:
            raise WrongStatus
        self._record("add", by=by)
        return self.addenda.create(words=words, is_internal=is_internal, by=by)

    @transaction.atomic
    def send(self, document: dict[str, Any], *, by: "User") -> None:
        """Give the adjusters the minutes as they are now. Raises NotHeld, OneSided or WrongStatus."""
        if self.meeting.status != Meeting.Status.HELD:
            raise NotHeld
        if set(self.adjusters.values_list("side", flat=True)) != set(Side.values):
            raise OneSided
        self._become("send", by=by, document=document)

    @transaction.atomic
    def take_back(self, *, by: "User", note: str) -> None:
        """Mend something after all; the adjusters read it again from the start. Raises WrongStatus."""
        self._become("take_back", by=by, note=note, document={})
        self.adjusters.update(approved_at=None, approved_by=None)

    @transaction.atomic
    def approve(self, *, by: "User", digest: str, now: datetime | None = None) -> bool:
        """An adjuster approves what they have read (`digest` of the document that was shown); the last one locks the minutes.

        Returns whether they are adjusted now. Raises WrongStatus when they are not for adjustment or have changed since, NoAdjuster.
        """
        held = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if held.status != Status.FOR_ADJUSTMENT or held.digest != digest:
            raise WrongStatus
        moment = now or timezone.now()
        if not held.adjusters.filter(person__user=by, approved_at=None).update(approved_at=moment, approved_by=by):
            raise NoAdjuster
        held._record("approve", by=by)
        if not held.adjusters.filter(approved_at=None).exists():
            held._become("lock", by=by, adjusted_at=moment)
            ring("council.print_minutes")
        self.refresh_from_db()
        return self.is_adjusted

    @property
    def digest(self) -> str:
        """Stands for the document: whoever has the same data gets the same."""
        return canonical.digest(canonical.canonical(self.document))

    def printed(self, *, whole: str, public: str) -> None:
        """The files have been made, once for all: their checksums."""
        type(self).objects.filter(pk=self.pk, sha256="", public_sha256="").update(sha256=whole, public_sha256=public)
        self.refresh_from_db(fields=["sha256", "public_sha256"])

    @property
    def file(self) -> Path:
        """The file for members and the office."""
        return folder() / f"{self.sha256}.pdf"

    @property
    def public_file(self) -> Path:
        """The file for everybody."""
        return folder() / f"{self.public_sha256}.pdf"


def folder() -> Path:
    """Where the files of minutes are kept, under their checksums."""
    return Path(settings.DATA_DIR) / "minutes"


class Adjuster(models.Model):
    """Somebody who is to read and approve the minutes, for one side."""

    minutes = models.ForeignKey(Minutes, verbose_name=_("protokoll"), on_delete=models.PROTECT, related_name="adjusters")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="adjustings")
    side = models.CharField(_("sida"), max_length=16, choices=Side)
    approved_at = models.DateTimeField(_("godkänt"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("justerare")
        verbose_name_plural = _("justerare")
        ordering = ["minutes", "side", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_person_adjusts_minutes_once", fields=["minutes", "person"]),
            models.CheckConstraint(name="adjuster_side_is_known", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Addendum(models.Model):
    """What is added to minutes that stand already: when, by whom, why."""

    minutes = models.ForeignKey(Minutes, verbose_name=_("protokoll"), on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField(_("tillägg"))
    is_internal = models.BooleanField(_("bara för ledamöter"), default=False)
    at = models.DateTimeField(_("när"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, editable=False, related_name="+")

    class Meta:
        verbose_name = _("tillägg till protokoll")
        verbose_name_plural = _("tillägg till protokoll")
        ordering = ["minutes", "at", "pk"]
        triggers = [pgtrigger.Protect(name="an_addendum_stands", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.words[:60]


class MinutesEvent(Event):
    """Something that happened to minutes; adjusters and members are mailed about it."""

    BELL = "council.deliver_mail"

    subject = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett protokoll")
        verbose_name_plural = _("händelser i protokoll")

    def tell_adjusters(self) -> None:
        """Let each adjuster with an account have a mail about it."""
        adjusters = self.subject.adjusters.filter(person__user__isnull=False)
        MinutesNotice.objects.bulk_create((MinutesNotice(event=self, adjuster=one) for one in adjusters), ignore_conflicts=True)


class MinutesNotice(Outgoing):
    """A mail to one adjuster about one event: a row of its own, so that a broken address stops nobody else's."""

    event = models.ForeignKey(MinutesEvent, on_delete=models.PROTECT, related_name="notices")
    adjuster = models.ForeignKey(Adjuster, on_delete=models.CASCADE, related_name="notices")

    class Meta:
        verbose_name = _("mejl till en justerare")
        verbose_name_plural = _("mejl till justerare")
        constraints = [models.UniqueConstraint(name="an_adjuster_is_told_of_an_event_once", fields=["event", "adjuster"])]
