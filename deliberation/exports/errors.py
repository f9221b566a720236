"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class StillWeighing(DomainError):
    code = "still_weighing"
    message = _(
        "These rows are told once weighing is over, so that nobody votes with the crowd. Come back then."
    )
    status = 409


class PackageOutlived(DomainError):
    code = "package_outlived"
    message = _("Another worker makes this package by now; this one was not kept.")
    status = 409


class ReleaseOutlived(DomainError):
    code = "release_outlived"
    message = _("Another worker makes this release by now; this one was not kept.")
    status = 409


class PackageNotReady(DomainError):
    code = "package_not_ready"
    message = _("This package is not made yet. Look again in a moment.")
    status = 409


class PackageGone(DomainError):
    code = "package_gone"
    message = _(
        "This package is no longer offered: it was kept for its time, or somebody has taken words back since. Ask for a new one."
    )
    status = 410


class BeyondTheEnd(DomainError):
    code = "beyond_the_end"
    message = _("This file is shorter than that. Take it from its beginning.")
    status = 416

    def __init__(self, size: int) -> None:
        super().__init__()
        self.headers = {"Content-Range": f"bytes */{size}"}
