"""The form of an event: deadlines in its own zone, its seats, and whether a change is told to everybody."""

from datetime import date
from typing import Any, cast

from babel import Locale
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from forums.admin.zoned import WallTimeField, from_wall, to_wall, zone_choices
from forums.models import Event, SeatPool
from forums.services.errors import SeatsTaken
from forums.services.programme.clashes import sessions_outside
from portal.core.times import zone_label
from portal.library.languages import LANGUAGE_ORDER

DEADLINES = ("registration_opens", "answer_deadline", "registration_deadline")
# A change of one of these is news to those who come.
DETAILS = frozenset(
    {
        "start_day", "end_day", "start_time", "end_time", "time_zone", "date_precision", "mode", "country",
        "online_url", "place_en", "place_zh_hans", "venue_en", "venue_zh_hans",
    }
)  # fmt: skip


class EventForm(forms.ModelForm):
    """Everything about an event but its status, which only the buttons above the form change."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), initial=settings.OFFICE_TIME_ZONE, widget=UnfoldAdminSelectWidget
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of work"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    registration_opens = WallTimeField(label=_("Registration opens"), required=False)
    answer_deadline = WallTimeField(label=_("Answer invitations by"), required=False)
    registration_deadline = WallTimeField(label=_("Register by"), required=False)
    seats = forms.IntegerField(
        label=_("Seats of the whole event"), required=False, min_value=0, widget=UnfoldAdminIntegerFieldWidget
    )
    tell_all = forms.BooleanField(
        label=_("Tell everybody concerned"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        help_text=_(
            "When days, times or place change: a message to everybody invited or registered, and a new calendar "
            "entry to the confirmed. Take the tick away for a correction that is no news."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = zone_choices()
        cast(forms.ChoiceField, self.fields["languages"]).choices = language_choices(self.instance.languages)
        self.fields["mode"].required = not (self.instance.pk and not self.instance.mode)
        self._show_deadlines()
        self.pool = SeatPool.objects.filter(event=self.instance.pk, category=None).first() if self.instance.pk else None
        self.initial["seats"] = self.pool.capacity if self.pool else None
        self.fields["seats"].help_text = seats_help(self.pool)

    def _show_deadlines(self) -> None:
        zone = self.instance.time_zone
        named = _("In the event’s own time: {zone}. A day without a time means its end, 23:59.").format(
            zone=zone_label(zone, timezone.now())
        )
        for name in DEADLINES:
            self.initial[name] = to_wall(getattr(self.instance, name), zone)
            self.fields[name].help_text = named

    def clean_seats(self) -> int | None:
        return checked_capacity(self.cleaned_data["seats"], self.pool)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        zone = data.get("time_zone")
        for name in DEADLINES:
            if name in data:
                data[name] = from_wall(data[name], zone) if zone else None
        opens, closes = data.get("registration_opens"), data.get("registration_deadline")
        if opens and closes and closes <= opens:
            self.add_error("registration_deadline", _("Registration would close before it opens."))
        starts_on, ends_on = data.get("start_day"), data.get("end_day")
        if starts_on and ends_on and ends_on < starts_on:  # beside the field, so that its tab shows the error
            self.add_error("end_day", _("The last day is before the first."))
        elif starts_on:
            self._keep_sessions_inside(starts_on, ends_on, data.get("date_precision"))
        same_day = data.get("end_day") in (None, data.get("start_day"))
        starts, ends = data.get("start_time"), data.get("end_time")
        if same_day and starts and ends and ends <= starts:
            self.add_error("end_time", _("The event would end before it begins."))
        return data

    def _keep_sessions_inside(self, starts_on: date, ends_on: date | None, precision: str | None) -> None:
        """Days under which a session of the programme would fall out of the event are refused."""
        if not {"start_day", "end_day", "date_precision"} & set(self.changed_data):
            return
        asked = Event(pk=self.instance.pk, start_day=starts_on, end_day=ends_on, date_precision=precision or "")
        outside = sessions_outside(asked)
        if outside:
            text = ngettext(
                "{count} session of the programme would lie outside these days: “{title}”. Change it first, or move "
                "the whole event with the button “Move the dates”.",
                "{count} sessions of the programme would lie outside these days, the first of them “{title}”. Change "
                "them first, or move the whole event with the button “Move the dates”.",
                len(outside),
            )
            name = "start_day" if outside[0].day < starts_on else "end_day"
            self.add_error(name, text.format(count=len(outside), title=outside[0]))


def checked_capacity(capacity: int | None, pool: SeatPool | None) -> int | None:
    """``capacity`` when the pool can have it, else a form error that says how many seats are taken."""
    if pool is not None and capacity is not None and capacity < pool.taken - pool.over:
        raise forms.ValidationError(str(SeatsTaken(pool.taken - pool.over)))
    return capacity


def seats_help(pool: SeatPool | None) -> str:
    """How full the pool is, in words."""
    if pool is None or not pool.taken:
        return str(_("Empty: no limit."))
    if pool.over:
        return str(_("Empty: no limit. Taken: {taken}, of them {over} added by hand.")).format(
            taken=pool.taken, over=pool.over
        )
    return str(_("Empty: no limit. Taken: {taken}.")).format(taken=pool.taken)


def language_choices(stored: list[str]) -> list[tuple[str, str]]:
    """The languages offered as languages of work, in the reader’s words; whatever else is ``stored`` stays a choice."""
    reader = Locale.parse(to_locale(get_language() or "en"))
    codes = dict.fromkeys([*LANGUAGE_ORDER, *stored])
    return [(code, reader.languages.get(to_locale(code), code)) for code in codes]
