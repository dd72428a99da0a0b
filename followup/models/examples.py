"""Good examples: what a party has told in its report and lets others quote, chosen by the secretary."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreement.models import Commitment, Representative
from followup.models.answers import Answer
from followup.models.compilations import Compilation
from followup.models.reports import Report
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known
from idekom.lib.tokens import new_token

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """Whether everybody sees it."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("publicerat")
    TAKEN_BACK = "taken_back", _("taget tillbaka")


class Consent(models.TextChoices):
    """What somebody has answered to being shown as the contact."""

    NOT_ASKED = "", _("inte tillfrågad")
    ASKED = "asked", _("tillfrågad")
    YES = "yes", _("ja")
    NO = "no", _("nej")


TRANSITIONS: Transitions = {
    "publish": ({Status.DRAFT, Status.TAKEN_BACK}, Status.PUBLISHED),
    "take_back": ({Status.PUBLISHED}, Status.TAKEN_BACK),
}


class NoConsent(ValidationError):
    """Only what everybody may read, and what the party lets others quote, is an example."""

    def __init__(self) -> None:
        super().__init__(
            _("Exemplet får inte visas. Svaret måste stå i en publicerad bok, och parten måste låta andra citera det."), code="no_consent"
        )


def open_answers() -> "models.QuerySet[Answer]":
    """Answers that everybody can read in a published book as they stand, and that the party lets others quote."""
    books = Compilation.objects.published().filter(round=OuterRef("report__round"), taken_at__gte=OuterRef("report__submitted_at"))
    told = Answer.objects.filter(question__is_quotable=True, may_be_quoted=True, is_private=False, report__status=Report.Status.SUBMITTED)
    return told.filter(Exists(books.order_by())).exclude(words="")


class ExampleQuerySet(models.QuerySet["Example"]):
    def candidates(self) -> "models.QuerySet[Answer]":
        """The answers that could become examples and have not, the newest year first."""
        rows = open_answers().filter(examples=None).select_related("report__round", "report__party", "commitment")
        return rows.order_by("-report__round__year", "commitment__number", "report__party__sort_name")

    def standing(self) -> Self:
        """Those whose answer still says the same, in public, and may still be quoted."""
        return self.filter(Exists(open_answers().filter(pk=OuterRef("answer"), words=OuterRef("words"))))

    def shown(self) -> Self:
        """Those that everybody sees: published, and the party's consent stands. The latest first."""
        rows = self.filter(status=Status.PUBLISHED).standing()
        return rows.select_related("report__party", "report__round", "commitment__version", "contact").order_by("-published_at", "-pk")

    def fallen(self) -> Self:
        """Those that are published but show no more, because the report is open again, private or changed."""
        return self.filter(status=Status.PUBLISHED).exclude(pk__in=Example.objects.standing().order_by().values("pk"))

    def published_between(self, first: datetime, last: datetime) -> Self:
        """Those shown that were published in a period, its end not included."""
        return self.shown().filter(published_at__gte=first, published_at__lt=last)

    @transaction.atomic
    def choose(self, answer: Answer, *, headline: str, by: "User") -> "Example":
        """A draft made of an answer. Raises NoConsent."""
        if answer.commitment is None or not open_answers().filter(pk=answer.pk).exists():
            raise NoConsent
        made = self.create(answer=answer, report=answer.report, commitment=answer.commitment, words=answer.words, headline=headline)
        made._record("choose", by=by)
        return made


