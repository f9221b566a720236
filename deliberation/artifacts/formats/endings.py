"""How the files of a document are named and sent."""

from collections.abc import Mapping
from pathlib import Path

from deliberation.artifacts.models import Rendition

F = Rendition.Format
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Mapping[str, tuple[str, str]] = {
    F.PDF: ("pdf", "application/pdf"),
    F.DOCX: ("docx", WORD),
    F.MARKDOWN: ("md", "text/markdown; charset=utf-8"),
    F.JSON: ("json", "application/json"),
    F.CONSTITUTION: ("txt", "text/plain; charset=utf-8"),
    F.FOR_AI: ("ai.json", "application/json"),
}
HERE = Path(__file__).parent
SCHEMAS: Mapping[str, Path] = {
    name: HERE / f"{name}.schema.json" for name in ("document", "constitution")
}
