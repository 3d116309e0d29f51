"""A status is one field; its transitions are a declared table; one function applies them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from portal.core.audit import log


class TransitionRefused(Exception):
    """The table has no such step from the present status."""


class Conflict(Exception):
    """Somebody else changed the status first; nothing was done."""


@dataclass(frozen=True)
class Transition:
    """One row of a table: from any of ``sources`` to ``target``, by who has ``permission`` (None: a rule of time)."""

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str | None = None
    effects: tuple[str, ...] = ()


Effect = Callable[..., None]


@dataclass
class Workflow:
    """The transitions of one status field. Effects are named in the table and bound by the services."""

    field: str
    transitions: tuple[Transition, ...]
    effects: dict[str, Effect] = of_dataclass(default_factory=dict)

    def __post_init__(self) -> None:
        names = [transition.name for transition in self.transitions]
        if len(names) != len(set(names)):
            raise ValueError("two transitions share a name")

    def bind(self, name: str) -> Callable[[Effect], Effect]:
        """Decorator: this function is the effect ``name``, called ``(obj, by=, at=, **details)`` in the transaction."""

        def keep(function: Effect) -> Effect:
            self.effects[name] = function
            return function

        return keep

    def get(self, name: str) -> Transition:
        return next(transition for transition in self.transitions if transition.name == name)

    def available(self, status: str) -> list[Transition]:
        """The transitions that leave ``status``."""
        return [transition for transition in self.transitions if status in transition.sources]

    def pairs(self) -> Iterable[tuple[str, str]]:
        return ((source, t.target) for t in self.transitions for source in t.sources)

    def apply(
        self, obj: models.Model, name: str, *, by: Any = None, at: datetime | None = None, **details: Any
    ) -> None:
        """Take ``obj`` through the transition ``name``.

        In order: the table is checked (``TransitionRefused``), then the permission of the user ``by`` when the row
        names one (``PermissionDenied``; a word like "invitee" stands for somebody whose link is their right), the
        status is set where it is still the old one (``Conflict`` when it is not), the step is logged, the effects
        run. All in one transaction; when it fails, ``obj`` has its old status again.
        """
        transition, old = self.get(name), getattr(obj, self.field)
        at = at or timezone.now()
        if old not in transition.sources:
            raise TransitionRefused(f"{obj._meta.label}: {name} is not possible from {old}")
        if transition.permission and not (by is None or isinstance(by, str)) and not by.has_perm(transition.permission):
            raise PermissionDenied
        try:
            with transaction.atomic():
                self._take(obj, transition, old)
                log(obj, name, by=by, at=at, changes={self.field: [old, transition.target]})
                for effect in transition.effects:
                    self.effects[effect](obj, by=by, at=at, **details)
        except BaseException:
            setattr(obj, self.field, old)
            raise

    def _take(self, obj: models.Model, transition: Transition, old: str) -> None:
        where = type(obj)._default_manager.filter(pk=obj.pk, **{self.field: old})
        if where.update(**{self.field: transition.target}) != 1:
            raise Conflict
        setattr(obj, self.field, transition.target)
