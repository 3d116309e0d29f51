"""The one table of the publishing workflow, for every model that is ``Publishable``."""

from portal.core.workflow import Transition, Workflow
from portal.library.enums import PublishingStatus as P

SUBMIT, CHECK, PUBLISH = "library.submit_item", "library.check_item", "library.publish_item"
EDIT_TEXTS = "library.edit_texts"  # of what is not published, and nothing but texts

PUBLISHING = Workflow(
    "status",
    (
        Transition("submit", (P.DRAFT, P.UNPUBLISHED), P.IN_REVIEW, SUBMIT),
        Transition("request_changes", (P.IN_REVIEW, P.APPROVED), P.DRAFT, CHECK),
        Transition("approve", (P.IN_REVIEW,), P.APPROVED, CHECK),
        Transition("amend", (P.APPROVED,), P.IN_REVIEW),  # the text was changed after it was checked
        Transition(
            "publish", (P.DRAFT, P.IN_REVIEW, P.APPROVED, P.UNPUBLISHED), P.PUBLISHED, PUBLISH, ("note_time", "enter")
        ),
        Transition("unpublish", (P.PUBLISHED,), P.UNPUBLISHED, PUBLISH, ("enter",)),
    ),
)
