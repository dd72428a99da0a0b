"""The compilation of a round's reports into one book: a job that the database owns."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models.rounds import Round
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known


class Status(models.TextChoices):
    """Where a run of the compilation stands."""

    QUEUED = "queued", _("i kö")
    RUNNING = "running", _("pågår")
    PUBLISHED = "published", _("publicerad")
    FAILED = "failed", _("misslyckades")


TRANSITIONS: Transitions = {
    "start": ({Status.QUEUED}, Status.RUNNING),
    "publish": ({Status.RUNNING}, Status.PUBLISHED),
    "fail": ({Status.QUEUED, Status.RUNNING}, Status.FAILED),
}


class Compilation(Stateful):
    """One run of the compilation, and the revision of the book that it ends in."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    round = models.ForeignKey(Round, verbose_name=_("omgång"), on_delete=models.PROTECT, related_name="compilations")
    revision = models.PositiveSmallIntegerField(_("utgåva"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.QUEUED, editable=False)
    step = models.CharField(_("steg"), max_length=120, blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(_("klart, procent"), default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0, editable=False)
    queued_at = models.DateTimeField(_("beställd"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("publicerad"), null=True, editable=False)
    snapshot = models.JSONField(_("underlag"), null=True, editable=False)
    digest = models.CharField(_("underlagets kontrollsumma"), max_length=64, blank=True, editable=False)
    sha256 = models.CharField(_("filens kontrollsumma"), max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("filens storlek i byte"), default=0, editable=False)
    error = models.TextField(_("fel"), blank=True, editable=False)

    events: "models.Manager[CompilationEvent]"

    class Meta:
        verbose_name = _("sammanställning")
        verbose_name_plural = _("sammanställningar")
        ordering = ["-round__year", "-revision"]
        constraints = [
            status_is_known("compilation", Status),
            models.UniqueConstraint(fields=["round", "revision"], name="one_compilation_per_revision"),
            models.UniqueConstraint(fields=["round"], condition=Q(status__in=["queued", "running"]), name="one_compilation_of_a_round_at_a_time"),
            models.CheckConstraint(name="a_published_compilation_has_its_file", condition=~Q(status="published") | (~Q(sha256="") & Q(published_at__isnull=False))),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.round} ({_('utgåva')} {self.revision})"


class CompilationEvent(Event):
    """Something that happened to a compilation."""

    subject = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
