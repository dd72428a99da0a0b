"""An application to join: the case from the first draft to the decision."""

import itertools
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pghistory
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from affiliation.models.affiliations import Affiliation
from affiliation.models.answers import FILES, Answers
from affiliation.models.sections import AnsweredSection, answered, missing
from agreement.models import Party, Representative, Version
from council.models import Meeting
from idekom.lib.dated import period, today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


@dataclass(frozen=True)
class Decision:
    """When and where Idékom decided: the day, and the meeting and paragraph when there was one."""

    on: date
    meeting: Meeting | None = None
    paragraph: str = ""


class CaseSeries(models.Model):
    """The last case number of a year. Numbers are taken in the transaction that uses them, so that none is ever missing."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def take(cls, year: int) -> str:
        """The next number of the year, like ANS-2026-0042; call it inside a transaction."""
        cls.objects.get_or_create(year=year)
        series = cls.objects.select_for_update().get(year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return f"ANS-{year}-{series.last:04d}"


class Status(models.TextChoices):
    """Where a case stands."""

    DRAFT = "draft", _("utkast")
    SUBMITTED = "submitted", _("inskickad")
    UNDER_REVIEW = "under_review", _("granskas")
    NEEDS_COMPLETION = "needs_completion", _("behöver kompletteras")
    ON_AGENDA = "on_agenda", _("på dagordningen")
    APPROVED = "approved", _("godkänd")
    DECLINED = "declined", _("avslagen")
    WITHDRAWN = "withdrawn", _("återtagen")


DRAFT_DAYS = 90
"""How long a draft is kept: this is told on the privacy page."""
UNDECIDED = [Status.SUBMITTED, Status.UNDER_REVIEW, Status.ON_AGENDA]
"""With Idékom: these can be decided."""
OPEN = [*UNDECIDED, Status.NEEDS_COMPLETION]
"""Sent in and not ended."""
TONES = {
    Status.SUBMITTED: "waiting",
    Status.UNDER_REVIEW: "waiting",
    Status.ON_AGENDA: "waiting",
    Status.APPROVED: "good",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "bad",
}
EDITABLE = [Status.DRAFT, Status.NEEDS_COMPLETION]
"""With the applicant: the answers can be changed."""


TRANSITIONS: Transitions = {
    "submit": ({Status.DRAFT}, Status.SUBMITTED),
    "start_review": ({Status.SUBMITTED}, Status.UNDER_REVIEW),
    "ask_for_completion": ({*UNDECIDED}, Status.NEEDS_COMPLETION),
    "complete": ({Status.NEEDS_COMPLETION}, Status.UNDER_REVIEW),
    "put_on_agenda": ({Status.SUBMITTED, Status.UNDER_REVIEW}, Status.ON_AGENDA),
    "approve": ({*UNDECIDED}, Status.APPROVED),
    "decline": ({*UNDECIDED}, Status.DECLINED),
    "withdraw": ({*OPEN}, Status.WITHDRAWN),
}


class Incomplete(ValidationError):
    """Something that must be answered is not."""

    def __init__(self) -> None:
        super().__init__(_("Det saknas svar. Gå igenom frågorna och fyll i det som saknas."), code="incomplete")


class AlreadyAffiliated(ValidationError):
    """The organisation is a party already, under the number or the name that it applies with."""

    def __init__(self) -> None:
        super().__init__(_("Organisationen är redan ansluten den dagen. Se möjliga dubbletter, eller välj en annan dag."), code="already_affiliated")


SENT_IN = ~pghistory.Q(new__status=Status.DRAFT)
"""A draft is the applicant's own: its changes are not kept."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    def begin(self, draft_key: UUID, *, language: str, answers: dict[str, Any]) -> "Application":
        """The draft that a first form with this key makes: the same one however often, and at once, the form is sent.

        Raises Version.DoesNotExist while there is no agreement to join, and WrongStatus when the draft has been sent in.
        """
        version = Version.objects.in_force(today())
        if version is None:
            raise Version.DoesNotExist
        draft, is_new = self.get_or_create(draft_key=draft_key, defaults={"version": version, "language": language, **answers})
        if not is_new:
            for name, value in answers.items():
                setattr(draft, name, value)
            draft.save_answers(answers)
        return draft

    def forget_stale_drafts(self, day: date) -> int:
        """Delete the drafts that were begun more than DRAFT_DAYS before `day`, with their files; returns how many."""
        stale = self.filter(status=Status.DRAFT, started_at__date__lt=day - timedelta(days=DRAFT_DAYS))
        files = [getattr(draft, name) for draft in stale for name in FILES if getattr(draft, name)]
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files], robust=True)
        return stale.delete()[1].get("affiliation.Application", 0)

    def visible_to_staff(self) -> "ApplicationQuerySet":
        """Everything that has been sent in. A draft is the applicant's own: nobody at the council may look into it."""
        return self.exclude(status=Status.DRAFT).filter(number__isnull=False)

    def open(self) -> "ApplicationQuerySet":
        """The cases that wait for somebody, the oldest first."""
        return self.filter(status__in=OPEN).order_by("submitted_at", "pk")

    def awaiting_decision(self) -> "ApplicationQuerySet":
        """The cases that wait for Idékom, the oldest first."""
        return self.filter(status__in=UNDECIDED).order_by("submitted_at", "pk")


