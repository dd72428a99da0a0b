"""Which texts exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from council.models import Body, Seat, SeatGroup, WorkingGroup


@register(Body)
class BodyTranslation(TranslationOptions):
    fields = ("name", "description", "closing_reason")


@register(SeatGroup)
class SeatGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(Seat)
class SeatTranslation(TranslationOptions):
    fields = ("label",)


@register(WorkingGroup)
class WorkingGroupTranslation(TranslationOptions):
    fields = ("name", "purpose")
