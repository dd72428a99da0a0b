"""An application to join: the case from the first draft to the decision."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pghistory
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from affiliation.models.affiliations import Affiliation
from affiliation.models.answers import FILES, Answers
from affiliation.models.decisions import Decision
from affiliation.models.forgetting import PERSONAL, forget_people
from affiliation.models.registering import register
from affiliation.models.sections import FIELDS, AnsweredSection, answered, labels, missing
from affiliation.models.series import CaseSeries
from affiliation.models.status import DRAFT_DAYS, EDITABLE, OPEN, TO_FORGET, TONES, TRANSITIONS, UNDECIDED, Status
from agreement.models import Representative, Version
from council.models import AgendaItem, Meeting
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, WrongStatus, only_legal_moves, ring, status_is_known
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User


class Incomplete(ValidationError):
    """Something that must be answered is not."""

    def __init__(self) -> None:
        super().__init__(_("Det saknas svar. Gå igenom frågorna och fyll i det som saknas."), code="incomplete")


class AlreadyAffiliated(ValidationError):
    """The organisation is a party already, under the number or the name that it applies with."""

    def __init__(self) -> None:
        super().__init__(_("Organisationen är redan ansluten den dagen. Se möjliga dubbletter, eller välj en annan dag."), code="already_affiliated")


class Overtaken(Exception):
    """Somebody else has saved other answers to the same questions since the page was shown; `stored` has theirs."""

    def __init__(self, stored: "Application") -> None:
        super().__init__()
        self.stored = stored


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

    def forget_people(self, day: date) -> int:
        """Take the personal data out of the cases that came to nothing more than FORGET_MONTHS before `day`; returns how many."""
        return forget_people(self, day)

    def register_paper(self, draft_key: UUID, *, by: "User", language: str, answers: dict[str, Any]) -> "Application":
        """A paper application, typed in and sent in on the organisation's behalf; raises Incomplete. The same key gives the same case."""
        with transaction.atomic():
            case = self.begin(draft_key, language=language, answers={**answers, "source": Application.Source.PAPER, "registered_by": by})
            case.submit(by=by)
        return case

    @transaction.atomic
    def hand_over(self, handler: "User", *, by: "User") -> int:
        """Let a colleague handle these cases from now on; returns how many are new to them. One mail tells of all, and no applicant is told.

        What is handed over together has events of one moment: by that the mail knows them.
        """
        cases = list(self.visible_to_staff().exclude(handler=handler).select_for_update(of=("self",)).order_by("pk"))
        self.model.objects.filter(pk__in=[case.pk for case in cases]).update(handler=handler)
        now = timezone.now()
        ApplicationEvent.objects.bulk_create(ApplicationEvent(subject=case, action="assign", actor=by, at=now, note=str(handler)) for case in cases)
        ring(ApplicationEvent.BELL)
        return len(cases)

    def visible_to_staff(self) -> "ApplicationQuerySet":
        """Everything that has been sent in. A draft is the applicant's own: nobody at the council may look into it."""
        return self.exclude(status=Status.DRAFT).filter(number__isnull=False)

    def open(self) -> "ApplicationQuerySet":
        """The cases that wait for somebody, the oldest first."""
        return self.filter(status__in=OPEN).order_by("submitted_at", "pk")

    def awaiting_decision(self) -> "ApplicationQuerySet":
        """The cases that wait for Idékom, the oldest first."""
        return self.filter(status__in=UNDECIDED).order_by("submitted_at", "pk")


