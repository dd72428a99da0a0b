"""The portal's forms: what is typed is cleaned, errors say how to mend, nothing typed is lost."""

from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.utils.functional import cached_property

from idekom.lib.text import cleaned

ModelT = TypeVar("ModelT", bound=models.Model)


class PortalForm(forms.Form):
    """The base of every form on the public pages. Templates write {% crispy form %} or {{ form|crispy }}."""

    use_required_attribute = False  # errors are told by the page, in words, not by the browser's bubbles

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            clean_typed(field)

    @cached_property
    def helper(self) -> FormHelper:
        """crispy's settings: the <form> tag is the page's own."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def clean_typed(field: forms.Field) -> None:
    """Let the field clean what is typed into it. A form that adds fields later than PortalForm does calls this for each of them."""
    if isinstance(field, forms.CharField):
        field.to_python = _cleaning(field.to_python)  # type: ignore[method-assign]


def _cleaning(to_python: Any) -> Any:
    return lambda value: to_python(cleaned(value) if isinstance(value, str) else value)


class PortalModelForm(PortalForm, forms.ModelForm[ModelT]):
    """A PortalForm for one row of a model."""
