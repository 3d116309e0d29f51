"""The web server's entry point: Django behind the cache of public pages."""

import os

from django.core.wsgi import get_wsgi_application

from portal.core.pagecache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = PageCache(get_wsgi_application())
