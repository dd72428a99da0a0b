"""The words of the papers, so that a search finds what stands in them. Kept beside the paper: they are long, and seldom read."""

import logging
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council.models.papers import Paper
from council.models.words import Words
from idekom.lib.text import cleaned, in_threes

log = logging.getLogger(__name__)
LONGEST = 200_000
"""Characters that are kept of a paper: a book of a hundred pages. PostgreSQL's index of words takes no more than a megabyte."""
LARGEST = 50_000_000
"""A file of more bytes is not read."""
SECONDS = 30
IN_NAME, IN_TEXT = Words(("name",)), Words(("text",))


class PaperTextQuerySet(models.QuerySet["PaperText"]):
    def unread(self) -> "models.QuerySet[Paper]":
        """The papers that have not been read, or have another file since."""
        return Paper.objects.filter(Q(words=None) | ~Q(words__file=F("file"))).order_by("pk")

    def read_all(self) -> int:
        """Read the papers that have not been; returns how many. Safe to repeat, and by two at once."""
        papers = list(self.unread())
        for paper in papers:
            self.update_or_create(paper=paper, defaults={"file": str(paper.file), "text": text_of(Path(paper.file.path))})
        return len(papers)


class PaperText(models.Model):
    """What stands in a paper; nothing when its file has no text that can be read."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="words")
    file = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    vector = models.GeneratedField(expression=IN_TEXT.vector, output_field=SearchVectorField(), db_persist=True)
    plain = models.GeneratedField(expression=IN_TEXT.plain, output_field=models.TextField(), db_persist=True)

    objects = PaperTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text i ett underlag")
        verbose_name_plural = _("text i underlag")
        indexes = [GinIndex(fields=["vector"], name="papers_by_words"), GinIndex(in_threes("plain"), name="papers_by_letters")]

    def __str__(self) -> str:
        return str(self.paper)


def text_of(file: Path) -> str:
    """The text of a PDF, as far as it can be read in time; "" for a broken one. Read in a process of its own, which may be stopped."""
    try:
        if file.stat().st_size > LARGEST:
            return ""
        command = [sys.executable, "-m", "council.reading", str(file), str(LONGEST)]
        ran = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the text of %s cannot be read: %s", file.name, type(error).__name__)
        return ""
    return cleaned(ran.stdout.decode(errors="replace"))[:LONGEST]
