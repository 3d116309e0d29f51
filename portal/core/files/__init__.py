"""Uploaded files: inspected before they are kept, and served only to whom a predicate admits."""

from portal.core.files.fields import UploadField
from portal.core.files.serving import closed_purposes, may_open, register_access, serve_file
from portal.core.files.smaller import Smaller, store_smaller
from portal.core.files.store import store_upload

__all__ = [
    "Smaller",
    "UploadField",
    "closed_purposes",
    "may_open",
    "register_access",
    "serve_file",
    "store_smaller",
    "store_upload",
]
