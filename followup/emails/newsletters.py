"""The monthly newsletter: the parts that the follower has chosen, in the follower's language."""

import re

from django.utils import translation

from affiliation.emails.followers import addresses, one_press
from followup.models import NewsletterCopy
from idekom.lib.mail import absolute, send

LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<?([^)>\s]*)>?\)")
"""A link in Markdown: its words and its address."""
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+!|<>])")


def notify(copy: NewsletterCopy) -> None:
    """Mail it. Who has chosen something else meanwhile gets that, or nothing."""
    newsletter, follower = copy.newsletter, copy.follower
    with translation.override(follower.language):
        parts = newsletter.parts(follower.wishes)
        url = absolute(newsletter.get_absolute_url())
        if not parts:
            return
        ways = addresses(follower)
        send(
            "followup/newsletter",
            to=follower.email,
            language=follower.language,
            key=f"newsletter-{newsletter.pk}-{follower.pk}",
            headers=one_press(ways),
            newsletter=newsletter,
            parts=parts,
            plain=[(str(part), as_text(part.text)) for part in parts],
            introduction=as_text(newsletter.introduction or ""),
            url=url,
            **ways,
        )


def as_text(markdown: str) -> str:
    """The words as one reads them in a mail without HTML: each link's address in angle brackets after its words."""
    return ESCAPED.sub(r"\1", LINK.sub(r"\1 <\2>", markdown))
