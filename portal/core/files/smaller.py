"""A small copy of a stored picture, for pages that show many."""

import io
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from PIL import Image

from portal.core.files.store import store_upload
from portal.core.models import StoredFile


class Smaller(NamedTuple):
    """The small copy, and its size in pixels, so that a page can keep its place free."""

    file: StoredFile
    width: int
    height: int


def store_smaller(picture: StoredFile, *, side: int, by: Any = None) -> Smaller:
    """Keep a copy of ``picture`` of at most ``side`` pixels a side, for the same purpose. A smaller picture keeps its
    size; the copy is a JPEG in any case, what was clear in it is white."""
    with picture.file.open("rb") as source, Image.open(source) as image:
        image.thumbnail((side, side))
        plain = Image.new("RGB", image.size, "white")
        plain.paste(image, mask=image.getchannel("A") if image.has_transparency_data and image.mode == "RGBA" else None)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=88, optimize=True)
    copy = ContentFile(target.getvalue(), name=f"{picture.name.rpartition('.')[0]}-{side}.jpg")
    return Smaller(store_upload(copy, purpose=picture.purpose, by=by, kinds=("image",)), *plain.size)
