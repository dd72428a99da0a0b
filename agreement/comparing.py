"""Two versions beside each other: section by section, paragraph by paragraph, word by word."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreement.models import Version
from agreement.texts import Paragraph, Section, merged, read
from idekom.lib import differences
from idekom.lib.differences import Piece


@dataclass(frozen=True)
class Row:
    """A paragraph as it was and as it is; one of them is None when it was added or removed."""

    before: Paragraph | None
    after: Paragraph | None
    pieces: list[Piece]

    @property
    def state(self) -> str:
        """same, changed, added or removed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if any(mark for mark, _words in self.pieces) else "same"

    @property
    def was(self) -> list[Piece]:
        """What stood in the first version."""
        return [piece for piece in self.pieces if piece[0] != "ins"]

    @property
    def now(self) -> list[Piece]:
        """What stands in the second."""
        return [piece for piece in self.pieces if piece[0] != "del"]


@dataclass(frozen=True)
class Compared:
    """A section of the two versions."""

    title: str
    anchor: str
    rows: list[Row]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it is."""
        return any(row.state != "same" for row in self.rows)

    @property
    def changes(self) -> list[Row]:
        """The rows in which something has changed."""
        return [row for row in self.rows if row.state != "same"]


@dataclass(frozen=True)
class Comparison:
    """All sections, whether the official wordings or the portal's own texts were compared, and in which language."""

    sections: list[Compared]
    is_official: bool
    has_both: bool
    lang: str

    def count(self, state: str) -> int:
        """How many paragraphs there are in the state."""
        return sum(row.state == state for section in self.sections for row in section.rows)

    @property
    def changed(self) -> int:
        """How many paragraphs have other words."""
        return self.count("changed")

    @property
    def added(self) -> int:
        """How many paragraphs are new."""
        return self.count("added")

    @property
    def removed(self) -> int:
        """How many paragraphs are gone."""
        return self.count("removed")

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return not (self.changed or self.added or self.removed)


def compare(before: Version, after: Version, language: str, *, own: bool = False) -> Comparison:
    """What has changed from one version to the other. The official wordings, where both have one in the same language; else our own texts."""
    one, two = read(before, language), read(after, language)
    if one.lang != two.lang:
        one, two = read(before, "sv"), read(after, "sv")
    has_both = one.wording is not None and two.wording is not None
    if has_both and not own:
        return Comparison(_compared(merged(one.official), merged(two.official)), True, True, one.lang)
    if one.own_lang != two.own_lang:
        one, two = read(before, "sv"), read(after, "sv")
    return Comparison(_compared(one.own, two.own), False, has_both, one.own_lang)


def _compared(before: list[Section], after: list[Section]) -> list[Compared]:
    return [_rows(a, b) for a, b in _pairs(before, after)]


def _pairs(before: list[Section], after: list[Section]) -> list[tuple[Section | None, Section | None]]:
    """The sections of both, in the order of the second: by what they are called where they are of one kind, else by their number."""
    left = dict(enumerate(before))
    partner: dict[int, int] = {}
    for same in (_same_name, _same_place):
        for j, section in enumerate(after):
            i = next((i for i, other in left.items() if j not in partner and same(section, other)), None)
            if i is not None:
                partner[j] = i
                del left[i]
    found: list[tuple[Section | None, Section | None]] = []
    for j, section in enumerate(after):
        at = partner.get(j)
        if at is not None:
            found += ((left.pop(i), None) for i in sorted(left) if i < at)
        found.append((before[at] if at is not None else None, section))
    return [*found, *((one, None) for one in left.values())]


def _same_name(one: Section, other: Section) -> bool:
    return one.part == other.part and one.title.casefold() == other.title.casefold()


def _same_place(one: Section, other: Section) -> bool:
    return one.place == other.place


def _rows(before: Section | None, after: Section | None) -> Compared:
    a, b = _told(before), _told(after)
    rows = []
    for i, j in differences.aligned([one.words for one in a], [one.words for one in b]):
        was, now = a[i] if i is not None else None, b[j] if j is not None else None
        rows.append(Row(was, now, _pieces(was, now)))
    named = next(section for section in (after, before) if section)
    return Compared(named.title, named.anchor, rows)


def _told(section: Section | None) -> list[Paragraph]:
    """The paragraphs, below the heading that says what the section is called, where no paragraph does."""
    if section is None:
        return []
    named = any(one.kind == "heading" and one.words == section.title for one in section.paragraphs)
    title = Paragraph(section.anchor, "heading", section.title, section.paragraphs[0].html) if section.paragraphs and not named else None
    return [title, *section.paragraphs] if title and section.number is not None else section.paragraphs


def _pieces(was: Paragraph | None, now: Paragraph | None) -> list[Piece]:
    if was is None or now is None:
        return [("ins" if was is None else "del", one.words) for one in (was, now) if one]
    return differences.words(was.words, now.words)


def changed_only(sections: Iterable[Compared]) -> list[Compared]:
    """The sections in which something has changed, with those paragraphs alone."""
    return [Compared(one.title, one.anchor, one.changes) for one in sections if one.is_changed]
