"""The cache of public pages. A view says with ``public_page`` that its page is the same for everybody.

``PageCache`` wraps the WSGI application. What it keeps is good as long as the content epoch has not changed
(``content_changed``) and the next time boundary that the view declared (``valid_until``) has not come.
"""

from portal.core.pagecache.epoch import content_changed, repair_epoch
from portal.core.pagecache.marks import public_page, valid_until
from portal.core.pagecache.wrapper import PageCache

__all__ = ["PageCache", "content_changed", "public_page", "repair_epoch", "valid_until"]