class Example(Stateful):
    """Something that others can learn from. It is shown for as long as the party lets it be quoted, and its report stands."""

    Status = Status
    Consent = Consent
    TRANSITIONS = TRANSITIONS

    answer = models.ForeignKey(Answer, verbose_name=_("svar"), on_delete=models.SET_NULL, null=True, editable=False, related_name="examples")
    report = models.ForeignKey(Report, verbose_name=_("rapport"), on_delete=models.PROTECT, editable=False, related_name="examples")
    commitment = models.ForeignKey(Commitment, verbose_name=_("åtagande"), on_delete=models.PROTECT, editable=False, related_name="examples")
    words = models.TextField(_("partens egna ord"), editable=False)
    headline = models.CharField(_("rubrik"), max_length=120, help_text=_("Er egen rubrik. Partens ord ändras inte."))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(_("publicerat"), null=True, editable=False)
    contact = models.ForeignKey(
        Representative, verbose_name=_("kontakt"), on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    contact_name = models.CharField(_("kontaktens namn"), max_length=160, blank=True, editable=False)
    contact_email = models.EmailField(_("kontaktens e-post"), blank=True, editable=False)
    contact_consent = models.CharField(_("kontakten säger"), max_length=8, choices=Consent, blank=True, default="", editable=False)
    contact_answered_at = models.DateTimeField(null=True, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("gott exempel")
        verbose_name_plural = _("goda exempel")
        ordering = ["-pk"]
        constraints = [
            status_is_known("example", Status),
            models.UniqueConstraint(name="an_answer_is_one_example", fields=["answer"]),
            models.CheckConstraint(name="a_published_example_has_its_day", condition=~Q(status="published") | Q(published_at__isnull=False)),
            models.CheckConstraint(name="example_consent_is_known", condition=Q(contact_consent__in=Consent.values)),
            models.CheckConstraint(
                name="a_contact_of_an_example_has_been_asked",
                condition=Q(contact_consent="") | (~Q(contact_email="") & (Q(contact_consent="asked") | Q(contact_answered_at__isnull=False))),
            ),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Trigger(
                name="an_example_is_published_by_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.status = 'published'
                        AND (TG_OP = 'INSERT' OR OLD.status <> 'published' OR NEW.words <> OLD.words OR NEW.answer_id <> OLD.answer_id)
                        AND NOT EXISTS (
                            SELECT 1 FROM followup_answer a JOIN followup_report r ON r.id = a.report_id
                            WHERE a.id = NEW.answer_id AND a.may_be_quoted AND NOT a.is_private AND a.words = NEW.words AND r.status = 'submitted'
                        )
                    THEN RAISE EXCEPTION 'an example is published by consent'; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return f"{reverse('followup:examples')}#exempel-{self.pk}"

    def get_consent_url(self) -> str:
        """The page on which the contact answers: whoever has this address may."""
        return reverse("followup:example_contact", args=[self.token])

    @property
    def may_be_shown(self) -> bool:
        """Whether the party's consent stands, and its words are what they were."""
        return self.answer is not None and open_answers().filter(pk=self.answer.pk, words=self.words).exists()

    @property
    def contact_line(self) -> str:
        """The contact's name, if there is one, and address."""
        return ", ".join(part for part in (self.contact_name, self.contact_email) if part)

    def shows_contact(self, day: date) -> bool:
        """Whether the contact has said yes to being shown, and still acts for the party."""
        return self.contact_consent == Consent.YES and self.contact is not None and self.contact.holds_on(day)

    @transaction.atomic
    def publish(self, *, by: "User") -> None:
        """Show it to everybody. Raises NoConsent, WrongStatus."""
        Report.objects.select_for_update().get(pk=self.report_id)  # it cannot be opened again meanwhile
        if not self.may_be_shown:
            raise NoConsent
        self._become("publish", by=by, published_at=timezone.now())

    def take_back(self, *, by: "User", note: str = "") -> None:
        """Show it no more. Raises WrongStatus."""
        self._become("take_back", by=by, note=note)

    @transaction.atomic
    def renew(self, *, by: "User") -> None:
        """Take in the words as the party has written them since. Not while it is published. Raises NoConsent, WrongStatus."""
        answer = open_answers().filter(examples=self).first()
        if answer is None:
            raise NoConsent
        if Example.objects.select_for_update(of=("self",)).get(pk=self.pk).status == Status.PUBLISHED:
            raise WrongStatus
        self._change({"words": answer.words})
        self._record("renew", by=by)

    @transaction.atomic
    def ask_for_contact(self, representative: Representative, *, by: "User") -> None:
        """Ask somebody who acts for the party whether they may be shown as the contact. An earlier answer counts no more."""
        if representative.party_id != self.report.party_id:
            raise ValidationError(_("Välj någon som företräder parten."), code="not_of_the_party")
        user = representative.user
        asked = {
            "contact": representative,
            "contact_name": user.name,
            "contact_email": user.email,
            "contact_consent": Consent.ASKED,
            "contact_answered_at": None,
            "token": new_token(),
        }
        self._change(asked)
        self._record("ask_for_contact", by=by)

    @transaction.atomic
    def answer_contact(self, says_yes: bool) -> None:
        """The contact says yes or no, and may say the other thing later."""
        answer = Consent.YES if says_yes else Consent.NO
        if answer != self.contact_consent:
            self._change({"contact_consent": answer, "contact_answered_at": timezone.now()})
            self._record("contact_yes" if says_yes else "contact_no", by=None)

    def _change(self, fields: dict[str, object]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))


class ExampleEvent(Event):
    """Something that happened to an example. Who is asked to be its contact is mailed."""

    BELL = "followup.deliver_mail"
    WORDS = {
        "choose": _("Valt ur rapporten"),
        "publish": _("Publicerat"),
        "take_back": _("Taget tillbaka"),
        "renew": _("Partens nya ord hämtade"),
        "ask_for_contact": _("Kontakten tillfrågad"),
        "contact_yes": _("Kontakten säger ja till att visas"),
        "contact_no": _("Kontakten säger nej till att visas"),
    }

    subject = models.ForeignKey(Example, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett exempel")
        verbose_name_plural = _("händelser i exempel")

    @property
    def text(self) -> str:
        """What is told about it beside the title."""
        return self.note
