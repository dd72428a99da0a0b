"""A version's text as one reads it: sections of paragraphs, in the official wording and in the portal's own words.

Every paragraph has an anchor made of the part it stands in, so that a link to it stays true for as long as the version does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language

from agreement.models import Part, Passage, Version, Wording
from idekom.lib import markdown

SLUGS = {
    Part.TITLE: "titel",
    Part.VALUES: "varden",
    Part.PARTIES: "parter",
    Part.DEFINITION: "definition",
    Part.BACKGROUND: "bakgrund",
    Part.MEANING: "mening",
    Part.VISION: "vision",
    Part.AIM: "mal",
    Part.GOAL: "delmal",
    Part.PRINCIPLES: "principer",
    Part.PRINCIPLE: "princip",
    Part.COMMITMENTS: "ataganden",
    Part.COMMITMENT: "atagande",
    Part.FOLLOWUP: "uppfoljning",
    Part.JOINING: "anslutning",
    Part.OTHER: "ovrigt",
    Part.UNPLACED: "oplacerat",
}
"""How each part is called in an anchor."""
OF_HEADINGS = {
    "varden": Part.VALUES,
    "values": Part.VALUES,
    "parterna": Part.PARTIES,
    "the-parties": Part.PARTIES,
    "den-sociala-ekonomin": Part.DEFINITION,
    "the-social-economy": Part.DEFINITION,
    "bakgrund": Part.BACKGROUND,
    "background": Part.BACKGROUND,
    "mening-och-syfte": Part.MEANING,
    "meaning-and-purpose": Part.MEANING,
    "uppfoljning-och-utvardering": Part.FOLLOWUP,
    "follow-up-and-evaluation": Part.FOLLOWUP,
    "sa-ansluter-ni-er": Part.JOINING,
    "how-to-join": Part.JOINING,
}
"""Which part of the agreement a heading in the portal's own text stands over."""
LANGUAGES = {"sv": Wording.Language.SWEDISH, "en": Wording.Language.ENGLISH, "latt": Wording.Language.EASY}
"""What `?sprak=` may say."""
OWN = "egen"
"""Before the anchor of a paragraph in the portal's own words."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, heading or list item, with the name it is linked to by."""

    anchor: str
    kind: str
    words: str
    html: SafeString
    pk: int | None = None
    """The passage that it is, in an official wording, and its place there."""
    position: int | None = None


@dataclass(frozen=True)
class Section:
    """A part of the agreement, such as one principle, and its paragraphs in their order."""

    part: Part
    number: int | None
    title: str
    paragraphs: list[Paragraph]
    path: str = ""
    """The last of its address, when it has one of its own."""
    key: str = ""
    """Tells sections of the same part apart that have no number."""

    @property
    def place(self) -> tuple[str, int | None, str]:
        """Which section of another version it answers to."""
        return self.part.value, self.number, self.key

    @property
    def anchor(self) -> str:
        """What the section is linked to by."""
        return "-".join(str(one) for one in (SLUGS[self.part], self.number, self.key) if one)

    @property
    def name(self) -> str:
        """What it is called among others: which part, which number, which title."""
        if self.number is None:
            return self.title or str(self.part.label).capitalize()
        return self.title if self.title == self.numbered else f"{self.numbered}, {self.title}"

    @property
    def numbered(self) -> str:
        """Which part with which number; nothing where there is one of the kind."""
        return "" if self.number is None else f"{self.part.label.capitalize()} {self.number}"

    @property
    def heading_id(self) -> str:
        """What its heading is linked to by, on the page of what is in force."""
        return f"om-{slugify(self.title)}"

    @property
    def groups(self) -> list[tuple[bool, list[Paragraph]]]:
        """(whether it is a list, its items) in order, without the heading that is the section's title."""
        first = self.paragraphs[:1]
        body = self.paragraphs[1:] if first and first[0].kind == "heading" and first[0].words == self.title else self.paragraphs
        return [(is_list, list(group)) for is_list, group in groupby(body, key=lambda one: one.kind == Passage.Kind.ITEM)]


@dataclass
class Reading:
    """A version in the language that was asked for; where there is no wording in it, the Swedish one is shown, and said so."""

    version: Version
    asked: str
    wording: Wording | None
    official: list[Section]
    own: list[Section]
    own_lang: str
    others: list[str] = field(default_factory=list)
    """The languages that the version has an official wording in."""

    @property
    def lang(self) -> str:
        """The language of the official wording, as HTML names it."""
        return "en" if self.wording and self.wording.language == Wording.Language.ENGLISH else "sv"

    @property
    def is_fallback(self) -> bool:
        """Whether the official wording is not in the language that was asked for."""
        return self.wording is not None and self.wording.language != self.asked

    @property
    def own_is_fallback(self) -> bool:
        """Whether the portal's own text is not in the language that was asked for."""
        return self.own_lang != self.asked

    @property
    def pairs(self) -> list[tuple[Section | None, Section | None]]:
        """(official, own) section by section in the official order; what only the portal's own text has comes last."""
        left = {section.place: section for section in self.own}
        told = [(section, left.pop(section.place, None)) for section in self.official]
        return [*told, *((None, section) for section in left.values())]

    def part(self, place: tuple[str, int | None, str]) -> tuple[Section | None, Section | None]:
        """(official, own) of one part."""
        official, own = (next((one for one in sections if one.place == place), None) for sections in (merged(self.official), self.own))
        return official, own


def language_of(asked: str) -> str:
    """The language that `?sprak=` asks for; that of the page when it asks for none that exists."""
    page = "en" if get_language() == "en" else "sv"
    return LANGUAGES.get(asked, LANGUAGES[page]).value


