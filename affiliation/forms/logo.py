"""An uploaded logotype: known by its content, and drawn again, so that nothing but its picture is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from idekom.lib.fields import MEGABYTE

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_SIDE = 400
MOST_PIXELS = 16_000_000
"""A picture of more pixels is not unpacked: a small file may hold one that fills the memory."""

UNREADABLE = _("Filen går inte att läsa som en bild. Spara logotypen som PNG, JPEG eller WebP och välj den filen.")


class LogoInput(forms.FileInput):
    """A file input for pictures."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/png,image/jpeg,image/webp"})


class LogoField(forms.FileField):
    """Cleans to the picture as PNG, at most 400 × 400 pixels and without metadata; None when no file came."""

    widget = LogoInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"empty": _("Filen är tom. Välj en annan fil.")}, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        """The picture, drawn again."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > MEGABYTE:
            raise ValidationError(_("Bilden är större än 1 MB. Spara den i ett mindre format."))
        return drawn_again(file.read())


def drawn_again(content: bytes) -> bytes:
    """The picture in the file as a PNG of its pixels alone; raises ValidationError."""
    try:
        with _whole_pictures_only(), Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("Bilden har för många bildpunkter. Förminska den till högst 4000 × 4000 och försök igen."))
            turned = ImageOps.exif_transpose(picture).convert("RGBA")
    except ValidationError:
        raise
    except Exception as error:  # decoders raise whatever they like on a broken file
        raise ValidationError(UNREADABLE) from error
    turned.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    alone = Image.new("RGBA", turned.size)  # no colour profile, no text, no place
    alone.paste(turned)
    drawn = BytesIO()
    alone.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint lets Pillow show what there is of a broken picture, in the whole process; here such a picture is refused."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
