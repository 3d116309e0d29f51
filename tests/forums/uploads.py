"""Files as officers upload them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def pdf(name: str = "declaration.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def photo(name: str = "group.jpg", size: tuple[int, int] = (1600, 1000), colour: str = "teal") -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), "image/jpeg")


def huge_photo(name: str = "huge.png") -> SimpleUploadedFile:
    """300 megapixels in a few kilobytes."""
    target = io.BytesIO()
    Image.new("1", (20_000, 15_000)).save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def drawing(name: str = "drawing.jpg") -> SimpleUploadedFile:
    """An SVG with a script under the name of a photo."""
    content = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    return SimpleUploadedFile(name, content, "image/jpeg")
