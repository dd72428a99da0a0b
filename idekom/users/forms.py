"""allauth's forms in the portal's words: a label and a hint, and nothing written inside the fields that vanishes when one types."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

EMAIL = _("E-postadress")
CODE = _("Kod")
MISSING = {
    "login": _("Skriv er e-postadress, till exempel namn@forening.se."),
    "email": _("Skriv er e-postadress, till exempel namn@forening.se."),
    "code": _("Skriv koden, sex siffror."),
    "name": _("Skriv ett namn på nyckeln."),
}


class Plain(forms.Form):
    """Without placeholders and without the browser's own bubbles."""

    use_required_attribute = False
    words: dict[str, tuple[Any, Any]] = {}
    """{field: (label, hint)}"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if name in MISSING:
                field.error_messages |= {"required": MISSING[name], "invalid": MISSING[name]}
                field.validators = [_with_message(validator, MISSING[name]) for validator in field.validators]
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


def _with_message(validator: Any, message: Any) -> Any:
    """The same validator; an e-mail validator says how an address is written."""
    return EmailValidator(message) if isinstance(validator, EmailValidator) else validator


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]
    """Signing in begins with an address."""

    words = {"login": (EMAIL, _("Den adress som ni har angett för er organisation eller ert uppdrag."))}


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):  # type: ignore[misc]
    """The same, at allauth's other address."""

    words = {"email": (EMAIL, _("Den adress som ni har angett för er organisation eller ert uppdrag."))}


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail, typed or pasted."""

    words = {"code": (CODE, _("Sex siffror. Ni kan klistra in koden."))}


class ConfirmEmailVerificationCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that proves a new address."""

    words = ConfirmLoginCodeForm.words


class AddEmailForm(Plain, account.AddEmailForm):  # type: ignore[misc]
    """Another address for the account."""

    words = {"email": (_("Ny e-postadress"), _("Vi skickar en kod till den nya adressen. Först när ni har skrivit in koden byts adressen."))}


class AuthenticateForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step: a code from the app, or one that was saved."""

    words = {"code": (CODE, _("Sex siffror från kodappen, eller en av era reservkoder."))}


class ReauthenticateForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second step once more, before something sensitive."""

    words = AuthenticateForm.words


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code from a new app."""

    words = {"code": (_("Koden som appen visar"), _("Sex siffror. Appen byter kod varje halvminut."))}


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    words = {
        "name": (_("Vad ska nyckeln heta?"), _("Till exempel Kontorsdatorn eller Min telefon.")),
        "passwordless": (
            _("Nyckeln ska räcka för att logga in"),
            _("Då behövs ingen kod med e-post. Kräver att enheten låses upp med finger, ansikte eller pinkod."),
        ),
    }


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    words = {"name": AddWebAuthnForm.words["name"]}
