"""The people who hold seats."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class PersonQuerySet(models.QuerySet["Person"]):
    def public(self) -> "PersonQuerySet":
        """Those who hold or have held a seat, or work in a group: the others have no page."""
        seated = Q(pk__in=Person.objects.filter(mandates__voided_at=None, mandates__isnull=False).values("pk"))
        return self.filter(seated | Q(convened_groups__isnull=False) | Q(working_groups__isnull=False)).distinct()

    def called(self, name: str) -> "Person":
        """Somebody new by that name; a namesake gets another address."""
        base = slugify(name)[:100] or "ledamot"
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        slugs = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        return self.create(name=name, slug=next(slug for slug in slugs if slug not in taken))


class Person(models.Model):
    """A person with a place in public life: only the name and the offices are told. The e-mail address and phone number are private."""

    name = models.CharField(_("namn"), max_length=120)
    slug = models.SlugField(_("adress"), max_length=120, unique=True)
    title = models.CharField(_("titel"), max_length=120, blank=True, help_text=_("Till exempel uppdrag och partibeteckning."))
    email = models.EmailField(_("e-postadress"), blank=True, help_text=_("Bara för kansliet. Visas aldrig för andra."))
    phone = models.CharField(_("telefon"), max_length=40, blank=True, help_text=_("Bara för kansliet. Visas aldrig för andra."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("konto"), on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council:member", args=[self.slug])