def new_token() -> str:
    """A secret that opens one case: 32 characters, 190 bits."""
    return secrets.token_urlsafe(24)


@pghistory.track(
    pghistory.InsertEvent(condition=SENT_IN),
    pghistory.UpdateEvent(condition=SENT_IN),
    exclude=["token", "draft_key"],
    model_name="ApplicationChange",
)
class Application(Stateful, Answers):
    """An organisation's application to join the agreement, and the case that it becomes."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    draft_key = models.UUIDField(_("första formulärets nyckel"), unique=True, editable=False)
    number = models.CharField(_("ärendenummer"), max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001 - a draft has none
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="applications", editable=False)
    started_at = models.DateTimeField(_("påbörjad"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("inskickad"), null=True, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    idekom_decided_on = models.DateField(_("Idékoms beslut"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("ansökan")
        verbose_name_plural = _("ansökningar")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            status_is_known("application", Status),
            models.CheckConstraint(
                name="an_application_sent_in_has_a_number", condition=Q(status=Status.DRAFT) | Q(number__isnull=False, submitted_at__isnull=False)
            ),
            models.CheckConstraint(
                name="an_application_sent_in_stands_behind_the_whole_agreement",
                condition=Q(status=Status.DRAFT) | Q(stands_behind_agreement=True, meets_democratic_criteria=True),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.number or _('utkast')} {self.name}"

    def get_absolute_url(self) -> str:
        """The applicant's case page: whoever has this address may see the case."""
        return reverse("affiliation:case", args=[self.token])

    @property
    def tone(self) -> str:
        """How its status is shown, in the terms of components/tag.html: waiting (for Idékom), good, bad or neutral."""
        return TONES.get(Status(self.status), "neutral")

    @property
    def is_editable(self) -> bool:
        """Whether the answers are in the applicant's hands."""
        return self.status in EDITABLE

    def answers(self) -> list[AnsweredSection]:
        """All answers in words, section by section."""
        return answered(self)

    def missing(self) -> list[str]:
        """The names of the answers that must be there and are not."""
        return missing(self)

    def asked_for(self) -> str:
        """What Idékom last asked the applicant to complete; nothing when it has not."""
        asked = self.events.filter(action="ask_for_completion").last()
        return asked.note if asked else ""

    @transaction.atomic
    def save_answers(self, names: Iterable[str]) -> None:
        """Keep the answers with these names; raises WrongStatus once the case is with Idékom."""
        now = type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk, status__in=EDITABLE).first()
        if now is None:
            raise WrongStatus
        self.save(update_fields=list(names))
        if now.status == Status.DRAFT:  # what has been sent in is kept
            old = [getattr(now, name) for name in names if name in FILES and getattr(now, name) and getattr(now, name) != getattr(self, name)]
            transaction.on_commit(lambda: [file.storage.delete(file.name) for file in old], robust=True)

    @transaction.atomic
    def submit(self) -> None:
        """Send the draft in: it gets its number and becomes a case; raises Incomplete."""
        if self.missing():
            raise Incomplete
        now = timezone.now()
        self._become("submit", by=None, submitted_at=now, number=CaseSeries.take(timezone.localdate(now).year))

    def start_review(self, *, by: "User") -> None:
        """Somebody at the secretariat has begun to look at it."""
        self._become("start_review", by=by)

    def ask_for_completion(self, *, by: "User", note: str) -> None:
        """Ask the applicant for what is missing; `note` is what they read."""
        self._become("ask_for_completion", by=by, note=note)

    def complete(self) -> None:
        """The applicant has completed it; raises Incomplete."""
        if self.missing():
            raise Incomplete
        self._become("complete", by=None)

    def put_on_agenda(self, *, by: "User", meeting: Meeting) -> None:
        """To be decided at the meeting."""
        self._become("put_on_agenda", by=by, meeting=meeting)

    @transaction.atomic
    def approve(self, *, by: "User", decision: Decision, note: str = "") -> Affiliation:
        """Affiliate the organisation from the day of the decision, and let its contact person act for it; raises AlreadyAffiliated."""
        self._become("approve", by=by, note=note, **_decided(decision))  # first: of several who decide at once, one gets past here
        try:
            with transaction.atomic():
                affiliation = self._affiliate(decision)
        except IntegrityError as error:
            if "a_party_is_affiliated_once_at_a_time" in str(error) or "one_party_per_registration_number" in str(error):
                raise AlreadyAffiliated from error
            raise
        Representative.appoint(affiliation.party, get_user_model().objects.with_email(self.contact_email), from_on=decision.on)
        return affiliation

    def _affiliate(self, decision: Decision) -> Affiliation:
        made: Affiliation = Affiliation.objects.create(
            application=self,
            party=self._party(),
            version=self.version,
            period=period(decision.on),
            decided_by=self.get_decided_by_display(),
            decided_on=self.decided_on or decision.on,
            decided_paragraph=self.decided_paragraph,
            meeting=decision.meeting,
            paragraph=decision.paragraph,
        )
        return made

    def decline(self, *, by: "User", decision: Decision, note: str) -> None:
        """Say no; `note` is the reason, which the applicant reads."""
        self._become("decline", by=by, note=note, **_decided(decision))

    def withdraw(self) -> None:
        """The applicant takes it back."""
        self._become("withdraw", by=None)

    def _party(self) -> Party:
        """The party that this organisation is: the one that came back, or a new one."""
        known = (
            Party.objects.filter(registration_number=self.registration_number)
            .exclude(registration_number="")
            .exclude(kind=Party.Kind.CITY_BODY)
            .first()
        )
        party = known or Party(registration_number=self.registration_number)
        party.name, party.kind, party.legal_form = self.name, self.kind, self.legal_form
        party.sector, party.district = self.sector, self.district
        party.website = self.website if self.publishes_website else ""
        party.description = self.description if self.publishes_description else ""
        if known:
            party.save()
        else:
            _save_with_a_free_slug(party)
        return party


