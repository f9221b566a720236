"""Make the files of a published version: claim one, make it with no transaction open, keep it. The worker's alone: it loads what sets them."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from deliberation.artifacts import chores
from deliberation.artifacts.actions import printing
from deliberation.artifacts.formats import compact, docx, json, markdown, pdf
from deliberation.artifacts.models import Rendition, Version
from deliberation.artifacts.told import told

F = Rendition.Format
FILES: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    F.PDF: pdf.make,
    F.DOCX: docx.make,
    F.MARKDOWN: markdown.make,
    F.JSON: json.make,
    F.CONSTITUTION: compact.text,
    F.FOR_AI: compact.data,
}
log = logging.getLogger(__name__)


def make_files(version_id: UUID) -> int:
    """Make what is due of a version, one file after the other. Returns how many were made. A fault in one leaves the others."""
    version = Version.objects.select_related("artifact__assembly").get(pk=version_id)
    claimed = [one for one in chores.files_due().filter(version=version) if printing.claim(one)]
    document = told(version) if claimed else {}
    return sum(_made(one, document) for one in claimed)


def _made(rendition: Rendition, document: Mapping[str, Any]) -> bool:
    try:
        content = FILES[rendition.format](document)
    except (
        Exception
    ) as fault:  # whatever a library does: the file is tried again, and the others go on
        log.exception("a file of %s could not be made", rendition.version_id)
        printing.give_up(rendition, type(fault).__name__)
        return False
    return printing.keep(rendition, content)
