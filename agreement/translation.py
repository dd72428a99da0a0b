"""Which texts exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from agreement.models import Commitment, CommitmentArea, District, Goal, Principle, Sector, Term, Topic, Version


@register(Version)
class VersionTranslation(TranslationOptions):
    fields = ("name", "summary", "vision", "aim", "text")


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("text",)


@register(Principle)
class PrincipleTranslation(TranslationOptions):
    fields = ("name", "short_name", "text")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "summary", "text")


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("word", "meaning", "forms")


@register([Sector, District, CommitmentArea, Topic])
class NameTranslation(TranslationOptions):
    fields = ("name",)