class ApplicationEvent(Event):
    """Something that happened to an application; the applicant is mailed about it."""

    BELL = "affiliation.deliver_mail"
    WORDS = {
        "submit": _("Ansökan kom in"),
        "start_review": _("Kansliet började granska ansökan"),
        "ask_for_completion": _("Kansliet bad om komplettering"),
        "complete": _("Kompletteringen kom in"),
        "put_on_agenda": _("Ansökan sattes upp på dagordningen"),
        "approve": _("Ansökan godkändes"),
        "decline": _("Ansökan avslogs"),
        "withdraw": _("Ansökan togs tillbaka"),
    }

    subject = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")

    @property
    def title(self) -> str:
        """What happened, in words that the applicant may read."""
        return str(self.WORDS.get(self.action, self.action))

    @property
    def text(self) -> str:
        """What the secretary wrote to the applicant, if anything."""
        return self.note


def _decided(decision: Decision) -> dict[str, Any]:
    return {"idekom_decided_on": decision.on, "meeting": decision.meeting, "paragraph": decision.paragraph}


RESERVED = {"feed"}
"""Addresses under the register that are no party's."""


def _save_with_a_free_slug(party: Party) -> None:
    """Save a new party under an address of its name, with a number after it while another has the plain one."""
    plain = slugify(party.name)[:100] or "part"
    taken = RESERVED | set(Party.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    for slug in itertools.chain([plain], (f"{plain}-{n}" for n in itertools.count(2))):
        if slug in taken:
            continue
        party.slug = slug
        try:
            with transaction.atomic():
                party.save()
            break
        except IntegrityError as error:
            if "slug" not in str(error):  # else: somebody took it meanwhile
                raise
