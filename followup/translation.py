"""Which texts exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from followup.models import Newsletter, NewsletterPart, Question, QuestionSet


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help_text")


@register(QuestionSet)
class QuestionSetTranslation(TranslationOptions):
    fields = ("name",)


@register(Newsletter)
class NewsletterTranslation(TranslationOptions):
    fields = ("introduction",)


@register(NewsletterPart)
class NewsletterPartTranslation(TranslationOptions):
    fields = ("text",)