@pghistory.track(
    pghistory.InsertEvent(condition=SENT_IN),
    pghistory.UpdateEvent(condition=SENT_IN),
    exclude=["token", "draft_key", "resume_email"],
    model_name="ApplicationChange",
)
class Application(Stateful, Answers):
    """An organisation's application to join the agreement, and the case that it becomes."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    class Source(models.TextChoices):
        """How it came."""

        WEB = "web", _("webbplatsen")
        PAPER = "paper", _("papper")
        CEREMONY = "ceremony", _("underteckningskväll")

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    draft_key = models.UUIDField(_("första formulärets nyckel"), unique=True, editable=False)
    number = models.CharField(_("ärendenummer"), max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001 - a draft has none
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    language = models.CharField(_("språk"), max_length=2, default="sv", editable=False)
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="applications", editable=False)
    started_at = models.DateTimeField(_("påbörjad"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("inskickad"), null=True, editable=False)
    resume_email = models.EmailField(_("e-post att fortsätta med"), blank=True, editable=False)
    source = models.CharField(_("inkommen genom"), max_length=8, choices=Source, default=Source.WEB, editable=False)
    ceremony = models.ForeignKey(
        "affiliation.Ceremony",
        verbose_name=_("underteckningskväll"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="applications",
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("inskriven av"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handläggare"), on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    asked_fields = ArrayField(models.CharField(max_length=40), verbose_name=_("att komplettera"), default=list, blank=True, editable=False)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    registry_url = models.URLField(_("länk till diariet"), blank=True)
    meeting = models.ForeignKey(Meeting, verbose_name=_("möte"), on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    idekom_decided_on = models.DateField(_("Idékoms beslut"), null=True, blank=True)
    is_delegated = models.BooleanField(_("delegationsbeslut"), default=False)
    anonymised_on = models.DateField(_("personuppgifter borttagna"), null=True, editable=False)

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
            models.CheckConstraint(
                name="an_application_to_complete_names_the_answers", condition=~Q(status=Status.NEEDS_COMPLETION) | Q(asked_fields__len__gt=0)
            ),
            models.CheckConstraint(
                name="a_paper_application_is_registered_by_somebody", condition=~Q(source="paper") | Q(registered_by__isnull=False)
            ),
            models.CheckConstraint(name="a_ceremony_application_names_its_ceremony", condition=Q(source="ceremony") ^ Q(ceremony=None)),
            models.CheckConstraint(name="a_delegated_decision_has_no_meeting", condition=Q(is_delegated=False) | Q(meeting=None)),
            models.CheckConstraint(
                name="a_forgotten_application_names_nobody",
                condition=Q(anonymised_on=None) | Q(status__in=TO_FORGET, **dict.fromkeys(sorted(PERSONAL), "")),
            ),
        ]
        triggers = [only_legal_moves(TRANSITIONS)]
        indexes = [models.Index(fields=["status", "submitted_at"], name="cases_by_age")]

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

    @property
    def open_fields(self) -> frozenset[str]:
        """The names of the answers that the applicant may change now: all of a draft, those asked for of a case to complete."""
        if self.status == Status.DRAFT:
            return FIELDS
        return frozenset(self.asked_fields) & FIELDS if self.is_editable else frozenset()

    @property
    def decision(self) -> Decision | None:
        """Idékom's decision, when there is one."""
        return Decision.of(self)

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

    def asked_answers(self) -> list[str]:
        """What the answers are called that Idékom last asked for, in their order."""
        return labels(self, self.asked_fields)

    @property
    def kept_until(self) -> date:
        """The last day that it is kept as a draft."""
        return timezone.localdate(self.started_at) + timedelta(days=DRAFT_DAYS)

    @property
    def reminder_email(self) -> str:
        """Where the owner of a draft is reached: the address that they asked to go on with, else the contact person's."""
        return self.resume_email or self.contact_email

    @transaction.atomic
    def save_answers(self, names: Iterable[str], *, seen: str | None = None) -> None:
        """Keep the answers with these names.

        `seen` is the `fingerprint` of the answers that the page showed. Raises Overtaken when somebody has saved others since than
        what is to be saved now, and WrongStatus for answers that are not the applicant's to change now.
        """
        names = list(names)
        now = type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk).first()
        if now is None or not set(names) <= now.open_fields:
            raise WrongStatus
        if seen is not None and now.changed_since(seen, names) & now.differing(self, names):
            raise Overtaken(now)
        self.save(update_fields=names)
        if now.status == Status.DRAFT:  # what has been sent in is kept
            old = [getattr(now, name) for name in names if name in FILES and getattr(now, name) and getattr(now, name) != getattr(self, name)]
            transaction.on_commit(lambda: [file.storage.delete(file.name) for file in old], robust=True)

    @transaction.atomic
    def submit(self, *, by: "User | None" = None) -> None:
        """Send the draft in: it gets its number and becomes a case; raises Incomplete. `by` is who typed in a paper application."""
        if self.missing():
            raise Incomplete
        now = timezone.now()
        self._become("submit", by=by, submitted_at=now, number=CaseSeries.take(timezone.localdate(now).year))

    def start_review(self, *, by: "User") -> None:
        """Somebody at the secretariat has begun to look at it."""
        self._become("start_review", by=by)

    def ask_for_completion(self, *, by: "User", note: str, fields: Iterable[str]) -> None:
        """Ask the applicant for what is missing; `note` is what they read, and just the answers named in `fields` can be changed."""
        self._become("ask_for_completion", by=by, note=note, asked_fields=sorted(FIELDS & set(fields)))

    def complete(self) -> None:
        """The applicant has completed it; raises Incomplete."""
        if self.missing():
            raise Incomplete
        self._become("complete", by=None)

    @transaction.atomic
    def put_on_agenda(self, *, by: "User", meeting: Meeting) -> None:
        """To be decided at the meeting: it stands there under the item for cases."""
        self._become("put_on_agenda", by=by, meeting=meeting)
        AgendaItem.objects.for_cases(meeting)

    @transaction.atomic
    def approve(self, *, by: "User", decision: Decision, note: str = "") -> Affiliation:
        """Affiliate the organisation from the day of the decision, and let its contact person act for it; raises AlreadyAffiliated."""
        self._become("approve", by=by, note=note, **decision.columns())  # first: of several who decide at once, one gets past here
        try:
            with transaction.atomic():
                affiliation = register(self, decision)
        except IntegrityError as error:
            if "a_party_is_affiliated_once_at_a_time" in str(error) or "one_party_per_registration_number" in str(error):
                raise AlreadyAffiliated from error
            raise
        if self.contact_email:  # a paper application may have none
            Representative.appoint(
                affiliation.party, get_user_model().objects.with_email(self.contact_email, language=self.language), from_on=decision.on
            )
        return affiliation

    def decline(self, *, by: "User", decision: Decision, note: str) -> None:
        """Say no; `note` is the reason, which the applicant reads."""
        self._become("decline", by=by, note=note, **decision.columns())

    def assign(self, handler: "User", *, by: "User") -> None:
        """Let a colleague handle the case; it tells the colleague, and never the applicant."""
        cases = type(self).objects.visible_to_staff().filter(pk=self.pk)
        if not cases.exists():
            raise WrongStatus
        cases.hand_over(handler, by=by)
        self.handler = handler

    def enter_in_registry(self, number: str, url: str) -> None:
        """Note its number in the City's register, and where it is found there."""
        self.registry_number, self.registry_url = number, url
        self.save(update_fields=["registry_number", "registry_url"])

    def withdraw(self) -> None:
        """The applicant takes it back."""
        self._become("withdraw", by=None)


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
    def is_public(self) -> bool:
        """Whether the applicant may know of it: who handles a case is the secretariat's own."""
        return self.action in self.WORDS

    @property
    def title(self) -> str:
        """What happened, in words that the applicant may read."""
        return str(self.WORDS.get(self.action, _("Ärendet fick en handläggare")))

    @property
    def text(self) -> str:
        """What the secretary wrote to the applicant, if anything."""
        return self.note
