"""The agreement's versions, its parts, what has changed, and a revision round with its comments in the office."""

from collections.abc import Iterator

from django.urls import reverse

from agreement.models import CommitmentArea, RevisionComment, RevisionRound
from idekom.demo import content
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """All of them."""
    yield from (Place(reverse(f"agreement:{name}")) for name in ("versions", "vision"))
    yield Place(reverse("agreement:matrix") + "?indelning=omraden")
    yield Place(reverse("agreement:goal", args=[1]))
    for query in ("", "?sprak=en", "?sprak=latt"):
        yield Place(reverse("agreement:version", args=["2012"]) + query)
    yield Place(reverse("agreement:version_vision", args=["2012"]))
    yield Place(reverse("agreement:version_goal", args=["2012", 2]))
    yield Place(reverse("agreement:version_principle", args=["2012", "dialog"]))
    yield Place(reverse("agreement:version_commitment", args=["2012", "delaktighet"]))
    for query in ("", "?vy=lopande", "?visa=allt", "?vy=lopande&visa=allt"):
        yield Place(reverse("agreement:compare", args=["2012", "2017"]) + query)
    yield Place(reverse("agreement:compare", args=["2017", "2017"]))
    yield from _revision()


def _revision() -> Iterator[Place]:
    """The draft and what has been said about it."""
    round = RevisionRound.objects.get()
    slug = round.version.slug
    yield Place(reverse("agreement:version", args=[slug]))
    yield from (Place(reverse(f"agreement:{name}", args=[slug])) for name in ("revision", "commented", "revision_answers"))
    yield Place(reverse("agreement:comment", args=[slug, round.comments.all()[0].passage.position]))
    yield Place(reverse("admin:agreement_revisionround_change", args=[round.pk]), content.SECRETARY)
    yield Place(reverse("admin:agreement_commitmentarea_change", args=[CommitmentArea.objects.all()[0].pk]), content.SECRETARY)
    for status in RevisionComment.Status:
        for comment in RevisionComment.objects.filter(status=status)[:1]:
            yield Place(reverse("admin:agreement_revisioncomment_change", args=[comment.pk]), content.SECRETARY)
