"""The measure: a Django application that does nothing, and one that renders one template with one query.

Same Django, server, database and number of workers as the portal; none of its middleware.
"""

import os
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from portal.env import database

TEMPLATE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ kind }}</title></head>
<body><main><h1>{{ kind.app_label }}</h1><p>{{ kind.model }}</p></main></body></html>"""

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database(urlsplit(os.environ["DATABASE_URL"]))},
    INSTALLED_APPS=["django.contrib.contenttypes"],
    ROOT_URLCONF="tests.bench.bare",
    SECRET_KEY="bench",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - models exist only now

page = engines["django"].from_string(TEMPLATE)


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def one_query(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(page.render({"kind": ContentType.objects.order_by("pk").first()}))


urlpatterns = [path("empty", empty), path("page", one_query), path("healthz", empty)]
application = WSGIHandler()
