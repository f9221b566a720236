"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class StillWeighing(DomainError):
    code = "still_weighing"
    message = _(
        "These rows are told once weighing is over, so that nobody votes with the crowd. Come back then."
    )
    status = 409
