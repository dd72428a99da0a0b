"""What came on paper, while the secretary types it in: kept apart from the party's own answers until it is handed in."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models.answers import Answer, Entry
from followup.models.reports import Report
from followup.models.rounds import Round
from idekom.lib.dated import today
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from idekom.users.models import User

NOON = time(12)


class BegunOnline(ValidationError):
    """The party has begun to answer on the web: what is typed in replaces it only if somebody says so."""

    def __init__(self) -> None:
        super().__init__(_("Parten har börjat fylla i rapporten på webben. Kryssa för att blanketten ska ersätta det."), code="begun_online")


class TypedMeanwhile(ValidationError):
    """Somebody else has saved in the same transcript since the page was shown."""

    def __init__(self) -> None:
        told = _("Någon annan har sparat i samma blankett sedan sidan öppnades. Spara en gång till om det som står här ska gälla.")
        super().__init__(told, code="typed_meanwhile")


class Transcript(models.Model):
    """A paper form that is being typed in. It is the office's, as the draft on the web is the party's: neither reads the other's."""

    report = models.OneToOneField(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="transcript")
    content = models.JSONField(_("svar"), default=list)
    arrived_on = models.DateField(_("kom in"), null=True, blank=True)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("sparad"))

    class Meta:
        verbose_name = _("inskriven blankett")
        verbose_name_plural = _("inskrivna blanketter")

    def __str__(self) -> str:
        return f"{self.report}"

    @property
    def seen(self) -> str:
        """Stands for what is saved: a page carries it, so that nobody overwrites what they have not seen."""
        return self.saved_at.isoformat()

    @classmethod
    def of(cls, report: Report) -> "Transcript | None":
        """What has been typed in for the report so far."""
        return cls.objects.filter(report=report).select_related("typed_by").first()

    @classmethod
    @transaction.atomic
    def keep(cls, report: Report, entries: Iterable[Entry], *, by: "User", arrived_on: date | None, seen: str) -> "Transcript":
        """Save what is typed in so far, finished or not. Raises WrongStatus and TypedMeanwhile."""
        cls._hold(report, seen)
        content = [Answer.of(report, entry).as_data() for entry in entries if entry.value]
        told = {"content": content, "arrived_on": arrived_on, "typed_by": by, "saved_at": timezone.now()}
        return cls.objects.update_or_create(report=report, defaults=told)[0]

    @classmethod
    @transaction.atomic
    def hand_in(cls, report: Report, entries: Iterable[Entry], *, by: "User", arrived_on: date, seen: str, replaces: bool = False) -> None:
        """Hand in what came on paper, as a version of the report. The party's own draft goes, and only if `replaces` says so.

        Raises WrongStatus, TypedMeanwhile, BegunOnline and Unanswered.
        """
        cls._hold(report, seen)
        if is_begun_online(report) and not replaces:
            raise BegunOnline
        report.answers.all().delete()
        report.write(entries)
        report.submit(by=by, at=came_in_at(report, arrived_on), typed_in=True)
        cls.objects.filter(report=report).delete()

    @classmethod
    def _hold(cls, report: Report, seen: str) -> None:
        held = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=report.pk)
        if not held.is_open:
            raise WrongStatus
        kept = cls.of(report)
        if seen != (kept.seen if kept else ""):
            raise TypedMeanwhile


def may_be_typed_in(report: Report) -> bool:
    """Whether the round takes reports in, and this one has not come."""
    return report.round.status == Round.Status.OPEN and report.is_open


def is_begun_online(report: Report) -> bool:
    """Whether the party's own draft says anything that it has not handed in."""
    latest = report.latest
    return report.content() != (latest.content if latest else [])


def came_in_at(report: Report, day: date) -> datetime:
    """When what came on paper on `day` counts as handed in: at noon, now if it is today, and never before what came in earlier."""
    at = timezone.now() if day == today() else timezone.make_aware(datetime.combine(day, NOON))
    return max(at, report.submitted_at) if report.submitted_at else at


def as_answers(report: Report, content: Iterable[dict[str, Any]]) -> dict[tuple[int | None, int], Answer]:
    """Plain answers as rows that are not saved, by place; those to questions that the report does not ask are left out."""
    commitments = {commitment.number: commitment for commitment in report.commitments}
    questions = {question.key: question for question in report.questions}
    found = {}
    for told in content:
        number, key = told["commitment"], told["question"]
        if key in questions and (number is None or number in commitments):
            entry = Entry(questions[key], commitments.get(number), told["choice"] or told["words"], told["is_private"], told["may_be_quoted"])
            found[entry.place] = Answer.of(report, entry)
    return found
