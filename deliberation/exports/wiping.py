"""Wipe a rehearsal: rows first, in one transaction, then the files that were made of them."""

import shutil
from pathlib import Path

from django.conf import settings

from deliberation.assemblies.models import Rehearsal
from deliberation.exports.actions import wiping


def wipe(rehearsal: Rehearsal) -> int:
    """Leave nothing of a rehearsal. Returns how many rows went. Raises RehearsalBusy while it is being filled."""
    copy = rehearsal.copy
    bundles = list(copy.bundles.all())
    uploads = [Path(path) for path in copy.imports.exclude(path="").values_list("path", flat=True)]
    gone = wiping.wipe(rehearsal)
    for bundle in bundles:
        bundle.path.unlink(missing_ok=True)
        shutil.rmtree(bundle.bench, ignore_errors=True)
    for path in uploads:
        if path.is_relative_to(settings.MEDIA_ROOT):
            path.unlink(missing_ok=True)
    return gone
