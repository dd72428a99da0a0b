"""How an activity goes: one sentence and a percentage at a time, from whoever does it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreement.models.parties import Party
from agreement.models.plans import Activity
from idekom.lib.history import WrongStatus

if TYPE_CHECKING:
    from idekom.users.models import User

LONGEST = 280
WORDS = ((0, _("Inte börjat")), (34, _("Har börjat")), (65, _("Ungefär halvvägs")), (99, _("Det mesta är gjort")), (100, _("Klart")))
"""(up to this percentage, what it is called)"""


def in_words(percent: int) -> str | Promise:
    """What a percentage from 0 to 100 is called."""
    return next(words for most, words in WORDS if percent <= most)


class ActivityUpdateQuerySet(models.QuerySet["ActivityUpdate"]):
    def shown(self) -> Self:
        """Those that everybody may read, the newest first."""
        return self.filter(hidden_at=None).exclude(activity__status=Activity.Status.DRAFT).order_by("-at", "-pk")

    @transaction.atomic
    def tell(
        self, activity: Activity, *, sentence: str, percent: int, way: "ActivityUpdate.Way", by: "User | None" = None, key: UUID | None = None
    ) -> "ActivityUpdate":
        """Tell how the activity goes. `key`: of the form that was filled in, so that a form sent twice tells once.

        Raises WrongStatus when the activity does not go on.
        """
        held = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        key = key or uuid4()
        if found := self.filter(key=key, activity=held).first():
            return found
        if not held.goes_on:
            raise WrongStatus
        party = None if way == ActivityUpdate.Way.OFFICE else held.party
        return self.create(activity=held, sentence=sentence, percent=percent, way=way, by=by, party=party, key=key)


class ActivityUpdate(models.Model):
    """What somebody told of an activity on a day."""

    class Way(models.TextChoices):
        """How it came."""

        LINK = "link", _("genom länken i mejlet")
        ACCOUNT = "account", _("av en inloggad företrädare")
        OFFICE = "office", _("av kansliet")

    activity = models.ForeignKey(Activity, verbose_name=_("aktivitet"), on_delete=models.PROTECT, related_name="updates")
    sentence = models.CharField(_("hur det går"), max_length=LONGEST)
    percent = models.PositiveSmallIntegerField(_("hur långt det har kommit (procent)"))
    at = models.DateTimeField(_("när"), default=timezone.now, db_index=True)
    way = models.CharField(_("hur uppgiften kom"), max_length=8, choices=Way)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("av"), on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    hidden_at = models.DateTimeField(_("dold"), null=True, editable=False)

    objects = ActivityUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppgift om en aktivitet")
        verbose_name_plural = _("uppgifter om aktiviteter")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["activity", "-at"], name="updates_of_an_activity")]
        constraints = [
            models.CheckConstraint(name="percent_is_from_0_to_100", condition=Q(percent__lte=100)),
            models.CheckConstraint(name="an_update_says_something", condition=~Q(sentence="")),
            models.CheckConstraint(name="an_update_without_an_account_came_by_link", condition=Q(way="link") ^ Q(by__isnull=False)),
            models.CheckConstraint(name="way_of_an_update_is_known", condition=Q(way__in=["link", "account", "office"])),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def percent_words(self) -> str | Promise:
        """How far it has come, in words."""
        return in_words(self.percent)

    @property
    def title(self) -> str:
        """How far it has come, in words and as a number."""
        return str(_("%(words)s (%(percent)d %%)") % {"words": self.percent_words, "percent": self.percent})

    @property
    def text(self) -> str:
        """The sentence, as the timeline calls it."""
        return self.sentence

    @property
    def actor(self) -> str | Promise:
        """Who told: the party, never a person's name."""
        return self.party.name if self.party else _("kansliet")

    @transaction.atomic
    def hide(self, *, by: "User", moment: datetime | None = None) -> None:
        """Show it to nobody any more; the secretariat can still read it. Twice changes nothing."""
        if ActivityUpdate.objects.filter(pk=self.pk, hidden_at=None).update(hidden_at=moment or timezone.now()):
            self.activity._record("hide_update", by=by)
        self.refresh_from_db()
