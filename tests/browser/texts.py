"""The pages on which the secretary reads a text in, checks it and lets a version into force."""

from collections.abc import Iterator

from django.urls import reverse

from agreement.models import Version, Wording
from idekom.demo import content, wording
from tests.browser.place import Place


def places() -> Iterator[Place]:
    """Each of them, and a text that is fixed beside one that waits."""
    version = Version.objects.get(slug=wording.SLUG)
    yield Place(reverse("admin:agreement_version_read_in") + f"?version={version.pk}", content.SECRETARY)
    yield Place(reverse("admin:agreement_version_put_in_force", args=[version.pk]), content.SECRETARY)
    in_force = Version.objects.get(status=Version.Status.IN_FORCE)
    yield Place(reverse("admin:agreement_version_put_in_force", args=[in_force.pk]), content.SECRETARY)
    for text in Wording.objects.filter(version=version):
        yield Place(reverse("admin:agreement_wording_change", args=[text.pk]) + "?visa=alla&sida=1", content.SECRETARY)
        yield Place(reverse("admin:agreement_wording_change", args=[text.pk]), content.SECRETARY)
