"""Bringing a document in: read into blocks, each block put in its place, and kept as the draft of a wording."""

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from agreement.models import Commitment, Part, Passage, Principle, Promise, Version, Wording
from agreement.reading import words
from agreement.reading.documents import read
from agreement.reading.placing import Known, place
from agreement.reading.promises import owner_of, principles_of
from idekom.lib.text import cleaned, search_key

if TYPE_CHECKING:
    from idekom.users.models import User


@transaction.atomic
def bring_in(version: Version, language: str, name: str, data: bytes, *, by: "User | None") -> Wording:
    """The draft of a wording from a document called `name`; raises Unreadable, which says what is wrong with it."""
    placed = place(read(name, data), known(version, language))
    wording = Wording.objects.begin(
        version,
        language,
        [Passage(kind=one.block.kind, text=one.block.text, part=one.part, number=one.number) for one in placed],
        source_name=cleaned(name)[-160:],
        source_sha256=hashlib.sha256(data).hexdigest(),
        by=by,
    )
    read_promises(wording)
    return wording


def known(version: Version, language: str) -> Known:
    """What principles and commitments are called: the version's own when it has some, otherwise those of all versions."""
    is_new, suffix = version.is_unwritten, "en" if language == Wording.Language.ENGLISH else "sv"
    principles, commitments = Principle.objects.order_by("version_id"), Commitment.objects.order_by("version_id")
    if not is_new:
        principles, commitments = principles.filter(version=version), commitments.filter(version=version)
    own = {search_key(name): number for name, number in principles.values_list(f"name_{suffix}", "number") if name}
    titles = {search_key(title): number for title, number in commitments.values_list(f"title_{suffix}", "number") if title}
    if is_new:
        return Known(words.PRINCIPLES | own, titles)
    numbers = {
        Part.GOAL: set(version.goals.values_list("number", flat=True)),
        Part.PRINCIPLE: set(version.principles.values_list("number", flat=True)),
        Part.COMMITMENT: set(version.commitments.values_list("number", flat=True)),
    }
    return Known(own, titles, numbers)


@transaction.atomic
def read_promises(wording: Wording) -> None:
    """Read whom each commitment binds, of those that have not been read yet; forget those that have no passage any more."""
    texts: dict[tuple[str, int | None], list[Passage]] = defaultdict(list)
    for passage in wording.passages.filter(part__in=[Part.PRINCIPLE, Part.COMMITMENT]).order_by("position"):
        texts[passage.part, passage.number].append(passage)
    names = {number or 0: words.parse(of[0].text).name for (part, number), of in texts.items() if part == Part.PRINCIPLE and of[0].kind == "heading"}
    commitments = {number: of for (part, number), of in texts.items() if part == Part.COMMITMENT and number}
    wording.promises.exclude(number__in=commitments).delete()
    there = set(wording.promises.values_list("number", flat=True))
    Promise.objects.bulk_create(
        Promise(wording=wording, number=number, owner=owner_of(one.text for one in of), principles=principles_of([one.text for one in of], names))
        for number, of in commitments.items()
        if number not in there
    )
