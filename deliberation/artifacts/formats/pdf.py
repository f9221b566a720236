"""A published version as a tagged PDF, set by Typst. The words go in as data, so that none of them is ever code."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language_bidi, override

from deliberation.artifacts.formats.blocks import Block, blocks

SHEET = Path(__file__).with_name("document.typ")


def make(told: Mapping[str, Any]) -> bytes:
    """The PDF. Raises typst.TypstError where it cannot be set."""
    with override(told["language"]):
        row = [_plain(block) for block in blocks(told)]
        rtl = get_language_bidi()
    about = {"title": told["title"], "language": _primary(told["language"]), "rtl": rtl}
    inputs = {"document": json.dumps({**about, "blocks": row}, ensure_ascii=False)}
    made = _compiler().compile(format="pdf", sys_inputs=inputs)
    if not isinstance(made, bytes):  # one file a page, or none: neither is what was asked for
        raise TypeError(type(made).__name__)
    return made


@cache
def _compiler() -> typst.Compiler:
    """Made once a process: it looks for fonts."""
    return typst.Compiler(SHEET)


def _plain(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "words": block.words,
        "language": _primary(block.language),
        "rtl": block.is_rtl,
        "mark": block.mark,
    }


def _primary(tag: str) -> str:
    """Typst takes two or three letters."""
    first = tag.split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else "en"
