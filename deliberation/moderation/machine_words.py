"""What an AI system may propose: few words, of one kind, and none that pose as somebody's. Free of Django."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from elicitation.interview.texts import fault

LONGEST: Mapping[str, int] = {
    "title": 120, "context": 240, "attribute": 200, "aim": 300, "acted_on": 200, "conditions": 300, "or_else": 300,
}  # fmt: skip
LONGEST_POLICY = 240
MOST_WORDS = 12  # of a title
MOST_POLICIES = 7
# Every sign words are put between when they are somebody's; an apostrophe is none of them.
QUOTING = re.compile(r'["“”„‟«»‹›「」『』〝〞〟＂]|&(?:quot|ldquo|rdquo|laquo|raquo);')


@dataclass(frozen=True, slots=True)
class Wording:
    """A value: `title`, `policies`, `context`; or a rule, where `aim` is said, in the parts of institutional grammar."""

    language: str
    title: str = ""
    policies: Sequence[str] = field(default=())
    context: str = ""
    attribute: str = ""
    deontic: str = ""
    aim: str = ""
    acted_on: str = ""
    conditions: str = ""
    or_else: str = ""

    @property
    def is_norm(self) -> bool:
        return bool(self.aim)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that says something, by the field it is of."""
        for name in LONGEST:
            if text := getattr(self, name):
                yield name, text
        for policy in self.policies:
            yield "policies", policy


def unfit(said: Wording) -> str:
    """The field at fault, "" where none is."""
    for name, text in said.texts:
        if fault(text) or len(text) > LONGEST.get(name, LONGEST_POLICY) or "\n" in text:
            return name
    if said.is_norm:
        return "deontic" if not said.deontic else "title" if said.title or said.policies else ""
    if not said.title or len(said.title.split()) > MOST_WORDS:
        return "title"
    return "" if 0 < len(said.policies) <= MOST_POLICIES else "policies"


def quoting(said: Wording) -> str:
    """The first field that puts words between quotation marks, "" where none does."""
    return next((name for name, text in said.texts if QUOTING.search(text)), "")
