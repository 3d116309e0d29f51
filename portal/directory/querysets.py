"""Reads of the directory that chain."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from portal.core.folding import fold


class SearchKeyQuerySet(models.QuerySet):
    """Rows with a ``search_key``: one folded name a line, a line break before the first and after the last."""

    def search(self, text: str) -> "SearchKeyQuerySet":
        """Rows that hold every word of ``text`` in any order, whatever its case, accents, width and dashes."""
        found = self
        for word in fold(text).replace("-", " ").split():
            found = found.filter(search_key__contains=word)
        return found

    def named(self, name: str) -> "SearchKeyQuerySet":
        """Rows of which exactly this is a name."""
        return self.filter(search_key__contains=f"\n{fold(name)}\n") if name.strip() else self.none()


class OrganisationQuerySet(SearchKeyQuerySet):
    """Organisations."""

    def valid_on(self, day: date) -> "OrganisationQuerySet":
        """Those that bore their name on that day."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(began, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class ContactQuerySet(SearchKeyQuerySet):
    """People."""

    def visible_to(self, user: Any) -> "ContactQuerySet":
        """Staff who may view contacts see all of them, everybody else only the record that is their own."""
        if user.is_active and user.is_staff and user.has_perm("directory.view_contact"):
            return self
        return self.filter(user_id=user.pk) if user.pk else self.none()

    def active(self) -> "ContactQuerySet":
        return self.filter(is_active=True)


class FocalPointQuerySet(models.QuerySet):
    """Focal points."""

    def valid_on(self, day: date) -> "FocalPointQuerySet":
        """The designations in force on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
