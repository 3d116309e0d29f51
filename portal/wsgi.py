"""The web server's entry point: Django behind the cache of public pages."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from portal.core.pagecache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = PageCache(get_wsgi_application())
# What is loaded by now stays until the end: without this, now and then a page waits fifty milliseconds while all of
# it is searched for garbage.
gc.collect()
gc.freeze()
