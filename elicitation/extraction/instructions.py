"""The standard prompts a model reads with, and the name each wording goes by. Free of Django and of the network."""

from functools import cache
from hashlib import sha256
from pathlib import Path

PROMPTS = Path(__file__).parent / "prompts"


@cache
def prompt(name: str) -> str:
    """The text of a prompt file."""
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8")


def version_of(own: str, critique: bool) -> str:
    """Names the prompts in use: 12 hexadecimal digits of the SHA-256 of both where a second look is on.

    `own` is an assembly's own prompt, "" for the standard one.
    """
    told = (own or prompt("read_answer")) + (prompt("check_cards") if critique else "")
    return sha256(told.encode()).hexdigest()[:12]
