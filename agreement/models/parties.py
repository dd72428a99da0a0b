"""The parties of the agreement, their sectors and districts, and the people who may act for them."""

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Trim
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from idekom.lib.dated import Dated, DatedQuerySet, period
from idekom.lib.text import in_threes, searchable, swedish_order

if TYPE_CHECKING:
    from idekom.users.models import User


class Side(models.TextChoices):
    """The two sides of the agreement."""

    CITY = "city", _("Staden")
    CIVIL_SOCIETY = "civil_society", _("Civilsamhället")


class SectorQuerySet(DatedQuerySet):
    def as_of(self, day: date) -> "dict[int | None, Sector]":
        """{any sector's pk: the sector that it was, or has become, on `day`}: the same field of work by its name of that day."""
        sectors = {sector.pk: sector for sector in self}
        earlier = {sector.successor_id: sector for sector in sectors.values() if sector.successor_id}
        return {pk: _then(sector, day, sectors, earlier) for pk, sector in sectors.items()}


def _then(sector: "Sector", day: date, sectors: "dict[int, Sector]", earlier: "dict[int | None, Sector]") -> "Sector":
    seen = {sector.pk}
    while not sector.holds_on(day):
        following = earlier.get(sector.pk) if day < sector.from_on else sectors.get(sector.successor_id or 0)
        if following is None or following.pk in seen:
            break
        seen.add(following.pk)
        sector = following
    return sector


