"""A party's report for a year. Each time it is handed in it becomes a version that never changes."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Membership, Party, Representative
from followup.models.answers import Answer, Entry, to_write
from followup.models.compilations import Compilation
from followup.models.questions import PROGRESS_KEY, About, Kind, Question
from followup.models.rounds import Round
from idekom.lib.canonical import canonical, digest
from idekom.lib.dated import today
from idekom.lib.history import Event, Outgoing, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("utkast")
    SUBMITTED = "submitted", _("inlämnad")
    REOPENED = "reopened", _("öppnad igen")


TRANSITIONS: Transitions = {
    "submit": ({Status.DRAFT, Status.REOPENED}, Status.SUBMITTED),
    "reopen": ({Status.SUBMITTED}, Status.REOPENED),
    "ask_for_clarification": ({Status.SUBMITTED}, Status.REOPENED),
}


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: "User") -> "ReportQuerySet":
        """The reports of the parties that the user may act for today, in rounds that have opened."""
        parties = Party.objects.represented_by(user, today())
        return self.filter(party__in=parties).exclude(round__status=Round.Status.PLANNED)

    def writable_by(self, user: "User") -> "ReportQuerySet":
        """Those that the user may also fill in: a reader may only look."""
        writers = Representative.objects.on(today()).filter(user=user).exclude(role=Representative.Role.READER)
        return self.visible_to(user).filter(party__in=writers.values("party"))

    def submitted(self) -> "ReportQuerySet":
        """Those that have been handed in. One that has been opened again still counts: what was handed in stands until it is handed in anew."""
        return self.exclude(status=Report.Status.DRAFT)

    def come_in(self) -> "ReportQuerySet":
        """The same, and those of parties that an umbrella has reported for."""
        return self.exclude(self._not_in())

    def not_yet_in(self) -> "ReportQuerySet":
        """Those that have not come in, the parties in Swedish order."""
        return self.filter(self._not_in()).order_by("party__sort_name", "party_id")

    def published(self) -> "ReportQuerySet":
        """Those that everybody may read: in a book that is out. The newest first."""
        books = Compilation.objects.published().filter(round=OuterRef("round"), taken_at__gte=OuterRef("first_submitted_at"))
        return self.submitted().filter(Exists(books)).order_by("-round__year")

    def with_due_on(self) -> "ReportQuerySet":
        """Each with its own last day, as `own_due_on`: what Report.due_on says."""
        extended = Report.objects.filter(pk=OuterRef("pk"), extensions__status="granted").order_by().values("pk")
        return self.annotate(own_due_on=Greatest("round__due_on", Subquery(extended.annotate(last=Max("extensions__until_on")).values("last"))))

    def with_progress(self) -> "ReportQuerySet":
        """Each with the number of commitments that it has an answer to, as `answered`."""
        return self.annotate(answered=Count("answers", filter=Q(answers__question__key=PROGRESS_KEY)))

    @staticmethod
    def _not_in() -> Q:
        return Q(status=Report.Status.DRAFT) & (Q(reported_through=None) | Q(reported_through__status=Report.Status.DRAFT))


@pghistory.track(model_name="ReportChange")
class Report(Stateful):
    """What one party tells about one year."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    round = models.ForeignKey(Round, verbose_name=_("omgång"), on_delete=models.PROTECT, related_name="reports")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    first_submitted_at = models.DateTimeField(_("först inlämnad"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("inlämnad"), null=True, editable=False)
    reported_through = models.ForeignKey(
        "self", verbose_name=_("rapporteras genom"), on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="reports_for"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        ordering = ["-round__year", "party__sort_name"]
        constraints = [
            status_is_known("report", Status),
            models.UniqueConstraint(fields=["round", "party"], name="a_party_has_one_report_in_a_round"),
            models.CheckConstraint(
                name="a_submitted_report_has_its_times",
                condition=Q(status="draft") | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="who_reports_for_itself_is_not_reported_through_another", condition=Q(reported_through=None) | Q(status="draft")
            ),
            models.CheckConstraint(name="nobody_is_reported_through_itself", condition=Q(reported_through=None) | ~Q(reported_through=F("pk"))),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.party} {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("followup:report", args=[self.round.year, self.party.slug])

    @property
    def commitments(self) -> "models.QuerySet[Commitment]":
        """What the party reports about, in the agreement's order."""
        return self.round.version.commitments.concerning(self.party).order_by("number")

    @cached_property
    def questions(self) -> list[Question]:
        """What the party is asked, in order."""
        return list(self.round.questions.questions.asked_of(self.party.side).order_by("number"))

    def questions_about(self, about: str) -> list[Question]:
        """What it is asked about each commitment, or about the year."""
        return [question for question in self.questions if question.about == about]

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in: not handed in, in a round that takes reports in."""
        return self.status != Status.SUBMITTED and self.round.status == Round.Status.OPEN

    @property
    def latest(self) -> "ReportVersion | None":
        """What was handed in last."""
        return self.versions.order_by("-number").first()

    @property
    def previous(self) -> "ReportVersion | None":
        """What the party handed in last in an earlier round."""
        earlier = ReportVersion.objects.filter(report__party=self.party, report__round__year__lt=self.round.year)
        return earlier.select_related("report__round").order_by("-report__round__year", "-number").first()

    @property
    def digest(self) -> str:
        """The checksum (SHA-256) of what was handed in last, by which a receipt can be compared with the report."""
        latest = self.latest
        return latest.digest if latest else ""

    def writers(self) -> list["User"]:
        """Those who may fill it in today, and so are told about it."""
        people = Representative.objects.on(today()).filter(party=self.party, user__is_active=True).exclude(role=Representative.Role.READER)
        return [person.user for person in people.select_related("user").order_by("user_id")]

    @property
    def due_on(self) -> date:
        """The report's own last day: the latest that was granted, else the round's; never earlier than everybody else's."""
        return max(self.round.due_on, *(extension.until_on for extension in self.extensions.all() if extension.status == "granted"), date.min)

    @property
    def deadline(self) -> str:
        """Its last day in words; once that has been, that it is taken in all the same."""
        due_on = self.due_on
        day = {"day": date_format(due_on, "j F Y")}
        if due_on < today():
            return _now("Sista dagen var den %(day)s. Ni kan lämna in så länge omgången är öppen.") % day
        return _now("Lämna in senast den %(day)s.") % day

    def unanswered(self) -> "models.QuerySet[Commitment]":
        """The commitments on which nothing has been chosen yet."""
        answered = self.answers.filter(question__key=PROGRESS_KEY).values("commitment")
        return self.commitments.exclude(pk__in=answered)

    def content(self) -> list[dict[str, Any]]:
        """The answers as plain data, in the order of the questions."""
        answers = self.answers.select_related("commitment", "question").order_by(F("commitment__number").asc(nulls_last=True), "question__number")
        return [answer.as_data() for answer in answers]

    def answer(self, commitment: Commitment | None, *, private: Collection[str] = (), quoted: Collection[str] = (), **values: str) -> None:
        """Write down what the party says: `values` by the questions' keys, about a commitment or about the year (None). Raises WrongStatus.

        `private` and `quoted` are the keys of what is kept from the public, and of what may be quoted.
        """
        asked = {question.key: question for question in self.questions_about(About.COMMITMENT if commitment else About.YEAR)}
        self.write([Entry(asked[key], commitment, said, key in private, key in quoted) for key, said in values.items()])

    @transaction.atomic
    def write(self, entries: Iterable[Entry], *, seen: str | None = None) -> None:
        """Write these answers down. Raises WrongStatus when the report takes none, and Overtaken when somebody else has changed the same
        answers since the page was shown. `seen` is that page's fingerprint of them; what it has left as it was is not written.
        """
        self._hold()
        stored = self.answers.select_related("question", "commitment").by_place()
        for entry in to_write(self, entries, stored, seen):
            self._write(entry, stored.get(entry.place))

    @transaction.atomic
    def confirm(self, commitments: Iterable[Commitment]) -> int:
        """Answer as the year before about these commitments, where nothing has been chosen yet; returns about how many. Raises WrongStatus."""
        self._hold()
        previous = self.previous
        if previous is None:
            return 0
        open_ones, given = set(self.unanswered()), set(self.answers.values_list("commitment", "question__key"))
        known = [(one, answers) for one in commitments if one in open_ones and PROGRESS_KEY in (answers := previous.about(one.number))]
        asked = {(question.key, question.kind != Kind.WORDS): question for question in self.questions_about(About.COMMITMENT)}
        self.write(
            Entry(asked[key, bool(told["choice"])], commitment, told["choice"] or told["words"], told["is_private"], told["may_be_quoted"])
            for commitment, answers in known
            for key, told in answers.items()
            if (key, bool(told["choice"])) in asked and (commitment.pk, key) not in given
        )
        return len(known)

    @transaction.atomic
    def submit(self, *, by: "User", at: datetime | None = None, typed_in: bool = False) -> None:
        """Hand the report in; raises Unanswered while a commitment has no answer, WrongStatus when it is in already.

        `typed_in`: `by` has written down what came on paper. `at`: when it came in, now unless told.
        """
        self._hold()
        if self.unanswered().exists():
            raise Unanswered
        self._let_go_of_former_members(by=by)
        at = at or timezone.now()
        self._become("submit", by=by, submitted_at=at, first_submitted_at=self.first_submitted_at or at, reported_through=None)
        ReportVersion.keep(self, by=by, typed_in=typed_in)
        ring("followup.set_section", self.pk)

    @transaction.atomic
    def reopen(self, *, by: "User") -> None:
        """The party wants to change what it has handed in. What was handed in stands until it is handed in anew."""
        self._must_be_in_open_round()
        self._become("reopen", by=by)

    @transaction.atomic
    def ask_for_clarification(self, *, by: "User", note: str) -> None:
        """The secretariat asks something about the report, which is opened again so that the party can answer."""
        self._must_be_in_open_round()
        self._become("ask_for_clarification", by=by, note=note)

    def coverable(self) -> ReportQuerySet:
        """The reports of the party's members that it may report for: those not handed in, in the same round. Empty but for umbrellas."""
        if self.reported_through_id:
            return Report.objects.none()
        members = Membership.objects.standing(today()).filter(umbrella=self.party, member__isnull=False)
        mine_or_nobodys = Q(reported_through=None) | Q(reported_through=self)
        reports = Report.objects.filter(mine_or_nobodys, round=self.round, status=Status.DRAFT, party__in=members.values("member"))
        return reports.exclude(reports_for__isnull=False).select_related("party").order_by("party__sort_name")

    @transaction.atomic
    def report_for(self, reports: Collection["Report"], *, by: "User") -> None:
        """Report for these members too, and for no other: what the umbrella tells is counted once, and they need not report."""
        self._hold()
        wanted = {report.pk for report in reports}
        for report in self.coverable().select_for_update(of=("self",)):
            is_covered = report.reported_through_id is not None
            if is_covered != (report.pk in wanted):
                report._go_through(None if is_covered else self, by=by)
        self._let_go_of_former_members(by=by)

    @transaction.atomic
    def stand_alone(self, *, by: "User") -> None:
        """The member would rather report for itself. Raises WrongStatus when nobody reports for it, or when the round is over."""
        self._hold()
        held = Report.objects.get(pk=self.pk)
        if held.reported_through_id is None:
            raise WrongStatus
        held._go_through(None, by=by)
        self.reported_through = None

    def _let_go_of_former_members(self, *, by: "User") -> None:
        """Who is no member any more reports for itself."""
        for report in self.reports_for.exclude(pk__in=self.coverable().values("pk")).select_for_update(of=("self",)):
            report._go_through(None, by=by)

    def _go_through(self, other: "Report | None", *, by: "User") -> None:
        self.reported_through = other
        self.save(update_fields=["reported_through"])
        self._record("go_through" if other else "stand_alone", by=by)

    def _write(self, entry: Entry, stored: Answer | None) -> None:
        """One answer, made, changed or taken back."""
        if entry.value:
            Answer.of(self, entry, stored).save()
        elif stored is not None:
            stored.delete()

    def _hold(self) -> None:
        """Keep others from changing the report until the transaction ends."""
        held = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=self.pk)
        if not held.is_open:
            raise WrongStatus

    def _must_be_in_open_round(self) -> None:
        if Round.objects.select_for_update().get(pk=self.round_id).status != Round.Status.OPEN:
            raise WrongStatus


class Unanswered(ValidationError):
    """A report can be handed in when every commitment has an answer."""

    def __init__(self) -> None:
        super().__init__(_("Välj hur långt ni har kommit på varje åtagande. Ni kan också välja Ingen åsikt."), code="unanswered")


class ReportVersion(models.Model):
    """A report as it was handed in. It never changes; what is handed in later is another version."""

    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("svar"))
    digest = models.CharField(_("kontrollsumma"), max_length=64)
    submitted_at = models.DateTimeField(_("inlämnad"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    is_typed_in = models.BooleanField(_("inskriven från papper"), default=False)

    class Meta:
        verbose_name = _("inlämnad version")
        verbose_name_plural = _("inlämnade versioner")
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="a_version_of_a_report_has_its_own_number")]
        triggers = [pgtrigger.Protect(name="a_version_of_a_report_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    @classmethod
    def keep(cls, report: Report, *, by: "User", typed_in: bool) -> "ReportVersion":
        """The report as it is now, as its next version."""
        number = (report.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        content = report.content()
        said = {"year": report.round.year, "party": report.party.slug, "version": number, "answers": content}
        return cls.objects.create(
            report=report,
            number=number,
            content=content,
            digest=digest(canonical(said)),
            submitted_at=report.submitted_at,
            submitted_by=by,
            is_typed_in=typed_in,
        )

    def about(self, number: int | None) -> dict[str, dict[str, Any]]:
        """The answers about the commitment with that number, or about the year, by the questions' keys."""
        return {answer["question"]: answer for answer in self.content if answer["commitment"] == number}


class ReportEvent(Event):
    """Something that happened to a report; those concerned are told by mail."""

    BELL = "followup.deliver_mail"

    subject = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")

    def tell(self, users: Iterable["User"]) -> None:
        """Let each of these be mailed about it, once."""
        ReportNotice.objects.bulk_create([ReportNotice(event=self, user=user) for user in users], ignore_conflicts=True)
        ring(self.BELL)


class ReportNotice(Outgoing):
    """One person to be mailed about an event: a mail that fails is tried again without the others getting theirs twice."""

    event = models.ForeignKey(ReportEvent, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="a_person_is_told_once_of_an_event")]

    def __str__(self) -> str:
        return f"{self.event} {self.user}"