def read(version: Version, language: str) -> Reading:
    """The version in the language, one of Wording.Language."""
    prefetch_related_objects([version], "goals", "principles", "commitments")
    fixed = {one.language: one for one in version.wordings.filter(status=Wording.Status.FIXED)}
    wording = fixed.get(language) or fixed.get(Wording.Language.SWEDISH)
    own_lang = "en" if language == Wording.Language.ENGLISH and version.vision_en else "sv"  # type: ignore[attr-defined]
    official = sections_of(wording, version) if wording else []
    return Reading(version, language, wording, official, own(version, own_lang), own_lang, sorted(fixed))


def sections_of(wording: Wording, version: Version) -> list[Section]:
    """The official wording in the document's order: a new section wherever another part begins."""
    paths = _paths(version)
    found, counts = [], dict[tuple[str, int | None], int]()
    with translation.override("en" if wording.language == Wording.Language.ENGLISH else "sv"):
        for place, group in groupby(wording.passages.all(), key=lambda one: (one.part, one.number)):
            passages, part = list(group), Part(place[0])
            first = counts.get(place, 0)
            counts[place] = first + len(passages)
            title = next((one.text for one in passages if one.kind == Passage.Kind.HEADING), "")
            told = [_passage(one, f"{_stem(part, place[1])}-stycke-{first + n}") for n, one in enumerate(passages, start=1)]
            found.append(Section(part, place[1], title or _title(part, place[1]), told, paths.get(place, ""), "" if not first else f"{first + 1}"))
    return found


def merged(sections: Iterable[Section]) -> list[Section]:
    """The sections with what is strewn over the document put together, part by part."""
    found: dict[tuple[str, int | None], Section] = {}
    for one in sections:
        known = found.get(one.place[:2])
        told = [*known.paragraphs, *one.paragraphs] if known else one.paragraphs
        found[one.place[:2]] = Section(one.part, one.number, known.title if known else one.title, told, one.path)
    return list(found.values())


def own(version: Version, language: str) -> list[Section]:
    """The version in the portal's own words."""

    def told(row: Any, name: str) -> str:
        return getattr(row, f"{name}_{language}") or getattr(row, f"{name}_sv") or ""

    with translation.override(language):
        plain = [
            (Part.VISION, None, _title(Part.VISION, None), told(version, "vision"), "", "vision/"),
            (Part.AIM, None, _title(Part.AIM, None), told(version, "aim"), "", ""),
            *((Part.GOAL, goal.number, _title(Part.GOAL, goal.number), told(goal, "text"), "", goal.path) for goal in version.goals.all()),
            *((Part.PRINCIPLE, one.number, told(one, "name"), told(one, "text"), "", one.path) for one in version.principles.all()),
            *(
                (Part.COMMITMENT, one.number, told(one, "title"), told(one, "text"), told(one, "summary"), one.path)
                for one in version.commitments.all()
            ),
        ]
    found = [
        Section(part, number, title, _own_paragraphs(part, number, "", markdown.blocks(text, under=2), summary), path)
        for part, number, title, text, summary, path in plain
    ]
    return [*found, *under_headings(told(version, "text"))]


def under_headings(text: str) -> Iterator[Section]:
    """The rest of the portal's own text, a section for each heading of the second level."""
    title, under = "", list[markdown.Block]()
    for block in [*markdown.blocks(text), None]:
        if block is None or block.tag == "h2":
            if title or under:
                part = OF_HEADINGS.get(slugify(title), Part.OTHER)
                key = slugify(title) if part == Part.OTHER else ""
                yield Section(part, None, title, _own_paragraphs(part, None, key, under), "", key)
            title, under = block.words if block else "", []
        else:
            under.append(block)


def _own_paragraphs(part: Part, number: int | None, key: str, blocks: Iterable[markdown.Block], summary: str = "") -> list[Paragraph]:
    stem = "-".join(one for one in (OWN, _stem(part, number), key) if one)
    kinds = {"h2": "heading", "h3": "heading", "h4": "heading"}
    told = [("summary", summary, format_html("<p>{}</p>", summary))] if summary else []
    told += [(kinds.get(block.tag, "paragraph"), block.words, block.html) for block in blocks]
    return [Paragraph(f"{stem}-stycke-{n}", kind, words, html) for n, (kind, words, html) in enumerate(told, start=1)]


def _passage(one: Passage, anchor: str) -> Paragraph:
    tag = {Passage.Kind.HEADING: "<h3>{}</h3>", Passage.Kind.ITEM: "{}"}.get(Passage.Kind(one.kind), "<p>{}</p>")
    return Paragraph(anchor, one.kind, one.text, format_html(tag, one.text), one.pk, one.position)


def _stem(part: Part, number: int | None) -> str:
    return f"{SLUGS[part]}-{number}" if number is not None else SLUGS[part]


def _title(part: Part, number: int | None) -> str:
    """What the part is called where its text has no heading."""
    label = str(part.label)
    return f"{label[:1].upper()}{label[1:]}" + (f" {number}" if number is not None else "")


def _paths(version: Version) -> dict[tuple[str, int | None], str]:
    """The last of the address of each part that has one of its own."""
    numbered = ((Part.GOAL, version.goals.all()), (Part.PRINCIPLE, version.principles.all()), (Part.COMMITMENT, version.commitments.all()))
    found: dict[tuple[str, int | None], str] = {(Part.VISION.value, None): "vision/"}
    return found | {(part.value, one.number): one.path for part, rows in numbered for one in rows}
