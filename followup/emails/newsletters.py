"""The monthly newsletter: the parts that the follower has chosen, in the follower's language."""

from django.utils import translation

from affiliation.emails.followers import addresses, one_press
from followup.models import NewsletterCopy
from idekom.lib.mail import absolute, send


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
            url=url,
            **ways,
        )
