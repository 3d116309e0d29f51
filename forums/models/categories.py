"""Categories of participants, and the seats they share."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.models.events import Event


class Category(models.Model):
    """In what quality somebody takes part: delegate, resource person, observer, media …"""

    event = models.ForeignKey(Event, models.CASCADE, related_name="categories")
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    needs_approval = models.BooleanField(_("an officer approves each registration"), default=False)
    auto_promote = models.BooleanField(
        _("a freed seat goes to the next in line by itself"),
        default=True,
        help_text=_("Otherwise an officer gives it."),
    )
    online_takes_seat = models.BooleanField(_("who takes part online takes a seat too"), default=False)
    is_open = models.BooleanField(_("open to people without an invitation"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "code"], name="forums_category_once")]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


class SeatPool(models.Model):
    """Seats of the whole event (no category) or of one category. Written by ``services.seats`` alone.

    ``taken`` counts every seat given, ``over`` those of them that an officer added by hand beyond ``capacity``.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="pools")
    category = models.OneToOneField(Category, models.CASCADE, null=True, blank=True, related_name="pool")
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    over = models.PositiveIntegerField(_("added by hand"), default=0, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(category__isnull=True), name="forums_one_event_pool"),
            models.CheckConstraint(
                condition=Q(taken__gte=F("over"))
                & (Q(capacity__isnull=True) | Q(taken__lte=F("capacity") + F("over"))),
                name="forums_seats_not_oversold",
            ),
        ]

    def __str__(self) -> str:
        return str(self.category or _("whole event"))

    @property
    def free(self) -> int | None:
        """Seats left; None when there is no limit."""
        return None if self.capacity is None else self.capacity - (self.taken - self.over)

    @property
    def has_room(self) -> bool:
        return self.free is None or self.free > 0
