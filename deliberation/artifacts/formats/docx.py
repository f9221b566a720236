"""A published version as DOCX: named styles, so that whoever opens it can restyle it, and each paragraph in its own direction."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from django.utils.dateparse import parse_datetime
from django.utils.translation import override
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from deliberation.artifacts.formats.blocks import Block, Kind, blocks

STYLES: Mapping[Kind, str] = {
    Kind.TITLE: "Title",
    Kind.META: "Subtitle",
    Kind.SEAL: "No Spacing",
    Kind.HEADING: "Heading 1",
    Kind.CLAUSE: "Heading 2",
    Kind.VALUE: "Heading 3",
    Kind.FIGURE: "List Bullet",
    Kind.QUOTE: "Quote",
    Kind.LABEL: "Caption",
    Kind.RULE: "List Bullet",
    Kind.SAID: "Intense Quote",
    Kind.STEP: "List Bullet",
}
INK, ACCENT, MUTED = "1C1B19", "0B6B62", "5B574F"
PEOPLE = {
    Kind.TITLE,
    Kind.CLAUSE,
    Kind.QUOTE,
    Kind.SAID,
    Kind.RULE,
}  # whose words are set in a serif
COLOURS: Mapping[Kind, str] = {
    Kind.TITLE: INK,
    Kind.META: MUTED,
    Kind.HEADING: ACCENT,
    Kind.CLAUSE: INK,
    Kind.VALUE: INK,
    Kind.LABEL: MUTED,
    Kind.QUOTE: INK,
    Kind.SAID: INK,
}


def make(told: Mapping[str, Any]) -> bytes:
    """The file. Characters XML cannot hold are left out."""
    document = docx.Document()
    document.core_properties.title = told["title"]
    document.core_properties.author = told["assembly"]["title"]
    document.core_properties.language = told["language"]
    document.core_properties.comments = ""
    if published := parse_datetime(told["published_at"] or ""):
        document.core_properties.created = document.core_properties.modified = published
    _restyle(document)
    with override(told["language"]):
        for block in blocks(told):
            _add(document, block)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _restyle(document: Any) -> None:
    """Let the built-in styles look as the site does: upright, ink on paper, words of people in a serif."""
    for kind, name in STYLES.items():
        style = document.styles[name]
        style.font.italic = style.font.cs_italic = False
        style.paragraph_format.space_after = Pt(4)
        for apart in style.element.xpath("./w:rPr/w:spacing"):
            apart.getparent().remove(apart)  # letters that join, as in Arabic, are not set apart
        if kind is Kind.SAID:
            style.font.bold = False
        if kind in COLOURS:
            style.font.color.rgb = RGBColor.from_string(COLOURS[kind])
    document.styles["Subtitle"].font.size = Pt(10)
    document.styles["No Spacing"].font.name = "Courier New"
    document.styles["No Spacing"].font.size = Pt(8)


def _add(document: Any, block: Block) -> None:
    paragraph = document.add_paragraph(style=STYLES.get(block.kind))
    words = _sayable(block.words)
    if block.kind is Kind.CLAUSE:
        paragraph.add_run(f"{block.mark}. ")
    if block.kind is Kind.QUOTE:
        words = f"“{words}”"
    run = paragraph.add_run(words)
    run.font.name = "Georgia" if block.kind in PEOPLE else None
    run.bold = True if block.kind is Kind.VERDICT else None
    if block.mark and block.kind is not Kind.CLAUSE:
        note = block.mark if block.kind is Kind.VALUE else f"({block.mark})"
        beside = paragraph.add_run(f"  {note}")
        beside.bold = beside.font.cs_bold = False
        beside.font.color.rgb = RGBColor.from_string(MUTED)
    _speak(paragraph, block)


def _speak(paragraph: Any, block: Block) -> None:
    """Tell the language of every run, and the direction where it is from right to left."""
    if block.is_rtl:
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        properties = run.font.element.get_or_add_rPr()
        if block.is_rtl:
            run.font.rtl = True
        language = OxmlElement("w:lang")
        for attribute in ("w:val", "w:bidi", "w:eastAsia"):
            language.set(qn(attribute), block.language)
        properties.append(language)


def _sayable(words: str) -> str:
    """Without what XML 1.0 has no way to say: control characters but tab and line breaks."""
    return "".join(c for c in words if c >= " " or c in "\t\n\r")
