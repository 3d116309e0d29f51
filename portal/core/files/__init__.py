"""Uploaded files: inspected before they are kept, and served only to whom a predicate admits."""

from portal.core.files.fields import UploadField
from portal.core.files.serving import may_open, register_access, serve_file
from portal.core.files.store import store_upload

__all__ = ["UploadField", "may_open", "register_access", "serve_file", "store_upload"]
