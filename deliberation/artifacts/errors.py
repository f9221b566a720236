"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ClauseWithoutValue(DomainError):
    code = "clause_without_value"
    message = _(
        "Clause %(number)s rests on no value that somebody stands behind. Give it one, or take it out; then publish."
    )
    status = 409


class NothingToPublish(DomainError):
    code = "nothing_to_publish"
    message = _("There is no clause yet. Write one from an accepted value, then publish.")
    status = 409


class Fixed(DomainError):
    code = "version_fixed"
    message = _("This version is published and fixed. Start the next version to change it.")
    status = 409


class ClauseEmpty(DomainError):
    code = "clause_empty"
    message = _("A clause needs words and at least one value of this assembly.")
    status = 422


class TitleMissing(DomainError):
    code = "title_missing"
    message = _("Please give the document a title.")
    status = 422
