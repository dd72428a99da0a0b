"""The official wording of a version, as it was brought in from a document: passage by passage, with not one sentence lost."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreement.models import drafting
from agreement.models.text import Owner, Version
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from idekom.users.models import User


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


def stays_once_fixed() -> pgtrigger.Trigger:
    """A trigger that keeps the rows of a wording as they are once it is fixed. The lock makes who writes meanwhile wait for it."""
    return pgtrigger.Trigger(
        name="a_fixed_wording_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            PERFORM 1 FROM agreement_wording WHERE id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.wording_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.wording_id END
            ) ORDER BY id FOR SHARE;
            IF EXISTS (
                SELECT 1 FROM agreement_wording WHERE status = 'fixed' AND id IN (
                    CASE WHEN TG_OP <> 'INSERT' THEN OLD.wording_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.wording_id END
                )
            ) THEN RAISE EXCEPTION 'a fixed wording never changes'; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class NotYet(ValidationError):
    """The wording cannot be fixed yet; the message says what is left to do."""

    def __init__(self, message: object) -> None:
        super().__init__(message, code="not_yet")  # type: ignore[arg-type]


class WordingQuerySet(models.QuerySet["Wording"]):
    @transaction.atomic
    def begin(
        self, version: Version, language: str, passages: Iterable["Passage"], *, source_name: str, source_sha256: str, by: "User | None"
    ) -> "Wording":
        """A draft that holds these passages, in their order."""
        wording = self.create(version=version, language=language, source_name=source_name, source_sha256=source_sha256)
        for position, passage in enumerate(passages, start=1):
            passage.wording, passage.position = wording, position
        Passage.objects.bulk_create(passages)
        wording._record("begin", by=by)
        return wording

    def fixed(self) -> Self:
        """Those that stand for ever."""
        return self.filter(status=Status.FIXED)


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

    objects = WordingQuerySet.as_manager()

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

    @property
    def makes_the_version(self) -> bool:
        """Whether its goals, principles and commitments become the version's own when it is fixed."""
        return self.language == Language.SWEDISH and self.version.is_unwritten

    @property
    def unplaced(self) -> int:
        """How many passages wait for a place."""
        return self.passages.filter(part=Part.UNPLACED).count()

    def under(self, position: int) -> list[int]:
        """The positions of what stands under a heading, up to the next one."""
        after = self.passages.filter(position__gt=position).order_by("position")
        end = after.filter(kind=Passage.Kind.HEADING).values_list("position", flat=True).first()
        return list((after.filter(position__lt=end) if end else after).values_list("position", flat=True))

    @transaction.atomic
    def place(self, places: Mapping[int, tuple[str, int | None]], *, by: "User | None") -> None:
        """Put passages where they belong: {position: (part, number)}. Raises WrongStatus once the wording is no draft."""
        self._hold()
        moved = []
        for passage in self.passages.filter(position__in=places):
            place = places[passage.position]
            if place != (passage.part, passage.number):
                passage.part, passage.number = place
                moved.append(passage)
        Passage.objects.bulk_update(moved, ["part", "number"])
        if moved:
            self._record("place", by=by, note=", ".join(str(passage.position) for passage in moved))

    @transaction.atomic
    def promise(self, promises: Mapping[int, tuple[str, Collection[int]]], *, by: "User | None") -> None:
        """Say whom commitments bind and which principles they serve: {number: (owner, principles)}. Raises WrongStatus."""
        self._hold()
        changed = []
        for promise in self.promises.filter(number__in=promises):
            owner, principles = promises[promise.number][0], sorted(promises[promise.number][1])
            if (owner, principles) != (promise.owner, promise.principles):
                promise.owner, promise.principles = owner, principles
                changed.append(promise)
        Promise.objects.bulk_update(changed, ["owner", "principles"])
        if changed:
            self._record("promise", by=by, note=", ".join(str(promise.number) for promise in changed))

    @transaction.atomic
    def fix(self, *, by: "User | None") -> None:
        """Let the wording stand for ever. A Swedish one makes the goals, principles and commitments of a draft that has none.

        Raises NotYet while something is left to do, and WrongStatus.
        """
        version = Version.objects.select_for_update().get(pk=self.version_id)
        self._hold()
        self.version = version
        if self.unplaced:
            raise NotYet(_("Det finns stycken som inte är placerade. Placera dem först."))
        if type(self).objects.fixed().filter(version=version, language=self.language).exists():
            raise NotYet(_("Versionen har redan en fastställd text på det språket."))
        if self.makes_the_version:
            promises = list(self.promises.order_by("number"))
            if not all(promise.owner for promise in promises):
                raise NotYet(_("Välj vem som ansvarar för varje åtagande."))
            drafting.write(version, list(self.passages.order_by("position")), promises)
        self._become("fix", by=by)

    def discard(self, *, by: "User | None") -> None:
        """Put the draft away; raises WrongStatus."""
        self._become("discard", by=by)

    def _hold(self) -> None:
        """Keep the row until the transaction ends; raises WrongStatus when it is no draft any more."""
        if type(self).objects.select_for_update().filter(pk=self.pk, status=Status.DRAFT).first() is None:
            raise WrongStatus


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
        triggers = [stays_once_fixed()]

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)


class Promise(models.Model):
    """Whom a commitment of a wording binds and which principles it serves, as its words tell or the secretary says."""

    wording = models.ForeignKey(Wording, verbose_name=_("officiell text"), on_delete=models.PROTECT, related_name="promises")
    number = models.PositiveSmallIntegerField(_("åtagandets nummer"))
    owner = models.CharField(_("ansvarig"), max_length=8, choices=Owner, blank=True)
    principles = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("principernas nummer"), default=list, blank=True)

    class Meta:
        verbose_name = _("utläst ansvar")
        verbose_name_plural = _("utlästa ansvar")
        ordering = ["wording", "number"]
        constraints = [
            models.UniqueConstraint(name="one_promise_per_commitment", fields=["wording", "number"]),
            models.CheckConstraint(name="promise_owner_is_known", condition=Q(owner__in=["", *Owner.values])),
        ]
        triggers = [stays_once_fixed()]

    def __str__(self) -> str:
        return f"{self.wording}, {self.number}"


class WordingEvent(Event):
    """Something that happened to a wording."""

    subject = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en officiell text")
        verbose_name_plural = _("händelser i officiella texter")
