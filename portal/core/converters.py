"""Parts of addresses."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """``<key:…>``: a number that a database can hold. Django's ``int`` takes any, and the database then fails."""

    regex = "[0-9]{1,18}"
