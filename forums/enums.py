"""Vocabularies of forums. The groups beside each status are what rules and querysets ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What sort of meeting it is."""

    FORUM = "forum", _("Forum")
    WORKSHOP = "workshop", _("Workshop")
    TRAINING = "training", _("Training")
    DIALOGUE = "dialogue", _("Dialogue or round-table")
    MEETING = "meeting", _("Meeting")
    OTHER = "other", _("Other")


class EventMode(models.TextChoices):
    """How an event is held."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in person and online")


class ParticipationMode(models.TextChoices):
    """How one person takes part."""

    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")


class EventStatus(models.TextChoices):
    """Life of an event. Whether registration is open is computed from the clock, not stored."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    HELD = "held", _("held")
    RESULTS = "results", _("results published")
    ARCHIVED = "archived", _("archived")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


PUBLIC_EVENTS = (
    EventStatus.ANNOUNCED,
    EventStatus.HELD,
    EventStatus.RESULTS,
    EventStatus.ARCHIVED,
    EventStatus.POSTPONED,
    EventStatus.CANCELLED,
)


class PaperKind(models.TextChoices):
    """The set of papers of a meeting."""

    INVITATION = "invitation", _("Invitation letter")
    CONCEPT = "concept", _("Concept note")
    PROGRAMME = "programme", _("Provisional programme")
    ADMINISTRATIVE = "administrative", _("Administrative note")
    NOMINATION = "nomination", _("Nomination form")
    PARTICIPANTS = "participants", _("List of participants")
    SUMMARY = "summary", _("Summary record")
    PRESENTATION = "presentation", _("Presentation")
    OTHER = "other", _("Other paper")


class PaperAccess(models.TextChoices):
    """Who may open a paper."""

    PUBLIC = "public", _("everybody")
    PARTICIPANTS = "participants", _("invited people and participants")


class OrganiserRole(models.TextChoices):
    """What an organisation does for an event."""

    HOST = "host", _("host")
    CO_HOST = "co_host", _("co-host")
    SUPPORT = "support", _("support")


class InvitationStatus(models.TextChoices):
    """Answer to a personal invitation."""

    PENDING = "pending", _("not answered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


ACTIVE_INVITATIONS = (InvitationStatus.PENDING, InvitationStatus.ACCEPTED)


class AnswerChannel(models.TextChoices):
    """The way an answer came."""

    LINK = "link", _("personal link")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    EMBASSY = "embassy", _("embassy")
    ASEAN_SECRETARIAT = "asean_secretariat", _("ASEAN Secretariat")
    POST = "post", _("post")
    MESSENGER = "messenger", _("messenger")
    BY_HAND = "by_hand", _("by hand")


class RegistrationStatus(models.TextChoices):
    """Life of a registration. Waiting for a decision and waiting for a seat are two different things."""

    DRAFT = "draft", _("draft, not sent")
    PENDING = "pending", _("waits for approval")
    WAITLISTED = "waitlisted", _("on the waiting list")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("not accepted")
    CANCELLED = "cancelled", _("cancelled")


ACTIVE_REGISTRATIONS = (
    RegistrationStatus.DRAFT,
    RegistrationStatus.PENDING,
    RegistrationStatus.WAITLISTED,
    RegistrationStatus.CONFIRMED,
)
# The one list of the statuses that hold a seat (for those who need one, see rules.needs_seat).
SEATED = (RegistrationStatus.CONFIRMED,)


class RegisteredBy(models.TextChoices):
    """Who filled in a registration."""

    SELF = "self", _("the person")
    ASSISTANT = "assistant", _("an assistant")
    STAFF = "staff", _("an officer")


class ListConsent(models.TextChoices):
    """Where a participant agreed to be named."""

    NONE = "none", _("nowhere")
    PARTICIPANTS = "participants", _("in the list for participants")
    PUBLIC = "public", _("in the public list")


class ProtocolGroup(models.IntegerChoices):
    """The parts of a list of participants, in order. The first is headed by each country's name."""

    PARTIES = 0, _("ASEAN Member States and China")
    ASEAN = 1, _("ASEAN Secretariat and ASEAN bodies")
    INTERNATIONAL = 2, _("International organisations")
    OTHERS = 3, _("Other participants")
    OFFICE = 4, _("Organising office")


class Diet(models.TextChoices):
    """Needs at table."""

    NONE = "", _("no special need")
    HALAL = "halal", _("halal")
    VEGETARIAN = "vegetarian", _("vegetarian")
    VEGAN = "vegan", _("vegan")
    NO_PORK = "no_pork", _("no pork")
    NO_BEEF = "no_beef", _("no beef")
    OTHER = "other", _("other (please say below)")


class SessionKind(models.TextChoices):
    """Parts of a programme."""

    OPENING = "opening", _("Opening")
    PLENARY = "plenary", _("Plenary")
    PARALLEL = "parallel", _("Parallel session")
    ROUND_TABLE = "round_table", _("Round-table")
    FIELD_VISIT = "field_visit", _("Field visit")
    BREAK = "break", _("Break")
    SOCIAL = "social", _("Reception or meal")
    CLOSING = "closing", _("Closing")


class SpeakerRole(models.TextChoices):
    """What somebody does in a session."""

    CHAIR = "chair", _("chair")
    MODERATOR = "moderator", _("moderator")
    KEYNOTE = "keynote", _("keynote speaker")
    SPEAKER = "speaker", _("speaker")
    PANELLIST = "panellist", _("panellist")
    RAPPORTEUR = "rapporteur", _("rapporteur")


class OutcomeTextKind(models.TextChoices):
    """Texts that a meeting adopts or leaves behind."""

    DECLARATION = "declaration", _("Declaration")
    JOINT_STATEMENT = "joint_statement", _("Joint statement")
    CHAIR_SUMMARY = "chair_summary", _("Chair’s summary")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    OTHER = "other", _("Other text")