class Sector(Dated):
    """A field of civil society's work that has its own voice in the council. A sector that changes name is succeeded by another."""

    slug = models.SlugField(_("adress"), unique=True)
    name = models.CharField(_("namn"), max_length=80)
    successor = models.ForeignKey(
        "self", verbose_name=_("efterföljare"), on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = SectorQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("sektor")
        verbose_name_plural = _("sektorer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class District(Dated):
    """A part of the city. Its place on the map of squares is roughly where it lies: north is up."""

    slug = models.SlugField(_("adress"), unique=True)
    name = models.CharField(_("namn"), max_length=80)
    map_row = models.PositiveSmallIntegerField(_("rad på kartan"), null=True, blank=True, help_text=_("1 är längst i norr."))
    map_column = models.PositiveSmallIntegerField(_("kolumn på kartan"), null=True, blank=True, help_text=_("1 är längst i väster."))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("stadsområde")
        verbose_name_plural = _("stadsområden")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LegalForm(models.TextChoices):
    """What kind of body a party is in law."""

    ASSOCIATION = "association", _("ideell förening")
    ECONOMIC = "economic_association", _("ekonomisk förening")
    FOUNDATION = "foundation", _("stiftelse")
    FAITH = "faith_community", _("trossamfund")
    NON_PROFIT_COMPANY = "non_profit_company", _("bolag utan vinstsyfte")
    NETWORK = "network", _("nätverk utan organisationsnummer")
    COMMITTEE = "committee", _("nämnd")
    ADMINISTRATION = "administration", _("förvaltning")
    COMPANY = "company", _("kommunalt bolag")

    @classmethod
    def of_the_city(cls) -> tuple["LegalForm", ...]:
        """The forms that City bodies have."""
        return cls.COMMITTEE, cls.ADMINISTRATION, cls.COMPANY

    @classmethod
    def for_applicants(cls) -> list[tuple[str, str]]:
        """(value, label) of the forms that an applying organisation may have."""
        return [(form.value, str(form.label)) for form in cls if form not in cls.of_the_city()]


def logo_name(instance: models.Model, filename: str) -> str:
    """Where a logotype is kept: a random name, nothing of what the user called it."""
    return f"logos/{secrets.token_hex(16)}.png"


class PartyQuerySet(models.QuerySet["Party"]):
    def represented_by(self, user: "User", day: date) -> Self:
        """The parties that the user may act for on `day`."""
        return self.filter(representatives__in=Representative.objects.on(day).filter(user=user)).distinct()

    def administered_by(self, user: "User", day: date) -> Self:
        """Those of them that the user is an administrator of: whose entry and people they may change."""
        mine = Representative.objects.on(day).filter(user=user, role=Representative.Role.ADMINISTRATOR)
        return self.filter(pk__in=mine.values("party"))

    def reported_for_by(self, user: "User", day: date) -> Self:
        """Those of them that the user is an administrator or reporter of: whose doings they may tell of."""
        roles = [Representative.Role.ADMINISTRATOR, Representative.Role.REPORTER]
        return self.filter(pk__in=Representative.objects.on(day).filter(user=user, role__in=roles).values("party"))


@pghistory.track(exclude=["sort_name", "name_key", "search_text"], model_name="PartyChange")
class Party(models.Model):
    """A party to the agreement, on either side: an organisation, an umbrella of organisations, or a body of the City."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("enskild organisation")
        UMBRELLA = "umbrella", _("paraplyorganisation")
        CITY_BODY = "city_body", _("del av staden")

    name = models.CharField(_("namn"), max_length=160)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind)
    legal_form = models.CharField(_("juridisk form"), max_length=24, choices=LegalForm)
    registration_number = models.CharField(_("organisationsnummer"), max_length=10, blank=True, help_text=_("Tio siffror utan bindestreck."))
    sector = models.ForeignKey(Sector, verbose_name=_("sektor"), on_delete=models.PROTECT, null=True, blank=True, related_name="parties")
    district = models.ForeignKey(District, verbose_name=_("stadsområde"), on_delete=models.PROTECT, null=True, blank=True, related_name="parties")
    website = models.URLField(_("webbplats"), blank=True)
    description = models.TextField(_("kort beskrivning"), max_length=1000, blank=True, help_text=_("Visas för alla i förteckningen."))
    address = models.CharField(_("gatuadress"), max_length=120, blank=True, help_text=_("Visas för alla. Skriv den bara om parten har sagt ja."))
    postal_code = models.CharField(_("postnummer"), max_length=6, blank=True)
    city = models.CharField(_("postort"), max_length=60, blank=True)
    logo = models.FileField(_("logotyp"), upload_to=logo_name, blank=True, editable=False)
    sort_name = models.GeneratedField(expression=swedish_order("name"), output_field=models.TextField(db_collation="C"), db_persist=True)
    name_key = models.GeneratedField(expression=Trim(searchable("name")), output_field=models.TextField(db_collation="C"), db_persist=True)
    search_text = models.GeneratedField(expression=searchable("name", "description"), output_field=models.TextField(), db_persist=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="parties_in_swedish_order"),
            models.Index(fields=["name_key"], name="parties_by_plain_name"),
            GinIndex(in_threes("search_text"), name="parties_by_letters"),
        ]
        constraints = [
            models.CheckConstraint(name="party_kind_is_known", condition=Q(kind__in=["organisation", "umbrella", "city_body"])),
            models.CheckConstraint(
                name="city_bodies_and_only_they_have_a_form_of_the_city",
                condition=Q(kind="city_body", legal_form__in=["committee", "administration", "company"])
                | (~Q(kind="city_body") & ~Q(legal_form__in=["committee", "administration", "company"])),
                violation_error_message=_("Nämnd, förvaltning och kommunalt bolag är former för stadens delar, och bara för dem."),
            ),
            models.UniqueConstraint(
                name="one_party_per_registration_number",
                fields=["registration_number"],
                condition=~Q(registration_number="") & ~Q(kind="city_body"),
                violation_error_message=_("En part med det organisationsnumret finns redan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("affiliation:party", args=[self.slug])

    @property
    def side(self) -> Side:
        """Which of the two sides it stands on."""
        return Side.CITY if self.kind == self.Kind.CITY_BODY else Side.CIVIL_SOCIETY

    @property
    def shown_address(self) -> str:
        """The address in one line, as far as it may be shown."""
        return ", ".join(part for part in (self.address, f"{self.postal_code} {self.city}".strip()) if part)

    @transaction.atomic
    def describe(self, fields: dict[str, Any], *, logo: bytes | None = None) -> None:
        """Write what the party says about itself. `logo` is a picture, b"" for none; None leaves the one there is."""
        old = self.logo.name
        for name, value in fields.items():
            setattr(self, name, value)
        if logo is not None:
            self.logo = ContentFile(logo, "logo.png") if logo else ""
        self.save(update_fields=[*fields, *([] if logo is None else ["logo"])])
        if logo is not None and old:
            transaction.on_commit(lambda: self.logo.storage.delete(old), robust=True)


class LastAdministrator(ValidationError):
    """A party must have somebody who can let others in."""

    def __init__(self) -> None:
        super().__init__(
            _("Parten måste ha minst en administratör. Bjud in en efterträdare först, eller hör av er till kansliet."), code="last_administrator"
        )


class NoHeir(ValidationError):
    """A party is handed over by an administrator, to somebody else who acts for it."""

    def __init__(self) -> None:
        super().__init__(_("Det går inte längre att lämna över till den personen. Läs om sidan och se vilka som finns kvar."), code="no_heir")


class RepresentativeQuerySet(DatedQuerySet):
    def administrators(self, party: Party, day: date) -> Self:
        """Those who may let others in to act for the party on `day`."""
        return self.on(day).filter(party=party, role=Representative.Role.ADMINISTRATOR)

    def of(self, party: Party, day: date) -> Self:
        """Everybody who acts for the party on `day`, the administrators first."""
        roles = models.Case(*[models.When(role=role, then=number) for number, role in enumerate(Representative.Role.values)])
        return self.on(day).filter(party=party).select_related("user").order_by(roles, "user__email")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="RepresentativeChange")
class Representative(Dated):
    """A person who may act for a party, in a role, for a time."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administratör")
        REPORTER = "reporter", _("rapportör")
        READER = "reader", _("läsare")

    party = models.ForeignKey(Party, verbose_name=_("part"), on_delete=models.PROTECT, related_name="representatives")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="representations")
    role = models.CharField(_("roll"), max_length=16, choices=Role, default=Role.ADMINISTRATOR)

    objects = RepresentativeQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("företrädare")
        verbose_name_plural = _("företrädare")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="representative_role_is_known", condition=Q(role__in=["administrator", "reporter", "reader"])),
            models.UniqueConstraint(name="a_person_represents_a_party_once_at_a_time", fields=["party", "user"], condition=Q(period__upper_inf=True)),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.party}"

    @classmethod
    def appoint(cls, party: Party, user: "User", *, from_on: date, role: "Representative.Role" = Role.ADMINISTRATOR) -> "Representative":
        """Let the user act for the party from a day on; the same person keeps the role they have."""
        found, _made = cls.objects.get_or_create(party=party, user=user, period__upper_inf=True, defaults={"role": role, "period": period(from_on)})
        return found

    @property
    def is_administrator(self) -> bool:
        """Whether they may let others in."""
        return self.role == self.Role.ADMINISTRATOR

    @transaction.atomic
    def change_role(self, role: "Representative.Role", day: date) -> None:
        """Give them another role from today; raises LastAdministrator."""
        self._leave_an_administrator(day, but_for=role)
        self.role = role
        self.save(update_fields=["role"])

    @transaction.atomic
    def end(self, day: date) -> None:
        """They act for the party no more from `day` on; raises LastAdministrator. Who was let in that very day has not acted: only history knows."""
        self._leave_an_administrator(day)
        if self.from_on >= day:
            self.delete()
            return
        self.period = period(self.from_on, day - timedelta(days=1))
        self.save(update_fields=["period"])

    @transaction.atomic
    def hand_over(self, heir: "Representative", day: date, *, stays: bool) -> None:
        """Make the heir administrator, and step back: to reader when one stays, else altogether. Raises NoHeir."""
        Party.objects.select_for_update(of=("self",)).get(pk=self.party_id)
        now = Representative.objects.administrators(self.party, day).filter(pk=self.pk)
        if heir.pk == self.pk or not now.exists() or not Representative.objects.on(day).filter(pk=heir.pk, party=self.party_id).exists():
            raise NoHeir
        heir.change_role(self.Role.ADMINISTRATOR, day)
        if stays:
            self.change_role(self.Role.READER, day)
        else:
            self.end(day)

    def _leave_an_administrator(self, day: date, but_for: "Representative.Role | None" = None) -> None:
        """Under a lock, so that of two administrators who leave at once one is told to stay."""
        Party.objects.select_for_update(of=("self",)).get(pk=self.party_id)
        self.refresh_from_db()
        others = Representative.objects.administrators(self.party, day).exclude(pk=self.pk)
        if self.is_administrator and but_for != self.Role.ADMINISTRATOR and not others.exists():
            raise LastAdministrator
