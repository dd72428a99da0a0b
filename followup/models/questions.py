"""What a round asks. A set of questions never changes once a round with it has opened: old rounds keep their old questions for ever."""

from typing import Any, Self

import pgtrigger
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models import Side

PROGRESS_KEY = "progress"
"""The key of the one question that must be answered: how far a commitment has come."""


class Progress(models.TextChoices):
    """How far a commitment has come, in the party's own view. "No opinion" is an answer of its own, kept apart from the others."""

    NOT_STARTED = "not_started", _("Inte påbörjat")
    STARTED = "started", _("Påbörjat")
    WELL_UNDER_WAY = "well_under_way", _("På god väg")
    DONE = "done", _("Genomfört eller löpande")
    NO_OPINION = "no_opinion", _("Ingen åsikt")


class Scale(models.TextChoices):
    """How something has changed since the year before. "No opinion" is kept apart here as well."""

    WORSE = "worse", _("Sämre")
    SAME = "same", _("Som förut")
    BETTER = "better", _("Bättre")
    NO_OPINION = "no_opinion", _("Ingen åsikt")


class Kind(models.TextChoices):
    """How a question is answered."""

    PROGRESS = "progress", _("hur långt det har kommit")
    SCALE = "scale", _("sämre, som förut, bättre")
    WORDS = "words", _("egna ord")

    @property
    def choices_of_answer(self) -> list[tuple[str, Any]]:
        """What one can choose; nothing where one writes."""
        return {Kind.PROGRESS: Progress.choices, Kind.SCALE: Scale.choices}.get(self, [])


class About(models.TextChoices):
    """What a question is about."""

    COMMITMENT = "commitment", _("varje åtagande")
    YEAR = "year", _("året som helhet")


class QuestionSet(models.Model):
    """A version of the questions."""

    slug = models.SlugField(_("kort namn"), unique=True, help_text=_("Står i öppna data. Till exempel 2026."))
    name = models.CharField(_("namn"), max_length=80, unique=True)
    note = models.TextField(_("vad som är nytt"), blank=True, help_text=_("För er på kansliet."))

    class Meta:
        verbose_name = _("frågeuppsättning")
        verbose_name_plural = _("frågeuppsättningar")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_use(self) -> bool:
        """Whether parties have been asked these questions."""
        return self.rounds.exclude(status="planned").exists()

    @transaction.atomic
    def copy(self, *, slug: str, name: str) -> "QuestionSet":
        """A new version that begins with the same questions."""
        made = QuestionSet.objects.create(slug=slug, name=name)
        for question in self.questions.all():
            question.pk, question.asked_in = None, made
            question._state.adding = True
            question.save()
        return made


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked_of(self, side: Side) -> Self:
        """Those that this side is asked."""
        return self.filter(side__in=["", side])


class Question(models.Model):
    """One question: about each commitment, or about the year as a whole; to one side, or to both."""

    asked_in = models.ForeignKey(QuestionSet, verbose_name=_("frågeuppsättning"), on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField(_("ordning"))
    key = models.SlugField(_("nyckel"), help_text=_("Samma fråga har samma nyckel år efter år. Då kan svaren jämföras."))
    about = models.CharField(_("gäller"), max_length=12, choices=About)
    kind = models.CharField(_("svaras med"), max_length=12, choices=Kind)
    side = models.CharField(_("ställs till"), max_length=16, choices=Side, blank=True, help_text=_("Tomt: till båda sidor."))
    text = models.CharField(_("frågan"), max_length=200)
    help_text = models.CharField(_("hjälp under frågan"), max_length=300, blank=True)
    is_quotable = models.BooleanField(_("svaret får erbjudas som citat"), default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("fråga")
        verbose_name_plural = _("frågor")
        ordering = ["asked_in", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asked_in", "key"], name="a_question_stands_once_in_a_set"),
            models.CheckConstraint(name="question_kind_is_known", condition=Q(kind__in=Kind.values) & Q(about__in=About.values)),
            models.CheckConstraint(name="question_side_is_known", condition=Q(side__in=["", *Side.values])),
            models.CheckConstraint(
                name="progress_is_asked_of_both_about_each_commitment",
                condition=Q(kind="progress", key="progress", about="commitment", side="") | (~Q(kind="progress") & ~Q(key="progress")),
                violation_error_message=_(
                    "Frågan om hur långt det har kommit har nyckeln progress, gäller varje åtagande och ställs till båda sidor."
                ),
            ),
            models.CheckConstraint(
                name="only_words_about_a_commitment_are_quoted",
                condition=Q(is_quotable=False) | Q(kind="words", about="commitment"),
                violation_error_message=_("Bara egna ord om ett åtagande kan citeras."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_question_that_has_been_asked_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM followup_round WHERE status <> 'planned' AND questions_id IN (NEW.asked_in_id, OLD.asked_in_id)
                    ) THEN
                        RAISE EXCEPTION 'a question that has been asked never changes';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        """The question as plain data, in the current language."""
        return {
            "key": self.key,
            "about": self.about,
            "kind": self.kind,
            "side": self.side,
            "text": self.text,
            "is_quotable": self.is_quotable,
        }
