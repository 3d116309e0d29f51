"""The form of a session with its speakers: what clashes is refused beside the field that clashes."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from forums.admin.event_form import language_choices
from forums.models import Event, EventPaper, Session, SessionSpeaker
from forums.services.programme.clashes import (
    Part,
    day_fault,
    parts_of,
    person_clash,
    room_clash,
    speaker_person,
)
from portal.core.times import zone_label

LANGUAGES = ("en", "zh_hans")


class OneLanguageMixin(forms.ModelForm):
    """The text called ``main`` in one language is enough: what an office has in Chinese alone can be kept so."""

    main: ClassVar[str]
    missing: ClassVar[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._names():
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = self._names()
        if names and not any(data.get(name) or name in self.errors for name in names):
            self.add_error(names[0], self.missing)
        return data

    def _names(self) -> list[str]:
        return [name for name in (f"{self.main}_{language}" for language in LANGUAGES) if name in self.fields]


class RoomForm(OneLanguageMixin):
    """A room."""

    main, missing = "name", _("Enter the name in at least one language.")


class SessionForm(OneLanguageMixin):
    """One session of ``event``, which the administration sets on a class of its own."""

    main, missing = "title", _("Enter the title in at least one language.")
    event: ClassVar[Event]

    languages = forms.MultipleChoiceField(
        label=_("Languages of work"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation into"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    papers: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        EventPaper.objects.none(),
        label=_("Papers of the session"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Papers are uploaded on the page of the event."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.event = self.event
            self.initial.setdefault("languages", self.event.languages)
        for name in ("languages", "interpretation"):
            if name in self.fields:
                cast(forms.ChoiceField, self.fields[name]).choices = language_choices(getattr(self.instance, name))
        if "start_time" in self.fields:
            self.fields["start_time"].help_text = zone_label(self.event.time_zone, timezone.now())
        self._offer_own()

    def _offer_own(self) -> None:
        """Rooms and papers of this event alone."""
        if "room" in self.fields:
            cast(forms.ModelChoiceField, self.fields["room"]).queryset = self.event.rooms.all()
        if "papers" in self.fields:
            cast(forms.ModelChoiceField, self.fields["papers"]).queryset = self.event.papers.all()
            self.initial["papers"] = list(self.instance.papers.all()) if self.instance.pk else []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, start, end = (data.get(name) for name in ("day", "start_time", "end_time"))
        if day and (fault := day_fault(self.event, day)):
            self.add_error("day", fault)
        if start and end and end <= start:
            self.add_error("end_time", _("The session ends before it begins."))
        elif day and start and end and data.get("room"):
            part = Part("", day, start, end, data["room"].pk)
            if fault := room_clash(part, parts_of(self.event, day=day, without=[self.instance.pk or 0])):
                self.add_error("room", fault)
        return data


class SpeakerForm(OneLanguageMixin):
    """Somebody with a part."""

    main, missing = "name", pgettext_lazy("person", "Enter the name in at least one language.")


class SpeakerFormSet(forms.BaseInlineFormSet):
    """The speakers of a session, none of whom is elsewhere at that time."""

    def clean(self) -> None:
        super().clean()
        session: Session = self.instance
        if not (session.day and session.start_time and session.end_time):
            return
        others = parts_of(session.event, day=session.day, without=[session.pk or 0])
        part = Part("", session.day, session.start_time, session.end_time)
        for form in self.forms:
            if getattr(form, "cleaned_data", None) and not form.errors and not form.cleaned_data.get("DELETE"):
                self._check(form, part, others)

    @staticmethod
    def _check(form: Any, part: Part, others: list[Part]) -> None:
        person = speaker_person(cast(SessionSpeaker, form.instance))
        if person and (fault := person_clash(person, part, others)):
            shown = next(name for name in ("name_en", "name_zh_hans") if form.cleaned_data.get(name))
            form.add_error(shown, ValidationError(fault))
