"""Makes uploaded pictures anew: no metadata, no place where they were taken, nothing hidden behind the last pixel."""

import io
from contextlib import suppress
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener()

READ = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MAX_PIXELS = 60_000_000  # what a good telephone takes; looked at before the picture is unpacked
MAX_SIDE = 4096
TOO_LARGE = _("The picture has too many pixels. Make it smaller and upload it again.")


def clean_picture(file: IO[bytes]) -> tuple[str, File]:
    """``("jpg" | "png", content)`` of a picture, upright, at most 4096 pixels a side, in common colours.

    Raises ``ValidationError`` for a picture that is too large or damaged.
    """
    try:
        with Image.open(file, formats=READ) as source:
            if source.width * source.height > MAX_PIXELS:
                raise ValidationError(TOO_LARGE)
            source.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG is unpacked at a fraction of its size
            return _encode(_common_colours(ImageOps.exif_transpose(source)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(_("The picture is damaged and cannot be read. Save it again as JPEG or PNG.")) from error


def _common_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB: the colour profile goes with the other metadata, so the colours must not depend on it."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "L", "CMYK"):
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError):  # a broken profile: the colours as they stand
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    return image


def _encode(image: Image.Image) -> tuple[str, File]:
    is_clear = image.has_transparency_data
    image = image.convert("RGBA" if is_clear else "RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    plain = Image.new(image.mode, image.size)  # a new picture: it has the pixels and nothing else
    plain.paste(image)
    target = io.BytesIO()
    if is_clear:
        plain.save(target, "PNG", optimize=True)
        return "png", ContentFile(target.getvalue())
    plain.save(target, "JPEG", quality=88, optimize=True)
    return "jpg", ContentFile(target.getvalue())
