"""The words by which the agreement's parts are known: headings in Swedish and English, numbered in any way."""

import re
from dataclasses import dataclass

from idekom.lib.text import search_key

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
ONLY_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)[.):]?$")
NUMBERS = re.compile(r"^(?:§\s*)?(?:(\d{1,3}(?:\.\d{1,3})*)[.):]?|([IVXL]{1,6}|[a-zA-Z])[.):])\s+(?=\S)")
LABEL = re.compile(
    r"^(?P<label>(?i:åtagande|commitment|princip|principle|delmål|mål|goal|objective))\s+(?:(?i:nr)\.?\s*)?(?P<number>\d{1,3}|[IVXL]{1,6})\b[\s.:)–—-]*(?P<name>.*)$",
    re.DOTALL,
)
PRINCIPLE_OF = re.compile(r"^(?:principen|principerna|(?:the )?principles?)\s+(?:om|of)\s+(?P<name>.+)$", re.IGNORECASE | re.DOTALL)
LABELS = {
    "åtagande": "commitment", "commitment": "commitment", "princip": "principle", "principle": "principle",
    "delmål": "goal", "mål": "goal", "goal": "goal", "objective": "goal",
}  # fmt: skip

PRINCIPLES = {
    "integritet och oberoende": 1, "integritet": 1, "integrity and independence": 1, "integrity": 1,
    "dialog": 2, "dialogue": 2,
    "kvalitet": 3, "quality": 3,
    "langsiktighet": 4, "a long term view": 4, "long term view": 4, "continuity": 4,
    "oppenhet och insyn": 5, "oppenhet": 5, "openness and transparency": 5, "openness": 5,
    "mangfald": 6, "diversity": 6,
}  # fmt: skip
"""{how a principle's heading sounds, as a search key: its place in the agreement of 2012}"""

_BEFORE = (
    r"(?:(?:vara|var|gemensam|gemensamma|overenskommelsens|grundlaggande|overgripande|den|det|de|om|"
    r"the|our|shared|common|basic|overall|agreement s|sex|tre|tolv|tretton|six|three|thirteen|\d+) )*"
)
_AFTER = r"(?: (?:i|for|till|av|med|mellan|fran|of|in|to|between|with) .*)?"
_CORES = {
    "values": r"varden|vardegrund|vardegrunden|values",
    "parties": r"part|parter|parterna|avtalsparter|vilka (?:ar )?parterna(?: ar)?|parties",
    "definition": r"definition|definitioner|definitionen|(?:den )?sociala? ekonomin?|vad (?:ar|menas med) .*|vad social ekonomi ar|"
    r"social economy|what (?:is )?the social economy(?: is)?|definitions",
    "background": r"bakgrund|bakgrunden|bakgrund och .*|historik|background|background and .*",
    "meaning": r"(?:innebord|mening|syfte|syftet|andamal)(?: och (?:innebord|syfte|mening|andamal))?|meaning|purpose|meaning and purpose",
    "vision": r"vision|visionen|vision och mal|vision and goals",
    "aim": r"mal|malet|malen|mal och delmal|delmal|malsattning|malsattningar|aims?|goals?|aims? and goals?|objectives?",
    "principles": r"princip|principer|principerna|grundprinciper|samverkansprinciper|principles?",
    "commitments": r"atagande|ataganden|atagandena|ataganden och .*|commitments?",
    "followup": r"uppfoljning|utvardering|uppfoljning och utvardering|follow up|evaluation|follow up and evaluation",
    "joining": r"anslutning|ansluta sig|att ansluta sig|sa (?:har )?ansluter .*|hur (?:man |ni |en organisation |organisationer )?ansluter .*|"
    r"hur man gor for att ansluta .*|how to join(?: .*)?|joining(?: .*)?",
    "other": r"innehall|innehallsforteckning|inledning|forord|sammanfattning|underskrift|underskrifter|undertecknande|bilaga.*|bilagor|ordlista|"
    r"contents|introduction|foreword|summary|signatures?|appendix.*|glossary",
}
_PARTS = [(part, re.compile(f"{_BEFORE}(?:{core}){_AFTER}")) for part, core in _CORES.items()]


@dataclass(frozen=True)
class Heading:
    """A heading taken apart: its numbers ("4.2" is 4 and 2), what it calls itself, and its name without both."""

    numbers: tuple[int, ...]
    label: str
    name: str

    @property
    def number(self) -> int | None:
        """Its own number among its like."""
        return self.numbers[-1] if self.numbers else None


def parse(text: str) -> Heading:
    """Take a heading apart. The name is the whole text when nothing else is left."""
    if only := ONLY_NUMBER.match(text):
        return Heading(tuple(int(one) for one in only[1].split(".")), "", text)
    marked = NUMBERS.match(text)
    numbers = _numbers(marked) if marked else ()
    rest = text[marked.end() :] if marked else text
    if labelled := LABEL.match(rest):
        return Heading((number(labelled["number"]),), LABELS[labelled["label"].lower()], _bare(labelled["name"]) or _bare(rest))
    if principle := PRINCIPLE_OF.match(rest):
        return Heading(numbers, "principle", _bare(principle["name"]))
    return Heading(numbers, "", _bare(rest))


def _numbers(marked: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(one) for one in marked[1].split(".")) if marked[1] else (number(marked[2]),)


def _bare(name: str) -> str:
    bare = name.strip().rstrip(":").strip()
    return bare[:1].upper() + bare[1:]


def number(mark: str) -> int:
    """What a mark counts as: 3, III, c."""
    if mark.isdigit():
        return int(mark)
    small = mark.lower()
    if mark.isupper() and set(small) <= set(ROMAN):
        values = [ROMAN[letter] for letter in small]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    return ord(small[0]) - ord("a") + 1


def is_number(text: str) -> bool:
    """Whether it holds nothing but a number, as a page number does."""
    return not any(letter.isalpha() for letter in text)


def part_named(name: str) -> str:
    """The part that a heading of this name opens, by its value in Part; empty when none is known by it."""
    key = search_key(name)
    return next((part for part, pattern in _PARTS if pattern.fullmatch(key)), "")
