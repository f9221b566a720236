"""A published version as Markdown. Words of people are escaped, so that nothing in them becomes markup."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import override

from deliberation.artifacts.formats.blocks import Block, Kind, blocks

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
AT_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


def make(told: Mapping[str, Any]) -> bytes:
    """UTF-8, CommonMark."""
    with override(told["language"]):
        return ("\n\n".join(_set(block) for block in blocks(told)) + "\n").encode()


def plain(words: str) -> str:
    """Words of somebody, with no character of them markup; line breaks stay."""
    escaped = MARKUP.sub(r"\\\1", words.strip())
    return AT_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped).replace("\n", "  \n")


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in plain(words).split("\n"))


def _quote(block: Block) -> str:
    note = f"  \n> ({plain(block.mark)})" if block.mark else ""
    return _quoted(f"“{block.words.strip()}”") + note


SET: Mapping[Kind, Callable[[Block], str]] = {
    Kind.TITLE: lambda b: f"# {plain(b.words)}",
    Kind.SEAL: lambda b: f"```\n{b.words}\n```",
    Kind.HEADING: lambda b: f"## {plain(b.words)}",
    Kind.CLAUSE: lambda b: f"### {b.mark}. {' '.join(plain(b.words).split())}",
    Kind.VERDICT: lambda b: f"**{plain(b.words)}**",
    Kind.VALUE: lambda b: f"**{plain(b.words)}** · {plain(b.mark)}",
    Kind.FIGURE: lambda b: f"- {plain(b.words)}",
    Kind.QUOTE: _quote,
    Kind.LABEL: lambda b: f"*{plain(b.words)}*",
    Kind.RULE: lambda b: f"- {plain(b.words)}",
    Kind.SAID: lambda b: _quoted(b.words),
    Kind.STEP: lambda b: f"- {plain(b.words)}",
}


def _set(block: Block) -> str:
    how = SET.get(block.kind)
    return how(block) if how else plain(block.words)
