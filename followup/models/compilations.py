"""The compilation of a round's reports into one book: a job that the database owns."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models.rounds import Round
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

MAX_ATTEMPTS = 5
LOCK_CLASS = 4711
"""The first half of the advisory locks that running compilations hold."""


class Status(models.TextChoices):
    """Where a run of the compilation stands."""

    QUEUED = "queued", _("i kö")
    RUNNING = "running", _("pågår")
    PUBLISHED = "published", _("publicerad")
    FAILED = "failed", _("misslyckades")


TRANSITIONS: Transitions = {
    "start": ({Status.QUEUED, Status.RUNNING}, Status.RUNNING),  # again, after the process died
    "publish": ({Status.RUNNING}, Status.PUBLISHED),
    "fail": ({Status.QUEUED, Status.RUNNING}, Status.FAILED),
}


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def unfinished(self) -> "CompilationQuerySet":
        """Those that wait or run."""
        return self.filter(status__in=[Status.QUEUED, Status.RUNNING])

    def published(self) -> "CompilationQuerySet":
        """Those whose book is out, the newest first."""
        return self.filter(status=Status.PUBLISHED).order_by("-round__year", "-revision")

    def abandoned(self) -> "CompilationQuerySet":
        """Those unfinished that no living process holds."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT objid::bigint FROM pg_locks JOIN pg_database d ON d.oid = database"
                " WHERE locktype = 'advisory' AND classid = %s AND d.datname = current_database()",
                [LOCK_CLASS],
            )
            held = [row[0] for row in cursor.fetchall()]
        return self.unfinished().exclude(pk__in=held)


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

    objects = CompilationQuerySet.as_manager()

    class Meta:
        verbose_name = _("sammanställning")
        verbose_name_plural = _("sammanställningar")
        ordering = ["-round__year", "-revision"]
        constraints = [
            status_is_known("compilation", Status),
            models.UniqueConstraint(fields=["round", "revision"], name="one_compilation_per_revision"),
            models.UniqueConstraint(fields=["round"], condition=Q(status__in=["queued", "running"]), name="one_compilation_of_a_round_at_a_time"),
            models.CheckConstraint(
                name="a_published_compilation_has_its_file", condition=~Q(status="published") | (~Q(sha256="") & Q(published_at__isnull=False))
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.round} ({_('utgåva')} {self.revision})"

    @classmethod
    @transaction.atomic
    def request(cls, round: Round, *, by: "User") -> "Compilation":
        """Ask for a new edition of the round's book; the one that is already under way, if any."""
        held = Round.objects.select_for_update().get(pk=round.pk)
        if held.status == Round.Status.PLANNED:
            raise ValidationError(_("Omgången har inte öppnat än. Öppna den först."), code="not_open")
        under_way = cls.objects.unfinished().filter(round=held).first()
        if under_way is not None:
            return under_way
        last = held.compilations.aggregate(last=Max("revision"))["last"] or 0
        made = cls.objects.create(round=held, revision=last + 1, step=str(_("Väntar på att börja")))
        made._record("request", by=by)
        ring("followup.compile", made.pk)
        return made

    def start(self) -> None:
        """A process takes the job on, for the first time or after another one died."""
        self._become("start", by=None, attempts=self.attempts + 1, error="")

    def tell(self, step: str, progress: int) -> None:
        """Let those who wait know what is being done, and how much of all is done (percent)."""
        Compilation.objects.filter(pk=self.pk, status=Status.RUNNING).update(step=step, progress=progress)

    def keep_snapshot(self, snapshot: dict[str, Any], digest: str) -> None:
        """The reports as they stood, kept so that every later attempt makes the same book."""
        self.snapshot, self.digest = snapshot, digest
        self.save(update_fields=["snapshot", "digest"])

    def publish(self, *, sha256: str, size: int) -> None:
        """The book is on the disk: show it to everybody."""
        self._become("publish", by=None, sha256=sha256, size=size, published_at=timezone.now(), step=str(_("Klar")), progress=100, error="")

    def stumble(self, error: str) -> None:
        """An attempt failed; the last one allowed fails the job."""
        if self.attempts >= MAX_ATTEMPTS:
            self.fail(error)
        else:
            Compilation.objects.filter(pk=self.pk, status=Status.RUNNING).update(error=error)

    def fail(self, error: str) -> None:
        """Give up, and say why."""
        self._become("fail", by=None, note=error, error=error, step=str(_("Avbruten")))

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in {Status.QUEUED, Status.RUNNING}

    @property
    def file(self) -> Path:
        """Where the book is on the disk: its name is its content's checksum."""
        return books() / f"{self.sha256}.pdf"

    @property
    def file_name(self) -> str:
        """What the book is called when somebody saves it."""
        return f"idekom-uppfoljning-{self.round.year}.pdf"


def books() -> Path:
    """The folder of the compiled books."""
    return Path(settings.DATA_DIR) / "compiled"


class CompilationEvent(Event):
    """Something that happened to a compilation."""

    subject = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
