"""The compilation of a round's reports into one book: a job that the database owns."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from followup.models.rounds import Round
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User

MAX_ATTEMPTS = 5
LOCK_CLASS = 4711
"""The first half of the advisory locks that running compilations hold."""


class Status(models.TextChoices):
    """Where a run of the compilation stands."""

    QUEUED = "queued", _("i kö")
    RUNNING = "running", _("pågår")
    READY = "ready", _("färdig, inte publicerad")
    PUBLISHED = "published", _("publicerad")
    UNPUBLISHED = "unpublished", _("tillbakatagen")
    CANCELLED = "cancelled", _("avbruten")
    FAILED = "failed", _("misslyckades")


UNDER_WAY = [Status.QUEUED, Status.RUNNING]
MADE = [Status.READY, Status.PUBLISHED, Status.UNPUBLISHED]
"""Those that have their file."""

TRANSITIONS: Transitions = {
    "start": ({Status.QUEUED, Status.RUNNING}, Status.RUNNING),  # again, after the process died
    "finish": ({Status.RUNNING}, Status.READY),
    "publish": ({Status.RUNNING, Status.READY, Status.UNPUBLISHED}, Status.PUBLISHED),
    "unpublish": ({Status.PUBLISHED}, Status.UNPUBLISHED),
    "cancel": ({Status.QUEUED, Status.RUNNING}, Status.CANCELLED),
    "fail": ({Status.QUEUED, Status.RUNNING}, Status.FAILED),
}


class CompilationQuerySet(models.QuerySet["Compilation"]):
    def unfinished(self) -> "CompilationQuerySet":
        """Those that wait or run."""
        return self.filter(status__in=UNDER_WAY)

    def made(self) -> "CompilationQuerySet":
        """Those whose book exists, shown or not, the newest first."""
        return self.filter(status__in=MADE).order_by("-round__year", "-revision")

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
    publishes = models.BooleanField(_("publiceras när den är färdig"), default=True, editable=False)
    step = models.CharField(_("steg"), max_length=120, blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(_("klart, procent"), default=0, editable=False)
    seconds_left = models.PositiveIntegerField(_("sekunder kvar"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0, editable=False)
    queued_at = models.DateTimeField(_("beställd"), default=timezone.now, editable=False)
    taken_at = models.DateTimeField(_("underlaget hämtat"), null=True, editable=False)
    published_at = models.DateTimeField(_("publicerad"), null=True, editable=False)
    snapshot = models.JSONField(_("underlag"), null=True, editable=False)
    digest = models.CharField(_("underlagets kontrollsumma"), max_length=64, blank=True, editable=False)
    sha256 = models.CharField(_("filens kontrollsumma"), max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("filens storlek i byte"), default=0, editable=False)
    reason = models.CharField(_("varför den togs tillbaka"), max_length=500, blank=True, editable=False)
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
            models.CheckConstraint(name="a_compilation_that_is_made_has_its_file", condition=~Q(status__in=MADE) | ~Q(sha256="")),
            models.CheckConstraint(
                name="a_published_compilation_has_its_day", condition=~Q(status__in=["published", "unpublished"]) | Q(published_at__isnull=False)
            ),
            models.CheckConstraint(name="what_is_taken_back_has_a_reason", condition=~Q(status="unpublished") | ~Q(reason="")),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.round} ({_('utgåva')} {self.revision})"

    @classmethod
    @transaction.atomic
    def request(cls, round: Round, *, by: "User", publishes: bool = True) -> "Compilation":
        """Ask for a new edition of the round's book, to be published or looked at first; the one that is already under way, if any."""
        held = Round.objects.select_for_update().get(pk=round.pk)
        if held.status == Round.Status.PLANNED:
            raise ValidationError(_("Omgången har inte öppnat än. Öppna den först."), code="not_open")
        under_way = cls.objects.unfinished().filter(round=held).first()
        if under_way is not None:
            return under_way
        last = held.compilations.aggregate(last=Max("revision"))["last"] or 0
        made = cls.objects.create(round=held, revision=last + 1, publishes=publishes, step=str(_("Väntar på att börja")))
        made._record("request", by=by)
        ring("followup.compile", made.pk)
        return made

    def start(self) -> None:
        """A process takes the job on, for the first time or after another one died."""
        self._become("start", by=None, attempts=self.attempts + 1, error="", seconds_left=None)

    def tell(self, step: str, progress: int, seconds_left: int | None = None) -> None:
        """Let those who wait know what is done now, how much of all is done (percent), and the time left; raises WrongStatus when cancelled."""
        told = {"step": step, "progress": progress, "seconds_left": seconds_left}
        if not Compilation.objects.filter(pk=self.pk, status=Status.RUNNING).update(**told):
            raise WrongStatus

    def keep_snapshot(self, snapshot: dict[str, Any], digest: str, taken_at: datetime) -> None:
        """The reports as they stood, kept so that every later attempt makes the same book."""
        self.snapshot, self.digest, self.taken_at = snapshot, digest, taken_at
        self.save(update_fields=["snapshot", "digest", "taken_at"])

    def finish(self, *, sha256: str, size: int) -> None:
        """The book is made: show it to everybody, or to the secretary first, as was asked for."""
        done: dict[str, Any] = {"sha256": sha256, "size": size, "step": str(_("Klar")), "progress": 100, "seconds_left": None, "error": ""}
        if self.publishes:
            self._become("publish", by=None, published_at=timezone.now(), **done)
        else:
            self._become("finish", by=None, **done)

    def publish(self, *, by: "User") -> None:
        """Show an edition that nobody sees yet, or that was taken back."""
        if self.status in MADE and not self.file.exists():
            raise ValidationError(_("Filen finns inte kvar. Gör en ny utgåva."), code="file_is_gone")
        if self.status not in MADE:
            raise WrongStatus  # one that still runs publishes itself
        self._become("publish", by=by, published_at=timezone.now(), reason="")

    def unpublish(self, *, by: "User", reason: str) -> None:
        """Take an edition back: the public address shows the newest one that is still published."""
        if not reason.strip():
            raise ValidationError(_("Skriv varför utgåvan tas tillbaka."), code="no_reason")
        self._become("unpublish", by=by, note=reason, reason=reason)

    @transaction.atomic
    def cancel(self, *, by: "User") -> None:
        """Have no book made: whoever makes it notices at its next step. Too late once the book is made."""
        self.refresh_from_db(fields=["status"], from_queryset=Compilation.objects.select_for_update())
        self._become("cancel", by=by, step=str(_("Avbruten")), seconds_left=None)

    def stumble(self, error: str) -> None:
        """An attempt failed; the last one allowed fails the job."""
        if self.attempts >= MAX_ATTEMPTS:
            self.fail(error)
        else:
            Compilation.objects.filter(pk=self.pk, status=Status.RUNNING).update(error=error)

    def fail(self, error: str) -> None:
        """Give up, and say why."""
        self._become("fail", by=None, note=error, error=error, step=str(_("Misslyckades")), seconds_left=None)

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in UNDER_WAY

    @property
    def time_left(self) -> str:
        """How long it will take, in words; nothing as long as nobody can tell."""
        if self.seconds_left is None:
            return ""
        minutes = (self.seconds_left + 30) // 60
        if not minutes:
            return str(_("mindre än en minut kvar"))
        return ngettext("ungefär %(minutes)d minut kvar", "ungefär %(minutes)d minuter kvar", minutes) % {"minutes": minutes}

    @property
    def file(self) -> Path:
        """Where the book is on the disk: its name is its content's checksum."""
        return books() / f"{self.sha256}.pdf"

    def file_name(self, ending: str, *, tells_edition: bool = False) -> str:
        """What the book, or its data, is called when somebody saves it."""
        edition = f"-utgava-{self.revision}" if tells_edition else ""
        return f"idekom-uppfoljning-{self.round.year}{edition}.{ending}"

    @property
    def has_file(self) -> bool:
        """Whether the book is made, and there."""
        return self.status in MADE and self.file.exists()


def books() -> Path:
    """The folder of the compiled books."""
    return Path(settings.DATA_DIR) / "compiled"


class CompilationEvent(Event):
    """Something that happened to a compilation. The office is mailed when a job is given up."""

    BELL = "followup.deliver_mail"
    WORDS = {
        "request": _("Beställd"),
        "start": _("Ett försök började"),
        "finish": _("Färdig, för kansliet att titta på"),
        "publish": _("Publicerad"),
        "unpublish": _("Tillbakatagen"),
        "cancel": _("Avbruten"),
        "fail": _("Misslyckades"),
    }

    subject = models.ForeignKey(Compilation, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")

    @property
    def text(self) -> str:
        """What is told about it beside the title."""
        return self.note
