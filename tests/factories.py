"""Surprise-free factories: what a test does not name is the plainest valid value."""

from datetime import time, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import (
    Category,
    Event,
    Invitation,
    Outcome,
    Registration,
    Room,
    SeatPool,
    Session,
    SessionSpeaker,
)
from portal.core.models import StoredFile, TextVersion
from portal.directory.models import Contact, Country, Organisation


class StoredFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoredFile

    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4 a paper", "paper.pdf"))
    name = "paper.pdf"
    content_type = "application/pdf"
    size = 16
    sha256 = "0" * 64
    purpose = "event-paper"


class TextVersionFactory(factory.django.DjangoModelFactory):
    """A released version of the privacy notice."""

    class Meta:
        model = TextVersion

    code = "privacy-notice"
    version = factory.Sequence(lambda n: f"{n + 1}.0")
    title_en = "Privacy notice"
    title_zh_hans = "隐私声明"
    body_en = "<p>What we do with your data.</p>"
    body_zh_hans = "<p>我们如何使用您的数据。</p>"
    released_at = factory.LazyFunction(timezone.now)


class CountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "TH"
    code3 = factory.LazyAttribute(lambda country: country.code + "X")
    name_en = "Thailand"
    name_zh_hans = "泰国"
    party = "member"
    order_all = 10
    order_members_then_china = 9
    time_zones = ["Asia/Bangkok"]


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name_en = factory.Sequence(lambda n: f"Ministry {n}")
    country = factory.SubFactory(CountryFactory)


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    full_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@ministry.example")
    country = factory.SubFactory(CountryFactory)


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"workshop-{n}")
    title_en = factory.Sequence(lambda n: f"Workshop {n}")
    title_zh_hans = factory.Sequence(lambda n: f"研讨会{n}")
    status = EventStatus.ANNOUNCED
    start_day = factory.LazyFunction(lambda: timezone.now().date() + timedelta(days=40))
    end_day = factory.LazyAttribute(lambda event: event.start_day and event.start_day + timedelta(days=1))
    answer_deadline = factory.LazyFunction(lambda: timezone.now() + timedelta(days=20))
    registration_deadline = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    event = factory.SubFactory(EventFactory)
    code = factory.Sequence(lambda n: f"delegate-{n}")
    name_en = "Delegate"
    name_zh_hans = "代表"


class SeatPoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SeatPool

    event = factory.SubFactory(EventFactory)
    capacity = 2


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    category = factory.SubFactory(CategoryFactory)
    event = factory.LazyAttribute(lambda invitation: invitation.category.event)
    contact = factory.SubFactory(ContactFactory)


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    category = factory.SubFactory(CategoryFactory)
    event = factory.LazyAttribute(lambda registration: registration.category.event)
    full_name = factory.Sequence(lambda n: f"Delegate {n}")
    email = factory.Sequence(lambda n: f"delegate{n}@ministry.example")
    organisation_name = "Ministry of Environment"
    position = "Director"


class OutcomeFactory(factory.django.DjangoModelFactory):
    """The outcome of an event that was held, a draft with a summary."""

    class Meta:
        model = Outcome

    event = factory.SubFactory(
        EventFactory,
        status=EventStatus.HELD,
        start_day=factory.LazyFunction(lambda: timezone.now().date() - timedelta(days=40)),
    )
    lead_en = "Twelve parties agreed on the next steps."
    lead_zh_hans = "十二方商定了后续步骤。"
    summary_en = "<p>What was said.</p>"
    summary_zh_hans = "<p>会议情况。</p>"


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    event = factory.SubFactory(EventFactory)
    name_en = factory.Sequence(lambda n: f"Room {n}")
    name_zh_hans = factory.Sequence(lambda n: f"{n}号厅")
    order = factory.Sequence(lambda n: n)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    title_en = factory.Sequence(lambda n: f"Session {n}")
    title_zh_hans = factory.Sequence(lambda n: f"会议{n}")
    day = factory.LazyAttribute(lambda session: session.event.start_day)
    start_time = time(9)
    end_time = time(10, 30)


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionSpeaker

    session = factory.SubFactory(SessionFactory)
    name_en = factory.Sequence(lambda n: f"Speaker {n}")
