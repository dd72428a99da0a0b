"""The notice of a meeting: one mail to each who is called, and to each whom the secretary has on the list, for every call, move and cancelling."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council.models.composition import Body
from council.models.mandates import Mandate
from council.models.meetings import Meeting, MeetingEvent
from council.models.people import Person
from council.models.replies import Reply
from idekom.lib.history import Outgoing

TOLD = ("call", "move", "cancel")
"""What everybody who is called is mailed about."""


class NoticeReader(models.Model):
    """Somebody else who gets a body's notices for information, with the public agenda and the public papers."""

    body = models.ForeignKey(Body, verbose_name=_("organ"), on_delete=models.CASCADE, related_name="notice_readers")
    name = models.CharField(_("namn"), max_length=120, help_text=_("Till exempel registrator eller en adjungerad."))
    email = models.EmailField(_("e-postadress"), max_length=254)

    class Meta:
        verbose_name = _("mottagare av kallelser")
        verbose_name_plural = _("mottagare av kallelser")
        ordering = ["body", "name"]
        constraints = [
            models.UniqueConstraint(
                name="an_address_is_on_a_bodys_list_once", fields=["body", "email"], violation_error_message=_("Adressen finns redan på listan.")
            )
        ]

    def __str__(self) -> str:
        return self.name


class NoticeQuerySet(models.QuerySet["Notice"]):
    @transaction.atomic
    def spread(self, event: MeetingEvent) -> None:
        """Make a mail for each who is to know of the event. Safe to run twice. Nobody is told of a meeting that was never called."""
        meeting = event.subject
        if event.action not in TOLD or not meeting.events.filter(action="call", pk__lte=event.pk).exists():
            return
        told = self.filter(event__subject=meeting, event__pk__lt=event.pk)
        if event.action == "cancel":
            people = set(told.exclude(person=None).values_list("person", flat=True))
            readers = set(told.exclude(reader=None).values_list("reader", flat=True))
        else:
            Reply.objects.call(meeting)
            held = Mandate.objects.valid().on(meeting.on).filter(seat__body=meeting.body_id, seat__period__contains=meeting.on)
            people = set(held.values_list("person", flat=True))
            readers = set(NoticeReader.objects.filter(body=meeting.body_id).values_list("pk", flat=True))
        rows = [*(Notice(event=event, person_id=pk) for pk in sorted(people)), *(Notice(event=event, reader_id=pk) for pk in sorted(readers))]
        self.bulk_create(rows, ignore_conflicts=True)


class Notice(Outgoing):
    """A mail about a call, a move or a cancelling, to one person."""

    event = models.ForeignKey(MeetingEvent, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="notices")
    reader = models.ForeignKey(NoticeReader, on_delete=models.CASCADE, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kallelse")
        verbose_name_plural = _("kallelser")
        constraints = [
            models.UniqueConstraint(name="a_person_is_told_once_of_a_meetings_event", fields=["event", "person"]),
            models.UniqueConstraint(name="a_reader_is_told_once_of_a_meetings_event", fields=["event", "reader"]),
            models.CheckConstraint(
                name="a_notice_goes_to_a_person_or_a_reader",
                condition=Q(person=None, reader__isnull=False) | Q(person__isnull=False, reader=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.person or self.reader}"

    @property
    def meeting(self) -> Meeting:
        """The meeting that it is about."""
        return self.event.subject

    def is_stale(self, now: datetime) -> bool:
        """Whether the meeting has started, or a later mail about it tells all of this."""
        later = self.meeting.events.filter(action__in=TOLD, pk__gt=self.event_id)
        return self.meeting.starts_at <= now or later.exists()
