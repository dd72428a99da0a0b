"""The official wording of a version, as it was brought in from a document: passage by passage, with not one sentence lost."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreement.models.text import Version
from idekom.lib.history import Event, Stateful, Transitions, only_legal_moves, status_is_known


class Part(models.TextChoices):
    """Which part of the agreement a passage belongs to."""

    TITLE = "title", _("titel")
    VALUES = "values", _("värden")
    PARTIES = "parties", _("parter")
    DEFINITION = "definition", _("vad social ekonomi är")
    BACKGROUND = "background", _("bakgrund")
    MEANING = "meaning", _("innebörd och syfte")
    VISION = "vision", _("vision")
    AIM = "aim", _("mål")
    GOAL = "goal", _("delmål")
    PRINCIPLES = "principles", _("inledning till principerna")
    PRINCIPLE = "principle", _("princip")
    COMMITMENTS = "commitments", _("inledning till åtagandena")
    COMMITMENT = "commitment", _("åtagande")
    FOLLOWUP = "followup", _("uppföljning och utvärdering")
    JOINING = "joining", _("hur man ansluter sig")
    OTHER = "other", _("övrig text")
    UNPLACED = "unplaced", _("ännu inte placerad")

    @classmethod
    def numbered(cls) -> tuple["Part", ...]:
        """Those of which there are several, told apart by their number in the version."""
        return cls.GOAL, cls.PRINCIPLE, cls.COMMITMENT


class Language(models.TextChoices):
    """The languages that a wording can be in. The Swedish one is what was adopted; the others help the reader."""

    SWEDISH = "sv", _("svenska")
    ENGLISH = "en", _("engelska")
    EASY = "sv-easy", _("lättläst svenska")


class Status(models.TextChoices):
    """How far a wording has come."""

    DRAFT = "draft", _("utkast")
    FIXED = "fixed", _("fastställd")
    DISCARDED = "discarded", _("borttagen")


TRANSITIONS: Transitions = {
    "fix": ({Status.DRAFT}, Status.FIXED),
    "discard": ({Status.DRAFT}, Status.DISCARDED),
}


class Wording(Stateful):
    """A version's own words in one language, from one document. Once fixed it never changes."""

    Status = Status
    Language = Language
    TRANSITIONS = TRANSITIONS

    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="wordings")
    language = models.CharField(_("språk"), max_length=8, choices=Language, default=Language.SWEDISH)
    source_name = models.CharField(_("dokument"), max_length=160, editable=False)
    source_sha256 = models.CharField(_("dokumentets kontrollsumma"), max_length=64, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    class Meta:
        verbose_name = _("officiell text")
        verbose_name_plural = _("officiella texter")
        ordering = ["-pk"]
        constraints = [
            status_is_known("wording", Status),
            models.CheckConstraint(name="wording_language_is_known", condition=Q(language__in=Language.values)),
            models.UniqueConstraint(
                name="one_fixed_wording_per_language",
                fields=["version", "language"],
                condition=Q(status="fixed"),
                violation_error_message=_("Versionen har redan en fastställd text på det språket."),
            ),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Protect(
                name="a_fixed_wording_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status = 'fixed' AND (OLD.version_id, OLD.language, OLD.source_name, OLD.source_sha256)"
                    " IS DISTINCT FROM (NEW.version_id, NEW.language, NEW.source_name, NEW.source_sha256)"
                ),
            ),
            pgtrigger.Protect(name="a_wording_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_language_display()}"


class Passage(models.Model):
    """One paragraph, list item or heading of a wording, in the document's order. It stands in exactly one part."""

    Part = Part

    class Kind(models.TextChoices):
        HEADING = "heading", _("rubrik")
        PARAGRAPH = "paragraph", _("stycke")
        ITEM = "item", _("punkt i en lista")

    wording = models.ForeignKey(Wording, verbose_name=_("officiell text"), on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField(_("ordning"))
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))
    part = models.CharField(_("del"), max_length=12, choices=Part)
    number = models.PositiveSmallIntegerField(_("nummer"), null=True, blank=True)

    class Meta:
        verbose_name = _("stycke")
        verbose_name_plural = _("stycken")
        ordering = ["wording", "position"]
        constraints = [
            models.UniqueConstraint(name="one_passage_per_position", fields=["wording", "position"]),
            models.CheckConstraint(name="passage_kind_is_known", condition=Q(kind__in=["heading", "paragraph", "item"])),
            models.CheckConstraint(name="passage_part_is_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(
                name="goals_principles_and_commitments_have_a_number",
                condition=Q(part__in=Part.numbered(), number__isnull=False) | (~Q(part__in=Part.numbered()) & Q(number=None)),
                violation_error_message=_("Delmål, principer och åtaganden ska ha ett nummer. Andra delar har inget."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_fixed_wording_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM agreement_wording WHERE status = 'fixed' AND id IN (
                            CASE WHEN TG_OP <> 'INSERT' THEN OLD.wording_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.wording_id END
                        )
                    ) THEN RAISE EXCEPTION 'a fixed wording never changes'; END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class WordingEvent(Event):
    """Something that happened to a wording."""

    subject = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en officiell text")
        verbose_name_plural = _("händelser i officiella texter")
