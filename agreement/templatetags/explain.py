"""{% filter explain:terms %} … {% endfilter %}: around the text of a page whose words are to be explained."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from agreement.explaining import explained
from agreement.models import Term

register = template.Library()


@register.filter(is_safe=True)
def explain(html: SafeString, terms: Iterable[Term]) -> SafeString:
    """The HTML with its glossary words explained in place."""
    return explained(html, terms)
