"""The mail about good examples: whether somebody may be shown as the contact."""

from django.utils import translation

from followup.models import Example, ExampleEvent
from idekom.lib.mail import absolute, send


def notify(event: ExampleEvent) -> None:
    """Ask the contact, unless they have answered or somebody else has been asked meanwhile."""
    example = event.subject
    if event.action == "ask_for_contact" and example.contact_consent == Example.Consent.ASKED and example.contact is not None:
        ask_contact(example, key=f"example-contact-{event.pk}")


def ask_contact(example: Example, *, key: str) -> None:
    """May your name and address stand beside the example?"""
    assert example.contact is not None  # noqa: S101 - whoever calls has looked
    user = example.contact.user
    with translation.override(user.language):
        url = absolute(example.get_consent_url())
    send("followup/example_contact", to=example.contact_email, language=user.language, key=key, example=example, url=url)
