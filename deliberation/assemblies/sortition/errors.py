"""Refusals of drawing lots."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class PoolUnfit(DomainError):
    """A file that holds no list of people, or columns that do not tell them apart. `why`: a translated sentence without anybody's name or id."""

    code = "pool_unfit"
    message = "%(why)s"
    status = 422


class PoolErased(DomainError):
    code = "pool_erased"
    message = _("This list of people was erased, or was sealed with another key of this site. What was drawn stays told; to draw again, bring the list again.")  # fmt: skip
    status = 409


class QuotasUnfit(DomainError):
    """`why`: translated sentences, each with the quota that cannot be met."""

    code = "quotas_unfit"
    message = "%(why)s"
    status = 422


class LotNotReady(DomainError):
    code = "lot_not_ready"
    message = _("Nothing can be drawn here now: the lottery is not computed yet, or was drawn already. Every draw stays as it is.")  # fmt: skip
    status = 409


class DeclinedUnfit(DomainError):
    code = "declined_unfit"
    message = _("These are not among the people who hold a seat: %(ids)s. Check their ids.")
    status = 422
