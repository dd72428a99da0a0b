"""The mail about a comment on a draft: the answer, to whoever left an address."""

from django.utils import translation

from agreement.models import RevisionCommentEvent
from idekom.lib.mail import absolute, send


def notify(event: RevisionCommentEvent) -> None:
    """Mail about an answer; the other events concern nobody outside."""
    comment = event.subject
    if event.action != "answer" or not comment.email:
        return
    with translation.override(comment.language):
        outcome, url = comment.get_outcome_display(), absolute(comment.round.answers_url)
    send(
        "agreement/comment_answered",
        to=comment.email,
        language=comment.language,
        key=f"revision-comment-event-{event.pk}",
        version=comment.round.version,
        comment=comment,
        outcome=outcome,
        url=url,
    )
