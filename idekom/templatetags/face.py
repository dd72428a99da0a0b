"""Small questions that the templates ask of a form. No rules live here."""

from django import template
from django.forms import BaseForm, BoundField

register = template.Library()


@register.filter
def error_count(form: BaseForm) -> int:
    """How many things there are to mend."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the field's first control: where a link from the error summary goes."""
    return field.id_for_label or f"{field.auto_id}_0"
