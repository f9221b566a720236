"""The files of a published version. Each is made from the plain data of told.py alone, by a function from that to bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from deliberation.artifacts.formats import compact, docx, json, markdown, pdf
from deliberation.artifacts.models import Rendition

F = Rendition.Format
FILES: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    F.PDF: pdf.make,
    F.DOCX: docx.make,
    F.MARKDOWN: markdown.make,
    F.JSON: json.make,
    F.CONSTITUTION: compact.text,
    F.FOR_AI: compact.data,
}
