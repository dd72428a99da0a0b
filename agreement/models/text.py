"""The text of the agreement: versions, goals, principles, commitments."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Side
from idekom.lib.dated import today
from idekom.lib.history import Event, Stateful, Transitions, WrongStatus, only_legal_moves, status_is_known

if TYPE_CHECKING:
    from agreement.models.parties import Party
    from idekom.users.models import User


# The version is locked before it is looked at: who writes while it enters into force waits, and is then refused.
LOCKED = "PERFORM 1 FROM agreement_version WHERE id IN ({versions}) ORDER BY id FOR SHARE;"
IS_NO_DRAFT = "EXISTS (SELECT 1 FROM agreement_version WHERE id IN ({versions}) AND status <> 'draft')"

ARE_OF_ONE_VERSION = """EXISTS (SELECT 1 FROM agreement_commitment c JOIN agreement_principle p USING (version_id)
    WHERE c.id = NEW.commitment_id AND p.id = NEW.principle_id)"""


def stays(*fields: str) -> pgtrigger.Trigger:
    """A trigger that keeps `fields`, and which rows there are, as they are once the row's version is out of draft."""
    old, new = (", ".join(f"{row}.{field}" for field in fields) for row in ("OLD", "NEW"))
    versions = "CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END"
    return pgtrigger.Trigger(
        name="text_in_force_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' AND ({old}) IS NOT DISTINCT FROM ({new}) THEN RETURN NEW; END IF;
            {LOCKED.format(versions=versions)}
            IF {IS_NO_DRAFT.format(versions=versions)} THEN RAISE EXCEPTION 'a text in force never changes: %', TG_TABLE_NAME; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def stays_in_its_version() -> pgtrigger.Trigger:
    """A trigger that keeps a part in the version that it was written for: what it is tied to is there."""
    return pgtrigger.Protect(
        name="a_part_stays_in_its_version",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.version_id IS DISTINCT FROM NEW.version_id"),
    )


def tags_stay() -> pgtrigger.Trigger:
    """A trigger that keeps which principles a commitment serves once its version is out of draft, and ties it only to its own version's."""
    versions = """SELECT version_id FROM agreement_commitment WHERE id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.commitment_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.commitment_id END)"""
    return pgtrigger.Trigger(
        name="text_in_force_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            {LOCKED.format(versions=versions)}
            IF {IS_NO_DRAFT.format(versions=versions)} THEN RAISE EXCEPTION 'a text in force never changes: %', TG_TABLE_NAME; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF NOT {ARE_OF_ONE_VERSION} THEN RAISE EXCEPTION 'a commitment serves principles of its own version'; END IF;
            RETURN NEW;
        """,
    )


class NotThatDay(ValidationError):
    """The version cannot enter into force on that day."""

    def __init__(self, first: date) -> None:
        told = _("Dagen ska vara efter den %(day)s, då den gällande versionen trädde i kraft.")
        super().__init__(told % {"day": date_format(first, "j F Y")}, code="not_that_day")


class VersionQuerySet(models.QuerySet["Version"]):
    def in_force(self, day: date) -> "Version | None":
        """The version in force on `day`; None before the first one."""
        known = self.exclude(status=Version.Status.DRAFT)
        return known.filter(in_force_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day)).order_by("-in_force_on").first()

    def public(self, day: date) -> Self:
        """Those that everybody may read: whatever has been in force, and a draft once a revision round has shown it."""
        return self.filter(~Q(status=Version.Status.DRAFT) | Q(revision_round__opens_on__lte=day))


class Status(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", _("utkast")
    IN_FORCE = "in_force", _("gällande")
    SUPERSEDED = "superseded", _("tidigare")


TRANSITIONS: Transitions = {
    "put_in_force": ({Status.DRAFT}, Status.IN_FORCE),
    "supersede": ({Status.IN_FORCE}, Status.SUPERSEDED),
}


class Version(Stateful):
    """One wording of the agreement. A signature means the version that was signed."""

    Status = Status
    TRANSITIONS = TRANSITIONS

    slug = models.SlugField(_("adress"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    summary = models.TextField(_("kort om överenskommelsen"), blank=True)
    vision = models.TextField(_("vision"))
    aim = models.TextField(_("mål"), help_text=_("Det övergripande målet; delmålen står för sig."))
    text = models.TextField(_("text i övrigt"), blank=True, help_text=_("Markdown: värden, parter, bakgrund, uppföljning."))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    adopted_on = models.DateField(_("antagen"), null=True, blank=True)
    adopted_by = models.CharField(_("antagen av"), max_length=160, blank=True)
    in_force_on = models.DateField(_("gäller från"), null=True, blank=True)
    ended_on = models.DateField(_("gällde till (ej med)"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version av överenskommelsen")
        verbose_name_plural = _("versioner av överenskommelsen")
        ordering = ["-in_force_on", "pk"]
        constraints = [
            status_is_known("version", Status),
            models.CheckConstraint(
                name="a_version_out_of_draft_has_a_first_day",
                condition=Q(status="draft") | Q(in_force_on__isnull=False),
                violation_error_message=_("En version som gäller behöver en dag som den gäller från."),
            ),
            models.UniqueConstraint(
                name="one_version_is_in_force",
                fields=["status"],
                condition=Q(status="in_force"),
                violation_error_message=_("En annan version gäller redan."),
            ),
        ]
        triggers = [
            only_legal_moves(TRANSITIONS),
            pgtrigger.Protect(
                name="text_in_force_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status <> 'draft'"
                    " AND (OLD.slug, OLD.name_sv, OLD.summary_sv, OLD.vision_sv, OLD.aim_sv, OLD.text_sv, OLD.adopted_on, OLD.in_force_on)"
                    " IS DISTINCT FROM"
                    " (NEW.slug, NEW.name_sv, NEW.summary_sv, NEW.vision_sv, NEW.aim_sv, NEW.text_sv, NEW.adopted_on, NEW.in_force_on)"
                ),
            ),
            pgtrigger.Protect(
                name="a_version_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.ended_on IS DISTINCT FROM NEW.ended_on AND NOT (OLD.status = 'in_force' AND NEW.status = 'superseded')"
                    " AND OLD.status <> 'draft'"
                ),
            ),
            pgtrigger.Protect(name="a_version_in_force_stays", operation=pgtrigger.Delete, condition=pgtrigger.Condition("OLD.status <> 'draft'")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The agreement's own page while the version holds, and the version's else."""
        return reverse("agreement:agreement") if self.holds_on(today()) else self.permanent_url

    @property
    def permanent_url(self) -> str:
        """Where the version stands for ever, whatever is in force."""
        return reverse("agreement:version", args=[self.slug])

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        has_begun = self.status != self.Status.DRAFT and self.in_force_on is not None and self.in_force_on <= day
        return has_begun and (self.ended_on is None or day < self.ended_on)

    @property
    def may_change(self) -> bool:
        """Whether the text may still be changed: only a draft's may."""
        return self.status == self.Status.DRAFT

    @property
    def is_unwritten(self) -> bool:
        """Whether it is a draft without goals, principles and commitments: its official wording may make them."""
        return self.may_change and not (self.goals.exists() or self.principles.exists() or self.commitments.exists())

    @transaction.atomic
    def put_in_force(self, on: date, *, by: "User | None" = None) -> None:
        """Let this draft hold from `on`, instead of the version in force until then; raises WrongStatus and NotThatDay."""
        if not self.may("put_in_force"):
            raise WrongStatus
        before = Version.objects.select_for_update().filter(status=Status.IN_FORCE).first()
        if before is not None:
            if before.in_force_on and on <= before.in_force_on:
                raise NotThatDay(before.in_force_on)
            before._become("supersede", by=by, ended_on=on)
        self._become("put_in_force", by=by, in_force_on=on)


class VersionEvent(Event):
    """Something that happened to a version."""

    subject = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("händelse i en version")
        verbose_name_plural = _("händelser i versioner")


class PartOfVersion(models.Model):
    """What has an address of its own below its version: one while the version holds, and one that stays for ever."""

    version: models.ForeignKey[Version]

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return f"{self.version.get_absolute_url()}{self.path}"

    @property
    def path(self) -> str:
        """The last of the address."""
        raise NotImplementedError

    @property
    def permanent_url(self) -> str:
        """Where it stands for ever."""
        return f"{self.version.permanent_url}{self.path}"


class Goal(PartOfVersion):
    """One of the ways in which the aim is to be reached."""

    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="goals")
    number = models.PositiveSmallIntegerField(_("nummer"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("delmål")
        verbose_name_plural = _("delmål")
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_goal_per_number")]
        triggers = [stays("version_id", "number", "text_sv")]

    def __str__(self) -> str:
        return f"{self.number}. {Truncator(self.text).chars(60)}"

    @property
    def path(self) -> str:
        return f"mal/{self.number}/"


class Principle(PartOfVersion):
    """A principle that both sides promise to live by."""

    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="principles")
    number = models.PositiveSmallIntegerField(_("nummer"))
    slug = models.SlugField(_("adress"))
    name = models.CharField(_("namn"), max_length=120)
    short_name = models.CharField(_("kort namn"), max_length=40)
    text = models.TextField(_("text"), help_text=_("Markdown."))

    class Meta:
        verbose_name = _("princip")
        verbose_name_plural = _("principer")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_principle_per_number"),
            models.UniqueConstraint(fields=["version", "slug"], name="one_principle_per_address"),
        ]
        triggers = [stays("version_id", "number", "slug", "name_sv", "short_name_sv", "text_sv"), stays_in_its_version()]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"principer/{self.slug}/"


class Owner(models.TextChoices):
    """Who a commitment binds."""

    CITY = "city", _("Staden")
    SECTOR = "sector", _("Civilsamhället")
    BOTH = "both", _("Båda tillsammans")
    EACH = "each", _("Båda, var för sig")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def concerning(self, party: "Party") -> Self:
        """Those that the party has promised something in."""
        other = Owner.SECTOR if party.side == Side.CITY else Owner.CITY
        return self.exclude(owner=other)


class Commitment(PartOfVersion):
    """Something that one side, or both, have promised to do."""

    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField(_("nummer"))
    slug = models.SlugField(_("adress"), max_length=80)
    title = models.CharField(_("rubrik"), max_length=160)
    summary = models.CharField(_("i en mening"), max_length=300)
    text = models.TextField(_("text"), help_text=_("Markdown."))
    owner = models.CharField(_("ansvarig"), max_length=8, choices=Owner)
    principles = models.ManyToManyField(Principle, verbose_name=_("principer"), blank=True, related_name="commitments")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("åtagande")
        verbose_name_plural = _("åtaganden")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_commitment_per_number"),
            models.UniqueConstraint(fields=["version", "slug"], name="one_commitment_per_address"),
            models.CheckConstraint(name="commitment_owner_is_known", condition=Q(owner__in=Owner.values)),
        ]
        triggers = [stays("version_id", "number", "slug", "title_sv", "summary_sv", "text_sv", "owner"), stays_in_its_version()]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def path(self) -> str:
        return f"ataganden/{self.slug}/"

    @property
    def before(self) -> "Commitment | None":
        """The commitment before this one in the same version."""
        return Commitment.objects.select_related("version").filter(version_id=self.version_id, number__lt=self.number).last()

    @property
    def after(self) -> "Commitment | None":
        """The commitment after this one in the same version."""
        return Commitment.objects.select_related("version").filter(version_id=self.version_id, number__gt=self.number).first()


class CommitmentTag(Commitment.principles.through):  # type: ignore[name-defined,misc]  # Django makes this table's model by itself
    """Which principles a commitment serves: a part of the text, so it stays with it."""

    class Meta:
        proxy = True
        triggers = [tags_stay()]
