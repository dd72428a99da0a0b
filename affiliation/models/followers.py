"""Following the register, and the monthly newsletter, by mail without an account."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from idekom.lib.history import Outgoing, ring
from idekom.lib.tokens import new_token

UNCONFIRMED_DAYS = 7
"""How long an address is kept that never confirms: this is told on the privacy page."""
AGAIN_AFTER = timedelta(minutes=10)
"""A stranger's address is not mailed more often than this, however often somebody types it."""


class Wish(models.TextChoices):
    """What a follower wants to hear of: new parties as they come, and parts of the monthly newsletter."""

    DAILY = "daily", _("Nya anslutna, högst ett mejl om dagen")
    PARTIES = "parties", _("Vilka som har anslutit sig")
    MEETINGS = "meetings", _("Rådets möten och protokoll")
    PROPOSALS = "proposals", _("Rådets förslag")
    FOLLOWUP = "followup", _("Uppföljning och dialogforum")
    EXAMPLES = "examples", _("Goda exempel")
    LINKS = "links", _("Omvärldsbevakning")

    @classmethod
    def categories(cls) -> list["Wish"]:
        """The parts of the newsletter, in its order."""
        return [wish for wish in cls if wish != cls.DAILY]

    @classmethod
    def choices_of_newsletter(cls) -> list[tuple[str, str]]:
        """The same, to choose among."""
        return [(wish.value, str(wish.label)) for wish in cls.categories()]


def just_the_register() -> list[str]:
    """What those want who began to follow when there was nothing else."""
    return [Wish.DAILY.value]


class FollowerQuerySet(models.QuerySet["Follower"]):
    def active(self) -> "FollowerQuerySet":
        """Those that have confirmed and not stopped."""
        return self.exclude(confirmed_at=None)

    def wanting(self, wishes: Iterable[str]) -> "FollowerQuerySet":
        """The active ones that want to hear of any of these."""
        return self.active().filter(wishes__overlap=list(wishes))

    def untold(self, moment: datetime) -> "FollowerQuerySet":
        """Those that have not been told of what is new at `moment`, and whose mail has not just failed."""
        return self.wanting([Wish.DAILY]).filter(told_until__lt=moment, retry_at__lte=moment).order_by("told_until", "pk")

    def forget_unconfirmed(self, now: datetime) -> int:
        """Delete the addresses that have not confirmed in time; returns how many."""
        late = now - timedelta(days=UNCONFIRMED_DAYS)
        NewAddress.objects.filter(asked_at__lt=late).delete()
        return self.filter(confirmed_at=None, asked_at__lt=late).delete()[0]


class Follower(Outgoing):
    """An address that wants to know what is new. It gets nothing before it has confirmed; the row is deleted when it stops."""

    BELL = "affiliation.deliver_mail"
    Wish = Wish

    email = models.EmailField(_("e-postadress"))
    language = models.CharField(_("språk"), max_length=2, default="sv")
    wishes = ArrayField(models.CharField(max_length=12, choices=Wish), verbose_name=_("vill ha"), default=just_the_register)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("anmäld"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("bekräftad"), null=True, editable=False)
    told_until = models.DateTimeField(null=True, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("följare")
        verbose_name_plural = _("följare")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_follows_once"),
            models.CheckConstraint(name="follower_wishes_are_known", condition=Q(wishes__contained_by=Wish.values)),
            models.CheckConstraint(name="a_follower_wishes_for_something", condition=Q(wishes__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.email

    def get_absolute_url(self) -> str:
        """The page to start, change and stop on: whoever has this address may do so."""
        return reverse("affiliation:following", args=[self.token])

    @property
    def is_active(self) -> bool:
        """Whether it has confirmed."""
        return self.confirmed_at is not None

    @property
    def wished(self) -> list[str]:
        """What it wants, in words."""
        wished = [wish for wish in Wish if wish in self.wishes]
        return [str(wish.label if wish == Wish.DAILY else _("Nyhetsbrevet: %(part)s") % {"part": wish.label}) for wish in wished]

    @classmethod
    def ask(cls, email: str, *, language: str, wishes: Iterable[str] = (Wish.DAILY,)) -> None:
        """Mail the address a link to confirm with, again when it has not; one that follows already gets nothing, and keeps what it has chosen."""
        told = {"language": language, "wishes": in_order(wishes)}
        follower, is_new = cls.objects.get_or_create(email=email.strip().lower(), defaults=told)
        if not is_new:
            now = timezone.now()
            waiting = cls.objects.filter(Q(notified_at=None) | Q(notified_at__lt=now - AGAIN_AFTER), pk=follower.pk, confirmed_at=None)
            waiting.update(notified_at=None, attempts=0, retry_at=now, asked_at=now, **told)
        ring(cls.BELL)

    def confirm(self) -> None:
        """Start telling, from now on; twice changes nothing."""
        now = timezone.now()
        type(self).objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=now, told_until=now, attempts=0, retry_at=now)
        self.refresh_from_db()

    @transaction.atomic
    def choose(self, wishes: Iterable[str], *, language: str) -> None:
        """Want these from now on, in that language. Who asks anew for new parties hears of those that come from now on."""
        held = type(self).objects.select_for_update().get(pk=self.pk)
        if Wish.DAILY in wishes and Wish.DAILY not in held.wishes and held.is_active:
            held.told_until = timezone.now()
        held.wishes, held.language = in_order(wishes), language
        held.save(update_fields=["wishes", "language", "told_until"])
        self.refresh_from_db()

    @transaction.atomic
    def move(self, email: str) -> None:
        """Ask the new address whether it is theirs; until it says yes everything goes to the old one."""
        held = type(self).objects.select_for_update().get(pk=self.pk)
        address = email.strip().lower()
        if address == held.email.lower():
            return
        now = timezone.now()
        if not NewAddress.objects.filter(follower=held, email=address, asked_at__gt=now - AGAIN_AFTER).exists():
            NewAddress.objects.update_or_create(
                follower=held,
                defaults={"email": address, "token": new_token(), "asked_at": now, "notified_at": None, "attempts": 0, "retry_at": now},
            )
        ring(self.BELL)

    def stop(self) -> None:
        """Forget the address."""
        type(self).objects.filter(pk=self.pk).delete()


def in_order(wishes: Iterable[str]) -> list[str]:
    """Each once, in the order in which they are listed."""
    return [wish.value for wish in Wish if wish in wishes]


class NewAddress(Outgoing):
    """A follower's new address, asked by mail whether it is theirs. The row goes when it has said yes, or nothing for a week."""

    follower = models.OneToOneField(Follower, on_delete=models.CASCADE, related_name="new_address")
    email = models.EmailField(_("e-postadress"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ny adress")
        verbose_name_plural = _("nya adresser")

    def __str__(self) -> str:
        return self.email

    @transaction.atomic
    def confirm(self) -> Follower:
        """Mail this address from now on, and nothing else changes. Did it follow already, that is gone: both are the same person's."""
        follower = Follower.objects.select_for_update().get(pk=self.follower_id)
        Follower.objects.filter(email__iexact=self.email).exclude(pk=follower.pk).delete()
        follower.email = self.email
        follower.save(update_fields=["email"])
        self.delete()
        return follower
