"""{{ text|markdown }} and {{ text|headings }}, for every page that shows a text from the admin."""

from django import template
from django.utils.safestring import SafeString

from idekom.lib import markdown as lib

register = template.Library()


@register.filter
def markdown(text: str | None) -> SafeString:
    """The Markdown text as safe HTML."""
    return lib.to_html(text or "")


@register.filter
def headings(text: str | None) -> list[tuple[str, str]]:
    """(id, title) of the text's headings of the second level."""
    return lib.headings(text or "")


@register.filter
def markdown_under(text: str | None, level: int) -> SafeString:
    """The same below a heading of that level: its own headings begin one level down."""
    return lib.to_html(text or "", under=level)
