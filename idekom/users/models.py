"""People who sign in. The e-mail address is who they are."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; no password is needed, since one signs in by a mailed code."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with this address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)  # None: cannot be used
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def with_email(self, email: str, *, language: str = "sv") -> "User":
        """The user with this address, made when there is none; `language` is what a new one reads."""
        with_it = self.filter(email__iexact=email.strip())
        try:
            with transaction.atomic():
                return with_it.first() or self.create_user(email, language=language)
        except IntegrityError:  # somebody made the user meanwhile
            return with_it.get()


class User(AbstractUser):
    """A person with an e-mail address: a representative of a party, a council member or the secretary."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-postadress"), unique=True, error_messages={"unique": _("Adressen används redan.")})
    name = models.CharField(_("namn"), max_length=120, blank=True)
    language = models.CharField(_("språk i mejlen"), max_length=2, default="sv", choices=[("sv", "svenska"), ("en", "English")])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_belongs_to_one_user", violation_error_message=_("Adressen används redan."))
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, or the address when none is given."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: people are not split into first and last."""
        return str(self)
