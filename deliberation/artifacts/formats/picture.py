"""A card as a picture of 1200 by 630, set by Typst. The words go in as data, so that none of them is ever code. The worker's alone."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

SHEET = Path(__file__).with_name("share.typ")
PIXELS_A_POINT = 72.0


def make(card: Mapping[str, Any]) -> bytes:
    """The PNG. Raises typst.TypstError where it cannot be set."""
    inputs = {"card": json.dumps(card, ensure_ascii=False)}
    made = _compiler().compile(format="png", ppi=PIXELS_A_POINT, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


@cache
def _compiler() -> typst.Compiler:
    """Made once a process: it looks for fonts."""
    return typst.Compiler(SHEET)
