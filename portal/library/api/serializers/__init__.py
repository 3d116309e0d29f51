"""What the API says of things of the library."""

from portal.library.api.serializers.catalogue import FileSerializer, ResultDetailSerializer, ResultSerializer
from portal.library.api.serializers.framework import MandateSerializer, ThemeSerializer
from portal.library.api.serializers.strands import StrandDetailSerializer, StrandSerializer

__all__ = [
    "FileSerializer",
    "MandateSerializer",
    "ResultDetailSerializer",
    "ResultSerializer",
    "StrandDetailSerializer",
    "StrandSerializer",
    "ThemeSerializer",
]
