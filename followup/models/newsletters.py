"""The newsletter of a month: drafted from what has happened, mended by the secretary, sent once to each who wants a part of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from affiliation.models import Follower, Wish
from idekom.lib.history import Event, Outgoing, Stateful, Transitions, WrongStatus, only_legal_moves, ring, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


class Status(models.TextChoices):
    """How far a newsletter has come."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("publicerat")
    SENT = "sent", _("publicerat och skickat")


TRANSITIONS: Transitions = {
    "publish": ({Status.DRAFT}, Status.PUBLISHED),
    "take_back": ({Status.PUBLISHED}, Status.DRAFT),
    "send": ({Status.PUBLISHED}, Status.SENT),
}
Texts = Mapping[Wish, Mapping[str, str]]
"""{category: {"text_sv": …, "text_en": …}}"""


class Empty(ValidationError):
    """A newsletter without a word is not published."""

    def __init__(self) -> None:
        super().__init__(_("Nyhetsbrevet är tomt. Skriv något i minst en del."), code="empty")


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def shown(self) -> "NewsletterQuerySet":
        """Those that everybody may read, the newest first."""
        return self.exclude(status=Status.DRAFT).order_by("-month")

    @transaction.atomic
    def draft(self, month: date, texts: Texts, *, by: "User") -> "Newsletter":
        """A draft for the month, with its parts; the one that is there already is left as it is."""
        newsletter, is_new = self.get_or_create(month=month.replace(day=1))
        if is_new:
            newsletter._write(texts)
            newsletter._record("draft", by=by)
        return newsletter


class Newsletter(Stateful):
    """What happened in a month."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    month = models.DateField(_("månad"), unique=True, editable=False)
    introduction = models.TextField(_("inledning"), max_length=3000, blank=True, help_text=_("Markdown. Står först, också i mejlet."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(_("publicerat"), null=True, editable=False)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("nyhetsbrev")
        verbose_name_plural = _("nyhetsbrev")
        ordering = ["-month"]
        constraints = [
            status_is_known("newsletter", Status),
            models.CheckConstraint(name="a_newsletter_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="a_shown_newsletter_has_its_day", condition=Q(status="draft") | Q(published_at__isnull=False)),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Protect(
                name="what_has_been_sent_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status = 'sent' AND (OLD.month, OLD.introduction_sv, OLD.introduction_en)"
                    " IS DISTINCT FROM (NEW.month, NEW.introduction_sv, NEW.introduction_en)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Nyhetsbrev %(month)s") % {"month": date_format(self.month, "F Y")})

    def get_absolute_url(self) -> str:
        return reverse("followup:newsletter", args=[self.month])

    @property
    def may_change(self) -> bool:
        """Whether its words may still be changed: until it has been sent."""
        return self.status != Status.SENT

    def parts(self, wishes: list[str] | None = None) -> "list[NewsletterPart]":
        """The parts with words in them, in order; of those only the wished for, when told."""
        parts = {part.category: part for part in self.sections.all() if part.text and (wishes is None or part.category in wishes)}
        return [parts[wish] for wish in Wish.categories() if wish in parts]

    def readers(self) -> "models.QuerySet[Follower]":
        """Those who want a part that has words in it."""
        return Follower.objects.wanting(part.category for part in self.parts())

    @transaction.atomic
    def gather_again(self, texts: Texts, *, by: "User") -> None:
        """Write the parts anew from what has happened; what was written by hand is gone. Only a draft. Raises WrongStatus."""
        if Newsletter.objects.select_for_update().get(pk=self.pk).status != Status.DRAFT:
            raise WrongStatus
        self.sections.all().delete()
        self._write(texts)
        self._record("gather_again", by=by)

    def publish(self, *, by: "User") -> None:
        """Show it to everybody. Nobody is mailed. Raises Empty, WrongStatus."""
        if not self.parts():
            raise Empty
        self._become("publish", by=by, published_at=timezone.now())

    def take_back(self, *, by: "User") -> None:
        """Show it no more, until it has been sent. Raises WrongStatus."""
        self._become("take_back", by=by)

    @transaction.atomic
    def send(self, *, by: "User") -> int:
        """Mail it once to each who wants a part of it; returns how many. Raises WrongStatus."""
        self._become("send", by=by)
        copies = [NewsletterCopy(newsletter=self, follower=follower) for follower in self.readers()]
        NewsletterCopy.objects.bulk_create(copies, ignore_conflicts=True)
        ring("followup.deliver_mail")
        return len(copies)

    def _write(self, texts: Texts) -> None:
        for wish in Wish.categories():
            told: dict[str, Any] = dict(texts.get(wish, {}))
            NewsletterPart.objects.create(newsletter=self, category=wish, **told)


class NewsletterPart(models.Model):
    """One part of a newsletter: what happened in one field."""

    newsletter = models.ForeignKey(Newsletter, verbose_name=_("nyhetsbrev"), on_delete=models.PROTECT, related_name="sections")
    category = models.CharField(_("del"), max_length=12, choices=Wish.choices_of_newsletter(), editable=False)
    text = models.TextField(_("text"), max_length=20_000, blank=True, help_text=_("Markdown. En tom del står inte med."))

    class Meta:
        verbose_name = _("del av nyhetsbrevet")
        verbose_name_plural = _("delar av nyhetsbrevet")
        ordering = ["newsletter", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_newsletter_has_each_part_once", fields=["newsletter", "category"]),
            models.CheckConstraint(name="newsletter_part_is_known", condition=Q(category__in=Wish.categories())),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_has_been_sent_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM followup_newsletter WHERE status = 'sent' AND id IN (NEW.newsletter_id, OLD.newsletter_id))
                    THEN RAISE EXCEPTION 'what has been sent stays'; END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return self.get_category_display()


class NewsletterCopy(Outgoing):
    """One newsletter to one follower: each is mailed once."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="copies")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_follower_gets_a_newsletter_once", fields=["newsletter", "follower"])]

    def __str__(self) -> str:
        return f"{self.newsletter} {self.follower}"


class NewsletterEvent(Event):
    """Something that happened to a newsletter."""

    WORDS = {
        "draft": _("Utkast gjort av det som hänt"),
        "gather_again": _("Utkastet gjort på nytt"),
        "publish": _("Publicerat"),
        "take_back": _("Taget tillbaka"),
        "send": _("Skickat"),
    }

    subject = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i ett nyhetsbrev")
        verbose_name_plural = _("händelser i nyhetsbrev")

    @property
    def text(self) -> str:
        """What is told about it beside the title."""
        return self.note
