"""Which texts exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from followup.models import Question, QuestionSet


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help_text")


@register(QuestionSet)
class QuestionSetTranslation(TranslationOptions):
    fields = ("name",)
